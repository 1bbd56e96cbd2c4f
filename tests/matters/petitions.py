"""Complaints and denunciations to stand on, and acts done in them."""

from datetime import datetime
from typing import Any

from danvan.matters.actions import CaseSaid, Done, do
from danvan.matters.kinds import Field, Kind
from danvan.matters.models import Act, Case
from danvan.people.actions import appoint_custodian, set_passphrase
from danvan.people.kinds import Side
from danvan.units.models import Area
from tests.matters.told import told
from tests.world import AT, Officer, an_officer

WALL = "Xã quyết định thu hồi 40 m² đất vườn của gia đình tôi mà không bồi thường đúng giá."
BRIBE = "Cán bộ địa chính nhận tiền để cấp giấy chứng nhận trái quy định, có biên nhận kèm theo."
POINTS = ("Hủy quyết định thu hồi", "Bồi thường đúng giá")


def a_complaint(area: Area, *, when: datetime = AT, points: Any = POINTS, said: Any = None, **case: Any) -> Case:
    """About 40 m² of garden, in two contents."""
    matter = told(area, kind=Kind.COMPLAINT, content=WALL, field=Field.LAND, when=when, points=points,
                  case=CaseSaid(**case), **(said or {}))  # fmt: skip
    return Case.objects.get(lead=matter)


def a_denunciation(area: Area, *, when: datetime = AT, said: Any = None, **case: Any) -> Case:
    """Of a bribe; anonymous where `said` names no sender."""
    matter = told(area, kind=Kind.DENUNCIATION, content=BRIBE, when=when, case=CaseSaid(**case), **(said or {}))
    return Case.objects.get(lead=matter)


def did(officer: Officer, key: str, case: Case, *, when: datetime = AT, **done: Any) -> Act:
    given = {"text": "Theo hồ sơ.", "number": "12/QĐ-UBND"} | done
    return do(case_id=case.pk, key=key, done=Done(**given), by=officer.by, at=when)


PHRASES = {Side.FIRST: "lua chin vang dong tam thang", Side.SECOND: "cau tre lac leo bay nhip"}


def a_custody(leader: Officer) -> dict[Side, Officer]:
    """Two officers of the leader's unit, each with a key of one side and the passphrase of `PHRASES`."""
    keepers = {
        Side.FIRST: an_officer(name="Phan Quốc Bình", username="binh", unit=leader.unit, title="Công chức tư pháp"),
        Side.SECOND: an_officer(name="Lâm Hải Yến", username="yen", unit=leader.unit, title="Công chức văn phòng"),
    }
    for side, keeper in keepers.items():
        made = appoint_custodian(unit_id=leader.unit.id, account_id=keeper.account.pk, side=side, by=leader.by, at=AT)
        set_passphrase(custodian_id=made.pk, passphrase=PHRASES[side], by=keeper.by, at=AT)
    return keepers
