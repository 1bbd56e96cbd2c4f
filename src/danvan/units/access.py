"""Who acts, in which post, and how far their sight reaches."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from danvan.base.errors import Absent, Forbidden
from danvan.base.prepared import Prepared
from danvan.units.models import ApiToken, Area, AreaClosure, Holding, Unit, UnitClosure, UnitSuccession, UnitVersion
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


def acting_by_token(digest: str, on: date) -> Actor | None:
    """Who a machine's token acts for: while the token, its holding, post and unit are in force and the account may
    sign in; None otherwise. One statement, at every call of a machine.
    """
    for holding_id, account_id, post_id, unit_id, title, role in _BY_TOKEN.rows(digest=digest, on=on):
        return Actor(title, ROLES[role], unit_id, post_id, account_id, holding_id)
    return None


def _by_token(*, digest: str, on: date) -> QuerySet[ApiToken, Any]:
    unit = UnitVersion.objects.filter(in_force(on), unit_id=OuterRef("holding__post__unit_id"))
    rows = ApiToken.objects.filter(
        in_force(on, "holding__"),
        in_force(on, "holding__post__"),
        Exists(unit),
        digest=digest,
        expires_on__gte=on,
        holding__account__is_active=True,
    )
    post = "holding__post__"
    return rows.values_list(
        "holding_id", "holding__account_id", "holding__post_id", f"{post}unit_id", f"{post}title", f"{post}role"
    )


_BY_TOKEN = Prepared(_by_token)


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
        raise Forbidden
    if unit_id is not None and on is not None and not sees(by, unit_id, on):
        raise Absent


def ids_cared_for(by: Actor, on: date) -> QuerySet[Unit, UUID]:
    """The units whose people and posts an operator looks after: those in sight, and the ended ones they came from.

    An ended unit is cared for where it stood in sight until its end, or where a unit in sight took over its duties; so
    that its officers can still be found and seated anew.
    """
    lasting = UnitVersion.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=OuterRef("valid_to")), unit_id=OuterRef("descendant_id")
    )
    stood_here = UnitClosure.objects.filter(~Exists(lasting), ancestor_id=by.unit_id, valid_to__lte=on)
    if not by.subtree:
        stood_here = stood_here.filter(depth=0)
    taken_over = UnitSuccession.objects.filter(after_id__in=ids_in_sight(by, on), on__lte=on)
    return Unit.objects.filter(
        Q(pk__in=ids_in_sight(by, on))
        | Q(pk__in=stood_here.values("descendant_id"))
        | Q(pk__in=taken_over.values("before_id"))
    ).values_list("pk", flat=True)


def cares_for(by: Actor, unit_id: UUID, on: date) -> bool:
    return ids_cared_for(by, on).filter(pk=unit_id).exists()


def require_care(by: Actor, permission: Permission, unit_id: UUID, on: date) -> None:
    """As `require`, for a unit that may have ended."""
    require(by, permission)
    if not cares_for(by, unit_id, on):
        raise Absent


def areas_in_reach(by: Actor, on: date) -> QuerySet[Area]:
    """The areas in which an operator may place units: those inside the area of the own unit, all where it has none."""
    seat = UnitVersion.objects.filter(in_force(on), unit=by.unit_id)
    if seat.filter(area__isnull=True).exists():
        return Area.objects.all()
    inside = AreaClosure.objects.filter(in_force(on), ancestor_id__in=seat.values("area_id"))
    return Area.objects.filter(pk__in=inside.values("descendant_id"))
