"""The paper as PDF, set by Typst with embedded fonts: the same paper always gives the same bytes."""

import json
from pathlib import Path

import typst

from danvan.reports.documents.fonts import faces
from danvan.reports.documents.paper import Annex, Heading, Paper

TEMPLATE = Path(__file__).with_name("report.typ")


def as_pdf(paper: Paper) -> bytes:
    """The whole paper; text goes in as data, so that nothing somebody typed is ever read as markup."""
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
        "motto": form.motto, "kind_title": form.kind_title, "addressed": form.addressed,
        "recipients_title": form.recipients, "is_draft": paper.is_draft, "superior": paper.superior,
        "issuer": paper.issuer, "issuer_name": paper.issuer_name, "number": paper.number, "place": paper.place,
        "abstract": paper.abstract,
        "addressee": paper.addressee, "signer": paper.signer, "signer_name": paper.signer_name,
        "recipients": paper.recipients, "body": [_part(part) for part in paper.body],
        "annexes": [_annex(paper, annex) for annex in paper.annexes],
    }  # fmt: skip


def _part(part: Heading | str) -> dict[str, object]:
    return {"heading": True, "text": part.text} if isinstance(part, Heading) else {"heading": False, "text": part}


def _annex(paper: Paper, annex: Annex) -> dict[str, object]:
    return {
        "heading": annex.heading,
        "title": annex.title,
        "reference": annex.reference(paper),
        "columns": [{"title": c.title, "width": c.width, "number": c.number} for c in annex.columns],
        "lines": [{"cells": line.cells, "strong": line.is_group or line.is_total} for line in annex.lines],
        "notes": annex.notes,
    }
