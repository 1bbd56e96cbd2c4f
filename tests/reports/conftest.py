"""A month of work to report on: 15/02/2026 to 14/03/2026, the state month 3/2026."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from danvan.base.clock import day_of
from danvan.matters.actions import Done, Said, Words, act, citizen_act, do, give_verdict, receive
from danvan.matters.kinds import Field, Kind, Outcome, Settled
from danvan.matters.models import Case, Matter
from danvan.reports.actions import answer_check, open_due_sheets, sign
from danvan.reports.models import Sheet
from danvan.reports.queries import content_of
from danvan.reports.regimes import Regime, regime
from danvan.rules.periods import Period
from danvan.units.access import CITIZEN, system
from danvan.units.models import Area, Unit
from tests.world import Officer, World

MARCH = Period.month(2026, 3)
"""15/02/2026-14/03/2026."""
APRIL = Period.month(2026, 4)
AFTER = datetime(2026, 3, 16, 2, tzinfo=UTC)
"""Monday 16/03/2026, nine in the morning: the month is closed."""
ON = date(2026, 3, 16)


def moment(day: str) -> datetime:
    """Nine in the morning of a Vietnamese day `YYYY-MM-DD`."""
    return datetime.fromisoformat(f"{day}T02:00:00+00:00")


@pytest.fixture
def monthly() -> Regime:
    return regime("DV-T")


Hear = Callable[..., Matter]


@pytest.fixture
def hear(world: World) -> Hear:
    """Somebody says something to a unit on a day."""

    def heard(
        unit: Unit, day: str, kind: Kind = Kind.REFLECTION, area: Area | None = None, field: Field = Field.ROADS
    ) -> Matter:
        said = Said(content="Cầu Đỏ bị sụt, đề nghị sửa trước mùa mưa.", area_id=(area or world.xa_binh_an).pk,
                    kind=kind, field=field, unit_id=unit.pk)  # fmt: skip
        return receive(said=said, by=CITIZEN, at=moment(day)).matter

    return heard


def answer(matter: Matter, officer: Officer, day: str) -> Matter:
    return act(matter_id=matter.id, verb="answer", words=Words("Đã sửa xong cầu."), by=officer.by, at=moment(day))


def decide(matter: Matter, officer: Officer, accepted: str, decided: str) -> Matter:
    """Accepts a complaint on a day and decides on it on another."""
    accept(matter, officer, accepted)
    done = Done(text="Khiếu nại đúng.", number="9/QĐ-UBND", outcome=Outcome.RIGHT)
    do(case_id=Case.objects.get(lead=matter).pk, key="decide", done=done, by=officer.by, at=moment(decided))
    return matter


def accept(matter: Matter, officer: Officer, day: str) -> Matter:
    done = Done(text="Đủ điều kiện.", number="3/TB-UBND")
    do(case_id=Case.objects.get(lead=matter).pk, key="accept", done=done, by=officer.by, at=moment(day))
    return matter


def transfer(matter: Matter, officer: Officer, unit: Unit, day: str) -> Matter:
    done = Done(text="Thuộc thẩm quyền nơi kia.", number="4/PC-UBND", unit_id=unit.pk)
    do(case_id=Case.objects.get(lead=matter).pk, key="transfer", done=done, by=officer.by, at=moment(day))
    return matter


def hand_over(matter: Matter, officer: Officer, unit: Unit, day: str) -> Matter:
    words = Words("Thuộc thẩm quyền của đơn vị kia.", unit_id=unit.pk)
    return act(matter_id=matter.id, verb="hand-over", words=words, by=officer.by, at=moment(day))


def agree(matter: Matter, day: str) -> Matter:
    return give_verdict(matter=matter, settled=Settled.YES, score=5, text="", at=moment(day))


def dispute(matter: Matter, day: str) -> Matter:
    return give_verdict(matter=matter, settled=Settled.NO, score=2, text="Cầu vẫn còn sụt.", at=moment(day))


def withdraw(matter: Matter, day: str) -> Matter:
    return citizen_act(matter=matter, verb="withdraw", words=Words("Tôi rút ý kiến."), at=moment(day))


@pytest.fixture
def march(world: World, monthly: Regime) -> dict[str, Sheet]:
    """The sheets of March as the night of 15/03/2026 opened them, by the name of the unit in `world`."""
    open_due_sheets(by=system("mở biểu kỳ"), at=moment("2026-03-15"))
    by_unit = {sheet.unit_id: sheet for sheet in Sheet.objects.filter(period=MARCH.code)}
    return {name: by_unit[unit.pk] for name, unit in vars(world).items() if getattr(unit, "pk", None) in by_unit}


def signed(sheet: Sheet, officer: Officer, at: datetime = AFTER, why: str = "Đã kiểm tra sổ gốc.") -> Sheet:
    """Every finding explained, then signed with what was seen."""
    for remark in content_of(sheet, day_of(at)).open_remarks:
        answer_check(sheet_id=sheet.id, finding=remark.code, text=why, by=officer.by, at=at)
    return sign(sheet_id=sheet.id, seen=content_of(sheet, day_of(at)).fingerprint, by=officer.by, at=at)
