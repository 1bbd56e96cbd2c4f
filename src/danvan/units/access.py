"""Who acts, in which post, and how far their sight reaches."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F, Q, QuerySet

from danvan.base.errors import Absent, Refused
from danvan.units.models import Holding, Unit, UnitClosure
from danvan.units.roles import ROLES, Permission, Role

if TYPE_CHECKING:
    from danvan.units.models import Account


@dataclass(frozen=True)
class Actor:
    """Who does something: an officer in a post, a citizen with a code and PIN, or the system by a named job.

    Every action takes one as `by`. An officer without a post in force is nobody and may do nothing.
    """

    label: str
    role: Role | None = None
    unit_id: UUID | None = None
    post_id: int | None = None
    account_id: int | None = None
    holding_id: int | None = None
    is_citizen: bool = False
    is_system: bool = False

    def may(self, permission: Permission) -> bool:
        return self.role is not None and self.role.may(permission)

    @property
    def subtree(self) -> bool:
        return self.role is not None and self.role.subtree


CITIZEN = Actor(label="Người gửi", is_citizen=True)
NOBODY = Actor(label="")


def system(job: str) -> Actor:
    return Actor(label=job, is_system=True)


def in_force(on: date, prefix: str = "") -> Q:
    """The dated rows valid on a day, half-open."""
    start, end = f"{prefix}valid_from", f"{prefix}valid_to"
    return (Q(**{f"{start}__isnull": True}) | Q(**{f"{start}__lte": on})) & (
        Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": on})
    )


def holdings_of(account: "Account", on: date) -> list[Holding]:
    """The posts this person may act in on this day, the own ones before those held for somebody else.

    A post of an ended unit is none of them, and a delegation is none once the one who gave it has left the post.
    """
    rows = Holding.objects.filter(
        in_force(on),
        in_force(on, "post__"),
        in_force(on, "post__unit__versions__"),
        in_force(on, "on_behalf_of__"),
        account=account,
    )
    return list(rows.select_related("post").distinct().order_by(F("on_behalf_of").asc(nulls_first=True), "id"))


def acting(holding: Holding) -> Actor:
    post = holding.post
    return Actor(
        label=post.title,
        role=ROLES[post.role],
        unit_id=post.unit_id,
        post_id=post.pk,
        account_id=holding.account_id,
        holding_id=holding.pk,
    )


def units_in_sight(by: Actor, on: date) -> QuerySet[Unit]:
    """The units whose work this actor may see: the own one, and for subtree roles those below it on that day."""
    return Unit.objects.filter(pk__in=ids_in_sight(by, on))


def ids_in_sight(by: Actor, on: date) -> QuerySet[UnitClosure, UUID]:
    pairs = UnitClosure.objects.filter(in_force(on), ancestor_id=by.unit_id)
    if not by.subtree:
        pairs = pairs.filter(depth=0)
    return pairs.values_list("descendant_id", flat=True)


def sees(by: Actor, unit_id: UUID | None, on: date) -> bool:
    """The yes/no form of `units_in_sight`; the two are tested to agree, on days before and after a unit's time too."""
    if by.unit_id is None or unit_id is None:
        return False
    return ids_in_sight(by, on).filter(descendant_id=unit_id).exists()


def require(by: Actor, permission: Permission, unit_id: UUID | None = None, on: date | None = None) -> None:
    """Refuses where the role lacks the permission, or the unit lies out of sight (told as absent)."""
    if not by.may(permission):
        raise Refused("not-allowed", "Vai trò của bạn không được làm việc này.")
    if unit_id is not None and on is not None and not sees(by, unit_id, on):
        raise Absent
