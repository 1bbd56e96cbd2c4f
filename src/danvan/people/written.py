"""One way of writing a name, a telephone number and an address, however typed; and the keys they are found by.

What is refused is told at its field, in a sentence that never repeats what was typed.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from danvan.base.encryption import keyring
from danvan.base.errors import Invalid

LONGEST_NAME = 120
LONGEST_ADDRESS = 200
LONGEST_EMAIL = 254
HOME_NUMBER = re.compile(r"0[35789]\d{8}|02\d{9}")
"""A mobile number has ten digits, a fixed line with its area code eleven; service numbers belong to no person."""
FOREIGN_NUMBER = re.compile(r"\+(?!84)[1-9]\d{7,14}")
ID_NUMBER = re.compile(r"[0-9]{12}|[0-9]{9}|[A-Z]{1,2}[0-9]{6,8}")
WRONG_ID_NUMBER = gettext_noop("Số định danh chưa đúng: căn cước có 12 chữ số, chứng minh cũ 9, hộ chiếu như C1234567.")
WRONG_NUMBER = gettext_noop(
    "Số điện thoại chưa đúng. Ví dụ: 0912 345 678; số cố định ghi cả mã vùng; số nước ngoài bắt đầu bằng dấu +."
)


def written_name(typed: str) -> str:
    return _line(typed, LONGEST_NAME, "name", _("Họ tên dài quá %(most)s ký tự."))


def written_address(typed: str) -> str:
    return _line(typed, LONGEST_ADDRESS, "address", _("Địa chỉ dài quá %(most)s ký tự."))


def written_phone(typed: str) -> str:
    """`0912345678` whether typed with spaces, dots, +84 or 84; a foreign number keeps its plus sign."""
    digits = re.sub(r"[\s.()\-–]", "", unicodedata.normalize("NFKC", typed))
    digits = re.sub(r"^(\+|00)?840?(?=[1-9]\d{8,9}$)", "0", digits)
    if digits and not HOME_NUMBER.fullmatch(digits) and not FOREIGN_NUMBER.fullmatch(digits):
        raise Invalid("phone-wrong", _(WRONG_NUMBER), "phone")
    return digits


def written_email(typed: str) -> str:
    address = unicodedata.normalize("NFKC", typed).strip().lower()
    if address and not _is_email(address):
        raise Invalid("email-wrong", _("Địa chỉ thư điện tử chưa đúng. Ví dụ: ten@vidu.vn."), "email")
    return address


def written_id_number(typed: str) -> str:
    """A citizen's number (12 digits), an identity card of old (9), or a passport."""
    number = re.sub(r"[\s.\-–]", "", unicodedata.normalize("NFKC", typed)).upper()
    if number and not ID_NUMBER.fullmatch(number):
        raise Invalid("id-number-wrong", _(WRONG_ID_NUMBER), "id_number")
    return number


def phone_key(phone: str) -> str:
    """The keyed hash a number is found by; empty for no number."""
    return keyring().look_up(phone, "people.contact.phone") if phone else ""


def email_key(email: str) -> str:
    return keyring().look_up(email, "people.contact.email") if email else ""


def _line(typed: str, most: int, field: str, sentence: str) -> str:
    text = " ".join(unicodedata.normalize("NFC", typed).split())
    if len(text) > most:
        raise Invalid(f"{field}-too-long", sentence % {"most": most}, field)
    return text


def _is_email(text: str) -> bool:
    """The validator's own error holds the text, so it is dropped here."""
    if len(text) > LONGEST_EMAIL:
        return False
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
