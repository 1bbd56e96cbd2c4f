"""The end of a unit: what it owes goes to the one that takes over, its clocks untouched; or nothing happens at all."""

import re
from datetime import date, timedelta

import pytest

from danvan.base.errors import Invalid
from danvan.commitments.actions import Promise, end_unit_and_pass_on, open_commitment, pass_on_of_ended
from danvan.commitments.models import Commitment, Step
from danvan.units.access import CITIZEN, in_force
from danvan.units.actions import UnitChange, change_unit
from danvan.units.kinds import Event
from danvan.units.models import UnitSuccession, UnitVersion
from tests.world import AT, MAU, TODAY

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock(frozen):
    """The pages ask what day it is."""


def text(response) -> str:
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.fixture
def owed(world) -> Commitment:
    promise = Promise(kind="opinion", code="MAU-1", owed_by=world.ubnd_phu_loc.pk, rule_id="NOI-KNPA")
    return open_commitment(promise=promise, home_area=MAU, by=CITIZEN, at=AT)[0]


def end(world, vu, *, successor="ubnd_binh_an", on=TODAY, at=AT) -> int:
    return end_unit_and_pass_on(
        unit_id=world.ubnd_phu_loc.pk, successor_id=successor and getattr(world, successor).pk, on=on,
        event=Event.MERGE, source="NQ 7", by=vu.by, at=at,
    )  # fmt: skip


def test_open_duties_go_over_with_their_due_day(world, vu, owed):
    assert end(world, vu) == 1
    due = owed.due
    owed.refresh_from_db()
    assert (owed.owed_by_id, owed.due) == (world.ubnd_binh_an.pk, due)
    step = Step.objects.get(verb="take-over")
    assert step.note == "Đơn vị kết thúc hoạt động từ 12/03/2026 (NQ 7)."


def test_a_unit_that_owes_is_not_ended_without_a_successor(world, vu, owed):
    with pytest.raises(Invalid, match="hãy chọn đơn vị tiếp nhận"):
        end(world, vu, successor=None)
    assert UnitVersion.objects.get(unit=world.ubnd_phu_loc).valid_to is None


def test_a_unit_that_owes_nothing_may_simply_end(world, vu):
    assert end(world, vu, successor=None) == 0
    assert not UnitVersion.objects.filter(in_force(TODAY), unit=world.ubnd_phu_loc).exists()


def test_where_ending_is_refused_nothing_is_passed_on(world, vu, owed):
    later = UnitChange(TODAY + 9 * DAY, "Tên mới", parent_id=world.ubnd_tinh.pk)
    change_unit(unit_id=world.ubnd_phu_loc.pk, change=later, by=vu.by, at=AT)
    with pytest.raises(Exception, match="đổi tên"):
        end(world, vu)
    owed.refresh_from_db()
    assert owed.owed_by_id == world.ubnd_phu_loc.pk
    assert not UnitSuccession.objects.filter(before=world.ubnd_phu_loc).exists()


def test_an_end_to_come_passes_on_when_the_day_has_come(world, vu, owed):
    assert end(world, vu, on=TODAY + 3 * DAY) == 0
    assert [pass_on_of_ended(at=AT + n * DAY) for n in (2, 3, 4)] == [0, 1, 0]
    owed.refresh_from_db()
    assert owed.owed_by_id == world.ubnd_binh_an.pk


def test_duties_follow_through_several_ends(world, vu, owed):
    end(world, vu, on=TODAY + DAY)
    end_unit_and_pass_on(
        unit_id=world.ubnd_binh_an.pk, successor_id=world.ubnd_trung_tam.pk, on=TODAY + 2 * DAY, event=Event.MERGE,
        source="NQ 8", by=vu.by, at=AT,
    )  # fmt: skip
    assert pass_on_of_ended(at=AT + 5 * DAY) == 2
    owed.refresh_from_db()
    assert owed.owed_by_id == world.ubnd_trung_tam.pk


class TestPage:
    def form(self, world, **changed) -> dict[str, object]:
        return {"on": "12/03/2026", "event": "merge", "successor": world.ubnd_binh_an.pk, "source": "NQ 7"} | changed

    def test_it_shows_what_would_go_where_and_then_does_it(self, sign_in, vu, world, owed):
        client, path = sign_in(vu), f"/don-vi/{world.ubnd_phu_loc.pk}/ket-thuc/"
        shown = text(client.post(path, self.form(world)))
        assert "1 việc chuyển sang đơn vị tiếp nhận, hạn giữ nguyên" in shown
        assert "Đơn vị tiếp nhận nhiệm vụ Ủy ban nhân dân xã Bình An" in shown
        assert UnitVersion.objects.get(unit=world.ubnd_phu_loc).valid_to is None
        client.post(path, self.form(world, confirm="1"))
        assert UnitVersion.objects.get(unit=world.ubnd_phu_loc).valid_to == date(2026, 3, 12)
        owed.refresh_from_db()
        assert owed.owed_by_id == world.ubnd_binh_an.pk

    def test_a_refusal_stands_at_its_field(self, sign_in, vu, world, owed):
        path = f"/don-vi/{world.ubnd_phu_loc.pk}/ket-thuc/"
        page = sign_in(vu).post(path, self.form(world, successor="", confirm="1"))
        assert (page.status_code, "Đơn vị còn việc chưa xong" in text(page)) == (422, True)

    def test_units_beside_it_are_offered_first(self, sign_in, vu, world):
        page = sign_in(vu).get(f"/don-vi/{world.ubnd_phu_loc.pk}/ket-thuc/").content.decode()
        offered = re.findall(r'<option value="[0-9a-f-]{36}">([^<]+)<', page)
        assert offered == [
            "Sở Xây dựng tỉnh Mẫu",
            "Ủy ban nhân dân phường Trung Tâm",
            "Ủy ban nhân dân xã Bình An",
            "Ủy ban nhân dân tỉnh Mẫu",
            "Ủy ban nhân dân tỉnh Bạn",
            "Ủy ban nhân dân xã Bến",
        ]

    @pytest.mark.parametrize("who", ["nam", "tu", "lan", "kim"])
    def test_nobody_but_an_operator_ends_a_unit(self, request, sign_in, world, who):
        client = sign_in(request.getfixturevalue(who))
        answer = client.post(f"/don-vi/{world.ubnd_phu_loc.pk}/ket-thuc/", self.form(world, confirm="1"))
        assert answer.status_code == 403
        assert UnitVersion.objects.get(unit=world.ubnd_phu_loc).valid_to is None

    def test_the_unit_of_another_province_is_not_there(self, sign_in, vu, world):
        answer = sign_in(vu).post(f"/don-vi/{world.ubnd_xa_ben.pk}/ket-thuc/", self.form(world, confirm="1"))
        assert answer.status_code == 404
