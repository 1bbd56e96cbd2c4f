"""The statutory forms on a phone and on a desk: a wide table that scrolls in its box, and a cell that opens."""

import pytest

from tests.reports.statutory.happening import Happening
from tests.world import an_officer


@pytest.fixture
def april(world, nam, tu):
    happening = Happening(world, nam, tu, an_officer(name="Lý Thị Tỉnh", unit=world.ubnd_tinh, role="officer"))
    happening.everything()
    return happening


def test_lan_reads_the_form_of_the_province_and_opens_a_cell(page, april, world, lan, enter, look, axe):
    enter(page, lan).goto(f"/bieu-mau/?bieu=01/XLD&ky=2026-04&donvi={world.ubnd_tinh.pk}")
    assert page.get_by_role("heading", level=1).inner_text() == "Biểu 01/XLD. Tổng hợp kết quả xử lý đơn"
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    look(page, "bieu-mau")
    axe(page)
    page.get_by_text("Từng cột đếm gì").first.click()
    look(page, "bieu-mau-cot")
    row = page.get_by_role("row", name="UBND xã Bình An")
    row.get_by_role("link", name="27", exact=True).click()
    assert "Tổng số đơn: 27 đơn" in page.get_by_role("heading", level=1).inner_text()
    look(page, "bieu-mau-o")
    axe(page)
    page.get_by_role("link", name="Biểu 01/XLD").click()
    assert page.get_by_role("row", name="UBND xã Bình An").count() == 1


def test_the_form_prints_on_one_sheet(page, april, world, nam, enter, look):
    enter(page, nam).goto(f"/bieu-mau/?bieu=03/KQGQ&ky=2026-04&donvi={world.ubnd_binh_an.pk}")
    page.emulate_media(media="print")
    look(page, "bieu-mau-in")
