"""Who may read how to reach a citizen, and who may know who denounced. Each rule is asked both ways.

Contacts: officers and leaders of the unit that holds the matter, nobody above it. Identities: whoever handles the case
may ask; only custodians who hold a share consent; nobody, whatever the role, opens one alone.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from danvan.base.clock import day_of
from danvan.base.errors import Absent, Forbidden, Refused
from danvan.people.kinds import OpeningState, Side
from danvan.people.models import Custodian, IdentityOpening
from danvan.units.access import Actor, in_force, require, sees
from danvan.units.models import Holding, UnitSuccession
from danvan.units.roles import Permission

RELEASE_FOR = timedelta(days=7)
UNDECIDED = (OpeningState.WAITING, OpeningState.HALF)


def may_open(by: Actor, unit_id: UUID, on: date) -> bool:
    """The yes/no form of `require_opening`; the two are tested to agree."""
    return by.may(Permission.CONTACT_OPEN) and sees(by, unit_id, on)


def require_opening(by: Actor, unit_id: UUID, on: date) -> None:
    require(by, Permission.CONTACT_OPEN, unit_id, on)


def may_ask(by: Actor, unit_id: UUID, on: date) -> bool:
    """Whoever may reach the people of a case may ask who denounced; no role above the unit may."""
    return may_open(by, unit_id, on)


def require_asking(by: Actor, unit_id: UUID, on: date) -> None:
    require_opening(by, unit_id, on)


def may_appoint(by: Actor, unit_id: UUID, on: date) -> bool:
    """The leader of the unit itself, or of the one that took over its duties; not one further above."""
    return by.may(Permission.CUSTODY_APPOINT) and _answers_for(by, unit_id, on)


def require_appointing(by: Actor, unit_id: UUID, on: date) -> None:
    if not by.may(Permission.CUSTODY_APPOINT):
        raise Forbidden
    if not _answers_for(by, unit_id, on):
        raise Absent


def may_end(by: Actor, custodian: Custodian, on: date) -> bool:
    """A custody is ended by whoever appoints to it, and by the custodian."""
    return (by.account_id is not None and custodian.account_id == by.account_id) or may_appoint(
        by, custodian.unit_id, on
    )


def may_see_custody(by: Actor, unit_id: UUID, on: date) -> bool:
    """The log of a custody: its custodians, and the leader who appoints them."""
    return may_appoint(by, unit_id, on) or standing(on).filter(account_id=by.account_id or 0, unit_id=unit_id).exists()


def require_custody(by: Actor, unit_id: UUID, on: date) -> None:
    if not may_see_custody(by, unit_id, on):
        raise Absent


def standing(on: date) -> QuerySet[Custodian]:
    """Custodians not ended who can sign in and sit, in their own name, in a post of the unit or of its successor."""
    seated = Holding.objects.filter(
        in_force(on), in_force(on, "post__"), on_behalf_of=None, account=OuterRef("account")
    )  # fmt: skip
    takers = UnitSuccession.objects.filter(before=OuterRef(OuterRef("unit")), on__lte=on).values("after")
    here = seated.filter(Q(post__unit=OuterRef("unit")) | Q(post__unit__in=takers))
    return Custodian.objects.filter(Exists(here), ended_at__isnull=True, account__is_active=True)


def own_share(by: Actor, opening: IdentityOpening, on: date) -> Custodian | None:
    """The custodian as whom somebody holds a share of this identity; at most one, a constraint sees to it."""
    held = standing(on).filter(
        account_id=by.account_id or 0, public_key__isnull=False,
        shares__identity_id=opening.identity_id, shares__home_area=opening.home_area,
    )  # fmt: skip
    return held.first()


def may_consent(by: Actor, opening: IdentityOpening, at: datetime) -> bool:
    """The yes/no form of `require_consent`."""
    custodian, state = own_share(by, opening, day_of(at)), opening.state(at)
    if custodian is None or state not in UNDECIDED:
        return False
    return state is OpeningState.WAITING or _is_the_other(custodian, opening)


def require_consent(by: Actor, opening: IdentityOpening, at: datetime) -> Custodian:
    """Who may consent now: a custodian with a share; after one side has, only another person of the other side."""
    custodian = require_deciding(by, opening, at)
    if opening.state(at) is OpeningState.HALF and not _is_the_other(custodian, opening):
        sentence = _("%(side)s đã đồng ý. Cần một người khác của %(other)s.")
        side = Side(opening.consent_side)
        names = {"side": str(side.label).capitalize(), "other": side.other.label}
        raise Refused("consented-already", sentence % names)
    return custodian


def may_refuse(by: Actor, opening: IdentityOpening, at: datetime) -> bool:
    """Either side may refuse until the very opening, also after having consented."""
    return own_share(by, opening, day_of(at)) is not None and opening.state(at) in UNDECIDED


def require_deciding(by: Actor, opening: IdentityOpening, at: datetime) -> Custodian:
    custodian, state = own_share(by, opening, day_of(at)), opening.state(at)
    if custodian is None:
        raise Absent
    if state not in UNDECIDED:
        sentence = _("Yêu cầu này không còn chờ: %(state)s.") % {"state": state.label}
        raise Refused("opening-decided", sentence)
    return custodian


def may_release(by: Actor, identity_id: UUID, at: datetime) -> bool:
    """The yes/no form of `require_release`."""
    return _opened_by(by, identity_id, at) is not None


def require_release(by: Actor, identity_id: UUID, at: datetime) -> IdentityOpening:
    """Who may give out a stripped copy of a letter: the custodian who saw it, for seven days after the opening."""
    opening = _opened_by(by, identity_id, at)
    if opening is None:
        raise Absent
    return opening


def _opened_by(by: Actor, identity_id: UUID, at: datetime) -> IdentityOpening | None:
    rows = IdentityOpening.objects.filter(identity_id=identity_id, opened_account=by.account_id or 0)
    return rows.filter(opened_at__gt=at - RELEASE_FOR).select_related("identity").order_by("-opened_at").first()


def _is_the_other(custodian: Custodian, opening: IdentityOpening) -> bool:
    return custodian.side != opening.consent_side and custodian.account_id != opening.consent_account


def _answers_for(by: Actor, unit_id: UUID, on: date) -> bool:
    if by.unit_id is None:
        return False
    taken = UnitSuccession.objects.filter(before_id=unit_id, after_id=by.unit_id, on__lte=on)
    return by.unit_id == unit_id or taken.exists()
