"""The custodian's own key: setting its passphrase, changing it, and unlocking it for one act."""

from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from danvan.base.errors import Absent, Invalid, Refused, TooMany
from danvan.people.actions.custody_log import record_custody, record_opening
from danvan.people.envelope import WrongPassphrase, new_key_pair, open_private, seal_private
from danvan.people.kinds import CustodyVerb
from danvan.people.models import Custodian, IdentityOpening
from danvan.people.queries.keepers import own_key
from danvan.rules.text import fold, nfc, words
from danvan.units.access import Actor

SHORTEST, LONGEST = 12, 200
FEWEST_DIFFERENT = 7
MOST_TRIES, TRIES_WITHIN = 5, timedelta(minutes=15)
ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz")


@sensitive_variables()
@transaction.atomic
def set_passphrase(*, custodian_id: int, passphrase: str, by: Actor, at: datetime) -> Custodian:
    """Makes the key pair of an appointed custodian, in the custodian's own session; nobody else ever sees the phrase.

    Refuses at `passphrase` what is short, trivial, near the own name, or the password of the account. A key that is
    there is not made again: shares are sealed to it.
    """
    custodian = _locked(custodian_id, by)
    if custodian.ended_at is not None:
        raise Absent
    if custodian.public_key is not None:
        raise Refused("key-set", _("Bạn đã đặt cụm mật khẩu. Muốn thay, dùng “Đổi cụm mật khẩu”."))
    _refuse_weak(passphrase, custodian)
    custodian.public_key, custodian.private_key = new_key_pair(passphrase, key_context(custodian))
    custodian.keyed_at = at
    custodian.save()
    record_custody(CustodyVerb.KEYED, custody_id=custodian.unit_id, by=by, at=at, note=custodian.fingerprint)
    return custodian


@sensitive_variables()
def change_passphrase(*, custodian_id: int, passphrase: str, new: str, by: Actor, at: datetime) -> None:
    """Seals the same key under another passphrase; nothing that was sealed to the key changes. Refuses at `new`."""
    custodian = own_key(custodian_id, by)
    _refuse_weak(new, custodian, field="new")
    private = unlock(custodian, passphrase, by=by, at=at)
    sealed = seal_private(private, new, key_context(custodian))
    with transaction.atomic():
        Custodian.objects.filter(pk=custodian.pk).update(private_key=sealed)
        record_custody(CustodyVerb.REKEYED, custody_id=custodian.unit_id, by=by, at=at)


@sensitive_variables()
def unlock(
    custodian: Custodian, passphrase: str, *, by: Actor, at: datetime, opening: IdentityOpening | None = None
) -> X25519PrivateKey:
    """The private key for one act. Each try is counted and committed before it is made; a wrong one is logged.

    Refuses at `passphrase`; after five tries there is a pause of a quarter of an hour. Not inside a transaction of
    yours: the count must outlive the refusal.
    """
    if custodian.private_key is None:
        raise Refused("no-key", _("Bạn chưa đặt cụm mật khẩu nên chưa giữ phần khóa nào."))
    left = _counted(custodian.pk, at)
    try:
        private = open_private(bytes(custodian.private_key), passphrase, key_context(custodian))
    except WrongPassphrase:
        _log_wrong(custodian, by, at, opening)
        sentence = _("Cụm mật khẩu không đúng. Còn %(left)s lần thử.") % {"left": left}
        raise Invalid("passphrase-wrong", sentence, "passphrase") from None
    if private.public_key().public_bytes_raw() != bytes(custodian.public_key or b""):
        sentence = _("Khóa công khai của bạn trong cơ sở dữ liệu đã bị thay. Dừng lại và báo ngay cho lãnh đạo.")
        raise Refused("key-replaced", sentence)
    Custodian.objects.filter(pk=custodian.pk).update(tries=0)
    return private


def key_context(custodian: Custodian) -> str:
    return f"people.custodian:{custodian.pk}:{custodian.account_id}"


@transaction.atomic(durable=True)
def _counted(custodian_id: int, at: datetime) -> int:
    row = Custodian.objects.select_for_update().get(pk=custodian_id)
    if row.tried_at is None or at >= row.tried_at + TRIES_WITHIN:
        row.tries = 0
    if row.tries >= MOST_TRIES:
        sentence = _("Sai quá %(most)s lần. Thử lại sau 15 phút.") % {"most": MOST_TRIES}
        raise TooMany("passphrase-tries", sentence, "passphrase")
    row.tries, row.tried_at = row.tries + 1, at
    row.save(update_fields=["tries", "tried_at"])
    return MOST_TRIES - row.tries


@transaction.atomic(durable=True)
def _log_wrong(custodian: Custodian, by: Actor, at: datetime, opening: IdentityOpening | None) -> None:
    if opening is None:
        record_custody(CustodyVerb.WRONG, custody_id=custodian.unit_id, by=by, at=at)
    else:
        record_opening(CustodyVerb.WRONG, opening=opening, by=by, at=at)


def _locked(custodian_id: int, by: Actor) -> Custodian:
    own_key(custodian_id, by)
    return Custodian.objects.select_for_update().select_related("account").get(pk=custodian_id)


@sensitive_variables()
def _refuse_weak(passphrase: str, custodian: Custodian, field: str = "passphrase") -> None:
    text = " ".join(nfc(passphrase).split())
    if not SHORTEST <= len(text) <= LONGEST:
        sentence = _("Cụm mật khẩu dài từ %(least)s đến %(most)s ký tự; nên ghép bốn, năm từ không liên quan.")
        raise Invalid("passphrase-length", sentence % {"least": SHORTEST, "most": LONGEST}, field)
    if _is_trivial(text) or _is_own_name(text, custodian):
        sentence = _("Cụm mật khẩu quá dễ đoán: lặp lại, theo hàng phím, chỉ có chữ số hoặc chỉ là tên của bạn.")
        raise Invalid("passphrase-trivial", sentence, field)
    if custodian.account.check_password(passphrase):
        raise Invalid("passphrase-is-password", _("Cụm mật khẩu phải khác mật khẩu đăng nhập."), field)
    try:
        validate_password(text, custodian.account)
    except ValidationError as error:
        raise Invalid("passphrase-weak", " ".join(error.messages), field) from None


@sensitive_variables()
def _is_trivial(text: str) -> bool:
    """One thing over and over, a walk along the keyboard, or nothing but figures."""
    plain = fold(text).replace(" ", "")
    walks = any(plain in (row * 3) or plain in (row[::-1] * 3) for row in ROWS)
    return len(set(plain)) < FEWEST_DIFFERENT or plain.isdigit() or plain in (plain + plain)[1:-1] or walks


@sensitive_variables()
def _is_own_name(text: str, custodian: Custodian) -> bool:
    """Too little is left once the own names are taken away."""
    known = {*words(custodian.account.full_name), *words(custodian.account.username), *words(custodian.title)}
    return len("".join([word for word in words(text) if word not in known])) < FEWEST_DIFFERENT
