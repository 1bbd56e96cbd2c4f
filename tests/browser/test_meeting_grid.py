"""Fifty opinions of one evening, typed with nothing but the keyboard."""

import re
from datetime import time

import pytest
from playwright.sync_api import Page, expect

from danvan.base.clock import now, today
from danvan.matters.actions.meetings import Head, finish_meeting, new_meeting
from danvan.matters.actions.rows import TypedRow, save_rows
from danvan.matters.models import Matter, MeetingRow
from tests.browser.conftest import DESKTOP, PHONE

TYPED_KEY_BY_KEY = 3
"""Rows; after them the words of a cell come at once, as from an input method, and the keys between cells stay keys."""
CELLS = "textarea, tbody input:not([type=hidden])"


@pytest.fixture
def meeting(world, nam):
    head = Head("Hội nghị lắng nghe ý kiến Nhân dân", today(), "Nhà văn hóa ấp 3", world.xa_binh_an.id,
                "Chủ tịch UBND xã", 120, time(7, 30))  # fmt: skip
    return new_meeting(head=head, by=nam.by, at=now())


def address(meeting) -> str:
    return f"/buoi-lang-nghe/{meeting.id}/"


def cell(page: Page, name: str, number: int):
    return page.get_by_label(f"{name}, dòng {number}", exact=True)


def kept(meeting):
    return list(MeetingRow.objects.filter(meeting=meeting).order_by("position"))


def paste(page: Page, text: str) -> None:
    page.evaluate(
        """(text) => {
            const data = new DataTransfer();
            data.setData('text/plain', text);
            document.activeElement.dispatchEvent(
                new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        text,
    )


def test_fifty_opinions_are_typed_without_touching_the_mouse(desktop, meeting, nam, enter, look):
    page = enter(desktop, nam)
    page.goto(address(meeting))
    cell(page, "Nội dung ý kiến", 1).focus()
    keys = page.keyboard
    for number in range(1, 51):
        write = keys.type if number <= TYPED_KEY_BY_KEY else keys.insert_text
        write(f"Ý kiến số {number}: đường ấp hỏng.")
        keys.press("Tab")
        keys.type("gt" if number % 2 else "at")
        keys.press("Tab")
        write(f"Ấp {number % 5 + 1}")
        keys.press("Tab")
        keys.press("Tab")
        if number % 10 == 0:
            write("Đã ghi nhận.")
        keys.press("Enter")
    expect(page.get_by_role("status").first).to_have_text("Đã lưu 50/50")
    rows = kept(meeting)
    assert len(rows) == 50
    assert [(row.content, row.field, row.hamlet) for row in rows[:2]] == [
        ("Ý kiến số 1: đường ấp hỏng.", "roads", "Ấp 2"),
        ("Ý kiến số 2: đường ấp hỏng.", "security", "Ấp 3"),
    ]
    assert sum(bool(row.answer) for row in rows) == 5
    expect(cell(page, "Lĩnh vực", 1)).to_have_value("Giao thông, hạ tầng")
    expect(cell(page, "Cơ quan trả lời", 2)).to_have_attribute("placeholder", "Công an xã Bình An")
    look(page, "buoi-50-dong")


def test_the_page_on_a_phone_and_on_a_desk(page, meeting, nam, enter, look, axe):
    save_rows(meeting_id=meeting.id, by=nam.by, at=now(), rows=[
        TypedRow("a" * 32, content="Đường ấp 3 từ cầu Đỏ đến trường mẫu giáo xuống cấp nặng, mưa là ngập.", field="gt",
                 hamlet="Ấp 3"),
        TypedRow("b" * 32, content="Ban đêm nẹt pô trước chợ.", field="at", answer="Sẽ tăng tuần tra."),
        TypedRow("c" * 32, content="Ồn ào.", field="tiếng ồn", unit="binh an"),
    ])  # fmt: skip
    enter(page, nam).goto(address(meeting))
    expect(cell(page, "Nội dung ý kiến", 2)).to_have_value("Ban đêm nẹt pô trước chợ.")
    look(page, "buoi-ghi")
    axe(page)
    page.get_by_role("button", name="Xem lại và kết thúc").click()
    expect(page.get_by_role("heading", name="Xem lại và kết thúc")).to_be_visible()
    look(page, "buoi-xem-lai-co-loi")
    axe(page)


def test_lines_from_word_fall_into_rows_and_can_be_taken_back(desktop, meeting, nam, enter, look):
    page = enter(desktop, nam)
    page.goto(address(meeting))
    cell(page, "Nội dung ý kiến", 1).focus()
    page.keyboard.type("Gõ trước.")
    page.keyboard.press("Enter")
    paste(page, "\r\n".join(f"Dòng {number} từ Word" for number in range(1, 51)) + "\r\n")
    expect(page.get_by_role("status").first).to_have_text("Đã lưu 51/51")
    assert [row.content for row in kept(meeting)] == ["Gõ trước.", *(f"Dòng {n} từ Word" for n in range(1, 51))]
    look(page, "buoi-dan")
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_role("status").first).to_have_text("Đã lưu 1/1")
    assert [row.content for row in kept(meeting)] == ["Gõ trước."]


def test_a_block_from_excel_falls_into_columns(desktop, meeting, nam, enter):
    page = enter(desktop, nam)
    page.goto(address(meeting))
    cell(page, "Nội dung ý kiến", 1).focus()
    paste(page, 'Đường hỏng\tgt\tẤp 1\tubnd\t\n"Cầu yếu\nvà ""rung"""\tgt\tẤp 2\t\tĐã ghi nhận\n')
    expect(page.get_by_role("status").first).to_have_text("Đã lưu 2/2")
    assert [(row.content, row.field, row.hamlet, row.answer) for row in kept(meeting)] == [
        ("Đường hỏng", "roads", "Ấp 1", ""),
        ('Cầu yếu\nvà "rung"', "roads", "Ấp 2", "Đã ghi nhận"),
    ]
    assert kept(meeting)[0].answered_by is not None


def test_ctrl_d_copies_the_cell_above(desktop, meeting, nam, enter):
    page = enter(desktop, nam)
    page.goto(address(meeting))
    cell(page, "Lĩnh vực", 1).focus()
    page.keyboard.type("mt")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Control+d")
    expect(cell(page, "Lĩnh vực", 2)).to_have_value(re.compile("mt|Môi trường, vệ sinh"))


def test_without_a_network_nothing_typed_is_lost_and_it_is_sent_later(desktop, meeting, nam, enter, look):
    page = enter(desktop, nam)
    page.goto(address(meeting))
    page.route("**/dong/", lambda route: route.abort())
    cell(page, "Nội dung ý kiến", 1).fill("Đường hỏng.")
    expect(page.get_by_role("status").first).to_contain_text("Mất kết nối, 1 dòng chưa lưu")
    look(page, "buoi-mat-mang")
    assert kept(meeting) == []
    page.unroute("**/dong/")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.get_by_role("status").first).to_have_text("Đã lưu 1/1")
    assert [row.content for row in kept(meeting)] == ["Đường hỏng."]


def test_two_people_type_in_one_meeting_and_a_clash_is_shown_to_the_second(open_page, meeting, nam, tu, enter, look):
    save_rows(meeting_id=meeting.id, rows=[TypedRow("k" * 32, content="Cũ.")], by=nam.by, at=now())
    his, hers = enter(open_page(DESKTOP), nam), enter(open_page(DESKTOP), tu)
    for page in (his, hers):
        page.goto(address(meeting))
    cell(his, "Nội dung ý kiến", 1).fill("Của Nam.")
    expect(his.get_by_role("status").first).to_have_text("Đã lưu 1/1")
    cell(hers, "Nội dung ý kiến", 2).fill("Thêm của Tư.")
    cell(hers, "Nội dung ý kiến", 1).fill("Của Tư.")
    expect(hers.get_by_text("Người khác vừa sửa dòng này thành “Của Nam.”.")).to_be_visible()
    look(hers, "buoi-trung-nhau")
    assert [row.content for row in kept(meeting)] == ["Của Nam.", "Thêm của Tư."]
    hers.get_by_role("button", name="Giữ bản của tôi").click()
    expect(hers.get_by_role("status").first).to_have_text("Đã lưu 2/2")
    assert [row.content for row in kept(meeting)] == ["Của Tư.", "Thêm của Tư."]


def test_without_javascript_rows_are_saved_together_and_ten_more_come(without_javascript, meeting, nam, enter, look):
    page = enter(without_javascript, nam)
    page.goto(address(meeting))
    for number in (1, 2, 10):
        cell(page, "Nội dung ý kiến", number).fill(f"Ý kiến {number}.")
    cell(page, "Lĩnh vực", 2).fill("xyz")
    page.get_by_role("button", name="Lưu và thêm 10 dòng").click()
    expect(page.get_by_label(re.compile("^Nội dung ý kiến, dòng"))).to_have_count(23)
    look(page, "buoi-khong-js")
    assert [(row.position, row.content) for row in kept(meeting)] == [
        (1, "Ý kiến 1."), (2, "Ý kiến 2."), (10, "Ý kiến 10.")
    ]  # fmt: skip
    page.get_by_role("button", name="Xem lại và kết thúc").click()
    expect(page.get_by_text("Chưa rõ lĩnh vực “xyz”.").first).to_be_visible()


def begin(page: Page, look, axe) -> None:
    """From the empty list to the grid, over one slip."""
    page.goto("/buoi-lang-nghe/")
    look(page, "buoi-chua-co")
    axe(page)
    page.get_by_role("link", name="Lập buổi mới").first.click()
    page.get_by_label("Tên buổi").fill("Hội nghị lắng nghe ý kiến Nhân dân")
    page.get_by_label("Số người dự").fill("1.120")
    page.get_by_label("Nơi tổ chức").fill("Nhà văn hóa ấp 3")
    look(page, "buoi-moi")
    axe(page)
    page.get_by_role("button", name="Bắt đầu ghi ý kiến").click()
    expect(page.get_by_role("alert")).to_be_visible()
    look(page, "buoi-moi-loi")
    page.get_by_label("Chức danh người chủ trì").fill("Chủ tịch UBND xã")
    page.get_by_role("button", name="Bắt đầu ghi ý kiến").click()


def test_from_a_new_meeting_to_its_papers(page, nam, enter, look, axe):
    begin(enter(page, nam), look, axe)
    for number in range(1, 4):
        cell(page, "Nội dung ý kiến", number).fill(f"Đường ấp {number} xuống cấp, đề nghị sớm sửa.")
        cell(page, "Lĩnh vực", number).fill("gt")
    cell(page, "Trả lời tại chỗ", 2).fill("Đã có vốn, khởi công trong tháng 4.")
    page.get_by_role("button", name="Xem lại và kết thúc").click()
    expect(page.get_by_text("3 ý kiến, 1 đã trả lời tại chỗ.")).to_be_visible()
    page.get_by_label("Kết luận của người chủ trì").fill("Giao cán bộ giao thông khảo sát.")
    look(page, "buoi-xem-lai")
    axe(page)
    page.get_by_role("button", name="Kết thúc và chuyển các ý kiến").click()
    expect(page.get_by_role("link", name="Biên bản (Word)")).to_be_visible()
    assert Matter.objects.count() == 3
    look(page, "buoi-ket-qua")
    axe(page)
    page.get_by_role("link", name="Phiếu trả lời").click()
    expect(page.get_by_text("Đã trả lời 1/3")).to_be_visible()
    look(page, "buoi-phieu")
    axe(page)
    page.goto("/buoi-lang-nghe/")
    look(page, "buoi-danh-sach")


def test_receptions_are_recorded_in_numbers(page, nam, enter, look, axe):
    enter(page, nam).goto("/tiep-cong-dan/")
    page.get_by_label("Số lượt").fill("4")
    page.get_by_label("Số người").fill("3")
    page.get_by_label("Số vụ việc").fill("2")
    page.get_by_role("button", name="Ghi", exact=True).click()
    expect(page.get_by_text("4 lượt thì ít nhất 4 người: mỗi lượt có ít nhất một người.").first).to_be_visible()
    look(page, "tiep-loi")
    axe(page)
    page.get_by_label("Số người").fill("9")
    page.get_by_role("button", name="Ghi", exact=True).click()
    expect(page.get_by_text("Đã ghi buổi tiếp công dân.")).to_be_visible()
    look(page, "tiep-danh-sach")
    axe(page)


@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_file_is_judged_loaded_and_receipted(open_page, device, nam, enter, look, axe):
    from tests.matters.test_spreadsheet import a_file, a_row

    page = enter(open_page(device), nam)
    page.goto("/buoi-lang-nghe/bang-tinh/")
    look(page, "nap-moi")
    axe(page)
    data = a_file(a_row("Đường hỏng."), a_row("Ồn ào.", field="xyz"), a_row("Mất trộm.", field="at", answer="Rồi."))
    file = {"name": "thang 3.xlsx", "mimeType": "application/zip", "buffer": data}
    page.get_by_label("Tệp bảng tính").set_input_files(file)
    page.get_by_role("button", name="Nộp để kiểm tra").click()
    expect(page.get_by_text("Lĩnh vực “xyz”: Không có lĩnh vực này.")).to_be_visible()
    look(page, "nap-kiem-tra")
    axe(page)
    page.get_by_role("button", name="Chỉ nạp 2 dòng hợp lệ").click()
    expect(page.get_by_role("heading", name="Biên nhận nạp tệp")).to_be_visible()
    look(page, "nap-bien-nhan")
    axe(page)
    assert Matter.objects.count() == 2


def test_whoever_looks_on_gets_no_grid(desktop, meeting, nam, kim, enter, look, axe):
    save_rows(meeting_id=meeting.id, rows=[TypedRow("k" * 32, content="Đường hỏng.")], by=nam.by, at=now())
    page = enter(desktop, kim)
    page.goto(address(meeting))
    expect(page.get_by_text("Buổi này đang được ghi")).to_be_visible()
    assert page.get_by_role("textbox").count() == 0
    axe(page)
    finish_meeting(meeting_id=meeting.id, by=nam.by, at=now())
    page.reload()
    expect(page.get_by_text("Đường hỏng.")).to_be_visible()
