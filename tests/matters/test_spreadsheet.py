"""Opinions from Excel: judged row by row before anything is written, loaded once, every row traceable."""

from datetime import date, datetime, timedelta
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from danvan.base.errors import Absent, Invalid, Refused
from danvan.commitments.models import Commitment, Step
from danvan.commitments.queries import differences, verify
from danvan.matters.actions.meetings import Head, new_meeting
from danvan.matters.actions.spreadsheet import hand_in, load_sheet, name_columns
from danvan.matters.documents.opinion_sheets import template, with_verdicts
from danvan.matters.kinds import SAID, Field, SheetColumn
from danvan.matters.models import Entry, Matter, Meeting, OpinionSheet
from danvan.matters.queries.opinion_sheet import read_opinions, recent_sheets, sheet_of, stored_bytes
from danvan.matters.queries.sheet_places import Lists
from tests.world import AT, TODAY, a_unit, an_officer

HEADINGS = [str(column.label) for column in SheetColumn]
HEAD = ["10/03/2026", "Công an lắng nghe ý kiến Nhân dân", "Nhà văn hóa", "", "Trưởng Công an xã", 120]


def a_file(*rows, headings=HEADINGS, change=lambda book: None) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Ý kiến"
    for row in [headings, *rows]:
        book.active.append(row)
    change(book)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def a_row(content="Đường ấp 3 hỏng nặng.", field="gt", hamlet="Ấp 3", unit="", answer="", answered="", head=HEAD):
    return [*head, content, field, hamlet, unit, answer, answered]


def read(data, officer):
    return read_opinions(data, unit_id=officer.unit.id, on=TODAY)


def the_row(data, officer):
    [row] = read(data, officer).rows
    return row


def load(data, officer, *, only_good=False, name="thang 3.xlsx", at=AT) -> OpinionSheet:
    sheet = hand_in(data=data, name=name, by=officer.by, at=at)
    return load_sheet(sheet_id=sheet.id, only_good=only_good, by=officer.by, at=at)


# The dry run


def test_a_good_row_is_read_with_its_meeting_its_field_and_who_answers(world, nam):
    result = read(a_file(a_row(), a_row("Mất trộm ở chợ.", field="An ninh trật tự")), nam)
    assert (result.problem, result.notices, [row.verdict for row in result.rows]) == ("", [], ["good", "good"])
    assert [(row.number, row.field, row.unit) for row in result.rows] == [
        (2, Field.ROADS, "Ủy ban nhân dân xã Bình An"),
        (3, Field.SECURITY, "Công an xã Bình An"),
    ]
    [meeting] = result.meetings
    assert (meeting.held_on, meeting.place, meeting.area_id, meeting.chair, meeting.attendance, len(meeting.rows)) == (
        date(2026, 3, 10),
        "Nhà văn hóa",
        world.xa_binh_an.id,
        "Trưởng Công an xã",
        120,
        2,
    )
    assert Matter.objects.count() == 0


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"content": ""}, "Chưa có nội dung ý kiến."),
        ({"content": "x" * 20_001}, "Nội dung ý kiến: nhiều nhất 20000 ký tự."),
        ({"field": "tiếng ồn"}, "Lĩnh vực “tiếng ồn”: Không có lĩnh vực này."),
        ({"unit": "Bộ Ngoại giao"}, "Cơ quan trả lời “Bộ Ngoại giao”: Không có cơ quan này."),
        ({"answered": "11/03/2026"}, "Ngày trả lời: có ngày mà chưa có nội dung trả lời."),
        ({"answer": "Đã sửa.", "answered": "09/03/2026"}, "Ngày trả lời: ở trước ngày họp."),
        ({"answer": "Đã sửa.", "answered": "13/03/2026"}, "Ngày trả lời: ở sau hôm nay."),
        ({"head": ["", "Hội nghị", "", "", "", 5]}, "Ngày họp: chưa ghi."),
        ({"head": ["13/03/2026", "Hội nghị", "", "", "", 5]}, "Ngày họp: ở sau hôm nay."),
        ({"head": ["13/03/2019", "Hội nghị", "", "", "", 5]}, "Ngày họp: quá 5 năm trước."),
        ({"head": ["hôm qua", "Hội nghị", "", "", "", 5]},
         "Ngày họp: “hôm qua” không phải là ngày. Viết như 21/08/2026."),
        ({"head": ["10/03/2026", "", "", "", "", 5]}, "Tên hội nghị: chưa ghi."),
        ({"head": ["10/03/2026", "Hội nghị", "", "Xã Phú Lộc", "", 5]},
         "Xã, phường: “Xã Phú Lộc” không thuộc địa bàn của đơn vị."),
        ({"head": ["10/06/2025", "Hội nghị", "", "", "", 5]}, "Xã, phường: vào ngày họp chưa có Xã Bình An."),
        ({"head": ["10/03/2026", "Hội nghị", "", "", "", "nhiều"]},
         "Số người dự: “nhiều” không phải là một số. Viết như 1.234 hoặc 97,13."),
        ({"head": ["10/03/2026", "Hội nghị", "", "", "", -3]}, "Số người dự: phải là số nguyên từ 0 đến 100.000."),
        ({"head": ["10/03/2026", "Hội nghị", "", "", "", "1,234"]},
         "Số người dự: Dấu phẩy là phần thập phân: 1,234. Nếu muốn nhập 1.234 thì viết 1.234."),
    ],
)  # fmt: skip
def test_a_wrong_row_says_what_is_wrong_with_it(nam, changed, sentence):
    row = the_row(a_file(a_row(**changed)), nam)
    assert (row.verdict, sentence) == ("wrong", row.errors[0])


@pytest.mark.parametrize(
    ("entered", "people"),
    [(120, 120), (120.0, 120), ("120", 120), ("1.234", 1234), ("1,234.0", 1234), (" 120 ", 120)],
)
def test_the_number_of_people_is_read_however_it_is_written(nam, entered, people):
    result = read(a_file(a_row(head=["10/03/2026", "Hội nghị", "", "", "", entered])), nam)
    assert ([row.errors for row in result.rows], result.meetings[0].attendance) == ([[]], people)


@pytest.mark.parametrize(
    "entered",
    [date(2026, 3, 10), datetime(2026, 3, 10, 8, 0), "10/3/2026", "10-03-2026", 46091],  # noqa: DTZ001 -- as Excel has it
)
def test_the_day_is_read_however_it_is_written(nam, entered):
    result = read(a_file(a_row(head=[entered, *HEAD[1:]])), nam)
    assert [meeting.held_on for meeting in result.meetings] == [date(2026, 3, 10)]


def test_one_file_holds_many_meetings_and_rows_below_belong_to_the_meeting_above(nam):
    nothing = ["", "", "", "", "", ""]
    other = ["11/03/2026", "Tiếp xúc, đối thoại", "Hội trường", "", "Chủ tịch UBND xã", 80]
    result = read(a_file(a_row("Một."), a_row("Hai.", head=nothing), a_row("Ba.", head=other),
                         a_row("Bốn.", head=nothing)), nam)  # fmt: skip
    assert [(m.title, m.attendance, [row.content for row in m.rows]) for m in result.meetings] == [
        ("Công an lắng nghe ý kiến Nhân dân", 120, ["Một.", "Hai."]),
        ("Tiếp xúc, đối thoại", 80, ["Ba.", "Bốn."]),
    ]


def test_merged_cells_of_a_meeting_are_unrolled_and_a_merged_opinion_counts_once(nam):
    def merge(book):
        for cells in ("A2:A4", "B2:B4", "C2:C4", "G3:G4"):
            book.active.merge_cells(cells)

    result = read(a_file(a_row("Một."), a_row("Hai."), a_row("Hai."), change=merge), nam)
    assert [row.content for row in result.rows] == ["Một.", "Hai."]
    assert len(result.meetings) == 1
    assert result.notices == ["Có ô gộp: mỗi dòng được lấy giá trị của ô gộp chứa nó."]


def test_hidden_sheets_other_sheets_and_columns_nobody_reads_are_named(nam):
    def add(book):
        book.create_sheet("Nháp").sheet_state = "hidden"
        book.create_sheet("Hướng dẫn")
        book.create_sheet("Tổng hợp").append(["x"])

    data = a_file([*a_row(), "Nguyễn Văn A", "0912345678"], headings=[*HEADINGS, "Họ và tên", "Số điện thoại"],
                  change=add)  # fmt: skip
    assert read(data, nam).notices == [
        "Không đọc trang ẩn: “Nháp”.",
        "Chỉ đọc trang “Ý kiến”; không đọc: “Tổng hợp”.",
        "Không đọc và không lưu cột: “Họ và tên”, “Số điện thoại”.",
    ]


def test_a_formula_gives_its_value_with_a_warning_and_a_broken_one_an_error(nam):
    def computed(value):
        def change(xml):
            return xml.replace('<c r="G2"', '<c r="Z9"').replace('<c r="H2"', f'{value}<c r="H2"')

        return change

    found = the_row(_rewritten(a_file(a_row()), computed('<c r="G2" t="str"><f>A1</f><v>Đường hỏng.</v></c>')), nam)
    assert (found.content, found.warnings) == ("Đường hỏng.", ["Nội dung ý kiến: ô là công thức; lấy giá trị đang có."])
    for broken in ('<c r="G2" t="e"><f>B9</f><v>#REF!</v></c>', '<c r="G2"><f>B9</f></c>'):
        row = the_row(_rewritten(a_file(a_row()), computed(broken)), nam)
        assert row.errors[0] == "Nội dung ý kiến: ô là công thức bị lỗi hoặc chưa có kết quả."


def _rewritten(data, change):
    """The same workbook with the XML of its first sheet changed."""
    packed = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(packed, "w", ZIP_DEFLATED) as new:
        for info in old.infolist():
            part = old.read(info)
            is_sheet = info.filename == "xl/worksheets/sheet1.xml"
            new.writestr(info.filename, change(part.decode()).encode() if is_sheet else part)
    return packed.getvalue()


def test_decomposed_text_emoji_and_guarded_formulas_are_read_as_text(nam):
    rows = [a_row("Đường ấp 3 hỏng 🚧".replace("ấ", "a\u0302\u0301")), a_row("'=1+1 là sao?"), a_row("'tên ấp' sai")]
    assert [row.content for row in read(a_file(*rows), nam).rows] == [
        "Đường ấp 3 hỏng 🚧",
        "=1+1 là sao?",
        "'tên ấp' sai",
    ]


def test_headings_below_a_title_and_called_otherwise_are_found(nam):
    def above(book):
        book.active.insert_rows(1, 3)
        book.active["A1"] = "TỔNG HỢP Ý KIẾN"

    headings = ["TT", "Thời gian", "HỘI NGHỊ", "Nội dung ý kiến, kiến nghị", "Đơn vị trả lời"]
    data = a_file([1, "10/03/2026", "Hội nghị", "Đường hỏng.", "ubnd"], headings=headings, change=above)
    result = read(data, nam)
    assert (result.problem, [(row.number, row.content, row.unit) for row in result.rows]) == (
        "",
        [(5, "Đường hỏng.", "Ủy ban nhân dân xã Bình An")],
    )


def test_unknown_headings_are_asked_for_and_remembered_for_the_unit(nam, thu):
    headings = ["Thời điểm", "Tên", "Bà con nêu"]
    data = a_file(["10/03/2026", "Hội nghị", "Đường hỏng."], headings=headings)
    assert read(data, nam).problem == (
        "Chưa thấy cột “Ngày họp”, “Tên hội nghị”, “Nội dung ý kiến”. Hãy chỉ ra cột nào của tệp là cột đó."
    )
    sheet = hand_in(data=data, name="a.xlsx", by=nam.by, at=AT)
    meant = {"Thời điểm": SheetColumn.HELD_ON, "Tên": SheetColumn.TITLE, "Bà con nêu": SheetColumn.CONTENT}
    name_columns(sheet_id=sheet.id, columns=meant, by=nam.by, at=AT)
    assert [row.content for row in read(data, nam).good] == ["Đường hỏng."]
    assert read(data, thu).problem
    name_columns(sheet_id=sheet.id, columns={"Tên": None}, by=nam.by, at=AT)
    assert read(data, nam).problem.startswith("Chưa thấy cột “Tên hội nghị”.")


def test_an_old_name_of_a_place_stands_for_the_place_of_today(world, nam):
    row = the_row(a_file(a_row(head=["10/03/2026", "Hội nghị", "", "Xã Bình Cũ", "", 5])), nam)
    assert (row.verdict, row.warnings) == ("good", ["Xã, phường: “Xã Bình Cũ” nay là Xã Bình An."])


def test_a_province_names_the_commune_of_each_meeting(world):
    officer = an_officer(name="Cán bộ tỉnh", unit=world.cong_an_tinh)
    heads = [["10/03/2026", "Hội nghị", "", area, "", 5] for area in ("Phú Lộc", "xa binh an", "")]
    result = read(a_file(*(a_row(field="at", head=head) for head in heads)), officer)
    assert [(row.unit, row.errors) for row in result.rows] == [
        ("Công an tỉnh Mẫu", []),
        ("Công an xã Bình An", []),
        ("", ["Xã, phường: chưa ghi."]),
    ]


def test_a_unit_that_did_not_exist_yet_is_refused_at_its_row(world, nam):
    a_unit(name="Trung tâm phục vụ", area=world.xa_binh_an, valid_from=date(2026, 3, 11))
    row = the_row(a_file(a_row(unit="Trung tâm phục vụ")), nam)
    assert row.errors == ["Trung tâm phục vụ chưa hoạt động vào ngày họp."]


def test_an_answer_spoken_by_another_unit_is_pointed_out(nam):
    row = the_row(a_file(a_row(field="at", answer="Sẽ tuần tra.")), nam)
    assert row.warnings == ["Công an xã Bình An trả lời; đơn vị nạp tệp chịu trách nhiệm về việc ghi nhận."]


def test_the_same_words_twice_in_one_meeting_are_pointed_out(nam):
    result = read(a_file(a_row("Đường hỏng."), a_row("ĐƯỜNG HỎNG")), nam)
    assert [row.warnings for row in result.rows] == [[], ["Nội dung giống dòng 2."]]


@pytest.mark.parametrize("data", [b"", b"not a workbook", a_file(headings=[])])
def test_a_file_without_rows_is_refused(nam, data):
    with pytest.raises(Invalid) as refusal:
        hand_in(data=data, name="x.xlsx", by=nam.by, at=AT)
    assert (refusal.value.field, OpinionSheet.objects.count()) == ("file", 0)


# Loading


def test_every_loaded_row_names_its_file_and_line(world, nam):
    data = a_file(
        a_row("Một."), a_row("Hai.", answer="Đã xong."), a_row("Ba.", answer="Đã sửa.", answered="12/03/2026")
    )
    sheet = load(data, nam)
    assert (sheet.rows_loaded, sheet.rows_left_out, sheet.meetings_loaded, sheet.loaded_at) == (3, 0, 1, AT)
    matters = list(Matter.objects.select_related("current", "meeting").order_by("row"))
    assert [(m.row, m.content, m.source, m.current.state, m.current.stopped_on) for m in matters] == [
        (1, "Một.", "tệp thang 3.xlsx, dòng 2", "open", None),
        (2, "Hai.", "tệp thang 3.xlsx, dòng 3", "answered", date(2026, 3, 10)),
        (3, "Ba.", "tệp thang 3.xlsx, dòng 4", "answered", date(2026, 3, 12)),
    ]
    meeting = matters[0].meeting
    assert (meeting.state, meeting.unit_id, meeting.attendance) == ("finished", world.ubnd_binh_an.id, 120)
    assert Entry.objects.count() == 2
    assert [list(verify()), differences()] == [[], []]


def test_a_loaded_opinion_is_found_by_its_words_and_by_its_code(nam):
    load(a_file(a_row("Đường ấp 3 hỏng nặng."), a_row("Mất trộm ở chợ.")), nam)
    found = Matter.objects.get(SAID.has("duong ap hong"))
    assert found.content == "Đường ấp 3 hỏng nặng."
    assert Matter.objects.get(SAID.has(found.code)) == found


def test_the_same_file_is_loaded_once_however_often_it_is_sent(nam, thu):
    data = a_file(a_row("Một."))
    first = load(data, nam)
    again = load(data, nam, name="tên khác.xlsx", at=AT + timedelta(days=1))
    assert (again.id, again.loaded_at, Matter.objects.count()) == (first.id, AT, 1)
    assert hand_in(data=data, name="x.xlsx", by=thu.by, at=AT).id != first.id


def test_wrong_rows_keep_the_file_out_unless_only_good_ones_are_asked_for(nam):
    data = a_file(a_row("Một."), a_row("Hai.", field="xyz"))
    with pytest.raises(Refused, match="Còn 1 dòng lỗi"):
        load(data, nam)
    assert (Matter.objects.count(), Meeting.objects.count()) == (0, 0)
    sheet = load(data, nam, only_good=True)
    assert (sheet.rows_loaded, sheet.rows_left_out) == (1, 1)


def test_the_corrected_file_brings_only_what_was_left_out_into_the_same_meeting(nam):
    load(a_file(a_row("Một."), a_row("Hai.", field="xyz")), nam, only_good=True)
    corrected = a_file(a_row("Một."), a_row("Hai.", field="at"))
    assert [row.verdict for row in read(corrected, nam).rows] == ["known", "good"]
    sheet = load(corrected, nam)
    assert (sheet.rows_loaded, sheet.rows_left_out, Meeting.objects.count()) == (1, 1, 1)
    assert list(Matter.objects.order_by("row").values_list("row", "content")) == [(1, "Một."), (2, "Hai.")]
    with pytest.raises(Refused, match="Không có dòng nào để nạp"):
        load(a_file(a_row("Hai."), a_row("Một.")), nam)


def test_rows_of_a_meeting_that_is_being_written_down_are_refused(world, nam):
    new_meeting(
        head=Head(HEAD[1], date(2026, 3, 10), HEAD[2], world.xa_binh_an.id, "Trưởng Công an xã", 120), by=nam.by, at=AT
    )
    assert the_row(a_file(a_row()), nam).errors == [
        "Hội nghị này đang được ghi trong hệ thống; hãy kết thúc ở đó, hoặc bỏ buổi đó."
    ]


def test_a_refusal_while_loading_leaves_nothing_half_written(nam, monkeypatch):
    monkeypatch.setattr("danvan.matters.actions.opinions.MatterCommitment.objects.bulk_create", _breaks)
    with pytest.raises(RuntimeError):
        load(a_file(a_row("Một.")), nam)
    assert (Meeting.objects.count(), Matter.objects.count(), Commitment.objects.count(), Step.objects.count()) == (
        0,
        0,
        0,
        0,
    )


def _breaks(*_args, **_named):
    raise RuntimeError


def test_a_sheet_nobody_loaded_is_forgotten_after_a_month(nam):
    hand_in(data=a_file(a_row("Cũ.")), name="cu.xlsx", by=nam.by, at=AT - timedelta(days=31))
    new = hand_in(data=a_file(a_row("Mới.")), name="moi.xlsx", by=nam.by, at=AT)
    assert recent_sheets(by=nam.by, on=TODAY) == [new]


def test_a_name_from_another_machine_is_only_a_name(nam):
    sheet = hand_in(data=a_file(a_row()), name="C:\\Users\\nam\\../tháng 3\x00.xlsx", by=nam.by, at=AT)
    assert sheet.name == "tháng 3.xlsx"


# Who may


def test_another_unit_sees_no_sheet_and_whoever_looks_on_loads_none(nam, thu, kim, mai):
    sheet = hand_in(data=a_file(a_row()), name="x.xlsx", by=nam.by, at=AT)
    with pytest.raises(Absent):
        sheet_of(sheet.id, by=thu.by, on=TODAY)
    with pytest.raises(Absent):
        load_sheet(sheet_id=sheet.id, only_good=True, by=thu.by, at=AT)
    assert sheet_of(sheet.id, by=kim.by, on=TODAY) == sheet
    for officer in (kim, mai):
        with pytest.raises(Refused):
            load_sheet(sheet_id=sheet.id, only_good=True, by=officer.by, at=AT)
        with pytest.raises(Refused):
            hand_in(data=a_file(a_row()), name="x.xlsx", by=officer.by, at=AT)
    assert Matter.objects.count() == 0


def test_judging_costs_the_same_for_one_row_and_for_fifty(nam, django_assert_num_queries):
    for count in (1, 50):
        data = a_file(*(a_row(f"Ý kiến {i}.") for i in range(count)))
        with django_assert_num_queries(10):
            assert len(read(data, nam).good) == count


# What we write


LISTS = Lists(units=[("Công an xã Bình An", "ca"), ("=HYPERLINK(1)", "+x")], areas=[("Xã Bình An", "99001")])


def test_the_template_is_read_back_by_its_own_reader(nam):
    book = openpyxl.load_workbook(BytesIO(template(LISTS)))
    sheet = book["Ý kiến"]
    assert [cell.value for cell in sheet[1]] == HEADINGS
    assert (sheet.freeze_panes, book["Danh mục"].sheet_state, "Hướng dẫn" in book.sheetnames) == ("A2", "hidden", True)
    assert len(sheet.data_validations.dataValidation) == 6
    assert book["Danh mục"].column_dimensions["B"].hidden
    for column, value in enumerate(a_row(), 1):
        sheet.cell(row=2, column=column, value=value)
    file = BytesIO()
    book.save(file)
    result = read(file.getvalue(), nam)
    assert ([row.verdict for row in result.rows], result.notices) == (["good"], [])


def test_the_file_comes_back_with_its_verdicts_at_the_same_rows(nam):
    data = a_file(a_row("Một.", field="xyz"), a_row("Hai."), a_row("Ba.", field="at", answer="Rồi."))
    back = with_verdicts(read(data, nam))
    sheet = openpyxl.load_workbook(BytesIO(back)).active
    assert sheet.cell(row=1, column=13).value == "Lỗi"
    assert [sheet.cell(row=row, column=13).value for row in (2, 3, 4)] == [
        "Lĩnh vực “xyz”: Không có lĩnh vực này.",
        None,
        "Lưu ý – Công an xã Bình An trả lời; đơn vị nạp tệp chịu trách nhiệm về việc ghi nhận.",
    ]
    again = read(back, nam)
    assert [row.errors for row in again.rows] == [row.errors for row in read(data, nam).rows]
    assert again.notices == []


@pytest.mark.parametrize("dangerous", ["=1+1", "+84 912", "-2", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_no_text_we_write_becomes_a_formula(nam, dangerous):
    back = with_verdicts(read(a_file(a_row("'" + dangerous)), nam))
    for data in (back, template(LISTS)):
        for sheet in openpyxl.load_workbook(BytesIO(data)):
            assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    assert [row.content for row in read(back, nam).rows] == [dangerous]


def test_the_stored_bytes_are_the_ones_handed_in(nam):
    data = a_file(a_row())
    assert stored_bytes(hand_in(data=data, name="x.xlsx", by=nam.by, at=AT)) == data
