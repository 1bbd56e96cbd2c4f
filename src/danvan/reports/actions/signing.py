"""Explaining, signing and correcting a sheet."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from danvan.base.clock import VIETNAM, day_of
from danvan.base.errors import Absent, Forbidden, Invalid, Refused
from danvan.commitments.actions import Given, take_step
from danvan.reports.access import require_own, sheets_in_sight
from danvan.reports.content import Content, Signature
from danvan.reports.kinds import SheetState
from danvan.reports.models import Cell, CheckAnswer, Sheet
from danvan.reports.queries.sheets import content_of, versions_of
from danvan.rules.ledger import State
from danvan.rules.text import nfc
from danvan.units.access import Actor
from danvan.units.models import Account, Post
from danvan.units.roles import Permission

LONGEST = 500


@transaction.atomic
def answer_check(*, sheet_id: UUID, finding: str, text: str, by: Actor, at: datetime) -> CheckAnswer:
    """Explains a finding by name; a later explanation replaces an earlier one until the sheet is signed.

    Refuses a finding that the sheet does not have now, and an empty explanation.
    """
    sheet = _draft(sheet_id, by, Permission.SHEET_PREPARE)
    said = nfc(text).strip()
    if not said:
        raise Invalid("answer-missing", "Hãy ghi lời giải trình.", "text")
    if len(said) > LONGEST:
        raise Invalid("answer-long", f"Lời giải trình dài nhất {LONGEST} ký tự.", "text")
    if all(remark.code != finding for remark in content_of(sheet, day_of(at)).remarks):
        raise Invalid("no-finding", "Số liệu đã thay đổi, không còn cảnh báo này.", "finding")
    answer, _new = CheckAnswer.objects.update_or_create(
        home_area=sheet.home_area, sheet=sheet, finding=finding,
        defaults={"text": said, "post_id": post_of(by), "name": _name(by), "at": at},
    )  # fmt: skip
    return answer


@transaction.atomic
def sign(*, sheet_id: UUID, seen: str, by: Actor, at: datetime) -> Sheet:
    """Freezes a sheet under the signer's name, in this order: right, period over, figures as seen, findings explained,
    content and cells written, the duty to report answered.

    `seen` is the fingerprint of what the signer had before them; where the records have moved on since, nothing is
    signed and the new figures are shown.
    """
    sheet = _draft(sheet_id, by, Permission.SHEET_SIGN)
    if day_of(at) < sheet.ends_on:
        raise Refused("period-running", f"Kỳ này đến hết ngày {sheet.span.last_day:%d/%m/%Y} mới chốt số liệu.")
    content = content_of(sheet, day_of(at))
    if content.fingerprint != seen:
        raise Refused("stale", "Số liệu vừa thay đổi so với lúc bạn xem. Hãy xem lại rồi ký.")
    if waiting := content.open_remarks:
        raise Refused("unexplained", f"Còn {len(waiting)} cảnh báo chưa giải trình. Giải trình xong mới ký được.")
    _seal(sheet, replace(content, signed=_signature(by, at)), by, at)
    if sheet.commitment is not None and sheet.commitment.state == State.OPEN:
        take_step(commitment_id=sheet.commitment.id, verb="answer", by=by, at=at,
                  given=Given(payload_hash=sheet.digest))  # fmt: skip
    return sheet


def _seal(sheet: Sheet, content: Content, by: Actor, at: datetime) -> None:
    sheet.content, sheet.digest = content.written(), content.digest
    sheet.state, sheet.signed_at, sheet.signed_on, sheet.signed_by_id = SheetState.SIGNED, at, day_of(at), post_of(by)
    sheet.save()
    Cell.objects.bulk_create(
        Cell(home_area=sheet.home_area, sheet=sheet, indicator=key, value=value)
        for key, value in sorted(content.values.items())
    )


@transaction.atomic
def correct(*, sheet_id: UUID, reason: str, by: Actor, at: datetime) -> Sheet:
    """Opens the next version of a signed sheet; the signed one stays as it is, and the difference is shown."""
    sheet = _locked(sheet_id, by)
    require_own(by, Permission.SHEET_PREPARE, sheet)
    why = nfc(reason).strip()
    if not why:
        raise Invalid("reason-missing", "Hãy ghi lý do lập lại biểu.", "reason")
    if len(why) > LONGEST:
        raise Invalid("reason-long", f"Lý do dài nhất {LONGEST} ký tự.", "reason")
    newest = versions_of(sheet)[0]
    if not sheet.is_signed or newest.version != sheet.version:
        raise Refused("not-newest", "Chỉ lập lại từ bản đã ký mới nhất.")
    following = Sheet(
        home_area=sheet.home_area, unit_id=sheet.unit_id, scope=sheet.scope, regime=sheet.regime, period=sheet.period,
        starts_on=sheet.starts_on, ends_on=sheet.ends_on, version=sheet.version + 1, reason=why, due=sheet.due,
        commitment_id=sheet.commitment_id, opened_at=at,
    )  # fmt: skip
    following.save(force_insert=True)
    return following


def _locked(sheet_id: UUID, by: Actor) -> Sheet:
    in_sight = sheets_in_sight(by).filter(pk=sheet_id).exists()
    found = Sheet.objects.select_for_update(of=("self",)).select_related("commitment").filter(pk=sheet_id).first()
    if found is None or not in_sight:
        raise Absent
    return found


def _draft(sheet_id: UUID, by: Actor, permission: Permission) -> Sheet:
    sheet = _locked(sheet_id, by)
    require_own(by, permission, sheet)
    if sheet.is_signed:
        raise Refused("signed", "Biểu đã ký, không sửa được. Muốn sửa thì lập lại bản mới.")
    return sheet


def _signature(by: Actor, at: datetime) -> Signature:
    title = Post.objects.values_list("title", flat=True).get(pk=post_of(by))
    return Signature(_name(by), title, at.astimezone(VIETNAM).isoformat(timespec="seconds"))


def _name(by: Actor) -> str:
    if by.account_id is None:
        raise Forbidden("Hãy đăng nhập để làm việc này.")
    return Account.objects.values_list("full_name", flat=True).get(pk=by.account_id)


def post_of(by: Actor) -> int:
    """Whoever puts a name under figures does so in a post."""
    if by.post_id is None:
        raise Forbidden("Chỉ người đang giữ chức vụ mới làm được việc này.")
    return by.post_id
