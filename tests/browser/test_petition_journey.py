"""A letter by keyboard, its complaint through every act, and its writer looking on by code and PIN."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from danvan.base.clock import today
from danvan.matters.models import Matter
from tests.browser.conftest import PHONE
from tests.matters.petitions import BRIBE, WALL, a_custody
from tests.matters.told import BRIDGE

pytestmark = pytest.mark.django_db(transaction=True)


def registered(page, nam, enter) -> tuple[str, str]:
    """Types a letter with a complaint and a reflection; code and PIN of the complaint."""
    enter(page, nam).goto("/don/moi/")
    page.get_by_role("button", name="Thêm nội dung").click()
    page.locator("[name=nd-1-content]").fill(WALL)
    page.locator("[name=nd-1-points]").fill("Hủy quyết định thu hồi\nBồi thường đúng giá")
    page.locator("[name=nd-1-against]").fill("Ủy ban nhân dân xã Bình An")
    page.locator("[name=nd-1-known_on]").fill(f"{today() - timedelta(days=9):%d/%m/%Y}")
    page.locator("[name=nd-2-kind]").select_option("reflection")
    page.locator("[name=nd-2-content]").fill(BRIDGE)
    page.get_by_role("button", name="Xem ai giải quyết").click()
    expect(page.get_by_text("Thẩm quyền: Chủ tịch Ủy ban nhân dân xã Bình An")).to_be_visible()
    page.locator("[name=nd-2-content]").press("Control+Enter")
    expect(page.get_by_text("Đã ghi vào sổ: đơn số")).to_be_visible()
    told = page.locator(".taken-in .big-code").all_inner_texts()
    return next(tuple(text.split(" · ")) for text in told if Matter.objects.filter(code=text[:15], kind="complaint"))


def does(page, code, key, **typed) -> None:
    page.goto(f"/viec/{code}/")
    form = page.locator(f"#viec-{key}")
    form.locator("summary").first.click()
    for name, value in typed.items():
        box = form.locator(f"[name='{key}-{name.replace('_', '-')}']")
        box.select_option(value) if box.evaluate("box => box.tagName") == "SELECT" else box.fill(value)
    form.get_by_role("button").last.click()
    expect(page.get_by_text("Đã ghi:")).to_be_visible()


def followed(page, code, pin):
    page.goto("/tra-cuu/")
    page.get_by_label("Mã tra cứu").fill(code)
    page.get_by_label("Mã PIN").fill(pin)
    page.get_by_role("button", name="Xem").click()
    return page


def test_a_complaint_goes_from_the_letter_to_its_publication_and_its_writer_sees_each_step(
    page, world, nam, enter, look, axe
):
    code, pin = registered(page, nam, enter)
    look(page, "don-moi")
    axe(page)
    page.goto("/don/")
    expect(page.get_by_text("đang xem xét thụ lý")).to_be_visible()
    look(page, "so-don")
    axe(page)
    does(page, code, "accept", number="05/TB-UBND", text="Đủ điều kiện thụ lý.")
    does(page, code, "dialogue", text="Hai bên thống nhất đo lại diện tích.")
    look(page, "vu-viec")
    page.locator("#viec-decide summary").first.click()
    look(page, "vu-viec-quyet-dinh")
    axe(page)
    does(page, code, "decide", number="20/QĐ-UBND", text="Đo lại, giữ đơn giá.", outcome="partly",
         finding_1="wrong", finding_2="right")  # fmt: skip
    page.goto("/hom-nay/")
    expect(page.get_by_text("Gửi quyết định giải quyết").first).to_be_visible()
    look(page, "hom-nay-nghia-vu")
    does(page, code, "send", text="Gửi qua bưu điện.")
    until = f"{today() + timedelta(days=20):%d/%m/%Y}"
    does(page, code, "publish", text="Niêm yết tại bảng tin.", place="Trụ sở xã", until=until)
    followed(page, code, pin)
    for told in ("Đã thụ lý", "Đã đối thoại", "Đã ra quyết định giải quyết", "Đã gửi", "Đã công khai"):
        expect(page.get_by_text(told, exact=True).first).to_be_visible()
    expect(page.get_by_text(re.compile("khiếu nại lần hai lên cấp trên"))).to_be_visible()
    expect(page.get_by_text("20/QĐ-UBND").first).to_be_visible()
    look(page, "tra-cuu-khieu-nai")
    axe(page)


def test_the_officer_sees_where_a_refused_act_is_wrong(page, world, nam, enter, look):
    code, _pin = registered(page, nam, enter)
    page.goto(f"/viec/{code}/")
    form = page.locator("#viec-accept")
    form.locator("summary").first.click()
    form.locator("[name=accept-text]").fill("Một câu đã gõ kỹ.")
    form.get_by_role("button").last.click()
    expect(page.get_by_text("Hãy ghi số, ký hiệu văn bản.").first).to_be_visible()
    expect(page.locator("#viec-accept [name=accept-text]")).to_have_value("Một câu đã gõ kỹ.")
    look(page, "vu-viec-loi")


SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])


def checked(page, look, axe):
    """Looks at the page as it stands; without an `axe` where no script runs, for the checker is one."""

    def check(name: str) -> None:
        look(page, name)
        if axe:
            axe(page)

    return check


@SCRIPTS
def test_a_complaint_is_sent_from_the_portal_one_thing_at_a_time(open_page, world, scripts, look, axe):
    page = open_page(PHONE, javascript=scripts)
    check = checked(page, look, axe if scripts else None)
    page.goto("/gui/khieu-nai/")
    page.get_by_role("button", name="Bắt đầu gửi khiếu nại").click()
    page.get_by_label("Xã, phường nơi có việc").fill("Bình An")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_label("Của cơ quan nào?").fill("UBND xã Bình An")
    page.get_by_label("Quyết định hoặc việc làm nào?").fill("Quyết định 12/QĐ-UBND thu hồi đất")
    page.get_by_label("Ông/Bà nhận hoặc biết ngày nào?").fill(f"{today() - timedelta(days=9):%d/%m/%Y}")
    check("gui-khieu-nai-quyet-dinh")
    page.get_by_role("button", name="Tiếp tục").click()
    page.locator("[name=content]").fill(WALL)
    page.locator("[name=field]").select_option("land")
    page.get_by_role("button", name="Tiếp tục").click()
    page.locator("[name=requests]").fill("Hủy quyết định\nBồi thường")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_label("Họ và tên").fill("Trần Thị Hoa")
    page.get_by_label("Địa chỉ").fill("Số 5 ấp 3")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("radio", name="Không cần báo").check()
    page.get_by_role("button", name="Tiếp tục").click()
    check("gui-khieu-nai-xem-lai")
    page.get_by_role("button", name="Gửi khiếu nại").click()
    expect(page.get_by_text("ký xác nhận")).to_be_visible()
    look(page, "gui-khieu-nai-da-nhan")


@SCRIPTS
def test_a_denunciation_is_sealed_and_its_writer_told_how(open_page, world, tu, scripts, look, axe):
    a_custody(tu)
    page = open_page(PHONE, javascript=scripts)
    check = checked(page, look, axe if scripts else None)
    page.goto("/gui/to-cao/")
    page.get_by_role("link", name="Gửi tố cáo qua trang này").click()
    page.get_by_role("button", name="Bắt đầu gửi tố cáo").click()
    page.get_by_label("Xã, phường nơi có việc").fill("Bình An")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Tiếp tục").click()
    page.locator("[name=content]").fill(BRIBE)
    page.locator("[name=field]").select_option("land")
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("radio", name="Có, ghi tên và được niêm phong").check()
    page.get_by_label("Họ và tên").fill("Trần Thị Hoa")
    page.get_by_label("Địa chỉ").fill("Số 5 ấp 3")
    check("gui-to-cao-ghi-ten")
    page.get_by_role("button", name="Tiếp tục").click()
    check("gui-to-cao-xem-lai")
    page.get_by_role("button", name="Gửi tố cáo").click()
    expect(page.locator("#ma-pin")).to_be_visible()
