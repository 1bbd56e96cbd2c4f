"""Who keeps the keys: appointing, sharing with a newcomer, handing over, ending."""

from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_variables

from danvan.base.clock import day_of
from danvan.base.errors import Absent, Invalid, Refused
from danvan.people.access import may_end, require_appointing
from danvan.people.actions.custody_log import record_custody, signature
from danvan.people.actions.keys import unlock
from danvan.people.actions.sealing import share_context, share_for
from danvan.people.envelope import open_share
from danvan.people.kinds import CustodyVerb, Side
from danvan.people.models import Custodian, IdentityShare
from danvan.people.queries.custody import alone_with
from danvan.people.queries.keepers import candidates, own_key, successors
from danvan.units.access import Actor, in_force
from danvan.units.models import Holding


@transaction.atomic
def appoint_custodian(*, unit_id: UUID, account_id: int, side: Side, by: Actor, at: datetime) -> Custodian:
    """The leader names who shall keep a key. It exists only once that person has set a passphrase (`set_passphrase`).

    Refuses at `account` who holds no post of the unit, or stands in its custody already, on whichever side. A newcomer
    holds shares of what is sealed from now on; the older ones come from somebody of the side (`share_with`).
    """
    require_appointing(by, unit_id, day_of(at))
    on = day_of(at)
    account = next((one for one in candidates(unit_id, on) if one.pk == account_id), None)
    if account is None:
        sentence = _("Chọn người đang giữ chức vụ trong đơn vị và chưa giữ khóa ở bên nào.")
        raise Invalid("not-a-candidate", sentence, "account")
    seats = Holding.objects.filter(in_force(on), account=account, post__unit=unit_id, on_behalf_of=None)
    custodian = Custodian.objects.create(
        unit_id=unit_id,
        account=account,
        title=seats.order_by("id").values_list("post__title", flat=True)[0],
        side=Side(side),
        appointed_by=signature(by)[:120],
        appointed_at=at,
    )
    note = f"{account.full_name}, {Side(side).label}"
    record_custody(CustodyVerb.APPOINTED, custody_id=unit_id, by=by, at=at, note=note)
    return custodian


@sensitive_variables()
def share_with(*, custodian_id: int, to_id: int, passphrase: str, by: Actor, at: datetime) -> int:
    """Seals one's shares to another custodian of the same side too, so that losing one key loses nothing.

    Says how many were new. Refuses at `to` whoever is not of the same side with a key of their own, and whoever holds
    a share of the other side of one of these identities.
    """
    custodian = own_key(custodian_id, by)
    to = _successor(custodian, to_id, at)
    private = unlock(custodian, passphrase, by=by, at=at)
    with transaction.atomic():
        made = _share_all(custodian, to, private)
        note = f"{to.account.full_name}: {made}"
        record_custody(CustodyVerb.SHARED, custody_id=custodian.unit_id, by=by, at=at, note=note)
    return made


@sensitive_variables()
def hand_over_custody(*, custodian_id: int, to_id: int, passphrase: str, by: Actor, at: datetime) -> int:
    """The one who leaves reseals every share to a successor of the same side, keeps none, and is custodian no more.

    Somebody whose custody was ended already, with shares that nobody else holds, may still do this.
    """
    custodian = own_key(custodian_id, by)
    to = _successor(custodian, to_id, at)
    private = unlock(custodian, passphrase, by=by, at=at)
    with transaction.atomic():
        _share_all(custodian, to, private)
        given, _rows = custodian.shares.all().delete()
        _end(custodian, at)
        note = f"{to.account.full_name}: {given}"
        record_custody(CustodyVerb.HANDED_OVER, custody_id=custodian.unit_id, by=by, at=at, note=note)
    return given


@transaction.atomic
def end_custody(*, custodian_id: int, by: Actor, at: datetime, knowing: bool = False) -> int:
    """Ends a custody without handing over, by the leader or the custodian; says how many identities are lost by it.

    Refuses, naming the number, while there are such identities and `knowing` is not set. Shares that others of the
    side hold too are taken away; those that nobody else holds stay sealed, for the case that the person comes back
    and remembers.
    """
    custodian = Custodian.objects.select_for_update().filter(pk=custodian_id, ended_at__isnull=True).first()
    if custodian is None or not may_end(by, custodian, day_of(at)):
        raise Absent
    alone = list(alone_with(custodian).values_list("pk", flat=True))
    if alone and not knowing:
        sentence = ngettext(
            "Còn %(count)s danh tính mà ở bên này chỉ người này giữ phần khóa; thôi mà không bàn giao thì không ai mở "
            "được nữa. Hãy để người này bàn giao, hoặc xác nhận là đã biết.",
            "Còn %(count)s danh tính mà ở bên này chỉ người này giữ phần khóa; thôi mà không bàn giao thì không ai mở "
            "được nữa. Hãy để người này bàn giao, hoặc xác nhận là đã biết.",
            len(alone),
        )  # fmt: skip
        raise Refused("custody-would-lose", sentence % {"count": len(alone)}, "knowing")
    custodian.shares.exclude(pk__in=alone).delete()
    _end(custodian, at)
    record_custody(CustodyVerb.ENDED, custody_id=custodian.unit_id, by=by, at=at, note=_ended_note(custodian, alone))
    return len(alone)


def _ended_note(custodian: Custodian, alone: list[UUID]) -> str:
    name = custodian.account.full_name
    return f"{name}; không còn ai mở được: {len(alone)}" if alone else name


def _end(custodian: Custodian, at: datetime) -> None:
    if custodian.ended_at is None:
        custodian.ended_at = at
        custodian.save(update_fields=["ended_at"])


def _successor(custodian: Custodian, to_id: int, at: datetime) -> Custodian:
    found = next((one for one in successors(custodian, day_of(at)) if one.pk == to_id), None)
    if found is None:
        raise Invalid("no-successor", _("Chọn người cùng bên đã đặt cụm mật khẩu."), "to")
    return found


@sensitive_variables()
def _share_all(custodian: Custodian, to: Custodian, private: X25519PrivateKey) -> int:
    own = custodian.shares.filter(identity__erased_at__isnull=True).select_related("identity")
    held = IdentityShare.objects.filter(account_ref=to.account_id, identity__in=own.values("identity"))
    _refuse_both_sides(held, to)
    stale = held.exclude(custodian=to)
    stale.delete()
    has = set(held.filter(custodian=to).values_list("identity_id", flat=True))
    wanted = [share for share in own if share.identity_id not in has]
    made = [
        share_for(one.identity, to, open_share(bytes(one.sealed), private, share_context(one.identity, custodian)))
        for one in wanted
    ]
    IdentityShare.objects.bulk_create(made)
    return len(wanted)


def _refuse_both_sides(held: QuerySet[IdentityShare], to: Custodian) -> None:
    other = held.exclude(side=to.side).count()
    if other:
        sentence = _("%(name)s còn giữ phần khóa bên kia của %(count)s danh tính này; một người không giữ cả hai bên.")
        raise Refused("both-sides", sentence % {"name": to.account.full_name, "count": other}, "to")
