"""The papers of a case and of a letter, where an officer looks for them."""

import re

from danvan.base.clock import now
from tests.matters.petitions import a_complaint, did


def test_anh_nam_takes_the_papers_of_a_case_with_him(page, world, nam, enter, look, axe):
    case = a_complaint(world.xa_binh_an, when=now())
    did(nam, "accept", case, when=now(), number="5/TB-UBND")
    code = case.lead.code
    enter(page, nam).goto(f"/viec/{code}/")
    page.locator("#viec-decide summary").first.click()
    look(page, "vu-viec-van-ban")
    axe(page)
    for link, name in {
        "^Thông báo thụ lý khiếu nại.*Word": f"{code}-complaint-acceptance.docx",
        "^PDF.*Thông báo thụ lý khiếu nại": f"{code}-complaint-acceptance.pdf",
        "^Dự thảo: quyết định giải quyết khiếu nại.*Word": f"{code}-decision.docx",
    }.items():
        with page.expect_download() as file:
            page.get_by_role("link", name=re.compile(link)).click()
        assert file.value.suggested_filename == name


def test_every_letter_has_its_receipt(page, world, nam, enter, look, axe):
    a_complaint(world.xa_binh_an, when=now())
    enter(page, nam).goto("/don/")
    page.get_by_text("Văn bản").first.click()
    look(page, "so-don-van-ban")
    axe(page)
    with page.expect_download() as file:
        page.get_by_role("link", name=re.compile("PDF.*Giấy biên nhận")).click()
    assert file.value.suggested_filename.endswith("-receipt.pdf")
