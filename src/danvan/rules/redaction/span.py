"""What a proposal to hide consists of."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    PHONE = "phone"
    EMAIL = "email"
    CITIZEN_ID = "citizen-id"
    PASSPORT = "passport"
    ACCOUNT = "account"
    PLATE = "plate"
    ADDRESS = "address"
    NAME = "name"


LABELS = {
    Kind.PHONE: "số điện thoại",
    Kind.EMAIL: "thư điện tử",
    Kind.CITIZEN_ID: "số giấy tờ tùy thân",
    Kind.PASSPORT: "số hộ chiếu",
    Kind.ACCOUNT: "số tài khoản",
    Kind.PLATE: "biển số xe",
    Kind.ADDRESS: "địa chỉ nhà",
    Kind.NAME: "tên người",
}


class Confidence(StrEnum):
    """How much the form alone proves; whoever publishes looks at every proposal, and at what was not proposed."""

    SURE = "sure"
    LIKELY = "likely"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]` of the text as given."""

    kind: Kind
    start: int
    end: int
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Hit:
    """The same in the composed text, before it is led back."""

    kind: Kind
    start: int
    end: int
    confidence: Confidence
