"""An officer's work without a mouse: a telephone call written down, found and answered; the rows of an evening."""

import re
from datetime import time

import pytest
from django.conf import settings
from playwright.sync_api import Locator, Page, expect

from danvan.base.clock import now, today
from danvan.matters.actions.meetings import Head, new_meeting
from danvan.matters.kinds import Field, Intake
from danvan.matters.models import Matter, MeetingRow, Point
from tests.matters.told import told

SAID = "Cầu Đỏ ở ấp 3 bị gãy lan can từ tuần trước, trẻ em đi học qua rất nguy hiểm."
STATUS = re.compile(r"^Đã lưu (\d+)/\1$")


class Keys:
    """A keyboard that counts the presses which write nothing."""

    def __init__(self, page: Page) -> None:
        self.page, self.moves = page, 0

    def press(self, *names: str) -> None:
        for name in names:
            self.page.keyboard.press(name)
            self.moves += 1

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)

    def reach(self, target: Locator, by: str = "Tab", most: int = 12) -> None:
        """Moves on until the target has the focus; further away than `most` presses is too far."""
        for _ in range(most):
            if target.evaluate("one => one === document.activeElement"):
                return
            self.press(by)
        expect(target).to_be_focused()


@pytest.fixture
def keys(page) -> Keys:
    return Keys(page)


def take_in(page: Page, keys: Keys, hoa) -> None:
    """One call on the telephone, from the first key to the last."""
    expect(page.get_by_label("Lĩnh vực")).to_be_focused()
    keys.reach(page.get_by_label("Trực tiếp"), by="Shift+Tab")
    keys.press("ArrowRight")
    keys.reach(page.get_by_label("Lĩnh vực"))
    keys.write("Giao")
    keys.reach(page.get_by_label("Chỗ cụ thể"))
    keys.write("cầu Đỏ, ấp 3")
    keys.press("Tab")
    keys.write(SAID)
    keys.press("Tab")
    keys.write("Làm lại lan can")
    keys.press("Enter")
    keys.write("Đặt biển báo")
    keys.press("Tab", "Enter", "Tab")
    keys.write(hoa.name)
    keys.press("Tab")
    keys.write(hoa.phone)
    keys.reach(page.get_by_label("Trả lời qua"))
    keys.press("ArrowUp", "ArrowUp")


def test_a_telephone_call_is_written_down_found_and_answered_by_keyboard_alone(
    page, keys, world, nam, hoa, enter, look, axe
):
    enter(page, nam).goto("/hom-nay/")
    keys.press("n")
    take_in(page, keys, hoa)
    expect(page.get_by_text("Ủy ban nhân dân xã Bình An", exact=True).last).to_be_visible()
    look(page, "tiep-nhan")
    axe(page)
    keys.press("Control+Enter")
    expect(page.get_by_text("Đã tiếp nhận, mã tra cứu")).to_be_visible()
    kept = Matter.objects.get()
    assert (kept.intake, kept.field, kept.reply_by, kept.content) == (Intake.PHONE, Field.ROADS, "phone", SAID)
    expect(page.get_by_label("Điện thoại").first).to_be_checked()
    look(page, "tiep-nhan-xong")
    axe(page)
    assert keys.moves <= 25, "more presses that write nothing than before"

    keys.press("Escape", "g", "y")
    expect(page.get_by_role("link", name=kept.code)).to_be_visible()
    keys.press("j", "Enter")
    expect(page.get_by_role("heading", name=kept.code)).to_be_visible()
    keys.press("a")
    expect(page.get_by_text("chưa bấm nhận giải quyết")).to_have_count(0)
    keys.press("r")
    expect(page.get_by_label("1. Làm lại lan can")).to_be_focused()
    keys.write("Đã giao thợ, xong trước ngày 20.")
    keys.press("Tab")
    keys.write("Đã đặt biển báo hôm nay.")
    keys.press("Tab")
    keys.write("Cảm ơn bà đã báo. Lan can được làm lại trước ngày 20.")
    look(page, "tra-loi-tung-diem")
    axe(page)
    keys.reach(page.get_by_role("button", name="Trả lời", exact=True))
    keys.press("Enter")
    expect(page.get_by_text("Đã trả lời. Đang chờ người gửi")).to_be_visible()
    assert list(Point.objects.order_by("ordinal").values_list("answer", flat=True)) == [
        "Đã giao thợ, xong trước ngày 20.", "Đã đặt biển báo hôm nay."
    ]  # fmt: skip
    look(page, "tra-loi-xong")
    axe(page)


def test_a_point_left_out_is_told_where_it_is_and_the_rest_stays(page, keys, world, nam, enter, look, axe):
    matter = told(world.xa_binh_an, when=now(), points=["Làm lại lan can", "Đặt biển báo"])
    enter(page, nam).goto(f"/viec/{matter.code}/?buoc=answer")
    expect(page.get_by_label("1. Làm lại lan can")).to_be_focused()
    keys.write("Đã giao thợ.")
    keys.press("Tab", "Tab")
    keys.write("Cảm ơn bà.")
    keys.reach(page.get_by_role("button", name="Trả lời", exact=True))
    keys.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("1. Làm lại lan can")).to_have_value("Đã giao thợ.")
    keys.press("Tab", "Enter")
    expect(page.get_by_label("2. Đặt biển báo")).to_be_focused()
    look(page, "tra-loi-thieu-diem")
    axe(page)


# The grid


@pytest.fixture
def meeting(world, nam):
    head = Head("Hội nghị lắng nghe ý kiến Nhân dân", today(), "Nhà văn hóa ấp 3", world.xa_binh_an.id,
                "Chủ tịch UBND xã", 120, time(7, 30))  # fmt: skip
    return new_meeting(head=head, by=nam.by, at=now())


def cell(page: Page, name: str, number: int) -> Locator:
    return page.get_by_label(f"{name}, dòng {number}", exact=True)


def kept(meeting) -> list[str]:
    return list(MeetingRow.objects.filter(meeting=meeting).order_by("position").values_list("content", flat=True))


def status(page: Page) -> Locator:
    return page.get_by_role("status").first


def five_rows(keys: Keys) -> None:
    for number in range(1, 6):
        keys.write(f"Đường ấp {number} xuống cấp.")
        keys.press("Tab")
        keys.write("gt")
        keys.press("Enter")


FIVE = [f"Đường ấp {number} xuống cấp." for number in range(1, 6)]


def test_five_rows_are_typed_and_kept_and_the_arrows_lead_back(page, keys, meeting, nam, enter, look, axe):
    enter(page, nam).goto(f"/buoi-lang-nghe/{meeting.id}/")
    cell(page, "Nội dung ý kiến", 1).focus()
    five_rows(keys)
    expect(cell(page, "Nội dung ý kiến", 6)).to_be_focused()
    expect(status(page)).to_have_text("Đã lưu 5/5")
    assert kept(meeting) == FIVE
    keys.press("ArrowUp", "ArrowUp")
    expect(cell(page, "Nội dung ý kiến", 4)).to_be_focused()
    keys.press("End")
    keys.write(" Sửa.")
    keys.press("ArrowDown")
    expect(cell(page, "Nội dung ý kiến", 5)).to_be_focused()
    expect(status(page)).to_have_text("Đã lưu 5/5")
    assert kept(meeting)[3] == "Đường ấp 4 xuống cấp. Sửa."
    look(page, "luoi-nam-dong")
    axe(page)


def test_lines_on_the_clipboard_are_pasted_with_the_keys(page, keys, meeting, nam, enter, look):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    enter(page, nam).goto(f"/buoi-lang-nghe/{meeting.id}/")
    page.evaluate("text => navigator.clipboard.writeText(text)", "\r\n".join(f"{line}\tgt\tẤp 2" for line in FIVE))
    cell(page, "Nội dung ý kiến", 1).focus()
    keys.press("Control+v")
    expect(status(page)).to_have_text("Đã lưu 5/5")
    assert kept(meeting) == FIVE
    expect(page.get_by_text("Đã dán vào 5 dòng.")).to_be_visible()
    look(page, "luoi-dan")


def test_a_row_the_server_refuses_stays_as_typed_and_the_others_are_kept(page, keys, meeting, nam, enter, look, axe):
    enter(page, nam).goto(f"/buoi-lang-nghe/{meeting.id}/")
    long = "Ấp " + "x" * 200
    cell(page, "Nội dung ý kiến", 1).focus()
    keys.write("Đường hỏng.")
    keys.press("Enter")
    keys.write("Đèn tắt.")
    keys.press("Tab", "Tab")
    page.keyboard.insert_text(long)
    keys.press("Enter")
    keys.write("Ngập khi mưa.")
    expect(page.get_by_text("Nhiều nhất 120 ký tự; dòng này chưa được lưu.")).to_be_visible()
    expect(status(page)).to_contain_text("1 dòng cần xem lại")
    expect(status(page)).to_contain_text("Đã lưu 2/3")
    assert kept(meeting) == ["Đường hỏng.", "Ngập khi mưa."]
    expect(cell(page, "Tổ, ấp, thôn", 2)).to_have_value(long)
    look(page, "luoi-tu-choi")
    axe(page)
    cell(page, "Tổ, ấp, thôn", 2).fill("Ấp 2")
    expect(status(page)).to_have_text("Đã lưu 3/3")
    assert kept(meeting) == ["Đường hỏng.", "Đèn tắt.", "Ngập khi mưa."]


def test_a_cut_network_loses_nothing_and_everything_is_sent_when_it_is_back(page, keys, meeting, nam, enter, look, axe):
    enter(page, nam).goto(f"/buoi-lang-nghe/{meeting.id}/")
    page.context.set_offline(True)
    cell(page, "Nội dung ý kiến", 1).focus()
    five_rows(keys)
    expect(status(page)).to_contain_text("Mất kết nối, 5 dòng chưa lưu")
    look(page, "luoi-mat-mang")
    axe(page)
    assert kept(meeting) == []
    page.context.set_offline(False)
    expect(status(page)).to_have_text("Đã lưu 5/5")
    assert kept(meeting) == FIVE


def test_who_was_signed_out_is_told_so_and_goes_on_after_signing_in(page, keys, meeting, nam, enter, look, axe):
    enter(page, nam).goto(f"/buoi-lang-nghe/{meeting.id}/")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    cell(page, "Nội dung ý kiến", 1).focus()
    keys.write("Đường hỏng.")
    expect(status(page)).to_contain_text("Phiên làm việc đã hết.")
    look(page, "luoi-het-phien")
    axe(page)
    enter(page, nam)
    keys.press("Control+s")
    expect(status(page)).to_have_text("Đã lưu 1/1")
    assert kept(meeting) == ["Đường hỏng."]
