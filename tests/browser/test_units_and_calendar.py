"""Places, units, accounts, delegation, the calendar and due days, as people meet them in a browser."""

from datetime import date

import pytest
from playwright.sync_api import expect

from danvan.commitments.actions import Promise, decide_day, open_commitment
from danvan.units.access import CITIZEN, system
from danvan.units.actions import load_areas
from danvan.units.models import Account
from tests.browser.conftest import DESKTOP, PHONE
from tests.world import AT, MAU


@pytest.fixture
def country(transactional_db):
    load_areas(by=system("test"))


def test_somebody_finds_out_what_became_of_an_old_province_and_of_a_divided_commune(country, open_page, look, axe):
    for device in (PHONE, DESKTOP):
        page = open_page(device)
        page.goto("/dia-danh/tra/")
        page.get_by_label("Tên hoặc mã").fill("an giang")
        page.get_by_label("Vào ngày").fill("07/03/2024")
        page.get_by_role("button", name="Tra").click()
        expect(page.get_by_role("link", name="Tỉnh An Giang").first).to_be_visible()
        look(page, "dia-danh-tra")
        axe(page)
        page.goto("/dia-danh/tra/?q=hau+giang")
        page.get_by_role("link", name="Tỉnh Hậu Giang").click()
        expect(page.get_by_role("heading", level=1, name="Tỉnh Hậu Giang")).to_be_visible()
        look(page, "dia-danh-mot")
        axe(page)
        page.goto("/dia-danh/tra/?q=xã+Văn+Khê&on=07/03/2024")
        page.get_by_role("link", name="Xã Văn Khê").first.click()
        look(page, "dia-danh-chia")
        axe(page)
        page.goto("/dia-danh/nguon/")
        look(page, "dia-danh-nguon")
        axe(page)


def test_the_trees_open_without_a_script(world, without_javascript, look):
    page = without_javascript
    page.goto("/don-vi/")
    page.locator("summary", has_text="Ủy ban nhân dân tỉnh Mẫu").click()
    page.get_by_role("link", name="Ủy ban nhân dân xã Bình An").click()
    expect(page.get_by_role("heading", level=1, name="Ủy ban nhân dân xã Bình An")).to_be_visible()


def test_an_operator_sees_the_trees_and_a_unit(world, nam, tu, page, vu, enter, look, axe):
    enter(page, vu).goto("/don-vi/")
    look(page, "don-vi")
    axe(page)
    page.goto(f"/don-vi/{world.ubnd_binh_an.pk}/")
    expect(page.get_by_role("link", name="Trần Văn Nam")).to_be_visible()
    look(page, "don-vi-mot")
    axe(page)
    page.goto("/don-vi/?q=ubnd+xa")
    look(page, "don-vi-tim")


def test_an_operator_adds_a_person_who_signs_in_and_chooses_a_password(world, page, desktop, vu, enter, look, axe):
    enter(page, vu).goto(f"/don-vi/{world.ubnd_binh_an.pk}/them-tai-khoan/")
    look(page, "tai-khoan-them")
    axe(page)
    page.get_by_label("Họ và tên").fill("Đỗ Thị Bé")
    page.get_by_label("Tên đăng nhập").fill("be.dt")
    page.get_by_label("Chức vụ").fill("Công chức văn hóa – xã hội")
    page.get_by_label("Cán bộ tiếp nhận").check()
    page.get_by_role("button", name="Thêm tài khoản").click()
    password = page.locator("#mat-khau").inner_text()
    look(page, "tai-khoan-mat-khau")
    axe(page)
    desktop.goto("/tai-khoan/dang-nhap/")
    desktop.get_by_label("Tên đăng nhập").fill("be.dt")
    desktop.get_by_label("Mật khẩu").fill(password)
    desktop.get_by_role("button", name="Đăng nhập").click()
    expect(desktop.get_by_role("heading", level=1, name="Đổi mật khẩu")).to_be_visible()
    assert Account.objects.get(username="be.dt").password_is_temporary
    page.get_by_role("link", name="Xong").click()
    look(page, "tai-khoan-mot")
    axe(page)
    page.goto("/don-vi/tai-khoan/")
    look(page, "tai-khoan")
    axe(page)
    page.goto("/don-vi/nhat-ky/")
    look(page, "nhat-ky")
    axe(page)
    page.goto("/don-vi/vai-tro/")
    look(page, "vai-tro")


def test_forms_of_an_operator_say_what_is_wrong(world, page, nam, vu, enter, look, axe):
    enter(page, vu).goto(f"/don-vi/{world.ubnd_tinh.pk}/them/")
    page.get_by_role("button", name="Thêm đơn vị").click()
    expect(page.get_by_role("heading", name="Có lỗi cần sửa")).to_be_visible()
    look(page, "don-vi-them")
    axe(page)
    page.goto(f"/don-vi/{world.ubnd_binh_an.pk}/doi/")
    look(page, "don-vi-doi")
    axe(page)
    page.goto(f"/don-vi/tai-khoan/{nam.account.pk}/")
    page.locator("summary", has_text="Thôi chức vụ").click()
    page.get_by_role("button", name="Ghi ngày thôi").click()
    expect(page.get_by_text("Ghi ngày cuối cùng.").first).to_be_visible()
    look(page, "tai-khoan-thoi")
    axe(page)


def test_a_unit_ends_after_one_has_seen_what_goes_where(world, page, vu, enter, look, axe):
    promise = Promise(kind="opinion", code="MAU-1", owed_by=world.ubnd_phu_loc.pk, rule_id="NOI-KNPA")
    open_commitment(promise=promise, home_area=MAU, by=CITIZEN, at=AT)
    enter(page, vu).goto(f"/don-vi/{world.ubnd_phu_loc.pk}/ket-thuc/")
    look(page, "don-vi-ket-thuc")
    axe(page)
    page.get_by_label("Đơn vị tiếp nhận nhiệm vụ").select_option(label="Ủy ban nhân dân xã Bình An")
    page.get_by_role("button", name="Xem lại").click()
    expect(page.get_by_text("1 việc chuyển sang đơn vị tiếp nhận")).to_be_visible()
    look(page, "don-vi-ket-thuc-xem")
    axe(page)
    page.get_by_role("button", name="Kết thúc đơn vị").click()
    expect(page.get_by_text("1 việc đang mở đã chuyển")).to_be_visible()


def test_a_sheet_of_units_is_checked_and_comes_back(world, page, vu, enter, look, axe, tmp_path):
    from tests.units.sheets import sheet

    enter(page, vu).goto("/don-vi/nap/")
    look(page, "don-vi-nap")
    axe(page)
    good = ("to-1", "Tổ dân phố 1", "", "", "Chính quyền", "Cấp xã", world.ubnd_binh_an.key, "", "01/03/2026", "")
    (tmp_path / "a.xlsx").write_bytes(sheet(good, ("to-2", *good[1:6], "khong-co", "", "", "")))
    page.get_by_label("Tệp danh sách đơn vị").set_input_files(tmp_path / "a.xlsx")
    page.get_by_role("button", name="Kiểm tra tệp").click()
    expect(page.get_by_text("1 dòng chưa đúng, chưa ghi gì")).to_be_visible()
    look(page, "don-vi-nap-loi")
    axe(page)
    (tmp_path / "b.xlsx").write_bytes(sheet(good))
    page.get_by_label("Tệp danh sách đơn vị").set_input_files(tmp_path / "b.xlsx")
    page.get_by_role("button", name="Kiểm tra tệp").click()
    look(page, "don-vi-nap-dung")
    page.get_by_role("button", name="Nạp 1 dòng").click()
    expect(page.get_by_text("Đã nạp 1 đơn vị.")).to_be_visible()


def test_the_leader_delegates_and_the_officer_takes_up_the_post(world, page, desktop, tu, nam, enter, look, axe):
    enter(page, tu).goto("/uy-quyen/")
    page.get_by_label("Ủy quyền cho").select_option(label="Trần Văn Nam (nam)")
    page.get_by_label("Đến hết ngày").fill("31/12/2026")
    page.get_by_label("Lý do").fill("Đi học tập trung")
    page.get_by_role("button", name="Ủy quyền chức vụ").click()
    expect(page.get_by_text("Đã ủy quyền.").first).to_be_visible()
    look(page, "uy-quyen")
    axe(page)
    enter(desktop, nam).goto("/uy-quyen/")
    look(desktop, "uy-quyen-nhan")
    desktop.get_by_role("link", name="Làm trong chức vụ này").click()
    expect(desktop.get_by_role("button", name="Chủ tịch UBND xã Bình An")).to_be_visible()


def test_the_calendar_shows_the_year_and_an_operator_decides_a_day(world, page, open_page, vu, enter, look, axe):
    page.goto("/lich-lam-viec/2026/")
    look(page, "lich-lam-viec")
    axe(page)
    page.goto("/lich-lam-viec/2027/")
    look(page, "lich-lam-viec-tam")
    promise = Promise(kind="opinion", code="MAU-1", owed_by=world.ubnd_phu_loc.pk, rule_id="NOI-KNPA")
    open_commitment(promise=promise, home_area=MAU, by=CITIZEN, at=AT)
    enter(page, vu).goto("/lich-lam-viec/nhap-ngay/")
    page.get_by_label("Ngày", exact=True).fill("16/03/2026")
    page.get_by_label("nghỉ", exact=True).check()
    page.get_by_label("Lý do").fill("Nghỉ tránh bão")
    page.get_by_label("Văn bản quyết định").fill("15/QĐ-UBND")
    look(page, "lich-nhap-ngay")
    axe(page)
    page.get_by_role("button", name="Xem ảnh hưởng").click()
    expect(page.get_by_text("1 việc đổi hạn")).to_be_visible()
    look(page, "lich-nhap-ngay-xem")
    axe(page)
    page.get_by_role("button", name="Ghi ngày này").click()
    expect(page.get_by_text("1 việc đang mở đổi hạn.")).to_be_visible()
    look(page, "lich-lam-viec-van-hanh")
    page.goto("/lich-lam-viec/nhap-nam/?year=2027")
    look(page, "lich-nhap-nam")
    axe(page)


def test_a_term_is_counted_and_printed(world, vu, page, look, axe):
    decide_day(day=date(2026, 9, 3), working=False, reason="Nghỉ bù", decision="1/QĐ", by=vu.by, at=AT)
    page.goto("/thoi-han/")
    look(page, "thoi-han")
    axe(page)
    page.get_by_role("link", name="Thụ lý khiếu nại lần đầu").first.click()
    page.get_by_label("Ngày bắt đầu").fill("28/08/2026")
    page.get_by_role("button", name="Tính hạn").click()
    expect(page.get_by_text("Chậm nhất")).to_be_visible()
    look(page, "tinh-han")
    axe(page)
    page.get_by_role("link", name="Bản in").click()
    expect(page.get_by_role("heading", level=1, name="Phiếu tính hạn")).to_be_visible()
    look(page, "tinh-han-in")
    axe(page)
