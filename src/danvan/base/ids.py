"""Identifiers and codes.

Rows get a UUIDv7 whose 12 `rand_a` bits carry the shard code of the province of origin, so that an id alone says
where the row lives. Such an id tells a time and a place; it therefore never leaves the office. What a citizen holds
is a separate random code.
"""

import itertools
import secrets
import time
from uuid import UUID

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXY"
"""No 0/O, 1/I/L, 2/Z, U: a code is read aloud and copied by hand. Twenty-nine, because a prime leaves the check
character no gaps."""
CODE_LENGTH = 8
CENTRAL = 0
MAX_HOME_AREA = 0xFFF
_TURNS = itertools.count()
_TURN_BITS, _RANDOM_BITS = 20, 42
"""The turn begins again after a million ids; no process makes as many in a millisecond."""


def new_id(home_area: int) -> UUID:
    """A UUIDv7 of the present millisecond; refuses a shard code outside 0..4095.

    Of the ids of an area that a process makes in one millisecond the later one is the larger (RFC 9562, 6.2), so that
    what was written together is read in the order in which it happened.
    """
    if not 0 <= home_area <= MAX_HOME_AREA:
        raise ValueError(f"home_area {home_area} is outside 0..{MAX_HOME_AREA}")
    milliseconds = time.time_ns() // 1_000_000
    turn = next(_TURNS) % (1 << _TURN_BITS) << _RANDOM_BITS
    head = (milliseconds << 80) | (7 << 76) | (home_area << 64) | (2 << 62)
    return UUID(int=head | turn | secrets.randbits(_RANDOM_BITS))


def first_id_after(milliseconds: int) -> UUID:
    """The smallest id that could be made after that millisecond: everything below it was made by then."""
    return UUID(int=(milliseconds + 1) << 80)


def area_of(row_id: UUID) -> int:
    """The shard code inside an id made by `new_id`."""
    return (row_id.int >> 64) & MAX_HOME_AREA


def new_code(home_area: int) -> str:
    """A public code such as `DV42-7K3M-92QFH`: shard, eight random characters, one check character."""
    body = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    return f"DV{home_area:02d}-{body[:4]}-{body[4:]}{_check_character(f'{home_area:02d}{body}')}"


def read_code(typed: str) -> tuple[int, str] | None:
    """Shard and canonical code of what somebody typed, or None where it cannot be one (check character included)."""
    letters = "".join(c for c in typed.upper() if c.isalnum()).removeprefix("DV")
    shard, body = letters[: -CODE_LENGTH - 1], letters[-CODE_LENGTH - 1 :]
    if not (shard.isascii() and shard.isdigit() and int(shard) <= MAX_HOME_AREA and len(body) == CODE_LENGTH + 1):
        return None
    if any(c not in CODE_ALPHABET for c in body) or _check_character(f"{int(shard):02d}{body[:-1]}") != body[-1]:
        return None
    return int(shard), f"DV{int(shard):02d}-{body[:4]}-{body[4:]}"


def new_pin() -> str:
    return f"{secrets.randbelow(1_000_000):06d}"


def _check_character(payload: str) -> str:
    """Catches every single mistyped character and every two neighbours changed about.

    Forged codes are the concern of the PIN.
    """
    total = sum((i + 2) * (CODE_ALPHABET.index(c) if c in CODE_ALPHABET else int(c)) for i, c in enumerate(payload))
    return CODE_ALPHABET[total % len(CODE_ALPHABET)]
