"""Steps taken through the page: every verb, words that survive a refusal, and two officers at once."""

import re

import pytest

from danvan.matters.kinds import Kind
from danvan.matters.models import Attachment, Entry, Matter, Point
from danvan.rules.ledger import State
from tests.matters.portal_walk import a_photo, text
from tests.matters.test_desk_pages import url
from tests.matters.told import does, fresh, told

pytestmark = pytest.mark.usefixtures("frozen")
LONG = "Xã đã cho người hàn lại lan can sáng nay, mời bà con kiểm tra."


@pytest.fixture
def bridge(world) -> Matter:
    return told(world.xa_binh_an, kind=Kind.OPINION, points=["Làm lan can", "Đặt biển báo"])


def press(client, matter: Matter, verb: str, **typed):
    """What the form of that step sends; `seen` is the newest unless it is said otherwise."""
    seen = typed.pop("seen", fresh(matter).current.steps_taken)
    return client.post(url(matter, "buoc", verb), {f"{verb}-seen": seen} | {f"{verb}-{k}": v for k, v in typed.items()})


def stands(matter: Matter) -> tuple[str, int]:
    current = fresh(matter).current
    return current.state, current.steps_taken


STEPS = {
    "accept": ("nam", {}, State.OPEN),
    "ask": ("nam", {"text": "Cột số mấy?"}, State.PAUSED),
    "hand-over": ("nam", {"text": "Tuyến tỉnh.", "unit": "so_xay_dung"}, State.OPEN),
    "answer": ("nam", {"text": LONG, "point-1": "Đã hàn.", "point-2": "Đã đặt."}, State.ANSWERED),
    "add": ("mai", {"text": "Họ nói thêm: bên trái."}, State.OPEN),
    "extend": ("tu", {"text": "Chờ vật tư.", "days": "5"}, State.OPEN),
    "urge": ("lan", {"text": "Trả lời trước thứ Sáu."}, State.OPEN),
    "cancel": ("tu", {"text": "Gửi trùng."}, State.CANCELLED),
}


@pytest.mark.parametrize(("verb", "officer", "typed", "state"), [(v, *rest) for v, rest in STEPS.items()], ids=STEPS)
def test_each_step_is_taken_from_its_form(world, request, sign_in, verb, officer, typed, state):
    who = request.getfixturevalue(officer)
    matter = told(world.xa_binh_an, by=who.by if officer == "mai" else request.getfixturevalue("hoa").by,
                  kind=Kind.OPINION, points=["Làm lan can", "Đặt biển báo"])  # fmt: skip
    typed = {k: getattr(world, v).id if k == "unit" else v for k, v in typed.items()}
    response = press(sign_in(who), matter, verb, **typed)
    assert (response.status_code, response.headers["Location"]) == (302, url(matter))
    assert stands(matter) == (state, 2)


def test_a_question_is_answered_for_the_citizen_and_waiting_is_given_up(bridge, nam, sign_in):
    client = sign_in(nam)
    press(client, bridge, "ask", text="Cột số mấy?")
    press(client, bridge, "resume", text="Đã gọi hỏi, đủ thông tin.")
    assert stands(bridge) == (State.OPEN, 3)


def test_photos_come_with_an_answer(world, nam, sign_in):
    matter = told(world.xa_binh_an)
    press(sign_in(nam), matter, "answer", text=LONG, photos=a_photo())
    assert Attachment.objects.get().step.verb == "answer"


# What is refused keeps what was typed


def test_an_unanswered_point_is_told_at_its_place_and_the_rest_stays_typed(bridge, nam, sign_in):
    response = press(sign_in(nam), bridge, "answer", **{"text": LONG, "point-1": "Đã hàn."})
    page = text(response)
    assert response.status_code == 422 and "Điểm này chưa có câu trả lời." in page
    assert LONG in page and "Đã hàn." in page and "Lỗi: " in page
    assert (stands(bridge), list(Point.objects.values_list("answer", flat=True))) == ((State.OPEN, 1), ["", ""])


MISSING = {
    "hand-over without a unit": ("hand-over", {"text": "Tuyến tỉnh."}, "Hãy chọn đơn vị nhận."),
    "hand-over to a unit nobody offered": ("hand-over", {"text": "x", "unit": "ubnd_xa_ben"}, "Hãy chọn một đơn vị trong danh sách."),
    "hand-over without a reason": ("hand-over", {"unit": "so_xay_dung"}, "Hãy ghi nội dung."),
    "a question that asks nothing": ("ask", {"text": "  "}, "Hãy ghi nội dung."),
}  # fmt: skip


@pytest.mark.parametrize(("verb", "typed", "sentence"), MISSING.values(), ids=MISSING)
def test_what_is_missing_is_told_and_nothing_is_written(bridge, nam, world, sign_in, verb, typed, sentence):
    typed = {k: getattr(world, v).id if k == "unit" else v for k, v in typed.items()}
    response = press(sign_in(nam), bridge, verb, **typed)
    assert response.status_code == 422 and sentence in text(response)
    assert (stands(bridge), Entry.objects.count()) == ((State.OPEN, 1), 0)


def test_a_term_is_extended_by_days_within_the_rule(bridge, tu, sign_in):
    client = sign_in(tu)
    assert "Hãy ghi một con số." in text(press(client, bridge, "extend", text="Chờ.", days="mấy"))
    refused = press(client, bridge, "extend", text="Chờ.", days="90")
    assert refused.status_code == 409 and "Chờ." in text(refused) and stands(bridge) == (State.OPEN, 1)


def test_a_file_that_is_no_photo_is_refused_and_the_words_stay(world, nam, sign_in):
    matter = told(world.xa_binh_an)
    response = sign_in(nam).post(url(matter, "buoc", "answer"), {
        "answer-seen": 1, "answer-text": LONG, "answer-photos": _named(b"MZ no photo"),
    })  # fmt: skip
    assert response.status_code == 422 and "không phải là ảnh" in text(response) and LONG in text(response)
    assert stands(matter) == (State.OPEN, 1)


def _named(data: bytes):
    import io

    file = io.BytesIO(data)
    file.name = "anh.jpg"
    return file


# Two at once


def test_the_slower_of_two_sees_what_happened_and_keeps_the_answer_to_send_again(bridge, nam, tu, sign_in):
    slow, quick = sign_in(nam), sign_in(tu)
    press(quick, bridge, "accept", seen=1)
    typed = {"text": LONG, "point-1": "Đã hàn.", "point-2": "Đã đặt."}
    late = press(slow, bridge, "answer", seen=1, **typed)
    page = text(late)
    assert late.status_code == 409 and "Vừa có người khác cập nhật việc này" in page and "Đã nhận giải quyết" in page
    assert LONG in page and "Đã đặt." in page and stands(bridge) == (State.OPEN, 2)
    seen_now = re.search(r'name="answer-seen" value="(\d+)"', page)[1]
    assert press(slow, bridge, "answer", seen=seen_now, **typed).status_code == 302
    assert stands(bridge) == (State.ANSWERED, 3)


def test_of_two_answers_the_second_is_kept_in_sight_where_it_can_no_longer_be_given(world, nam, tu, sign_in):
    matter = told(world.xa_binh_an)
    slow, quick = sign_in(nam), sign_in(tu)
    press(quick, matter, "answer", seen=1, text="Đã làm.")
    late = press(slow, matter, "answer", seen=1, text=LONG)
    page = text(late)
    assert late.status_code == 409 and LONG in page and "Điều bạn vừa gõ còn nguyên ở đây" in page
    assert list(Entry.objects.values_list("text", flat=True)) == ["Đã làm."]


def test_pressing_twice_takes_one_step(world, nam, sign_in):
    matter, client = told(world.xa_binh_an), sign_in(nam)
    assert [press(client, matter, "accept", seen=1).status_code for _ in range(2)] == [302, 409]
    assert stands(matter) == (State.OPEN, 2)


# What nobody offered

NOT_YOURS = [("kim", "accept"), ("kim", "cancel"), ("mai", "answer"), ("lan", "answer"), ("nam", "extend"),
             ("tu", "confirm")]  # fmt: skip
NOT_AT_THE_DESK = ["lapse", "open", "withdraw", "xxx"]


@pytest.mark.parametrize(("officer", "verb"), NOT_YOURS)
def test_a_step_of_somebody_elses_role_is_forbidden(bridge, request, sign_in, officer, verb):
    client = sign_in(request.getfixturevalue(officer))
    response = press(client, bridge, verb, text=LONG, days="3", **{"point-1": "a", "point-2": "b"})
    assert (response.status_code, stands(bridge)) == (403, (State.OPEN, 1))
    assert "Bạn không được “" in text(response)


@pytest.mark.parametrize("verb", NOT_AT_THE_DESK)
def test_a_step_that_no_officer_takes_is_no_address(bridge, nam, sign_in, verb):
    response = press(sign_in(nam), bridge, verb, text=LONG)
    assert (response.status_code, stands(bridge)) == (404, (State.OPEN, 1))


def test_a_step_is_never_taken_by_following_a_link(bridge, nam, sign_in):
    assert sign_in(nam).get(url(bridge, "buoc", "accept")).status_code == 405


def test_the_receivers_offered_are_near_and_never_the_holder(bridge, nam, world, sign_in):
    page = text(sign_in(nam).get(url(bridge)))
    offered = set(re.findall(r'<option value="([0-9a-f-]{36})"', page))
    near = {world.so_xay_dung, world.ubnd_tinh, world.ubnd_phu_loc, world.ubnd_trung_tam, world.cong_an_binh_an,
            world.cong_an_tinh, world.dang_uy_binh_an, world.tinh_uy, world.ban_dan_van}  # fmt: skip
    assert offered == {str(unit.id) for unit in near}


def test_a_handed_over_matter_leaves_the_list_and_stays_in_sight(bridge, nam, world, sign_in):
    does(nam, "hand-over", bridge, text="Tuyến tỉnh.", unit_id=world.so_xay_dung.id)
    client = sign_in(nam)
    assert bridge.code not in text(client.get("/viec/")) and bridge.code in text(client.get("/viec/?folder=sent"))
    assert "Bạn chỉ xem" not in text(client.get(url(bridge)))
