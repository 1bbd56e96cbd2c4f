"""The papers of a case and of a letter as files: Word to be worked on, PDF to be printed."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from danvan.base.clock import now, today
from danvan.base.official import RENDERINGS, Paper
from danvan.matters.documents.case_papers import act_paper, letter_paper
from danvan.matters.queries.case_papers import act_facts, draft_facts, letter_facts
from danvan.rules.papers import OF_LETTERS
from danvan.units.access import Actor


@login_required
def act_paper_file(request: HttpRequest, code: str, ordinal: int, kind: str, paper: str = "") -> HttpResponse:
    """The paper of an act that was done, or another that goes with it; `?nhap=1` marks it as a draft."""
    by: Actor = request.by  # type: ignore[attr-defined]
    facts = act_facts(code=code, ordinal=ordinal, by=by, on=today())
    is_draft = "nhap" in request.GET
    return _file(*act_paper(facts, paper, is_draft=is_draft), facts.code, kind)


@login_required
def draft_paper_file(request: HttpRequest, code: str, key: str, kind: str, paper: str = "") -> HttpResponse:
    """The paper of an act before it is done, always marked as a draft."""
    by: Actor = request.by  # type: ignore[attr-defined]
    facts = draft_facts(code=code, key=key, by=by, at=now(), on=today())
    return _file(*act_paper(facts, paper, is_draft=True), facts.code, kind)


@login_required
def letter_paper_file(request: HttpRequest, letter_id: UUID, paper: str, kind: str) -> HttpResponse:
    by: Actor = request.by  # type: ignore[attr-defined]
    if paper not in OF_LETTERS:
        raise Http404
    facts = letter_facts(letter_id=letter_id, by=by, on=today())
    return _file(*letter_paper(facts, paper), facts.code, kind)


def _file(key: str, made: Paper, code: str, kind: str) -> HttpResponse:
    """Its name says the case and the paper, and nothing of persons."""
    if kind not in RENDERINGS:
        raise Http404
    media_type, render_as = RENDERINGS[kind]
    headers = {
        "Content-Disposition": f'attachment; filename="{code}-{key}.{kind}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(render_as(made), media_type, headers=headers)
