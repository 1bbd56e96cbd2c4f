"""The paper as PDF, set by Typst with embedded fonts: the same paper always gives the same bytes."""

import json
from pathlib import Path

from danvan.base.official.fonts import faces
from danvan.base.official.paper import TO_FILL_IN, Annex, Basis, Centred, Heading, Paper, Part, Table

TEMPLATE = Path(__file__).with_name("paper.typ")
LOOKS = {Heading: "heading", Basis: "basis", Centred: "centred", Table: "table", str: "plain"}


def as_pdf(paper: Paper) -> bytes:
    """The whole paper; text goes in as data, so that nothing somebody typed is ever read as markup."""
    import typst

    names, folders = faces()
    data = json.dumps(_data(paper, names), ensure_ascii=False)
    made = typst.compile(
        TEMPLATE, format="pdf", font_paths=folders, ignore_system_fonts=True, sys_inputs={"data": data}
    )
    return bytes(made)


def _data(paper: Paper, fonts: list[str]) -> dict[str, object]:
    form = paper.form
    return {
        "fonts": fonts, "page": form.page, "size": form.size, "body_rules": form.body, "national": form.national,
        "motto": form.motto, "kind_title": paper.kind_title, "addressed": form.addressed, "draft": form.draft,
        "recipients_title": form.recipients, "is_draft": paper.is_draft, "superior": paper.superior,
        "issuer": paper.issuer, "issuer_name": paper.issuer_name, "number": paper.number, "place": paper.place,
        "title": paper.title, "abstract": paper.abstract, "subject": f"{form.subject} {paper.subject}",
        "authority": paper.authority, "addressees": paper.addressees, "signer": paper.signer,
        "signer_name": paper.signer_name, "kept": paper.is_kept_with_signature,
        "signatures": [{"title": each.title.upper(), "name": each.name} for each in paper.signatures],
        "recipients": paper.recipients, "body": [_part(part) for part in paper.body],
        "annexes": [_annex(paper, annex) for annex in paper.annexes],
    }  # fmt: skip


def _part(part: Part) -> dict[str, object]:
    if isinstance(part, Table):
        return {"look": "table", **_table(part)}
    text = part if isinstance(part, str) else part.text
    return {"look": LOOKS[type(part)], "text": text.removesuffix(TO_FILL_IN), "to_fill_in": text.endswith(TO_FILL_IN)}


def _table(table: Table) -> dict[str, object]:
    return {
        "columns": [{"title": c.title, "width": c.width, "number": c.number} for c in table.columns],
        "lines": [{"cells": line.cells, "strong": line.is_group or line.is_total} for line in table.lines],
    }


def _annex(paper: Paper, annex: Annex) -> dict[str, object]:
    return {
        "heading": annex.heading,
        "title": annex.title,
        "reference": annex.reference(paper),
        **_table(annex.table),
        "notes": annex.notes,
    }
