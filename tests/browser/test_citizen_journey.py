"""A citizen's whole way, on a phone and on a desk, with scripts and without: send, keep the code, follow, judge."""

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from danvan.base.clock import now
from danvan.matters.actions import Words, act
from danvan.matters.models import Matter

CONTENT = "Cầu Đỏ ở ấp 3 bị gãy lan can từ tuần trước, trẻ em đi học qua rất nguy hiểm. Xin sửa sớm."


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """As large as phones make them, so that the page makes it smaller before it travels."""
    path = tmp_path / "cau-do.jpg"
    Image.effect_noise((2400, 1800), 60).convert("RGB").save(path, "JPEG", quality=90)
    return path


class Citizen:
    """Bà Hoa at her phone: presses what is labelled, and has every page looked at and checked on the way."""

    def __init__(self, page: Page, check) -> None:
        self.page, self.check = page, check

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def go_on(self) -> None:
        self.press("Tiếp tục")

    def send(self, photo: Path, *, types: bool) -> tuple[str, str]:
        """Through every page; with scripts the places come while typing, without them by the button."""
        self.page.goto("/")
        self.page.get_by_role("main").get_by_role("link", name="Gửi ý kiến").click()
        self.check("gui-1")
        self.page.get_by_label("Phản ánh").check()
        self.go_on()
        self.say_where(types=types)
        self.say_what(photo)
        self.say_how_to_answer()
        self.check("gui-5")
        self.press("Gửi ý kiến")
        expect(self.page.get_by_role("heading", level=1, name="Đã nhận ý kiến của ông/bà")).to_be_visible()
        self.check("gui-da-nhan")
        return self.page.locator("#ma-tra-cuu").inner_text(), self.page.locator("#ma-pin").inner_text()

    def say_where(self, *, types: bool) -> None:
        self.page.get_by_label("Xã, phường nơi có việc").press_sequentially("binh cu")
        if not types:
            self.press("Tìm")
        self.page.get_by_label("Xã Bình An").check()
        self.page.get_by_label("Chỗ cụ thể").fill("cầu Đỏ, ấp 3")
        self.check("gui-2")
        self.go_on()

    def say_what(self, photo: Path) -> None:
        self.page.get_by_label("Việc gì đã xảy ra").fill(CONTENT)
        self.page.get_by_label("Lĩnh vực").select_option("Giao thông, hạ tầng")
        self.page.locator("#id_photos").set_input_files(photo)
        self.press("Tải lên")
        expect(self.page.get_by_role("img", name="Ảnh đã tải lên, số 1")).to_be_visible()
        self.check("gui-3")
        self.go_on()

    def say_how_to_answer(self) -> None:
        self.page.get_by_label("Gọi điện thoại").check()
        self.page.get_by_label("Số điện thoại").fill("0912 345 678")
        self.page.get_by_label("Tên để xưng hô").fill("bà Hoa")
        self.check("gui-4")
        self.go_on()
        expect(self.page.get_by_role("definition").filter(has_text="0912 345 678")).to_be_visible()

    def follow(self, code: str, pin: str) -> None:
        self.page.goto("/tra-cuu/")
        self.page.get_by_label("Mã tra cứu").fill(code.lower().replace("-", " "))
        self.page.get_by_label("Mã PIN").fill(pin)
        self.check("tra-cuu")
        self.press("Xem")
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(code)


@pytest.fixture
def check(look, axe):
    """Looked at, and accessible where scripts run: the checker is one."""

    def checked_on(page: Page, suffix: str = ""):
        def checked(name: str) -> None:
            look(page, name + suffix)
            if not suffix:
                axe(page)

        return checked

    return checked_on


def answer(code: str, officer, text: str = "Đã thay lan can mới ngày hôm nay, có ảnh kèm theo.") -> None:
    matter = Matter.objects.get(code=code)
    act(matter_id=matter.id, verb="answer", words=Words(text=text), by=officer.by, at=now())


def test_ba_hoa_sends_follows_and_agrees(world, nam, tu, page, photo, check):
    hoa = Citizen(page, check(page))
    page.on("dialog", lambda dialog: dialog.accept())
    code, pin = hoa.send(photo, types=True)
    page.get_by_role("link", name="Phiếu để in").click()
    hoa.check("gui-phieu")
    hoa.follow(code, pin)
    hoa.check("tra-cuu-viec")
    matter = Matter.objects.get(code=code)
    act(matter_id=matter.id, verb="ask", words=Words(text="Lan can gãy ở đầu cầu nào?"), by=nam.by, at=now())
    page.reload()
    hoa.check("tra-cuu-hoi")
    page.get_by_role("link", name="Trả lời câu hỏi").click()
    page.get_by_label("Trả lời của ông/bà").fill("Đầu cầu phía trường học.")
    hoa.check("tra-cuu-tra-loi")
    hoa.press("Gửi")
    expect(page.get_by_text("Thời hạn giải quyết chạy tiếp")).to_be_visible()
    answer(code, nam)
    page.reload()
    hoa.check("tra-cuu-da-tra-loi")
    page.get_by_role("link", name="Cho biết đã xong hay chưa").click()
    page.get_by_label("Rồi", exact=True).check()
    page.get_by_label("5 – Rất hài lòng").check()
    page.get_by_label("Điều ông/bà muốn nói thêm").fill("Cảm ơn các anh đã làm nhanh.")
    hoa.check("tra-cuu-danh-gia")
    hoa.press("Gửi")
    expect(page.get_by_text("Cảm ơn ông/bà đã cho biết")).to_be_visible()
    hoa.check("tra-cuu-xong")
    hoa.press("Thoát")
    page.go_back()
    expect(page.get_by_text(CONTENT)).to_have_count(0)


def test_ong_ba_without_scripts_dispute_and_get_a_new_clock(world, nam, without_javascript, photo, check):
    page = without_javascript
    hoa = Citizen(page, check(page, "-khong-js"))
    code, pin = hoa.send(photo, types=False)
    answer(code, nam)
    hoa.follow(code, pin)
    page.get_by_role("link", name="Cho biết đã xong hay chưa").click()
    page.get_by_label("Chưa", exact=True).check()
    hoa.press("Gửi")
    expect(page.get_by_role("alert")).to_contain_text("Hãy cho biết điều gì còn chưa được giải quyết.")
    hoa.check("tra-cuu-danh-gia-loi")
    page.get_by_label("Điều ông/bà muốn nói thêm").fill("Mới thay một bên, bên kia vẫn gãy.")
    hoa.press("Gửi")
    expect(page.get_by_text("Việc đã được mở lại").first).to_be_visible()
    expect(page.get_by_text("Phải trả lời chậm nhất")).to_be_visible()
    hoa.check("tra-cuu-mo-lai")


def test_a_province_of_the_past_leads_to_a_commune_of_today(world, phone, check):
    hoa = Citizen(phone, check(phone))
    phone.goto("/gui/")
    phone.get_by_label("Kiến nghị").check()
    hoa.go_on()
    phone.get_by_label("Xã, phường nơi có việc").press_sequentially("tinh mau")
    phone.get_by_label("Tỉnh Mẫu").check()
    hoa.go_on()
    hoa.check("gui-2-tinh")
    phone.get_by_label("Xã, phường, đặc khu").select_option("Phường Trung Tâm")
    hoa.go_on()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Nội dung")


@pytest.mark.parametrize("choice", ["Khiếu nại", "Tố cáo", "Việc khẩn cấp"])
def test_what_is_not_taken_in_here_is_told_where_to_go(world, page, check, choice):
    page.goto("/gui/")
    page.get_by_label(choice).check()
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(choice)
    check(page)(f"gui-{choice.split()[-1].lower()}".replace("ạ", "a").replace("á", "a").replace("ấ", "a"))


def test_a_large_photo_is_made_smaller_before_it_travels(world, phone, photo):
    phone.goto("/gui/")
    phone.get_by_label("Phản ánh").check()
    phone.get_by_role("button", name="Tiếp tục").click()
    phone.goto("/gui/noi-dung/")
    phone.locator("#id_photos").set_input_files(photo)
    expect(phone.get_by_role("button", name="Tải lên")).to_be_enabled()
    travels = phone.locator("#id_photos").evaluate("input => input.files[0].size")
    assert travels < photo.stat().st_size / 2


def test_who_leaves_the_receipt_without_keeping_the_codes_is_asked_once_more(world, phone, photo):
    asked = []
    phone.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    hoa = Citizen(phone, lambda name: None)
    hoa.send(photo, types=True)
    phone.get_by_role("link", name="Về trang chủ").click()
    expect(phone).to_have_url(re.compile(r"/$"))
    assert asked == ["beforeunload"]
    phone.goto("/gui/da-nhan/")
    phone.get_by_label("Tôi đã giữ lại hai mã").check()
    phone.get_by_role("link", name="Về trang chủ").click()
    expect(phone).to_have_url(re.compile(r"/$"))
    assert asked == ["beforeunload"]


def test_a_page_left_open_too_long_keeps_what_was_typed(world, nam, page, photo, check):
    hoa = Citizen(page, lambda name: None)
    page.on("dialog", lambda dialog: dialog.accept())
    code, pin = hoa.send(photo, types=True)
    hoa.follow(code, pin)
    page.get_by_role("link", name="Bổ sung").click()
    page.get_by_label("Ông/Bà muốn bổ sung điều gì?").fill("Hôm nay có người suýt ngã.")
    page.context.clear_cookies(name="danvan")
    hoa.press("Gửi")
    check(page)("tra-cuu-het-phien")
    page.get_by_label("Mã tra cứu").fill(code)
    page.get_by_label("Mã PIN").fill(pin)
    hoa.press("Xem")
    expect(page.get_by_label("Ông/Bà muốn bổ sung điều gì?")).to_have_value("Hôm nay có người suýt ngã.")
    hoa.press("Gửi")
    expect(page.get_by_text("Hôm nay có người suýt ngã.")).to_be_visible()
    assert re.fullmatch(r"/tra-cuu/viec/[\w-]+/", page.evaluate("location.pathname"))


def test_a_place_typed_before_the_script_has_come_is_searched_for_all_the_same(world, phone):
    held = []

    def hold(route):
        held.append(route)

    phone.route("**/portal-place*.mjs", hold)
    phone.goto("/gui/")
    phone.get_by_label("Phản ánh").check()
    phone.get_by_role("button", name="Tiếp tục").click(no_wait_after=True)
    phone.get_by_label("Xã, phường nơi có việc").fill("binh cu")
    held[0].continue_()
    expect(phone.get_by_label("Xã Bình An")).to_be_visible()
