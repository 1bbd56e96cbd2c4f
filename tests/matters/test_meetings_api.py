"""Machines write meetings down, load spreadsheets and record receptions as people do, with the same refusals."""

import hashlib
import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from danvan.matters.models import Matter, Meeting, OpinionSheet, ReceptionDay
from danvan.units.models import ApiToken
from tests.matters.test_spreadsheet import a_file, a_row
from tests.world import AT

pytestmark = pytest.mark.usefixtures("frozen")
HEAD = {"title": "Hội nghị lắng nghe", "held_on": "2026-03-12", "place": "Nhà văn hóa", "chair": "Chủ tịch UBND xã",
        "attendance": 120, "key": "k"}  # fmt: skip
TOKEN = 1
"""The helper's own query for the token it has made."""


@pytest.fixture
def call(client):
    """One call with the officer's token; `file` is sent as a form."""

    def called(officer, verb, path, body=None, file=None):
        token = f"token-{officer.account.username}"
        ApiToken.objects.get_or_create(
            digest=hashlib.sha256(token.encode()).hexdigest(),
            defaults={"holding": officer.holding, "name": "máy", "created_at": AT, "expires_on": date(2027, 1, 1)},
        )
        headers = {"Authorization": f"Bearer {token}"}
        if file is not None:
            sent = {"file": SimpleUploadedFile("thang 3.xlsx", file), **(body or {})}
            answer = client.post(f"/api/v1{path}", sent, headers=headers)
        else:
            answer = client.generic(verb, f"/api/v1{path}", json.dumps(body) if body is not None else "",
                                    content_type="application/json", headers=headers)  # fmt: skip
        return answer.status_code, answer.json()

    return called


def test_a_meeting_from_its_head_to_its_opinions(world, nam, call):
    head = HEAD | {"area_id": str(world.xa_binh_an.id)}
    (status, made), (_again, same) = (call(nam, "POST", "/meetings", head) for _ in range(2))
    assert (status, made, Meeting.objects.count()) == (201, same, 1)
    rows = [{"key": "a" * 32, "content": "Đường hỏng.", "field": "gt"},
            {"key": "b" * 32, "content": "Ồn.", "field": "tiếng ồn"}]  # fmt: skip
    path = f"/meetings/{made['id']}"
    assert call(nam, "POST", f"{path}/rows", {"rows": rows}) == (
        200,
        [
            {"key": "a" * 32, "status": "saved", "version": 1, "errors": {}},
            {"key": "b" * 32, "status": "saved", "version": 1, "errors": {"field": "Không có lĩnh vực này."}},
        ],
    )
    status, refusal = call(nam, "POST", f"{path}/finish")
    assert (status, refusal["code"], refusal["message"]) == (
        409, "meeting-unready", "Dòng 2: Chưa rõ lĩnh vực “tiếng ồn”."
    )  # fmt: skip
    call(nam, "POST", f"{path}/rows", {"rows": [rows[1] | {"field": "mt", "version": 1}]})
    status, done = call(nam, "POST", f"{path}/finish")
    assert (status, [(o["row"], o["content"], o["state"], o["held_by"], o["due"]) for o in done["opinions"]]) == (
        200,
        [
            (1, "Đường hỏng.", "open", "Ủy ban nhân dân xã Bình An", "2026-04-02"),
            (2, "Ồn.", "open", "Ủy ban nhân dân xã Bình An", "2026-04-02"),
        ],
    )
    _status, listed = call(nam, "GET", "/meetings")
    assert [(m["opinions"], m["open"], m["state"]) for m in listed["meetings"]] == [(2, 2, "finished")]


def test_a_file_is_judged_without_being_kept_and_loaded_when_told_to(nam, call):
    data = a_file(a_row("Một."), a_row("Hai.", field="xyz"))
    status, judged = call(nam, "POST", "/meetings/import", file=data)
    assert (status, judged["dry_run"], judged["good"], judged["wrong"]) == (200, True, 1, 1)
    assert judged["to_look_at"] == [
        {"row": 3, "verdict": "wrong", "errors": ["Lĩnh vực “xyz”: Không có lĩnh vực này."], "warnings": []}
    ]
    assert (OpinionSheet.objects.count(), Matter.objects.count()) == (0, 0)
    status, refusal = call(nam, "POST", "/meetings/import", {"dry_run": "false"}, file=data)
    assert (status, refusal["code"], Matter.objects.count()) == (409, "rows-wrong", 0)
    for _ in range(2):
        status, loaded = call(nam, "POST", "/meetings/import", {"dry_run": "false", "only_good": "true"}, file=data)
        assert (status, loaded["loaded"], loaded["rows"], loaded["sha256"]) == (
            200, 1, 2, hashlib.sha256(data).hexdigest()
        )  # fmt: skip
    assert Matter.objects.count() == 1


def test_a_bad_file_is_refused_at_the_file(nam, call):
    status, refusal = call(nam, "POST", "/meetings/import", file=b"not a workbook")
    assert (status, refusal["code"], refusal["field"]) == (422, "not-xlsx", "file")


def test_a_reception_is_recorded_once_and_listed(nam, call):
    sent = {"held_on": "2026-03-11", "turns": 4, "persons": 9, "cases": 3, "key": "k"}
    assert [call(nam, "POST", "/receptions", sent)[0] for _ in range(2)] == [201, 201]
    _status, listed = call(nam, "GET", "/receptions")
    assert [(r["held_on"], r["turns"], r["persons"]) for r in listed["receptions"]] == [("2026-03-11", 4, 9)]
    status, refusal = call(nam, "POST", "/receptions", sent | {"persons": 1, "key": "other"})
    assert (status, refusal["field"]) == (422, "persons")


def test_strangers_and_whoever_looks_on_are_refused(world, nam, thu, kim, call):
    _status, made = call(nam, "POST", "/meetings", HEAD | {"area_id": str(world.xa_binh_an.id)})
    path = f"/meetings/{made['id']}"
    for verb, address, body in (("GET", path, None), ("POST", f"{path}/finish", None),
                                ("POST", f"{path}/rows", {"rows": []})):  # fmt: skip
        assert call(thu, verb, address, body)[0] == 404
    assert call(kim, "GET", path)[0] == 200
    reception = {"held_on": "2026-03-11", "turns": 1, "persons": 1, "cases": 1}
    refused = [call(kim, "POST", f"{path}/finish"), call(kim, "POST", "/meetings/import", file=a_file(a_row())),
               call(kim, "POST", "/receptions", reception)]  # fmt: skip
    assert [(status, problem["code"]) for status, problem in refused] == [(403, "not-allowed")] * 3
    assert call(thu, "GET", "/meetings")[1] == {"meetings": [], "next": None}
    assert ReceptionDay.objects.count() == 0


# The standard questions, asked of every call

UNKNOWN = "01990000-0000-7063-8000-000000000000"
ONE = [("GET", "", None), ("POST", "/rows", {"rows": []}), ("POST", "/finish", None)]
RECEPTION = {"held_on": "2026-03-11", "turns": 4, "persons": 9, "cases": 3}


def held(call, officer, area, **more) -> str:
    _status, made = call(officer, "POST", "/meetings", HEAD | {"area_id": str(area.id), "key": ""} | more)
    return made["id"]


@pytest.mark.parametrize("stranger", ["thu", "ben", "vu"])
@pytest.mark.parametrize(("verb", "path", "body"), ONE)
def test_a_meeting_out_of_sight_is_as_absent_as_one_that_never_was(
    world, nam, request, call, stranger, verb, path, body
):
    meeting = held(call, nam, world.xa_binh_an)
    officer = request.getfixturevalue(stranger)
    there, never = (call(officer, verb, f"/meetings/{one}{path}", body) for one in (meeting, UNKNOWN))
    assert there == never and there[0] == 404


@pytest.mark.parametrize("stranger", ["thu", "ben"])
def test_lists_of_another_unit_hold_nothing(world, nam, request, call, stranger):
    held(call, nam, world.xa_binh_an)
    call(nam, "POST", "/receptions", RECEPTION)
    officer = request.getfixturevalue(stranger)
    assert call(officer, "GET", "/meetings") == (200, {"meetings": [], "next": None})
    assert call(officer, "GET", "/receptions") == (200, {"receptions": [], "next": None})


def test_from_above_both_are_read_and_neither_is_written(world, nam, kim, lan, call):
    meeting = held(call, nam, world.xa_binh_an)
    call(nam, "POST", "/receptions", RECEPTION)
    for reader in (kim, lan):
        assert [one["id"] for one in call(reader, "GET", "/meetings")[1]["meetings"]] == [meeting]
        assert len(call(reader, "GET", "/receptions")[1]["receptions"]) == 1
        written = [
            call(reader, "POST", "/meetings", HEAD | {"area_id": str(world.xa_binh_an.id)}),
            call(reader, "POST", f"/meetings/{meeting}/rows", {"rows": []}),
            call(reader, "POST", f"/meetings/{meeting}/finish"),
            call(reader, "POST", "/meetings/import", file=a_file(a_row())),
            call(reader, "POST", "/meetings/import", {"dry_run": "false"}, file=a_file(a_row())),
            call(reader, "POST", "/receptions", RECEPTION),
        ]
        assert [(status, refusal["code"]) for status, refusal in written] == [(403, "not-allowed")] * 6
    assert (Meeting.objects.count(), ReceptionDay.objects.count(), Matter.objects.count()) == (1, 1, 0)


CALLS = [("GET", "/meetings"), ("GET", f"/meetings/{UNKNOWN}"), ("POST", "/meetings"), ("POST", "/meetings/import"),
         ("POST", f"/meetings/{UNKNOWN}/rows"), ("POST", f"/meetings/{UNKNOWN}/finish"), ("GET", "/receptions"),
         ("POST", "/receptions")]  # fmt: skip


@pytest.mark.parametrize(("verb", "path"), CALLS)
def test_who_shows_no_account_is_turned_away(world, client, verb, path):
    answer = client.generic(verb, f"/api/v1{path}", "{}", content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (401, "not-signed-in")


HEADS = [
    ({"title": ""}, "title"),
    ({"title": None}, "title"),
    ({"held_on": "12/03/2026"}, "held_on"),
    ({"held_on": "2031-01-01"}, "held_on"),
    ({"area_id": "zz"}, "area_id"),
    ({"attendance": -1}, "attendance"),
    ({"attendance": "nhiều"}, "attendance"),
    ({"chair": ""}, "chair"),
    ({"place": ""}, "place"),
    ({"began": "25:00"}, "began"),
    ({"key": "k" * 41}, "key"),
]


@pytest.mark.parametrize(("wrong", "field"), HEADS)
def test_a_wrong_head_is_named_by_its_field_and_no_meeting_made(world, nam, call, wrong, field):
    status, refusal = call(nam, "POST", "/meetings", HEAD | {"area_id": str(world.xa_binh_an.id)} | wrong)
    assert (status, refusal["field"], Meeting.objects.count()) == (422, field, 0)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"turns": -1}, "turns"), ({"persons": 1}, "persons"), ({"groups": 5}, "groups"), ({"cases": "ba"}, "cases"),
     ({"held_on": "2026-03-13"}, "held_on"), ({"held_on": None}, "held_on"), ({"source": "x" * 161}, "source"),
     ({"turns": 0, "persons": 0}, "cases")],
)  # fmt: skip
def test_a_wrong_reception_is_named_by_its_field_and_not_recorded(nam, call, wrong, field):
    status, refusal = call(nam, "POST", "/receptions", RECEPTION | wrong)
    assert (status, refusal["field"], ReceptionDay.objects.count()) == (422, field, 0)


def test_a_row_too_long_is_told_of_itself_and_stands_in_no_other_rows_way(world, nam, call):
    path = f"/meetings/{held(call, nam, world.xa_binh_an)}/rows"
    rows = [{"key": "a" * 32, "content": "Đường hỏng."}, {"key": "b" * 32, "content": "Đèn.", "hamlet": "x" * 121},
            {"key": "ngan", "content": "Không khóa."}]  # fmt: skip
    status, saved = call(nam, "POST", path, {"rows": rows})
    assert (status, [(row["status"], sorted(row["errors"])) for row in saved]) == (
        200, [("saved", []), ("wrong", ["hamlet"]), ("wrong", ["content"])]
    )  # fmt: skip
    assert call(nam, "POST", path, {"rows": [{"content": "x"}]})[1]["field"] == "rows.0.key"
    assert call(nam, "POST", path, {"rows": [rows[0]] * 1001})[0] == 422


@pytest.mark.parametrize("rows", [1, 50])
@pytest.mark.parametrize(("path", "queries"), [("/meetings", 6), ("/meetings/{}", 7), ("/receptions", 4)])
def test_each_list_costs_the_same_for_one_and_fifty(world, nam, call, django_assert_num_queries, rows, path, queries):
    meeting = held(call, nam, world.xa_binh_an)
    typed = [{"key": f"{n:032}", "content": f"Ý kiến {n}.", "field": "gt"} for n in range(rows)]
    call(nam, "POST", f"/meetings/{meeting}/rows", {"rows": typed})
    call(nam, "POST", f"/meetings/{meeting}/finish")
    for number in range(rows):
        call(nam, "POST", "/receptions", RECEPTION | {"key": f"k{number}"})
        if number:
            held(call, nam, world.xa_binh_an)
    address = path.format(meeting)
    call(nam, "GET", address)
    with django_assert_num_queries(queries + TOKEN):
        _status, answer = call(nam, "GET", address)
    assert [len(value) for value in answer.values() if isinstance(value, list)] == [rows]
