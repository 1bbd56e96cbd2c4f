"""Reporting through the real pages: signing what one sees, opening a figure to its matters, checking a report."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from danvan.base.clock import day_of, now
from danvan.matters.actions import Said, Words, act, receive
from danvan.matters.kinds import Kind
from danvan.reports.actions import answer_check, draw_up, open_due_sheets, sign
from danvan.reports.kinds import Scope
from danvan.reports.models import Sheet
from danvan.reports.queries import content_of
from danvan.reports.regimes import Regime, regime
from danvan.rules.periods import Period
from danvan.units.access import CITIZEN, system
from tests.world import Officer, World


@pytest.fixture
def monthly() -> Regime:
    return regime("DV-T")


@pytest.fixture
def period(monthly: Regime) -> Period:
    return monthly.last_closed(day_of(now()))


@pytest.fixture
def sheet(world: World, nam: Officer, monthly: Regime, period: Period) -> Sheet:
    """Bình An was told six things in the last closed month and answered five."""
    at = datetime.combine(period.start, datetime.min.time(), UTC) + timedelta(days=3, hours=2)
    for number in range(6):
        said = Said(content="Cầu Đỏ bị sụt, đề nghị sửa trước mùa mưa.", area_id=world.xa_binh_an.pk,
                    kind=Kind.REFLECTION if number else Kind.OPINION, unit_id=world.ubnd_binh_an.pk)  # fmt: skip
        matter = receive(said=said, by=CITIZEN, at=at).matter
        if number < 5:
            act(matter_id=matter.id, verb="answer", words=Words("Đã sửa."), by=nam.by, at=at + timedelta(days=number))
    open_due_sheets(by=system("mở biểu kỳ"), at=now())
    return Sheet.objects.get(unit=world.ubnd_binh_an, period=period.code)


def test_ong_tu_signs_what_he_sees(page: Page, tu: Officer, sheet: Sheet, enter, look, axe) -> None:
    enter(page, tu).goto("/bieu/")
    axe(page)
    page.get_by_role("link", name=sheet.span.label).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("xã Bình An")
    look(page, "bieu-dang-lap")
    axe(page)
    page.get_by_role("button", name="Ký biểu này").click()
    expect(page.get_by_text("Đã ký biểu")).to_be_visible()
    look(page, "bieu-da-ky")
    axe(page)
    page.get_by_role("link", name="Soạn báo cáo").click()
    page.get_by_label("Số văn bản").fill("7")
    look(page, "soan-bao-cao")
    axe(page)
    page.get_by_role("button", name="Lưu báo cáo").click()
    expect(page.get_by_text("Đã lưu báo cáo")).to_be_visible()


def test_chi_lan_opens_a_figure_down_to_the_matter(
    page: Page, world: World, lan: Officer, sheet: Sheet, period: Period, enter, look, axe
) -> None:
    enter(page, lan).goto("/tong-quan/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("tỉnh Mẫu")
    look(page, "tong-quan")
    axe(page)
    page.goto(f"/tong-hop/?ky={period.code}")
    look(page, "tong-hop")
    axe(page)
    row = page.get_by_role("row").filter(has_text="xã Bình An")
    row.get_by_role("link", name="5", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("5 việc")
    expect(page.get_by_role("row").filter(has_text="Cầu Đỏ")).to_have_count(5)
    look(page, "mo-so-lieu")
    axe(page)


def test_everybody_sees_the_signed_figures_without_small_counts(
    page: Page, sau: Officer, sheet: Sheet, monthly: Regime, period: Period, look, axe
) -> None:
    whole = draw_up(regime=monthly, period=period, scope=Scope.SUBTREE, by=sau.by, at=now())
    for remark in content_of(whole, day_of(now())).open_remarks:
        answer_check(sheet_id=whole.id, finding=remark.code, text="Gửi sau.", by=sau.by, at=now())
    sign(sheet_id=whole.id, seen=content_of(whole, day_of(now())).fingerprint, by=sau.by, at=now())
    page.goto("/cong-khai/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kết quả tiếp nhận")
    look(page, "cong-khai")
    axe(page)
    for path in ("/so-lieu-da-cong-bo/", "/tu-dien-chi-tieu/"):
        page.goto(path)
        axe(page)


def test_a_reporter_checks_figures_without_javascript(without_javascript: Page, db: None, look, axe) -> None:
    page = without_javascript
    page.goto("/kiem-tra-bao-cao/")
    page.get_by_label("Dán báo cáo vào đây").fill(
        "5 tháng đầu năm tiếp hơn 7.830 lượt công dân; đã giải quyết 8.328/8.574 đơn, đạt 97,23%."
    )
    page.get_by_role("button", name="Kiểm tra").click()
    expect(page.get_by_role("heading", name="1 chỗ chưa khớp")).to_be_visible()
    expect(page.get_by_text("97,13%")).to_be_visible()
    look(page, "kiem-tra-bao-cao")
