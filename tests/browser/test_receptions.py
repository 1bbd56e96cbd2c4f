"""A reception day from the calendar to the register: planned, published, people received and told."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from danvan.base.clock import now, today
from danvan.matters.actions.turn_said import TurnSaid, Visitor
from danvan.matters.actions.turns import receive_turn
from danvan.matters.kinds import Kind, LedBy
from danvan.matters.models import Reception

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def turns(world, nam, hoa):
    visitor = Visitor(name=hoa.name, phone=hoa.phone, address=hoa.address)
    for back, kind, persons in ((0, Kind.REFLECTION, 1), (1, Kind.RECOMMENDATION, 7), (16, Kind.COMPLAINT, 2)):
        said = TurnSaid(received_on=today() - timedelta(back), summary="Đường vào ấp 3 ngập mỗi khi triều lên, mong nâng nền.",
                        kind=kind, persons=persons, visitor=visitor, led_by=LedBy.HEAD if back else LedBy.STAFF,
                        guided_to="Sở Xây dựng" if back else "", guided_number="12/HD" if back else "")  # fmt: skip
        receive_turn(turn=said, by=nam.by, at=now())


def test_a_day_is_planned_published_and_read_by_everybody(world, page, enter, look, axe, nam):
    enter(page, nam).goto("/tiep-cong-dan/lich/")
    page.get_by_role("link", name="Lập ngày tiếp").click()
    axe(page)
    day = today() + timedelta(days=1)
    page.get_by_label("Các ngày tiếp").fill(f"{day:%d/%m/%Y}")
    page.get_by_label("Chức danh người tiếp").fill("Chủ tịch UBND xã")
    page.get_by_label("Nơi tiếp").fill("Trụ sở UBND xã Bình An")
    look(page, "lich-tiep-lap")
    page.get_by_role("button", name="Lập").click()
    expect(page.get_by_text("Đã lập 1 ngày tiếp.")).to_be_visible()
    page.get_by_role("button", name=re.compile("Công bố 1 ngày")).click()
    look(page, "lich-tiep-thang")
    axe(page)
    page.get_by_role("link", name="Trang công khai").click()
    expect(page.get_by_text("Trụ sở UBND xã Bình An")).to_be_visible()
    look(page, "lich-tiep-cong-khai")
    axe(page)


def test_a_turn_is_written_down_by_keyboard_alone_and_told(world, page, enter, look, axe, nam):
    enter(page, nam).goto("/tiep-cong-dan/so/moi/")
    axe(page)
    expect(page.get_by_label("Họ và tên")).to_be_focused()
    page.keyboard.type("Lê Thị Bưởi")
    page.keyboard.press("Tab")
    page.keyboard.type("0912345678")
    page.get_by_label("Tóm tắt nội dung").focus()
    page.keyboard.type("Đường vào ấp 3 ngập, mong xã nâng nền.")
    look(page, "tiep-luot-moi")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lượt tiếp số 1/")
    look(page, "tiep-luot")
    axe(page)
    page.get_by_text("Ghi đã báo kết quả").click()
    page.get_by_label("Cần thêm thời gian").check()
    page.get_by_label("Nội dung đã báo").fill("Xã khảo sát tuần này.")
    page.get_by_role("button", name="Ghi", exact=True).first.click()
    expect(page.get_by_text("Đã ghi việc báo cho người được tiếp.")).to_be_visible()
    assert Reception.objects.get().told == "later"


def test_the_register_the_untold_and_the_book(world, page, enter, look, axe, nam, turns, hoa):
    enter(page, nam)
    for path, name in (("so/", "tiep-so"), ("chua-bao/", "tiep-chua-bao"), ("", "tiep-so-lieu")):
        page.goto(f"/tiep-cong-dan/{path}")
        look(page, name)
        axe(page)
    page.goto(f"/tiep-cong-dan/so/in/?tu={today() - timedelta(30):%d/%m/%Y}")
    expect(page.get_by_role("columnheader")).to_have_count(11)
    assert hoa.name not in page.content()
    look(page, "tiep-so-in")
    axe(page)


def test_the_calendar_works_without_a_script(world, without_javascript, enter, nam):
    page = enter(without_javascript, nam)
    page.goto("/tiep-cong-dan/lich/?thang=2026-12")
    page.get_by_role("link", name="Tháng sau").click()
    expect(page.get_by_role("heading", name="Tháng 01/2027")).to_be_visible()


def test_who_signs_reads_on_the_days_page_what_is_owed(world, page, enter, look, axe, tu, turns):
    enter(page, tu).goto("/hom-nay/")
    expect(page.get_by_role("heading", name="Tiếp công dân")).to_be_visible()
    look(page, "hom-nay-tiep")
    axe(page)
