"""What the frame promises to hands and eyes: focus, keys, paper, and the same without scripts."""

import pytest

SIGN_IN = "/tai-khoan/dang-nhap/"


def send_empty(page):
    page.goto(SIGN_IN)
    page.click("main button")


def test_after_a_mistake_the_focus_is_on_the_summary(page, world):
    send_empty(page)
    assert page.title() == "Lỗi: Đăng nhập – danvan"
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.click(".error-summary a >> nth=0")
    assert page.evaluate("document.activeElement.id") == "id_login"


def test_after_a_mistake_the_focus_is_on_the_summary_without_scripts_too(without_javascript, world):
    send_empty(without_javascript)
    assert without_javascript.locator(".error-summary:focus").count() == 1


def test_the_first_stop_of_the_keyboard_leads_to_the_content(desktop, world):
    desktop.goto("/")
    desktop.keyboard.press("Tab")
    assert desktop.locator(".skip").bounding_box()["x"] >= 0
    desktop.keyboard.press("Enter")
    assert desktop.evaluate("document.activeElement.id") == "noi-dung"


def test_every_stop_of_the_keyboard_can_be_seen(desktop, world):
    """Yellow and black, whatever the element stands on."""
    desktop.goto("/")
    stops = desktop.locator("a, button").count()
    for _ in range(stops):
        desktop.keyboard.press("Tab")
        look = desktop.evaluate(
            "(e => [e, e.closest('.door') ?? e].map(x => getComputedStyle(x)).map(s => s.backgroundColor + s.boxShadow).join())"
            "(document.activeElement)"
        )
        assert "rgb(255, 221, 0)" in look


def test_targets_of_the_portal_are_large_enough_for_a_thumb(phone, world):
    phone.goto("/")
    small = phone.evaluate(
        "[...document.querySelectorAll('main .door, main .emergency a, .site-bar a, .site-bar button, .hotline a')]"
        ".map(e => e.getBoundingClientRect()).filter(r => r.height < 40 || r.width < 24).length"
    )
    assert small == 0


def test_a_page_can_be_enlarged_to_four_hundred_per_cent(open_page, world):
    page = open_page({"viewport": {"width": 320, "height": 256}})
    for path in ("/", SIGN_IN, "/thong-tin-ca-nhan/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_menu_of_the_desk_opens_without_scripts(without_javascript, tu, enter):
    enter(without_javascript, tu)
    without_javascript.goto("/tai-khoan/chuc-vu/")
    without_javascript.click("details.menu > summary")
    assert without_javascript.get_by_role("button", name="Đăng xuất").is_visible()


def test_the_keys_of_the_desk(desktop, tu, enter):
    enter(desktop, tu)
    desktop.goto("/tai-khoan/mat-khau/")
    desktop.keyboard.press("?")
    assert desktop.locator("#phim-tat[open]").count() == 1
    desktop.click("details.menu > summary")
    desktop.keyboard.press("Escape")
    assert desktop.locator("details.menu[open]").count() == 0
    desktop.evaluate("document.activeElement.blur()")
    desktop.keyboard.press("g")
    desktop.keyboard.press("t")
    desktop.wait_for_url("**/hom-nay/")


def test_keys_are_letters_while_one_types(desktop, tu, enter):
    enter(desktop, tu)
    desktop.goto("/tai-khoan/mat-khau/")
    desktop.focus("#id_oldpassword")
    desktop.keyboard.type("gt?")
    assert desktop.input_value("#id_oldpassword") == "gt?"
    assert desktop.url.endswith("/tai-khoan/mat-khau/")


def test_paper_shows_the_page_and_none_of_the_frame(desktop, tu, enter):
    enter(desktop, tu)
    desktop.goto("/tai-khoan/hai-lop/")
    desktop.emulate_media(media="print")
    frame = ".desk-header, .desk-nav, .desk-footer, .crumbs, .actions"
    assert [part.is_visible() for part in desktop.locator(frame).all()] == [False] * desktop.locator(frame).count()
    assert desktop.locator("h1").is_visible()


@pytest.mark.parametrize("path", ["/khong-co-trang-nay/", "/tai-khoan/hai-lop/totp/deactivate/"])
def test_an_error_page_is_a_page_of_ours(page, tu, enter, axe, path):
    enter(page, tu)
    page.goto(path)
    assert page.get_by_role("link", name="Về trang chủ").is_visible()
    axe(page)


def test_what_stands_above_a_paper_lies_in_a_landmark_and_is_not_printed(page, world, axe):
    page.goto("/tinh-han/in/?rule=TCD-28&start=12/03/2026")
    bar = page.get_by_role("banner")
    assert bar.get_by_role("link", name="Quay lại").is_visible()
    axe(page)
    page.emulate_media(media="print")
    assert not bar.is_visible()
