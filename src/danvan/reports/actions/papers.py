"""Putting a signed sheet into the form of an official report."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from danvan.base.clock import day_of
from danvan.base.errors import Invalid, Refused
from danvan.reports.access import require_own
from danvan.reports.actions.signing import post_of
from danvan.reports.kinds import Authority
from danvan.reports.models import OfficialReport
from danvan.reports.queries.sheets import sheet_seen_by
from danvan.rules.text import nfc
from danvan.units.access import Actor
from danvan.units.roles import Permission


@dataclass(frozen=True)
class Head:
    """What people decide about the paper; figures and sentences come from the sheet. Values as typed."""

    number: str
    symbol: str
    place: str
    issued_on: date
    signer_title: str
    signer_name: str
    recipients: str
    addressee: str = ""
    authority: Authority = Authority.NONE
    on_behalf_of: str = ""
    assessment: str = ""
    next_steps: str = ""


@transaction.atomic
def issue(*, sheet_id: UUID, head: Head, by: Actor, at: datetime) -> OfficialReport:
    """Keeps the paper of a signed sheet, so that it can be printed again exactly so.

    Refuses a draft, a day before the signing or after today, and a number that is none.
    """
    sheet = sheet_seen_by(by, sheet_id)
    require_own(by, Permission.REPORT_COMPOSE, sheet)
    if not sheet.is_signed or sheet.signed_on is None:
        raise Refused("not-signed", "Ký biểu trước, rồi mới ra báo cáo chính thức.")
    if not sheet.signed_on <= head.issued_on <= day_of(at):
        raise Invalid("issued-on", "Ngày ban hành từ ngày ký biểu đến hôm nay.", "issued_on")
    number = head.number.strip()
    if number and not (number.isascii() and number.isdigit() and 0 < int(number) < 100_000):
        raise Invalid("number", "Số văn bản là một số, ví dụ 12; chưa có số thì để trống.", "number")
    paper = OfficialReport(
        home_area=sheet.home_area, sheet=sheet, number=str(int(number)) if number else "", made_by_id=post_of(by),
        made_at=at, issued_on=head.issued_on, authority=head.authority,
        **{name: _said(name, getattr(head, name)) for name in TEXTS},
    )  # fmt: skip
    paper.save(force_insert=True)
    return paper


TEXTS = (
    "symbol", "place", "addressee", "assessment", "next_steps", "on_behalf_of", "signer_title", "signer_name",
    "recipients",
)  # fmt: skip
NEEDED = {
    "symbol": "Hãy ghi ký hiệu văn bản.",
    "place": "Hãy ghi địa danh.",
    "signer_title": "Hãy ghi chức vụ người ký.",
    "signer_name": "Hãy ghi họ tên người ký.",
    "recipients": "Hãy ghi nơi nhận.",
}


def _said(name: str, typed: str) -> str:
    text = nfc(typed).replace("\r\n", "\n").strip()
    if not text and name in NEEDED:
        raise Invalid(f"{name}-missing", NEEDED[name], name)
    longest = getattr(OfficialReport._meta.get_field(name), "max_length", None) or 20_000
    if len(text) > longest:
        raise Invalid(f"{name}-long", f"Dài nhất {longest} ký tự.", name)
    return text
