"""The pages of listening meetings, their spreadsheets and reception days: for whom they open, and what they say."""

import json
from datetime import time, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from danvan.matters.actions.meetings import Head, finish_meeting, new_meeting
from danvan.matters.actions.receptions import SessionNumbers, record_reception
from danvan.matters.actions.rows import TypedRow, save_rows
from danvan.matters.actions.spreadsheet import hand_in
from danvan.matters.models import Matter, Meeting, MeetingRow, OpinionSheet, ReceptionDay
from tests.matters.test_spreadsheet import HEADINGS, a_file, a_row
from tests.world import AT, TODAY

pytestmark = pytest.mark.usefixtures("frozen")
TITLE = "Hội nghị lắng nghe ý kiến Nhân dân"
SECRET = "Ý kiến chỉ Bình An biết."


@pytest.fixture
def meeting(world, nam) -> Meeting:
    head = Head(TITLE, TODAY, "Nhà văn hóa ấp 3", world.xa_binh_an.id, "Chủ tịch UBND xã", 120, time(7, 30))
    meeting = new_meeting(head=head, by=nam.by, at=AT)
    save_rows(meeting_id=meeting.id, rows=[TypedRow("a" * 32, content=SECRET, field="gt")], by=nam.by, at=AT)
    return meeting


@pytest.fixture
def sheet(nam) -> OpinionSheet:
    return hand_in(data=a_file(a_row(SECRET)), name="x.xlsx", by=nam.by, at=AT)


@pytest.fixture
def reception(nam) -> ReceptionDay:
    return record_reception(reception=SessionNumbers(TODAY, 3, 5, 2, source=SECRET), by=nam.by, at=AT)


PAGES = ["meeting", "meeting-head", "meeting-review", "meeting-minutes", "meeting-answers", "meeting-answers-docx"]
ACTS = ["meeting-rows", "meeting-discard", "meeting-review", "meeting-head"]


def body(response) -> bytes:
    return response.getvalue() if response.streaming else response.content


def test_every_page_opens_for_the_unit_that_holds_the_meeting(meeting, sheet, reception, nam, sign_in):
    client = sign_in(nam)
    for name in PAGES:
        assert client.get(reverse(name, args=[meeting.id])).status_code == 200, name
    finish_meeting(meeting_id=meeting.id, by=nam.by, at=AT)
    addresses = [
        *(reverse(name, args=[meeting.id]) for name in PAGES if name not in {"meeting-head", "meeting-review"}),
        *(reverse(name, args=[sheet.id]) for name in ("opinion-sheet", "opinion-sheet-verdicts")),
        *(reverse(name) for name in ("meeting-list", "meeting-new", "opinion-sheet-new", "opinion-sheet-template")),
        reverse("reception-list"),
        reverse("reception", args=[reception.id]),
    ]
    for address in addresses:
        assert client.get(address).status_code == 200, address


def test_nobody_signed_in_is_led_to_the_door(meeting, client):
    for name in [*PAGES, *ACTS]:
        response = client.post(reverse(name, args=[meeting.id]))
        assert (response.status_code, response.url.split("?")[0]) == (302, reverse("account_login")), name


def test_another_unit_is_told_what_an_unknown_address_is_told(meeting, sheet, reception, thu, sign_in):
    client = sign_in(thu)
    pairs = [(name, meeting.id) for name in PAGES]
    pairs += [("opinion-sheet", sheet.id), ("opinion-sheet-verdicts", sheet.id), ("reception", reception.id)]
    for name, key in pairs:
        theirs, unknown = (client.get(reverse(name, args=[each])) for each in (key, uuid4()))
        assert (theirs.status_code, unknown.status_code) == (404, 404), name
        assert SECRET not in body(theirs).decode(), name
    for name, key in [*((name, meeting.id) for name in ACTS), ("opinion-sheet-load", sheet.id),
                      ("opinion-sheet-columns", sheet.id), ("reception-remove", reception.id)]:  # fmt: skip
        assert client.post(reverse(name, args=[key])).status_code == 404, name
    for name in ("meeting-list", "reception-list", "opinion-sheet-new"):
        assert SECRET not in client.get(reverse(name)).content.decode()
    assert (Matter.objects.count(), MeetingRow.objects.count(), ReceptionDay.objects.count()) == (0, 1, 1)


def test_the_auditor_reads_everything_and_changes_nothing(meeting, sheet, reception, nam, kim, sign_in):
    client = sign_in(kim)
    page = client.get(reverse("meeting", args=[meeting.id])).content.decode()
    assert SECRET in page
    assert "<textarea" not in page
    for name, key in [*((name, meeting.id) for name in ACTS), ("opinion-sheet-load", sheet.id),
                      ("opinion-sheet-columns", sheet.id), ("reception-remove", reception.id)]:  # fmt: skip
        assert client.post(reverse(name, args=[key])).status_code == 403, name
    day = {"held_on": "12/03/2026", "turns": 9, "persons": 9, "cases": 1}
    for address in (reverse("reception", args=[reception.id]), reverse("reception-list")):
        assert client.post(address, day).status_code == 403, address
    reception.refresh_from_db()
    assert (Matter.objects.count(), MeetingRow.objects.count(), reception.turns) == (0, 1, 3)
    assert client.post(reverse("meeting-new")).status_code == 403


def test_the_operator_opens_none_of_it(meeting, vu, sign_in):
    client = sign_in(vu)
    assert client.get(reverse("meeting", args=[meeting.id])).status_code == 404
    assert client.get(reverse("meeting-list")).status_code == 403


# The grid


def autosave(client, meeting, rows, **named):
    data = json.dumps({"writer": "page", "rows": rows} | named)
    return client.post(reverse("meeting-rows", args=[meeting.id]), data, content_type="application/json")


def test_rows_are_saved_while_they_are_typed_and_told_back(meeting, nam, sign_in):
    row = {"key": "b" * 32, "version": 0, "position": 2, "content": "Mất trộm.", "field": "at", "unit": "binh an"}
    told = autosave(sign_in(nam), meeting, [row]).json()
    assert told == {
        "rows": [
            {
                "key": "b" * 32,
                "status": "saved",
                "errors": {
                    "unit": "Có nhiều cơ quan như vậy: Công an xã Bình An; Đảng ủy xã Bình An; "
                    "Ủy ban nhân dân xã Bình An. Hãy ghi rõ hơn."
                },
                "version": 1,
                "position": 2,
                "cells": {
                    "content": "Mất trộm.",
                    "field": "An ninh trật tự",
                    "hamlet": "",
                    "unit": "binh an",
                    "answer": "",
                    "hint": "",
                },
            }
        ],
        "keys": ["a" * 32, "b" * 32],
    }


@pytest.mark.parametrize(
    "sent", [" ", "[]", "null", '{"rows": 3}', '{"rows": [3]}', '{"rows": [{}]}', '{"writer": 1}', "{" * 5000]
)
def test_what_the_pages_script_would_never_send_is_refused(meeting, nam, sign_in, sent):
    address = reverse("meeting-rows", args=[meeting.id])
    response = sign_in(nam).post(address, sent, content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (422, "rows-unread")


def test_saving_into_a_finished_meeting_says_so(meeting, nam, sign_in):
    finish_meeting(meeting_id=meeting.id, by=nam.by, at=AT)
    response = autosave(sign_in(nam), meeting, [{"key": "c" * 32, "content": "Muộn."}])
    assert (response.status_code, response.json()["code"]) == (409, "meeting-finished")


def test_the_grid_costs_the_same_for_one_row_and_for_fifty(meeting, nam, sign_in, django_assert_num_queries):
    client = sign_in(nam)
    for count in (1, 50):
        rows = [TypedRow(f"{i:032}", content=f"Ý kiến {i}.", field="at") for i in range(count)]
        save_rows(meeting_id=meeting.id, rows=rows, by=nam.by, at=AT)
        with django_assert_num_queries(13):
            client.get(reverse("meeting", args=[meeting.id]))


def test_pressing_finish_twice_leads_to_the_same_opinions(meeting, nam, sign_in):
    client = sign_in(nam)
    for _ in range(2):
        response = client.post(reverse("meeting-review", args=[meeting.id]), {"conclusion": "Đã rõ.", "then": "finish"})
        assert response.url == reverse("meeting", args=[meeting.id])
    meeting.refresh_from_db()
    assert (Matter.objects.count(), meeting.conclusion) == (1, "Đã rõ.")


def test_a_head_with_slips_comes_back_as_typed(world, nam, sign_in):
    response = sign_in(nam).post(
        reverse("meeting-new"),
        {
            "title": TITLE,
            "held_on": "31/02/2026",
            "attendance": "nhiều",
            "area": str(world.xa_phu_loc.id),
            "place": "Nhà",
        },
    )
    page = response.content.decode()
    assert (response.status_code, Meeting.objects.count()) == (200, 0)
    assert 'value="31/02/2026"' in page
    assert page.count("field-error") >= 4


# The spreadsheet


def upload(client, data: bytes, name: str = "thang 3.xlsx"):
    return client.post(reverse("opinion-sheet-new"), {"file": SimpleUploadedFile(name, data)})


def test_a_bad_file_is_told_at_its_field(nam, sign_in):
    page = upload(sign_in(nam), b"PK\x03\x04").content.decode()
    assert "Tệp bị hỏng nên không đọc được." in page


def test_columns_are_named_on_the_page(nam, sign_in):
    client = sign_in(nam)
    data = a_file(["10/03/2026", "Hội nghị", "Đường hỏng."], headings=["Thời điểm", "Tên", "Bà con nêu"])
    address = upload(client, data).url
    assert "Chưa thấy cột" in client.get(address).content.decode()
    client.post(f"{address}cot/", {"held_on": "Thời điểm", "title": "Tên", "content": "Bà con nêu"})
    client.post(f"{address}nap/")
    assert Matter.objects.get().content == "Đường hỏng."


def test_loading_twice_leads_to_the_same_receipt(sheet, nam, sign_in):
    client = sign_in(nam)
    for _ in range(2):
        client.post(reverse("opinion-sheet-load", args=[sheet.id]))
    page = client.get(reverse("opinion-sheet", args=[sheet.id])).content.decode()
    assert Matter.objects.count() == 1
    assert sheet.digest in page


def test_the_verdicts_come_back_as_a_workbook(nam, sign_in):
    client = sign_in(nam)
    address = upload(client, a_file(a_row(field="xyz"), headings=HEADINGS), "tháng 3.xlsx").url
    response = client.get(f"{address}loi.xlsx")
    assert "loi-th%C3%A1ng%203.xlsx" in response.headers["Content-Disposition"]
    assert BytesIO(body(response)).read(2) == b"PK"


# Reception days


def test_a_reception_sent_twice_is_recorded_once(nam, sign_in):
    client, key = sign_in(nam), str(uuid4())
    sent = {"held_on": "11/03/2026", "turns": "4", "persons": "1.204", "groups": "", "cases": "3", "key": key}
    for _ in range(2):
        assert client.post(reverse("reception-list"), sent).status_code == 302
    day = ReceptionDay.objects.get()
    assert (day.held_on, day.turns, day.persons, day.groups, day.cases) == (TODAY - timedelta(days=1), 4, 1204, 0, 3)


def test_a_doubt_is_told_and_the_numbers_are_recorded_all_the_same(nam, sign_in):
    client = sign_in(nam)
    sent = {"held_on": "11/03/2026", "turns": "4", "persons": "5", "groups": "1", "cases": "3"}
    page = client.post(reverse("reception-list"), sent, follow=True).content.decode()
    assert "tức ít nhất 8 người cả thảy" in page
    assert ReceptionDay.objects.count() == 1
