"""The papers of a listening meeting: minutes to sign, and the answer sheet for the next one."""

from datetime import date, time, timedelta
from io import BytesIO
from uuid import uuid4

import docx
import pytest
from docx.shared import Pt

from danvan.base.official import Paper, as_docx, dated_place, proper_name
from danvan.matters.actions import Words, act
from danvan.matters.actions.meetings import Head, finish_meeting, new_meeting
from danvan.matters.actions.rows import TypedRow, save_rows
from danvan.matters.documents.answer_sheet import answer_paper
from danvan.matters.documents.minutes import minutes_paper
from danvan.matters.models import Matter, Meeting
from danvan.matters.queries.minutes import answer_sheet, minutes_of
from tests.world import AT, TODAY, an_officer

TITLE = "Hội nghị lắng nghe ý kiến Nhân dân"
ROWS = [
    {"content": "Đèn đường ấp 3 hỏng.", "field": "gt", "hamlet": "Ấp 3", "answer": "Sẽ thay trong tuần."},
    {"content": "Mất trộm ở chợ.", "field": "at", "hamlet": "Ấp 1"},
    {"content": "Cống tràn khi mưa.", "field": "mt"},
]


def a_meeting(world, officer, *, on=TODAY, rows=ROWS, at=AT, **head) -> Meeting:
    given = {"title": TITLE, "held_on": on, "place": "Nhà văn hóa ấp 3", "area_id": world.xa_binh_an.id,
             "chair": "Chủ tịch UBND xã", "attendance": 120, "began": time(7, 30)}  # fmt: skip
    meeting = new_meeting(head=Head(**given | head), by=officer.by, at=at)
    save_rows(meeting_id=meeting.id, rows=[TypedRow(key=str(uuid4()), **row) for row in rows], by=officer.by, at=at)
    return meeting


def finished(world, officer, **more) -> Meeting:
    meeting = a_meeting(world, officer, **more)
    return finish_meeting(meeting_id=meeting.id, by=officer.by, at=more.get("at", AT))


def words(paper: Paper) -> tuple[str, list[list[list[str]]]]:
    document = docx.Document(BytesIO(as_docx(paper)))
    tables = [
        [[cell.text.replace("\xa0", " ").strip() for cell in row.cells] for row in table.rows]
        for table in document.tables
    ]
    return "\n".join(paragraph.text for paragraph in document.paragraphs), tables


def test_the_minutes_say_when_where_how_many_and_every_opinion(world, nam):
    meeting = finished(world, nam, conclusion="Giao Công an xã tuần tra ban đêm.")
    text, tables = words(minutes_paper(minutes_of(meeting, TODAY)))
    assert tables[0][0][0].split("\n")[:2] == ["ỦY BAN NHÂN DÂN", "XÃ BÌNH AN"]
    assert tables[0][0][1].split("\n")[:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert tables[0][1][1] == "Bình An, ngày 12 tháng 3 năm 2026"
    for line in (
        "Thời gian bắt đầu: 07 giờ 30 phút, ngày 12/03/2026.",
        "Địa điểm: Nhà văn hóa ấp 3, Xã Bình An, Tỉnh Mẫu.",
        "Số người dự: 120 người.",
        "Chủ trì: Chủ tịch UBND xã.",
        "Có 3 ý kiến; 1 ý kiến được trả lời tại chỗ, 2 ý kiến được giao cơ quan trả lời:",
        "Giao Công an xã tuần tra ban đêm.",
    ):
        assert line in text.split("\n")
    assert tables[1][1:] == [
        ["1", "Đèn đường ấp 3 hỏng.", "Giao thông, hạ tầng\nẤp 3", "Sẽ thay trong tuần."],
        ["2", "Mất trộm ở chợ.", "An ninh trật tự\nẤp 1",
         "Công an xã Bình An\nTrả lời trước hết ngày 02/04/2026."],
        ["3", "Cống tràn khi mưa.", "Môi trường, vệ sinh",
         "Ủy ban nhân dân xã Bình An\nTrả lời trước hết ngày 02/04/2026."],
    ]  # fmt: skip


def test_minutes_of_a_meeting_being_written_down_show_the_same_opinions(world, nam):
    draft = minutes_of(a_meeting(world, nam), TODAY)
    done = minutes_of(finished(world, nam), TODAY)
    assert [(line.content, line.field, line.unit, line.answer) for line in draft.lines] == [
        (line.content, line.field, line.unit, line.answer) for line in done.lines
    ]
    assert {line.due for line in draft.lines} == {None}


def test_a_unit_with_a_superior_names_it_above_itself(world):
    police = an_officer(name="Công an viên", unit=world.cong_an_binh_an)
    _text, tables = words(minutes_paper(minutes_of(a_meeting(world, police), TODAY)))
    assert tables[0][0][0].split("\n")[:2] == ["CÔNG AN TỈNH MẪU", "CÔNG AN XÃ BÌNH AN"]


def test_what_was_answered_later_is_not_in_the_minutes(world, nam):
    meeting = finished(world, nam)
    third = Matter.objects.get(row=3)
    later = AT + timedelta(days=2)
    act(matter_id=third.id, verb="answer", words=Words(text="Đã nạo vét."), by=nam.by, at=later)
    assert [line.answer for line in minutes_of(meeting, TODAY + timedelta(days=2)).lines] == [
        "Sẽ thay trong tuần.",
        "",
        "",
    ]


def test_the_page_is_set_as_the_form_of_state_papers_asks(world, nam):
    document = docx.Document(BytesIO(as_docx(minutes_paper(minutes_of(finished(world, nam), TODAY)))))
    page = document.sections[0]
    lengths = (
        page.page_width,
        page.page_height,
        page.top_margin,
        page.bottom_margin,
        page.left_margin,
        page.right_margin,
    )
    assert [round(length.mm) for length in lengths] == [210, 297, 20, 20, 30, 15]
    assert page.different_first_page_header_footer
    assert (document.styles["Normal"].font.name, document.styles["Normal"].font.size) == ("Times New Roman", Pt(14))
    assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in document.tables[1].rows[1:])
    assert document.tables[1].rows[0]._tr.xpath("./w:trPr/w:tblHeader")


@pytest.mark.parametrize(
    ("place", "day", "written"),
    [
        ("Xã Bình An, Tỉnh Mẫu", date(2026, 3, 5), "Bình An, ngày 05 tháng 3 năm 2026"),
        ("Phường Trung Tâm", date(2026, 2, 12), "Trung Tâm, ngày 12 tháng 02 năm 2026"),
        ("Cần Thơ", date(2026, 12, 31), "Cần Thơ, ngày 31 tháng 12 năm 2026"),
        ("", date(2026, 1, 1), "……, ngày 01 tháng 01 năm 2026"),
    ],
)
def test_the_place_and_the_day_are_written_as_the_form_asks(place, day, written):
    assert dated_place(proper_name(place), day) == written


def test_the_answer_sheet_tells_what_became_of_every_opinion(world, nam):
    meeting = finished(world, nam)
    act(matter_id=Matter.objects.get(row=3).id, verb="answer", words=Words(text="Đã nạo vét."), by=nam.by,
        at=AT + timedelta(days=2))  # fmt: skip
    sheet = answer_sheet(meeting, TODAY + timedelta(days=3))
    assert [(line.content, line.is_open, line.holder, line.answer, line.answered_on) for line in sheet.lines] == [
        ("Đèn đường ấp 3 hỏng.", False, "Ủy ban nhân dân xã Bình An", "Sẽ thay trong tuần.", TODAY),
        ("Mất trộm ở chợ.", True, "Công an xã Bình An", "", None),
        ("Cống tràn khi mưa.", False, "Ủy ban nhân dân xã Bình An", "Đã nạo vét.", TODAY + timedelta(days=2)),
    ]
    assert (sheet.answered, sheet.debts) == (2, [])
    text, tables = words(answer_paper(sheet))
    assert "Đã trả lời 2/3 ý kiến, tính đến ngày 15/03/2026." in text
    assert tables[1][2] == [
        "2",
        "Mất trộm ở chợ.\n(Ấp 1)",
        "đang giải quyết\nCông an xã Bình An\nhạn 02/04/2026",
        "",
    ]


def test_the_next_meeting_gets_the_sheet_of_the_one_before_with_older_debts(world, nam, thu):
    first = finished(world, nam, on=TODAY - timedelta(days=20))
    second = finished(world, nam, rows=[{"content": "Thiếu nước sạch."}])
    finished(world, thu, rows=[{"content": "Của Phú Lộc."}], area_id=world.xa_phu_loc.id)
    third = a_meeting(world, nam, on=TODAY + timedelta(days=5))
    sheet = answer_sheet(third, TODAY)
    assert (sheet.meeting, [line.content for line in sheet.lines]) == (second, ["Thiếu nước sạch."])
    assert [(line.meeting.id, line.content) for line in sheet.debts] == [
        (first.id, "Mất trộm ở chợ."),
        (first.id, "Cống tràn khi mưa."),
    ]
    _text, tables = words(answer_paper(sheet))
    assert tables[2][1][1] == "Mất trộm ở chợ.\n(Ấp 1, buổi ngày 20/02/2026)"


def test_a_unit_without_an_earlier_meeting_gets_an_empty_sheet(world, nam):
    sheet = answer_sheet(a_meeting(world, nam), TODAY)
    assert (sheet.meeting, sheet.lines, sheet.debts) == (None, [], [])
    assert "Chưa có buổi lắng nghe nào trước đó" in words(answer_paper(sheet))[0]


def test_papers_cost_the_same_for_one_opinion_and_for_twenty(world, nam, django_assert_num_queries):
    for count in (1, 20):
        meeting = finished(world, nam, rows=[{"content": f"Ý kiến {i}.", "answer": "Rồi."} for i in range(count)])
        with django_assert_num_queries(7):
            assert len(minutes_of(meeting, TODAY).lines) == count
        with django_assert_num_queries(8):
            assert len(answer_sheet(meeting, TODAY).lines) == count
