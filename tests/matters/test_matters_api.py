"""Every call a machine may make about matters: it works, others learn nothing, and a long list costs what one row does."""

import hashlib
import json
from datetime import date
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.matters.actions import Said, receive
from danvan.matters.kinds import Intake, ReplyBy
from danvan.matters.models import Attachment, Entry, Matter
from danvan.people.models import Contact
from danvan.rules.ledger import State
from danvan.units.access import CITIZEN
from danvan.units.models import ApiToken
from tests.matters.portal_walk import a_photo
from tests.matters.told import BRIDGE, at, does, fresh, told
from tests.world import AT

pytestmark = pytest.mark.usefixtures("frozen")
NEVER = "DV99-AAAA-AAAAA"
SECRET = "lan can cầu Đỏ không ai ngoài xã được đọc"


@pytest.fixture
def call(client):
    """One call with the officer's token, or without any; `photos` are sent as a form of several parts."""
    given = set()

    def _token(officer) -> str:
        token = f"token-{officer.account.username}"
        if token not in given:
            digest = hashlib.sha256(token.encode()).hexdigest()
            ApiToken.objects.create(digest=digest, holding=officer.holding, name="máy", created_at=AT,
                                    expires_on=date(2027, 1, 1))  # fmt: skip
            given.add(token)
        return token

    def called(officer, verb, path, body=None, photos=None, **headers):
        if officer:
            headers["authorization"] = f"Bearer {_token(officer)}"
        if photos is not None:
            parts = {"body": json.dumps(body), "photos": photos}
            answer = client.post(f"/api/v1{path}", parts, headers=headers)
        else:
            answer = client.generic(verb, f"/api/v1{path}", json.dumps(body) if body is not None else "",
                                    content_type="application/json", headers=headers)  # fmt: skip
        return answer.status_code, answer.json()

    return called


@pytest.fixture
def bridge(world) -> Matter:
    return told(world.xa_binh_an, content=f"{BRIDGE} {SECRET}", points=["Làm lan can", "Đặt biển báo"])


@pytest.fixture
def opened(world):
    """A matter with the PIN its sender holds."""
    return receive(said=Said(content=BRIDGE, area_id=world.xa_binh_an.id), by=CITIZEN, at=AT)


def a_file(colour="red") -> SimpleUploadedFile:
    return SimpleUploadedFile("anh.jpg", a_photo(colour).getvalue(), "image/jpeg")


def sent(world, **more) -> dict:
    return {"content": BRIDGE, "area_id": str(world.xa_binh_an.id), "field": "roads"} | more


# What works


def test_a_citizen_sends_and_follows_without_an_account(world, call):
    status, made = call(None, "POST", "/matters", sent(world))
    assert (status, made["state"], made["due"], made["unit_id"]) == (
        201, "open", "2026-03-26", str(world.ubnd_binh_an.id)
    )  # fmt: skip
    status, found = call(None, "POST", "/track", {"code": made["code"], "pin": made["pin"]})
    assert (status, found["code"], found["unit"], found["due"], found["seen"]) == (
        200, made["code"], "Ủy ban nhân dân xã Bình An", "2026-03-26", 1
    )  # fmt: skip
    assert found["next"] == ["add", "withdraw"]


def test_a_citizen_cannot_say_where_it_goes_nor_when_nor_how_it_came(world, call):
    claimed = {"unit_id": str(world.ubnd_phu_loc.id), "received_at": "2026-01-05T02:00:00Z", "intake": "paper",
               "source": "Sổ 5"}  # fmt: skip
    _status, made = call(None, "POST", "/matters", sent(world, **claimed))
    kept = Matter.objects.get(code=made["code"])
    assert (kept.holder, kept.received_on, kept.intake, kept.source) == (
        world.ubnd_binh_an, date(2026, 3, 12), Intake.PORTAL, ""
    )  # fmt: skip


def test_an_officer_takes_in_what_came_on_another_way_and_day(world, nam, call):
    body = sent(world, intake="paper", received_at="2026-03-10T02:00:00Z", source="Sổ 5",
                unit_id=str(world.ubnd_phu_loc.id), points=["Làm lan can"], reply_by="phone",
                sender={"name": "Nguyễn Thị Hoa", "phone": "0912345678"})  # fmt: skip
    status, made = call(nam, "POST", "/matters", body)
    kept = Matter.objects.get(code=made["code"])
    assert (status, kept.intake, kept.received_on, kept.source, kept.holder, kept.taken_in_by) == (
        201, Intake.PAPER, date(2026, 3, 10), "Sổ 5", world.ubnd_phu_loc, world.ubnd_binh_an
    )  # fmt: skip
    assert (kept.reply_by, Contact.objects.count(), kept.points.count()) == (ReplyBy.PHONE, 1, 1)


def test_the_same_call_sent_twice_makes_one_matter_and_tells_its_pin_once(world, call):
    answers = [call(None, "POST", "/matters", sent(world), **{"idempotency-key": "k"}) for _ in range(2)]
    assert [(status, bool(made["pin"])) for status, made in answers] == [(201, True), (200, False)]
    assert answers[0][1]["code"] == answers[1][1]["code"] and Matter.objects.count() == 1


def test_a_key_somebody_else_used_fetches_nothing_of_theirs(world, call):
    _status, first = call(None, "POST", "/matters", sent(world), **{"idempotency-key": "k"})
    status, second = call(None, "POST", "/matters", sent(world, content=f"{BRIDGE} Khác."), **{"idempotency-key": "k"})
    assert status == 201 and second["code"] != first["code"]


def test_the_folders_say_how_much_lies_in_each(bridge, nam, call):
    status, folders = call(nam, "GET", "/folders")
    numbers = {folder["key"]: folder["number"] for folder in folders}
    assert (status, numbers["new"], numbers["waiting"], numbers["late"], numbers["closed"]) == (200, 1, 1, 0, None)


def test_the_list_is_read_page_by_page_and_narrowed_by_words(world, bridge, nam, call):
    others = [told(world.xa_binh_an, content="Đèn đường tắt ở tổ 4, tối rất khó đi.", when=at(-1)) for _ in range(2)]
    codes, after = [], ""
    for _ in range(3):
        _status, page = call(nam, "GET", f"/matters?limit=1&after={after}")
        codes, after = [*codes, *(row["code"] for row in page["rows"])], page["next"]
    assert codes[0] == bridge.code and set(codes[1:]) == {one.code for one in others} and after is None
    _status, found = call(nam, "GET", "/matters?q=lan+can")
    assert [row["code"] for row in found["rows"]] == [bridge.code]


def test_one_matter_is_told_with_its_points_steps_holders_and_what_is_next(bridge, nam, call):
    status, found = call(nam, "GET", f"/matters/{bridge.code}")
    assert (status, found["content"], found["due"], found["seen"]) == (200, bridge.content, "2026-03-26", 1)
    assert [point["request"] for point in found["points"]] == ["Làm lan can", "Đặt biển báo"]
    assert [(step["verb"], step["unit"]) for step in found["steps"]] == [("open", "Ủy ban nhân dân xã Bình An")]
    assert [(held["unit"], held["days"]) for held in found["holds"]] == [("Ủy ban nhân dân xã Bình An", 0)]
    assert {"accept", "answer", "ask", "hand-over"} <= {move["verb"] for move in found["next"]}


def test_an_officer_answers_point_by_point(bridge, nam, call):
    answer = {"verb": "answer", "text": "Đã làm.", "points": {"1": "Xong ngày 10.", "2": "Đặt tuần sau."}, "seen": 1}
    status, found = call(nam, "POST", f"/matters/{bridge.code}/steps", answer)
    assert (status, found["state"], [point["answer"] for point in found["points"]]) == (
        200, "answered", ["Xong ngày 10.", "Đặt tuần sau."]
    )  # fmt: skip


def test_a_step_taken_from_an_old_page_is_refused_and_changes_nothing(bridge, nam, tu, call):
    does(tu, "accept", bridge)
    status, refusal = call(nam, "POST", f"/matters/{bridge.code}/steps", {"verb": "ask", "text": "Ở đâu?", "seen": 1})
    assert (status, refusal["code"], fresh(bridge).current.steps_taken) == (409, "stale", 2)


# Photos


def test_a_citizen_sends_photos_along(world, call):
    status, made = call(None, "POST", "/matters-with-photos", sent(world), photos=[a_file(), a_file("blue")])
    kept = Attachment.objects.filter(matter__code=made["code"])
    assert (status, list(kept.order_by("number").values_list("number", "step"))) == (201, [(1, None), (2, None)])


def test_the_same_photos_sent_twice_make_one_matter_and_other_photos_another(world, call):
    answers = [
        call(None, "POST", "/matters-with-photos", sent(world), photos=[a_file(colour)], **{"idempotency-key": "k"})
        for colour in ("red", "red", "blue")
    ]
    assert [status for status, _made in answers] == [201, 200, 201] and Matter.objects.count() == 2


def test_an_officer_shows_what_was_done(bridge, nam, call):
    body = {"verb": "answer", "text": "Đã làm, xem ảnh.", "points": {"1": "a", "2": "b"}}
    status, found = call(nam, "POST", f"/matters/{bridge.code}/steps-with-photos", body, photos=[a_file()])
    assert (status, found["state"], Attachment.objects.get(matter=bridge).step.verb) == (200, "answered", "answer")


def test_who_has_code_and_pin_adds_words_and_a_photo(opened, call):
    body = {"code": opened.matter.code, "pin": opened.pin, "text": "Hôm nay gãy thêm một đoạn.", "seen": 1}
    status, found = call(None, "POST", "/track/steps", body, photos=[a_file()])
    assert (status, found["steps"][-1]["verb"], found["steps"][-1]["text"], found["seen"]) == (
        200, "add", "Hôm nay gãy thêm một đoạn.", 2
    )  # fmt: skip
    assert Attachment.objects.get().step.verb == "add"


def test_who_was_asked_replies_and_may_withdraw(opened, nam, call):
    does(nam, "ask", opened.matter, text="Ở đầu cầu nào?")
    key = {"code": opened.matter.code, "pin": opened.pin}
    status, found = call(None, "POST", "/track/steps", key | {"verb": "reply", "text": "Đầu chợ."}, photos=[])
    assert (status, found["state"], found["question"]) == (200, "open", "")
    status, found = call(None, "POST", "/track/steps", key | {"verb": "withdraw", "text": "Đã sửa rồi."}, photos=[])
    assert (status, found["next"], fresh(opened.matter).current.state) == (200, [], State.WITHDRAWN)


@pytest.mark.parametrize("body", [{"pin": "000000x"}, {"code": NEVER}], ids=["wrong pin", "unknown code"])
def test_nobody_adds_without_both_keys(opened, call, body):
    key = {"code": opened.matter.code, "pin": opened.pin, "text": "Tôi là ai?"} | body
    status, _refusal = call(None, "POST", "/track/steps", key, photos=[a_file()])
    assert (status, Entry.objects.count(), Attachment.objects.count()) == (404, 0, 0)


@pytest.mark.parametrize(
    ("photos", "code"),
    [(lambda: [SimpleUploadedFile("a.jpg", b"not a photo")], "photo-unknown"),
     (lambda: [a_file()] * 6, "photos-many")], ids=["no photo", "six of them"],
)  # fmt: skip
def test_what_is_no_photo_or_one_too_many_is_refused_whole(world, bridge, opened, nam, call, photos, code):
    key = {"code": opened.matter.code, "pin": opened.pin, "text": "Thêm."}
    answer = {"verb": "answer", "text": "Xong.", "points": {"1": "a", "2": "b"}}
    calls = [(None, "/matters-with-photos", sent(world)), (None, "/track/steps", key),
             (nam, f"/matters/{bridge.code}/steps-with-photos", answer)]  # fmt: skip
    for officer, path, body in calls:
        status, refusal = call(officer, "POST", path, body, photos=photos())
        assert (status, refusal["code"], refusal["field"]) == (422, code, "photos")
    assert (Attachment.objects.count(), Entry.objects.count(), Matter.objects.count()) == (0, 0, 2)


# Who is turned away

STRANGERS = ["thu", "ben", "vu"]
ONE = [("GET", "/matters/{}", None), ("POST", "/matters/{}/steps", {"verb": "accept"})]


@pytest.mark.parametrize("stranger", STRANGERS)
@pytest.mark.parametrize(("verb", "path", "body"), ONE)
def test_a_matter_of_another_unit_is_as_absent_as_one_that_never_was(bridge, request, call, stranger, verb, path, body):
    officer = request.getfixturevalue(stranger)
    there, never = call(officer, verb, path.format(bridge.code), body), call(officer, verb, path.format(NEVER), body)
    assert there == never and there[0] == 404
    assert fresh(bridge).current.steps_taken == 1


def test_photos_do_not_open_the_way_into_another_unit(bridge, thu, call):
    paths = [f"/matters/{code}/steps-with-photos" for code in (bridge.code, NEVER)]
    there, never = (call(thu, "POST", path, {"verb": "add", "text": "x"}, photos=[a_file()]) for path in paths)
    assert there == never and there[0] == 404 and Attachment.objects.count() == 0


@pytest.mark.parametrize("stranger", ["thu", "ben"])
@pytest.mark.parametrize("path", ["/matters", "/matters?q=lan+can", "/matters?folder=new", "/folders"])
def test_lists_and_counts_of_another_unit_hold_nothing(bridge, request, call, stranger, path):
    status, answer = call(request.getfixturevalue(stranger), "GET", path)
    assert status == 200
    assert SECRET not in json.dumps(answer, ensure_ascii=False) and bridge.code not in json.dumps(answer)
    assert (
        [folder["number"] for folder in answer if folder["number"]] == [] if path == "/folders" else not answer["rows"]
    )


@pytest.mark.parametrize("path", ["/matters?unit={}", "/matters?folder=new&unit={}"])
def test_a_unit_out_of_sight_is_as_absent_as_one_that_never_was(world, bridge, thu, call, path):
    there, never = (call(thu, "GET", path.format(unit)) for unit in (world.ubnd_binh_an.id, uuid4()))
    assert there == never and there[0] == 404


@pytest.mark.parametrize("path", ["/matters", "/folders"])
def test_a_role_that_reads_no_matters_is_forbidden(bridge, vu, call, path):
    status, refusal = call(vu, "GET", path)
    assert (status, refusal["code"]) == (403, "not-allowed")


def test_who_only_reads_takes_no_step_and_takes_nothing_in(world, bridge, kim, call):
    assert call(kim, "GET", f"/matters/{bridge.code}")[0] == 200
    assert call(kim, "GET", f"/matters/{bridge.code}")[1]["next"] == []
    for body in ({"verb": "accept"}, {"verb": "answer", "text": "x", "points": {"1": "a", "2": "b"}}):
        assert call(kim, "POST", f"/matters/{bridge.code}/steps", body)[0] == 403
    assert call(kim, "POST", f"/matters/{bridge.code}/steps-with-photos", {"verb": "add", "text": "x"},
                photos=[a_file()])[0] == 403  # fmt: skip
    assert call(kim, "POST", "/matters", sent(world))[0] == 403
    assert call(kim, "POST", "/matters-with-photos", sent(world), photos=[a_file()])[0] == 403
    assert (Matter.objects.count(), fresh(bridge).current.steps_taken, Attachment.objects.count()) == (1, 1, 0)


@pytest.mark.parametrize("path", ["/folders", "/matters", f"/matters/{NEVER}"])
def test_who_shows_no_account_reads_nothing(bridge, call, path):
    status, refusal = call(None, "GET", path)
    assert (status, refusal["code"]) == (401, "not-signed-in")


def test_a_wrong_token_is_nobody_even_where_citizens_may_call(world, client):
    answer = client.post("/api/v1/matters", sent(world), "application/json", headers={"authorization": "Bearer sai"})
    assert (answer.status_code, Matter.objects.count()) == (401, 0)


def test_a_wrong_code_and_a_wrong_pin_are_told_alike(opened, call):
    wrong = f"{(int(opened.pin) + 1) % 1_000_000:06d}"
    answers = [call(None, "POST", "/track", {"code": code, "pin": wrong}) for code in (opened.matter.code, NEVER, "?")]
    assert answers[0] == answers[1] == answers[2] and answers[0][0] == 404


def test_trying_pins_comes_to_an_end_on_every_way_in(opened, call):
    for _ in range(4):
        call(None, "POST", "/track", {"code": opened.matter.code, "pin": "000000x"})
        call(None, "POST", "/track/steps", {"code": opened.matter.code, "pin": "000000x", "text": "x"}, photos=[])
    key = {"code": opened.matter.code, "pin": opened.pin}
    assert call(None, "POST", "/track", key)[0] == 429
    assert call(None, "POST", "/track/steps", key | {"text": "x"}, photos=[])[0] == 429


def test_sending_comes_to_an_end_for_who_shows_no_account(world, nam, call):
    answers = [call(None, "POST", "/matters", sent(world))[0] for _ in range(21)]
    assert answers == [201] * 20 + [429]
    assert call(nam, "POST", "/matters", sent(world))[0] == 201


def test_the_tracking_page_of_a_machine_names_no_officer_and_nothing_internal(opened, nam, tu, call):
    does(tu, "urge", opened.matter, text="Đôn đốc nội bộ.")
    does(nam, "accept", opened.matter)
    _status, found = call(None, "POST", "/track", {"code": opened.matter.code, "pin": opened.pin})
    told_all = json.dumps(found, ensure_ascii=False)
    assert "Đôn đốc nội bộ." not in told_all and nam.name not in told_all and tu.name not in told_all


# Wrong input, at its field

WRONG = [
    ("/matters", {"content": ""}, "content"),
    ("/matters", {"content": "Ngắn."}, "content"),
    ("/matters", {"content": "x" * 20_001}, "content"),
    ("/matters", {"content": None}, "content"),
    ("/matters", {"area_id": "zz"}, "area_id"),
    ("/matters", {"kind": "denunciation?"}, "kind"),
    ("/matters", {"field": "x"}, "field"),
    ("/matters", {"reply_by": "phone"}, "phone"),
    ("/matters", {"reply_by": "email", "sender": {"email": ""}}, "email"),
    ("/matters", {"points": ["x" * 501]}, "points.0"),
    ("/matters", {"points": ["x"] * 21}, "points"),
    ("/matters", {"received_at": "2026-03-10"}, "received_at"),
    ("/track", {"pin": None}, "pin"),
    ("/track/steps", {"verb": "answer"}, "verb"),
]


@pytest.mark.parametrize(("path", "wrong", "field"), WRONG)
def test_wrong_input_is_named_by_its_field_and_nothing_is_kept(world, opened, call, path, wrong, field):
    good = sent(world) if path == "/matters" else {"code": opened.matter.code, "pin": opened.pin, "text": "x"}
    photos = [] if path == "/track/steps" else None
    status, refusal = call(None, "POST", path, good | wrong, photos=photos)
    assert (status, refusal["field"], Matter.objects.count()) == (422, field, 1)


def test_a_day_to_come_and_a_place_that_never_was_are_refused(world, nam, call):
    status, refusal = call(nam, "POST", "/matters", sent(world, received_at="2026-03-13T02:00:00Z"))
    assert (status, refusal["code"]) == (422, "received-later")
    status, _refusal = call(nam, "POST", "/matters", sent(world, area_id=str(uuid4())))
    assert status in {404, 422} and Matter.objects.count() == 0


STEPS = [
    ({"verb": "open"}, "verb"),
    ({}, "verb"),
    ({"verb": "ask", "text": ""}, "text"),
    ({"verb": "answer", "text": "Xong.", "points": {"1": "a"}}, "point-2"),
    ({"verb": "accept", "days": -1}, "days"),
    ({"verb": "accept", "seen": "x"}, "seen"),
    ({"verb": "hand-over", "text": "x", "unit": "zz"}, "unit"),
]


@pytest.mark.parametrize(("body", "field"), STEPS)
def test_a_wrong_step_is_named_by_its_field_and_not_taken(bridge, nam, call, body, field):
    for path, photos in (("steps", None), ("steps-with-photos", [a_file()])):
        status, refusal = call(nam, "POST", f"/matters/{bridge.code}/{path}", body, photos=photos)
        assert (status, refusal["field"]) == (422, field)
    assert (fresh(bridge).current.steps_taken, Attachment.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("query", "field"),
    [("folder=x", "folder"), ("field=x", "field"), ("unit=zz", "unit"), ("limit=0", "limit"), ("limit=101", "limit"),
     ("month=2026-13", "month"), ("area=zz", "area"), ("intake=x", "intake")],
)  # fmt: skip
def test_a_list_that_cannot_be_asked_for_names_the_field(world, nam, call, query, field):
    status, refusal = call(nam, "GET", f"/matters?{query}")
    assert (status, refusal["field"]) == (422, field)


@pytest.mark.parametrize("query", ["after=zz", "before=zz"])
def test_a_page_that_was_never_given_out_is_refused_in_words(world, nam, call, query):
    status, refusal = call(nam, "GET", f"/matters?{query}")
    assert status == 422 and refusal["message"]


# Cost


@pytest.fixture
def warm(world, nam, call) -> None:
    cache.clear()
    call(nam, "GET", "/folders")


@pytest.mark.parametrize("rows", [1, 50])
@pytest.mark.parametrize(("path", "queries"), [("/matters", 5), ("/matters?q=lan+can", 5), ("/folders", 3)])
def test_a_list_costs_the_same_for_one_and_fifty(
    world, warm, nam, call, django_assert_num_queries, rows, path, queries
):
    for _ in range(rows):
        told(world.xa_binh_an)
    call(nam, "GET", path)
    asks_how_common = connection.vendor == "postgresql" and "?q=" in path
    with django_assert_num_queries(queries + asks_how_common):
        _status, answer = call(nam, "GET", path)
    assert path == "/folders" or len(answer["rows"]) == rows


@pytest.mark.parametrize("steps", [1, 50])
def test_one_matter_costs_the_same_however_long_its_story(
    warm, bridge, nam, lan, opened, call, django_assert_num_queries, steps
):
    for number in range(steps):
        does(lan, "urge", bridge, text=f"Lần {number}.")
        does(lan, "urge", opened.matter, text=f"Lần {number}.")
    with django_assert_num_queries(5):
        call(nam, "GET", f"/matters/{bridge.code}")
    key = {"code": opened.matter.code, "pin": opened.pin}
    call(None, "POST", "/track", key)
    with CaptureQueriesContext(connection) as asked:
        call(None, "POST", "/track", key)
    counting = ("cache", "SAVEPOINT")
    assert len([query for query in asked if not any(word in query["sql"] for word in counting)]) == 11
