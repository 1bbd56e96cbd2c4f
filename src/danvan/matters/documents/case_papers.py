"""The papers of cases and letters: facts put into the wording chosen for them, in the form of the issuing body."""

from danvan.base.errors import Absent
from danvan.base.official import Form, Heading, Paper, Signature, dated_place, form_for, proper_name
from danvan.matters.documents.bases import bases
from danvan.matters.documents.minutes import ILLUSTRATION
from danvan.matters.documents.wordings import Values, Wording, line, lines, shipped_keys, wording
from danvan.matters.queries.case_papers import Facts
from danvan.rules.papers import FOR_OTHERS, OF_LETTERS, papers_of
from danvan.rules.procedure import ACTS, DENUNCIATIONS, Procedure


def wording_for(paper: str, procedure: Procedure | None) -> Wording:
    """The wording of a paper for one procedure, else for all denunciations, else for every case."""
    known = shipped_keys()
    family = f"{paper}-denunciation" if procedure in DENUNCIATIONS else ""
    for key in (f"{paper}-{procedure}", family, paper):
        if key in known:
            return wording(key)
    raise Absent


def act_paper(facts: Facts, paper: str = "", *, is_draft: bool) -> tuple[str, Paper]:
    """The paper of an act with its key, or another that goes with it; absent where it has none such."""
    known = papers_of(facts.key)
    chosen = paper or next(iter(known), "")
    if chosen not in known:
        raise Absent
    number = facts.number if chosen == ACTS[facts.key].paper else ""
    return chosen, _paper(facts, wording_for(chosen, facts.procedure), chosen, number, is_draft=is_draft)


def letter_paper(facts: Facts, name: str) -> tuple[str, Paper]:
    """A paper of a letter with its key; the number and the rest are completed by hand."""
    if name not in OF_LETTERS:
        raise Absent
    key = OF_LETTERS[name]
    return key, _paper(facts, wording_for(key, None), key, "", is_draft=False)


def _paper(facts: Facts, words: Wording, key: str, number: str, *, is_draft: bool) -> Paper:
    issuer = facts.issuer
    form = form_for(issuer.tree, facts.on)
    superior, issued_by = form.letterhead(issuer.name, issuer.superior)
    known: Values = facts.without_names() if key in FOR_OTHERS else facts.values
    values = {**known, "căn cứ": bases(facts.procedure, issuer.name, facts.on)}
    titles, name = _signer(facts.signer, lines(words.signer, values))
    illustrated = (Heading(ILLUSTRATION),) if facts.is_illustration else ()
    about = line(words.about, values) if words.about else ""
    return Paper(
        form=form, issued_on=facts.on, superior=superior, issuer=issued_by, issuer_name=issuer.name,
        number=_number(form, words, facts, number), place=dated_place(proper_name(facts.place), facts.on),
        kind_title=words.kind_title.upper(), abstract=(about,) if about and words.kind_title else (),
        subject="" if words.kind_title else about, body=(*illustrated, *words.parts(values)),
        authority=line(words.authority, values).upper() if words.authority else "",
        addressees=lines(words.addressees, values), recipients=_recipients(words, values), signer=titles,
        signer_name=name, is_draft=is_draft, is_kept_with_signature=True,
        signatures=tuple(Signature(title) for title in lines(words.signatures, values)),
    )  # fmt: skip


def _number(form: Form, words: Wording, facts: Facts, number: str) -> str:
    """As typed with the act, or room for it; minutes and receipts have none."""
    if words.kind_title and not words.symbol:
        return ""
    if number:
        return form.written(number)
    unit = facts.issuer.symbol or ("UBND" if form.body_of(facts.issuer.name) == "Ủy ban nhân dân" else "……")
    return form.numbered("", "-".join(filter(None, (words.symbol, unit))))


def _signer(typed: str, usual: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """`KT. Chủ tịch, Phó Chủ tịch, Lê Văn B` signs in that title; a name alone in the title of the wording."""
    *titles, name = [part.strip() for part in typed.split(",")]
    return tuple(title.upper() for title in titles or usual), name


def _recipients(words: Wording, values: Values) -> tuple[str, ...]:
    return tuple(text.strip(" -;.") for text in lines(words.recipients, values))
