"""Posts: who sits in which, from when to when, and who stands in for them."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from danvan.base.clock import day_of
from danvan.base.errors import Absent, Invalid, Refused
from danvan.rules.text import nfc
from danvan.units.access import Actor, in_force, require, require_care
from danvan.units.actions.log import named, record
from danvan.units.kinds import AdminVerb
from danvan.units.models import Account, Holding, Post
from danvan.units.queries import unit_in_force
from danvan.units.roles import ROLES, Permission


@transaction.atomic
def give_post(
    *, account: Account, unit_id: UUID, title: str, role: str, by: Actor, at: datetime, valid_from: date | None = None,
    valid_to: date | None = None,
) -> Holding:  # fmt: skip
    """Seats a person in a post of a unit, making the post where it is new.

    Refuses unknown roles, units that do not exist on the first day, a post already held, and, for operators, one's own
    account: nobody gives rights to themselves.
    """
    if not by.is_system:
        require(by, Permission.ACCOUNT_MANAGE, unit_id, day_of(at))
        if account.pk == by.account_id:
            raise Refused("own-post", "Không tự giao chức vụ cho chính mình; hãy nhờ một người vận hành khác.")
    if role not in ROLES:
        raise Invalid("unknown-role", f"Không có vai trò “{role}”.", "role")
    name = " ".join(nfc(title).split())
    if not name or len(name) > 120:
        raise Invalid("bad-title", "Ghi chức vụ, nhiều nhất 120 ký tự.", "title")
    _refuse_backwards(valid_from, valid_to)
    unit = unit_in_force(unit_id, valid_from or day_of(at))
    post, _made = Post.objects.get_or_create(unit_id=unit_id, title=name, role=role, valid_to=None)
    _refuse_twice(account, post, valid_from, valid_to)
    holding = Holding.objects.create(account=account, post=post, valid_from=valid_from, valid_to=valid_to)
    detail = f"{name}, {unit.name}; vai trò {ROLES[role].title}; {span(valid_from, valid_to)}"
    record(verb=AdminVerb.POST_GIVEN, subject=named(account), detail=detail, unit_id=unit_id, by=by, at=at)
    return holding


def _refuse_backwards(valid_from: date | None, valid_to: date | None) -> None:
    if valid_from and valid_to and valid_to <= valid_from:
        raise Invalid("ends-before", "Ngày kết thúc phải sau ngày bắt đầu.", "valid_to")


def _refuse_twice(account: Account, post: Post, valid_from: date | None, valid_to: date | None) -> None:
    held = Holding.objects.filter(account=account, post=post, on_behalf_of=None)
    if valid_from:
        held = held.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=valid_from))
    if valid_to:
        held = held.filter(Q(valid_from__isnull=True) | Q(valid_from__lt=valid_to))
    if held.exists():
        raise Invalid("held-already", "Người này đang giữ chức vụ đó trong thời gian ấy.", "title")


@transaction.atomic
def end_holding(*, holding_id: int, on: date, by: Actor, at: datetime) -> None:
    """From `on` the person no longer sits in the post; what was delegated from it, and its tokens, end with it.

    A seat that had not begun by then is taken away; the log keeps that it was given.
    """
    holding = _holding(holding_id)
    if not by.is_system:
        require_care(by, Permission.ACCOUNT_MANAGE, holding.post.unit_id, day_of(at))
    if holding.on_behalf_of_id:
        raise Refused("is-delegated", "Đây là ủy quyền; hãy thu hồi ủy quyền.")
    if holding.valid_to and holding.valid_to <= on:
        raise Invalid("ended-already", f"Chức vụ này đã thôi từ ngày {holding.valid_to:%d/%m/%Y}.", "on")
    _end(holding, on)
    _record(AdminVerb.POST_ENDED, holding, f"từ ngày {on:%d/%m/%Y}", by, at)


@transaction.atomic
def delegate(
    *, holding: Holding, to: Account, valid_from: date, valid_to: date, reason: str, by: Actor, at: datetime
) -> Holding:
    """Lets a colleague of the same unit act in a post between two days (half-open), by the one who holds it or an
    operator of the unit.

    Refuses a delegation without end or reason, into the past, beyond the giver's own time, to oneself, to somebody
    without a post in the unit, and of what is itself delegated.
    """
    if by.holding_id != holding.pk and not by.is_system:
        require(by, Permission.ACCOUNT_MANAGE, holding.post.unit_id, day_of(at))
    _refuse_delegation(holding, to, valid_from, valid_to, day_of(at))
    if not reason.strip() or len(reason) > 200:
        raise Invalid("reason-missing", "Ghi lý do ủy quyền, nhiều nhất 200 ký tự.", "reason")
    given = Holding.objects.create(
        account=to, post=holding.post, on_behalf_of=holding, valid_from=valid_from, valid_to=valid_to,
        reason=nfc(reason).strip(),
    )  # fmt: skip
    detail = f"thay {named(holding.account)}, {span(valid_from, valid_to)}: {given.reason}"
    _record(AdminVerb.DELEGATED, given, detail, by, at)
    return given


def _refuse_delegation(holding: Holding, to: Account, valid_from: date, valid_to: date, today: date) -> None:
    _refuse_backwards(valid_from, valid_to)
    if valid_from < today:
        raise Invalid("in-the-past", "Ủy quyền bắt đầu từ hôm nay trở đi.", "valid_from")
    if holding.valid_to and valid_to > holding.valid_to:
        raise Invalid("beyond-own-time", f"Bạn giữ chức vụ này đến trước ngày {holding.valid_to:%d/%m/%Y}.", "valid_to")
    if to.pk == holding.account_id or holding.on_behalf_of_id:
        raise Refused("no-delegation", "Không thể ủy quyền cho chính mình hoặc ủy quyền lại.", "to")
    colleagues = Holding.objects.filter(in_force(valid_from), post__unit=holding.post.unit_id, on_behalf_of=None)
    if not to.is_active or not colleagues.filter(account=to).exists():
        raise Invalid("other-unit", "Chỉ ủy quyền cho người đang giữ chức vụ trong cùng đơn vị.", "to")


@transaction.atomic
def end_delegation(*, holding_id: int, by: Actor, at: datetime) -> None:
    """Takes a delegation back: from this moment nobody acts in the post by it. By the giver, or an operator."""
    given = _holding(holding_id)
    if given.on_behalf_of_id is None:
        raise Absent
    if by.holding_id != given.on_behalf_of_id and not by.is_system:
        require_care(by, Permission.ACCOUNT_MANAGE, given.post.unit_id, day_of(at))
    if given.valid_to and given.valid_to <= day_of(at):
        raise Refused("ended-already", "Ủy quyền này đã hết.")
    _end(given, day_of(at))
    _record(AdminVerb.DELEGATION_ENDED, given, given.reason, by, at)


def _holding(holding_id: int) -> Holding:
    found = Holding.objects.select_related("post", "account", "on_behalf_of__account").filter(pk=holding_id).first()
    if found is None:
        raise Absent
    return found


def _end(holding: Holding, on: date) -> None:
    if holding.valid_from and holding.valid_from >= on:
        holding.delete()
        return
    holding.valid_to = on
    holding.save(update_fields=["valid_to"])


def _record(verb: AdminVerb, holding: Holding, detail: str, by: Actor, at: datetime) -> None:
    subject = f"{named(holding.account)} – {holding.post.title}"
    record(verb=verb, subject=subject, detail=detail, unit_id=holding.post.unit_id, by=by, at=at)


def span(valid_from: date | None, valid_to: date | None) -> str:
    """`từ 01/03/2026 đến hết 31/03/2026`: people count the last day in."""
    start = f"từ {valid_from:%d/%m/%Y}" if valid_from else "từ trước"
    return f"{start} đến hết {valid_to - timedelta(days=1):%d/%m/%Y}" if valid_to else start
