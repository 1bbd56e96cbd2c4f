"""Who signs in: lists of accounts, one account with its posts and keys, delegations, and the log."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import F, Model, Q, QuerySet

from danvan.base.errors import Absent, Invalid
from danvan.base.keyset import Page
from danvan.rules.text import words
from danvan.units.access import Actor, ids_cared_for, in_force, require
from danvan.units.models import Account, AdminEvent, ApiToken, Holding
from danvan.units.queries.agencies import unit_names
from danvan.units.roles import ROLES, Permission, Role

M = TypeVar("M", bound=Model)
SIZE = 50


@dataclass(frozen=True)
class Held:
    """A post somebody holds, held or will hold, with the unit's name and what the role permits."""

    holding: Holding
    unit: str
    role: Role
    is_now: bool


@dataclass(frozen=True)
class Person:
    account: Account
    held: tuple[Held, ...]


def accounts(by: Actor, on: date, *, typed: str = "", after: str = "", before: str = "") -> Page[Person]:
    """The people an operator looks after, by given name; with every word typed in name or user name, accents or not."""
    require(by, Permission.ACCOUNT_MANAGE)
    seated = Holding.objects.filter(post__unit__in=ids_cared_for(by, on)).values("account")
    rows = Account.objects.filter(pk__in=seated)
    for word in words(typed):
        rows = rows.filter(Q(fold__startswith=word) | Q(fold__contains=f" {word}"))
    page = _page(rows, "sort_key", after=after, before=before)
    held = _held(Holding.objects.filter(account__in=page.rows), on)
    return Page([Person(row, tuple(h for h in held.get(row.pk, ()) if h.is_now)) for row in page.rows], page.previous,
                page.next)  # fmt: skip


def _held(rows: QuerySet[Holding], on: date) -> dict[int, list[Held]]:
    found = list(
        rows.select_related("post", "on_behalf_of__account").order_by(F("valid_to").desc(nulls_first=True), "id")
    )
    names = unit_names({row.post.unit_id for row in found}, on)
    held: dict[int, list[Held]] = {}
    for row in found:
        is_now = (row.valid_from is None or row.valid_from <= on) and (row.valid_to is None or row.valid_to > on)
        one = Held(row, names.get(row.post.unit_id, ""), ROLES[row.post.role], is_now)
        held.setdefault(row.account_id, []).append(one)
    return held


@dataclass(frozen=True)
class AccountDossier:
    """`is_all_here`: every post alive is looked after by whoever asks, so that the account itself may be changed."""

    account: Account
    held: tuple[Held, ...]
    tokens: tuple[ApiToken, ...]
    manageable: frozenset[int]
    is_all_here: bool


def account_dossier(account_id: int, by: Actor, on: date) -> AccountDossier:
    """One account with every post it ever held, for an operator who looks after at least one of them.

    `manageable` are the holdings that may be ended here; of posts elsewhere nothing but their names is shown.
    """
    require(by, Permission.ACCOUNT_MANAGE)
    rows = Holding.objects.filter(account_id=account_id)
    here = frozenset(rows.filter(post__unit__in=ids_cared_for(by, on)).values_list("pk", flat=True))
    account = Account.objects.filter(pk=account_id).first()
    if not here or account is None:
        raise Absent
    held = _held(rows, on).get(account_id, [])
    alive = {h.holding.pk for h in held if h.holding.valid_to is None or h.holding.valid_to > on}
    tokens = ApiToken.objects.filter(holding_id__in=here).order_by("-expires_on", "-id")
    return AccountDossier(account, tuple(held), tuple(tokens.select_related("holding__post")), here, alive <= here)


@dataclass(frozen=True)
class Delegations:
    given: tuple[Held, ...]
    received: tuple[Held, ...]


def delegations(by: Actor, on: date) -> Delegations:
    """What the holder of the present post gave to others, and what the person was given, newest first."""
    given = Holding.objects.filter(on_behalf_of_id=by.holding_id) if by.holding_id else Holding.objects.none()
    received = Holding.objects.filter(account=by.account_id, on_behalf_of__isnull=False)
    return Delegations(
        tuple(h for held in _held(given.select_related("account"), on).values() for h in held),
        tuple(h for held in _held(received, on).values() for h in held),
    )


def colleagues(by: Actor, on: date) -> list[Account]:
    """Who holds a post of one's own unit in their own name, oneself left out, by given name."""
    seated = Holding.objects.filter(in_force(on), post__unit=by.unit_id, on_behalf_of=None).values("account")
    rows = Account.objects.filter(pk__in=seated, is_active=True).exclude(pk__in=[by.account_id])
    return list(rows.order_by("sort_key", "id"))


def own_holding(by: Actor) -> Holding:
    """The post one acts in, where it is held in one's own name; what was delegated cannot be delegated again."""
    own = Holding.objects.filter(pk__in=[by.holding_id], on_behalf_of=None)
    found = own.select_related("post", "account").first()
    if found is None:
        raise Absent
    return found


def holding_of(holding_id: int, by: Actor, on: date) -> Holding:
    """A holding in a unit that the operator looks after."""
    require(by, Permission.ACCOUNT_MANAGE)
    cared = ids_cared_for(by, on)
    found = Holding.objects.select_related("post", "account").filter(pk=holding_id, post__unit__in=cared).first()
    if found is None:
        raise Absent
    return found


def account_called(username: str) -> Account:
    """By exact user name, as somebody tells it who moves to another unit."""
    found = Account.objects.filter(username=username.strip().lower(), is_active=True).first()
    if found is None:
        raise Invalid("no-such-account", "Không có tài khoản đang hoạt động mang tên đăng nhập này.", "username")
    return found


def admin_events(by: Actor, on: date, *, after: str = "", before: str = "") -> Page[AdminEvent]:
    """The log of the units one looks after, newest first."""
    require(by, Permission.AUDIT_READ)
    rows = AdminEvent.objects.filter(unit_ref__in=ids_cared_for(by, on))
    return _page(rows, "id", newest_first=True, after=after, before=before)


def _page(rows: QuerySet[M], column: str, *, newest_first: bool = False, after: str = "", before: str = "") -> Page[M]:
    """One page in the order of a column and the id; the cursor is the id of the row it begins after."""
    backwards = bool(before and not after)
    downwards = newest_first != backwards
    if cursor := after or before:
        edge = _edge_row(rows, cursor)
        side = "lt" if downwards else "gt"
        key = getattr(edge, column)
        rows = rows.filter(Q(**{f"{column}__{side}": key}) | Q(**{column: key, f"id__{side}": edge.pk}))
    sign = "-" if downwards else ""
    found = list(rows.order_by(f"{sign}{column}", f"{sign}id")[: SIZE + 1])
    more, found = len(found) > SIZE, found[:SIZE]
    if backwards:
        found.reverse()
    before_them, after_them = (more, bool(found)) if backwards else (bool(after and found), more)
    first, last = (str(row.pk) for row in (found[0], found[-1])) if found else ("", "")
    return Page(found, first if before_them else None, last if after_them else None)


def _edge_row(rows: QuerySet[M], cursor: str) -> M:
    edge = rows.filter(pk=int(cursor)).first() if cursor.isascii() and cursor.isdigit() and len(cursor) < 18 else None
    if edge is None:
        raise Invalid("cursor", "Trang này không còn. Hãy mở lại danh sách từ đầu.", "after")
    return edge
