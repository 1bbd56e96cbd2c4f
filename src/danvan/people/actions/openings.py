"""Opening an identity: one person asks, two custodians of two sides consent, and the second sees it once."""

from datetime import datetime, timedelta
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from danvan.base import files
from danvan.base.clock import day_of
from danvan.base.encryption import CannotOpen
from danvan.base.errors import Absent, Invalid, Refused
from danvan.base.photos import Photo, clean_photo
from danvan.people.access import require_asking, require_consent, require_deciding, require_release, standing
from danvan.people.actions.custody_log import record_opening, signature
from danvan.people.actions.keys import unlock
from danvan.people.actions.sealing import body_context, file_context, share_context
from danvan.people.envelope import joined, open_body, open_file, open_share, seal_share
from danvan.people.kinds import CustodyVerb, PlainIdentity, Side
from danvan.people.models import Custodian, IdentityOpening, IdentityShare, OpeningShare, SealedIdentity
from danvan.people.queries.custody import lost_identities
from danvan.units.access import Actor

LONGEST = 200
ASKED_FOR = timedelta(days=7)
"""An asking to which nobody consented lapses after this."""
CONSENT_FOR = timedelta(hours=24)
"""The other side has so long after the first consent."""


@transaction.atomic
def ask_opening(*, identity_id: UUID, purpose: str, by: Actor, unit_id: UUID, at: datetime) -> IdentityOpening:
    """Asks both sides to open an identity, for a purpose that both sides and the log will read.

    `unit_id` is the unit that holds the case: the caller vouches that the identity belongs to it. Refuses a missing
    purpose, an identity erased or lost with a key, and a second asking while one waits.
    """
    require_asking(by, unit_id, day_of(at))
    purpose = _line(purpose, "purpose", _("Ghi mục đích mở danh tính."))
    identity = _openable(identity_id)
    waiting = identity.openings.filter(opened_at__isnull=True, refused_at__isnull=True, lapses_at__gt=at)
    if waiting.exists():
        raise Refused("asked-already", _("Đã có một yêu cầu mở danh tính này đang chờ."))
    opening = IdentityOpening.objects.create(
        home_area=identity.home_area, identity=identity, purpose=purpose, unit_ref=unit_id,
        asked_account=by.account_id or 0, asked_label=signature(by)[:120], asked_at=at, lapses_at=at + ASKED_FOR,
    )  # fmt: skip
    record_opening(CustodyVerb.ASKED, opening=opening, by=by, at=at, note=purpose)
    return opening


@sensitive_variables()
def consent(*, opening_id: UUID, passphrase: str, by: Actor, at: datetime) -> PlainIdentity | None:
    """One custodian agrees; returns None for the first, the identity for the second, of the other side.

    The first one's part is sealed anew to the custodians of the other side only, for 24 hours. The second one joins
    both parts: what is returned goes to that one screen and nowhere else; the opening stands in the database before.
    Refuses whoever holds no share, the same person or side twice, a wrong passphrase (counted and logged), and an
    asking that was decided or lapsed. Never call it inside a transaction of yours.
    """
    opening = _opening(opening_id)
    private = unlock(require_consent(by, opening, at), passphrase, by=by, at=at, opening=opening)
    try:
        return _consented(opening_id, private, by, at)
    except CannotOpen:
        sentence = _("Không mở được danh tính: phần khóa không khớp hoặc dữ liệu đã bị thay đổi.")
        raise Refused("identity-does-not-open", sentence) from None


@sensitive_variables()
@transaction.atomic(durable=True)
def _consented(opening_id: UUID, private: X25519PrivateKey, by: Actor, at: datetime) -> PlainIdentity | None:
    opening = _opening(opening_id, locked=True)
    custodian = require_consent(by, opening, at)
    part = _own_part(opening, custodian, private)
    if opening.consented_at is None:
        _pass_on(opening, custodian, part, at)
        record_opening(CustodyVerb.CONSENTED, opening=opening, by=by, at=at)
        return None
    plain = _joined(opening, custodian, part, private)
    opening.opened_account, opening.opened_at = custodian.account_id, at
    opening.save(update_fields=["opened_account", "opened_at"])
    opening.shares.all().delete()
    record_opening(CustodyVerb.CONSENTED, opening=opening, by=by, at=at)
    record_opening(CustodyVerb.OPENED, opening=opening, by=by, at=at)
    return plain


@transaction.atomic
def refuse(*, opening_id: UUID, reason: str, by: Actor, at: datetime) -> None:
    """A custodian of either side says no, with a reason; also one who had consented, until the very opening."""
    opening = _opening(opening_id, locked=True)
    custodian = require_deciding(by, opening, at)
    opening.refusal = _line(reason, "reason", _("Ghi lý do từ chối."))
    opening.refused_account, opening.refused_at = custodian.account_id, at
    opening.save(update_fields=["refusal", "refused_account", "refused_at"])
    opening.shares.all().delete()
    record_opening(CustodyVerb.REFUSED, opening=opening, by=by, at=at, note=opening.refusal)


@transaction.atomic
def release_file(*, identity_id: UUID, number: int, stripped: bytes, by: Actor, at: datetime) -> Photo:
    """A copy of a letter with its handwriting and names covered, by a custodian who opened it within seven days.

    The copy is made anew from its pixels and handed back for the caller to attach to the case; the sealed letter
    stays as it is. Refuses a letter that is not there and a file that is no picture, at `photos`.
    """
    opening = require_release(by, identity_id, at)
    if not opening.identity.files.filter(number=number).exists():
        raise Absent
    photo = clean_photo(stripped)
    record_opening(CustodyVerb.RELEASED, opening=opening, by=by, at=at, note=_("bản đã che của tệp %s") % number)
    return photo


@transaction.atomic
def clear_lapsed(*, at: datetime) -> int:
    """Takes away the parts that were passed on for an opening that did not come about in time."""
    rows = OpeningShare.objects.filter(opening__lapses_at__lte=at)
    gone, _tables = rows.delete()
    return gone


def _openable(identity_id: UUID) -> SealedIdentity:
    identity = SealedIdentity.objects.select_for_update().filter(pk=identity_id).first()
    if identity is None:
        raise Absent
    if identity.erased_at is not None:
        raise Refused("identity-erased", _("Danh tính đã được hủy khi hết thời hạn lưu."))
    if lost_identities([identity.custody_id]).filter(pk=identity.pk).exists():
        sentence = _("Không ai mở được danh tính này nữa: một bên không còn người giữ phần khóa.")
        raise Refused("identity-lost", sentence)
    return identity


def _opening(opening_id: UUID, *, locked: bool = False) -> IdentityOpening:
    rows = IdentityOpening.objects.filter(pk=opening_id)
    if locked:
        list(rows.select_for_update())
    opening = rows.select_related("identity").first()
    if opening is None:
        raise Absent
    return opening


@sensitive_variables()
def _own_part(opening: IdentityOpening, custodian: Custodian, private: X25519PrivateKey) -> bytes:
    share = IdentityShare.objects.get(home_area=opening.home_area, identity=opening.identity_id, custodian=custodian)
    return open_share(bytes(share.sealed), private, share_context(opening.identity, custodian))


@sensitive_variables()
def _pass_on(opening: IdentityOpening, custodian: Custodian, part: bytes, at: datetime) -> None:
    others = standing(day_of(at)).filter(
        shares__identity_id=opening.identity_id, shares__home_area=opening.home_area,
        shares__side=Side(custodian.side).other, public_key__isnull=False,
    )  # fmt: skip
    made = [
        OpeningShare(
            home_area=opening.home_area, opening=opening, custodian=other,
            sealed=seal_share(part, other.public_key or b"", _passed_context(opening, other)),
        )
        for other in others.exclude(account=custodian.account_id)
    ]  # fmt: skip
    if not made:
        raise Refused("other-side-empty", _("Bên kia hiện không có ai giữ phần khóa của danh tính này."))
    OpeningShare.objects.bulk_create(made)
    opening.consent_account, opening.consent_side = custodian.account_id, custodian.side
    opening.consented_at, opening.lapses_at = at, at + CONSENT_FOR
    opening.save(update_fields=["consent_account", "consent_side", "consented_at", "lapses_at"])


@sensitive_variables()
def _joined(opening: IdentityOpening, custodian: Custodian, part: bytes, private: X25519PrivateKey) -> PlainIdentity:
    passed = opening.shares.filter(custodian=custodian).first()
    if passed is None:
        sentence = _("Phần khóa của bên kia không được chuyển cho bạn vì bạn nhận phần khóa sau khi họ đồng ý.")
        raise Refused("part-not-passed", sentence)
    other = open_share(bytes(passed.sealed), private, _passed_context(opening, custodian))
    key, identity = joined(part, other), opening.identity
    letters = []
    for row in identity.files.order_by("number"):
        with files.open(row.digest) as file:
            letters.append(open_file(key, row.number, file.read(), file_context(identity, row.number)))
    return open_body(key, bytes(identity.body or b""), tuple(letters), body_context(identity))


def _passed_context(opening: IdentityOpening, custodian: Custodian) -> str:
    return f"people.openingshare:{opening.pk}:{custodian.pk}"


def _line(typed: str, field: str, missing: str) -> str:
    text = " ".join(typed.split())
    if not text:
        raise Invalid(f"{field}-missing", missing, field)
    if len(text) > LONGEST:
        raise Invalid(f"{field}-too-long", _("Dài quá %(most)s ký tự.") % {"most": LONGEST}, field)
    return text
