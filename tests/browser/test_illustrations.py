"""The mark of what was made up, as it stands on the pages."""

from playwright.sync_api import expect

from danvan.base.clock import now, today
from danvan.matters.actions import Said, receive
from danvan.matters.actions.meetings import Head, finish_meeting, new_meeting
from danvan.matters.actions.receptions import SessionNumbers, record_reception
from danvan.matters.actions.rows import TypedRow, save_rows
from danvan.matters.kinds import Field
from danvan.units.access import CITIZEN

SAID = "Cầu Đỏ ở ấp 3 bị gãy lan can từ tuần trước, trẻ em đi học qua rất nguy hiểm."


def test_the_mark_is_seen_and_in_nobodys_way(page, world, nam, enter, look, axe):
    said = Said(content=SAID, area_id=world.xa_binh_an.id, field=Field.ROADS, is_illustration=True,
                source="bài công bố ngày 04/01/2024")  # fmt: skip
    received = receive(said=said, by=CITIZEN, at=now())
    head = Head("Công an lắng nghe ý kiến Nhân dân", today(), "Nhà văn hóa ấp 3", world.xa_binh_an.id,
                "Trưởng Công an xã", 120, is_illustration=True)  # fmt: skip
    meeting = new_meeting(head=head, by=nam.by, at=now())
    save_rows(meeting_id=meeting.id, rows=[TypedRow("a" * 32, content=SAID, field="gt")], by=nam.by, at=now())
    finish_meeting(meeting_id=meeting.id, by=nam.by, at=now())
    numbers = SessionNumbers(held_on=today(), turns=4, persons=9, cases=3, is_illustration=True)
    record_reception(reception=numbers, by=nam.by, at=now())
    enter(page, nam)
    pages = {
        "hom-nay": "/hom-nay/", "danh-sach": "/viec/?folder=all", "viec": f"/viec/{received.matter.code}/",
        "buoi": "/buoi-lang-nghe/", "mot-buoi": f"/buoi-lang-nghe/{meeting.id}/", "tiep": "/tiep-cong-dan/",
    }  # fmt: skip
    for name, address in pages.items():
        page.goto(address)
        expect(page.get_by_text("Minh họa", exact=True).first).to_be_visible()
        look(page, f"minh-hoa-{name}")
        axe(page)
    page.goto("/tra-cuu/")
    page.get_by_label("Mã tra cứu").fill(received.matter.code)
    page.get_by_label("Mã PIN").fill(received.pin)
    page.get_by_role("button", name="Xem").click()
    expect(page.get_by_text("số liệu theo bài công bố ngày 04/01/2024")).to_be_visible()
    look(page, "minh-hoa-tra-cuu")
    axe(page)
