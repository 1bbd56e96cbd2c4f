"""What stands behind code and PIN, read for its page."""

import pytest

from danvan.base.errors import Absent
from danvan.base.ids import new_id
from danvan.matters.actions import Said, Words, act, give_verdict, receive
from danvan.matters.kinds import Settled
from danvan.matters.queries.places import places_to_choose
from danvan.matters.queries.tracking import matter_for, photo_of, tracked
from danvan.units.access import CITIZEN
from tests.world import AT, MAU, TODAY, an_area

CONTENT = "Cầu Đỏ ở ấp 3 bị gãy lan can, trẻ em đi học rất nguy hiểm."


@pytest.fixture
def sent(world):
    return receive(said=Said(content=CONTENT, area_id=world.xa_binh_an.id), by=CITIZEN, at=AT)


def do(sent, verb, officer, **words) -> None:
    act(matter_id=sent.matter.id, verb=verb, words=Words(**words), by=officer.by, at=AT)


def test_code_and_pin_find_the_matter(sent):
    assert matter_for(sent.matter.code, sent.pin) == sent.matter


@pytest.mark.parametrize(("code", "pin"), [("", ""), ("DV99-2222-2222N", "000000"), ("xấu", "1")])
def test_anything_else_is_absent(sent, code, pin):
    with pytest.raises(Absent, match="Mã tra cứu hoặc mã PIN chưa đúng"):
        matter_for(code, pin)


def test_a_pin_opens_only_the_matter_it_was_given_for(world, sent):
    other = receive(said=Said(content=CONTENT, area_id=world.xa_binh_an.id), by=CITIZEN, at=AT)
    if other.pin != sent.pin:
        with pytest.raises(Absent):
            matter_for(other.matter.code, sent.pin)


def test_the_whole_story_costs_ten_queries_after_one_step_and_after_many(
    world, sent, nam, tu, django_assert_num_queries
):
    with django_assert_num_queries(10):
        tracked(sent.matter.id, TODAY)
    do(sent, "accept", nam)
    do(sent, "extend", tu, days=3, text="Chờ vật tư.")
    do(sent, "answer", nam, text="Đã sửa.")
    give_verdict(matter=sent.matter, settled=Settled.NO, score=2, text="Chưa xong.", at=AT)
    do(sent, "hand-over", nam, unit_id=world.so_xay_dung.id, text="Cầu do Sở quản lý.")
    with django_assert_num_queries(10):
        tracked(sent.matter.id, TODAY)


def test_the_steps_run_through_every_clock_in_turn(world, sent, nam):
    do(sent, "answer", nam, text="Đã sửa.")
    give_verdict(matter=sent.matter, settled=Settled.NO, score=None, text="Chưa xong.", at=AT)
    do(sent, "answer", nam, text="Đã sửa cả hai bên.")
    story = tracked(sent.matter.id, TODAY)
    assert [step.verb for step in story.steps] == ["open", "answer", "dispute", "open", "answer"]
    assert (story.clocks, story.answer.text, story.seen) == (2, "Đã sửa cả hai bên.", 2)


def test_an_answer_that_is_disputed_is_no_answer_in_force(sent, nam):
    do(sent, "answer", nam, text="Đã sửa.")
    give_verdict(matter=sent.matter, settled=Settled.NO, score=None, text="Chưa xong.", at=AT)
    assert tracked(sent.matter.id, TODAY).answer is None


def test_a_question_stands_until_it_is_replied_to_or_given_up(sent, nam):
    do(sent, "ask", nam, text="Ở đâu?")
    assert tracked(sent.matter.id, TODAY).question == "Ở đâu?"
    do(sent, "resume", nam, text="Đã tìm thấy.")
    assert tracked(sent.matter.id, TODAY).question == ""


def test_what_the_citizen_may_do_comes_from_the_table_of_moves(sent, nam):
    assert tracked(sent.matter.id, TODAY).moves == {"add", "withdraw"}
    do(sent, "ask", nam, text="Ở đâu?")
    assert tracked(sent.matter.id, TODAY).moves == {"reply", "withdraw"}


def test_an_unknown_matter_and_photo_are_absent(sent):
    with pytest.raises(Absent):
        tracked(new_id(MAU), TODAY)
    with pytest.raises(Absent):
        photo_of(sent.matter.id, 1)


def names(typed: str) -> list[str]:
    return [choice.name for choice in places_to_choose(typed, TODAY).shown]


def test_places_are_narrowed_by_the_province_behind_a_comma(world):
    an_area(name="Bình An", prefix="Phường", code="98003", parent=world.tinh_ban)
    assert set(names("binh an")) == {"Phường Bình An", "Xã Bình An"}
    assert names("binh an, tinh ban") == ["Phường Bình An"]
    assert names("bình an , mẫu") == ["Xã Bình An"]


def test_a_place_is_offered_once_though_its_old_part_is_found_too(world):
    assert names("xã bình") == ["Xã Bình An"]


def test_many_places_are_cut_and_said_to_be_more(world):
    for n in range(20):
        an_area(name=f"Đông {n}", code=f"997{n:02d}", parent=world.tinh_mau)
    found = places_to_choose("dong", TODAY)
    assert (len(found.shown), found.are_more) == (15, True)


def test_searching_costs_the_same_for_one_place_and_for_many(world, django_assert_max_num_queries):
    for n in range(20):
        an_area(name=f"Đông {n}", code=f"997{n:02d}", parent=world.tinh_mau)
    with django_assert_max_num_queries(9):
        places_to_choose("dong", TODAY)
