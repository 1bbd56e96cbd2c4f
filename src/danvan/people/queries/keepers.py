"""The page of a unit's custody: who keeps a key, how much hangs on each, what was done; and who may be chosen."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q

from danvan.base.errors import Absent
from danvan.people.access import may_appoint, may_end, require_custody, standing
from danvan.people.kinds import Side
from danvan.people.models import Custodian, CustodyEvent, IdentityOpening, IdentityShare
from danvan.people.queries.custody import alone_with, kept_identities, lost_identities
from danvan.units.access import Actor, in_force
from danvan.units.models import Account, Holding, UnitSuccession
from danvan.units.queries import unit_names
from danvan.units.roles import Permission

LINES = 100


@dataclass(frozen=True)
class Keeper:
    """A custodian as the page lists one: `alone` shares are lost with this key, as nobody else of the side holds them.

    `is_seated` False: has left the unit's posts and should hand over.
    """

    custodian: Custodian
    holds: int
    alone: int
    is_seated: bool
    is_me: bool

    @property
    def side(self) -> Side:
        return Side(self.custodian.side)


@dataclass(frozen=True)
class CustodyPage:
    unit_id: UUID
    unit: str
    keepers: tuple[Keeper, ...]
    kept: int
    lost: int
    log: tuple[CustodyEvent, ...]
    may_appoint: bool

    @property
    def sides(self) -> list[tuple[Side, list[Keeper]]]:
        return [(side, [one for one in self.keepers if one.side is side]) for side in Side]

    @property
    def missing(self) -> list[str]:
        """Sides on which nobody stands with a key: nothing can be sealed here until somebody does."""
        ready = {one.side for one in self.keepers if one.custodian.public_key is not None and one.is_seated}
        return [str(side.label) for side in Side if side not in ready]


def custody_page(unit_id: UUID, *, by: Actor, on: date) -> CustodyPage:
    """Everything about one unit's custody that its custodians and its leader may see."""
    require_custody(by, unit_id, on)
    rows = Custodian.objects.filter(unit_id=unit_id, ended_at__isnull=True).select_related("account")
    return CustodyPage(
        unit_id=unit_id,
        unit=unit_names({unit_id}, on).get(unit_id, ""),
        keepers=tuple(_keepers(list(rows.order_by("account__sort_key", "id")), by, on)),
        kept=kept_identities([unit_id]).count(),
        lost=lost_identities([unit_id]).count(),
        log=tuple(CustodyEvent.objects.filter(custody_ref=unit_id).order_by("-at", "-id")[:LINES]),
        may_appoint=may_appoint(by, unit_id, on),
    )


def _keepers(rows: list[Custodian], by: Actor, on: date) -> list[Keeper]:
    seated = set(standing(on).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    others = IdentityShare.objects.filter(
        identity=OuterRef("identity_id"), home_area=OuterRef("home_area"), side=OuterRef("side"),
        custodian__ended_at__isnull=True,
    ).exclude(custodian=OuterRef("custodian"))  # fmt: skip
    shares = IdentityShare.objects.filter(custodian__in=rows, identity__erased_at__isnull=True)
    counted = shares.annotate(shared=Exists(others)).values("custodian").order_by()
    counted = counted.annotate(holds=Count("id"), alone=Count("id", filter=Q(shared=False)))
    found = {row["custodian"]: (row["holds"], row["alone"]) for row in counted}
    return [
        Keeper(row, *found.get(row.pk, (0, 0)), is_seated=row.pk in seated, is_me=row.account_id == by.account_id)
        for row in rows
    ]


def custodies_of(by: Actor, on: date) -> list[UUID]:
    """The units whose custody one may see: one's own as its leader, those it took over, and where one keeps a key."""
    units = (
        set(standing(on).filter(account=by.account_id).values_list("unit_id", flat=True)) if by.account_id else set()
    )
    if by.unit_id and by.may(Permission.CUSTODY_APPOINT):
        before = UnitSuccession.objects.filter(after_id=by.unit_id, on__lte=on).values("before_id")
        units |= {by.unit_id, *Custodian.objects.filter(unit__in=before).values_list("unit_id", flat=True)}
    return sorted(units, key=lambda unit: (unit != by.unit_id, unit))


def other_custodies(unit_id: UUID, *, by: Actor, on: date) -> list[tuple[UUID, str]]:
    """Where one may look besides, with names."""
    units = [unit for unit in custodies_of(by, on) if unit != unit_id]
    names = unit_names(set(units), on)
    return [(unit, names.get(unit, "")) for unit in units]


def own_key(custodian_id: int, by: Actor) -> Custodian:
    """One's own place in a custody, also after it ended: what was not handed over still can be."""
    found = Custodian.objects.select_related("account").filter(pk=custodian_id, account=by.account_id).first()
    if found is None or by.account_id is None:
        raise Absent
    return found


def ending(custodian_id: int, *, by: Actor, on: date) -> tuple[Custodian, int]:
    """A custodian whom one may let go, and how many identities would be lost by it."""
    found = Custodian.objects.select_related("account").filter(pk=custodian_id, ended_at__isnull=True).first()
    if found is None or not may_end(by, found, on):
        raise Absent
    return found, alone_with(found).count()


def successors(custodian: Custodian, on: date) -> list[Custodian]:
    """Who may be given this custodian's shares: others of the same side with a key, here or where the duties went."""
    takers = UnitSuccession.objects.filter(before=custodian.unit_id, on__lte=on).values("after")
    rows = standing(on).filter(Q(unit=custodian.unit_id) | Q(unit__in=takers), side=custodian.side)
    rows = rows.filter(public_key__isnull=False).exclude(account=custodian.account_id)
    return list(rows.select_related("account").order_by("account__sort_key", "id"))


def candidates(unit_id: UUID, on: date) -> list[Account]:
    """Who may be appointed: holds a post of the unit in their own name and no key of it yet, by given name."""
    seated = Holding.objects.filter(in_force(on), in_force(on, "post__"), post__unit=unit_id, on_behalf_of=None)
    taken = Custodian.objects.filter(unit=unit_id, ended_at__isnull=True).values("account")
    rows = Account.objects.filter(pk__in=seated.values("account"), is_active=True).exclude(pk__in=taken)
    return list(rows.order_by("sort_key", "id"))


@dataclass(frozen=True)
class CustodyStatus:
    """One unit's custody in numbers, for whoever runs the server: no name of anybody."""

    unit: str
    first: int
    second: int
    kept: int
    lost: int
    last_opened: datetime | None


def custody_status(on: date) -> list[CustodyStatus]:
    keyed = standing(on).filter(public_key__isnull=False).values_list("unit_id", "side").order_by()
    keys = {(unit, side): times for unit, side, times in keyed.annotate(times=Count("id"))}
    units = set(Custodian.objects.values_list("unit_id", flat=True))
    by_unit = kept_identities(units).values_list("custody_id").order_by()
    kept = dict(by_unit.annotate(Count("id")))
    lost = dict(lost_identities(units).values_list("custody_id").order_by().annotate(Count("id")))
    opened = dict(IdentityOpening.objects.values_list("identity__custody").order_by().annotate(Max("opened_at")))
    names = unit_names(units, on)
    rows = [
        CustodyStatus(
            unit=names.get(unit, ""), first=keys.get((unit, Side.FIRST), 0), second=keys.get((unit, Side.SECOND), 0),
            kept=kept.get(unit, 0), lost=lost.get(unit, 0), last_opened=opened.get(unit),
        )
        for unit in units
    ]  # fmt: skip
    return sorted(rows, key=lambda row: row.unit)
