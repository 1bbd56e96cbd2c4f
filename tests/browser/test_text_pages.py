"""Comparing, publishing and finding answers, with real keys in a real browser."""

from playwright.sync_api import expect

from danvan.base.clock import now
from danvan.matters.actions import Said, ToPublish, Words, act, publish_answer, receive
from danvan.matters.kinds import Field, Kind
from danvan.units.access import CITIZEN

BRIDGE = "Cầu Đỏ ở ấp 3 bị gãy lan can từ tuần trước, trẻ em đi học qua rất nguy hiểm. Gọi bà Hoa 0912345678."


def told(world, content=BRIDGE):
    said = Said(content=content, area_id=world.xa_binh_an.id, kind=Kind.REFLECTION, field=Field.ROADS)
    return receive(said=said, by=CITIZEN, at=now()).matter


def answered(world, nam):
    matter = told(world)
    words = Words(text="Xã đã thay lan can mới ngày 10/3.")
    return act(matter_id=matter.pk, verb="answer", words=words, by=nam.by, at=now())


def test_anh_nam_compares_two_letters_and_links_them(world, page, nam, enter, look, axe):
    first, again = told(world), told(world, BRIDGE.replace("Cầu Đỏ", "Cau Do"))
    enter(page, nam).goto(f"/viec/{again.code}/giong/")
    axe(page)
    page.get_by_role("link", name=f"So sánh với {first.code}").click()
    look(page, "so-sanh")
    page.get_by_label("Lý do").fill("Gửi lại sau một giờ")
    page.get_by_role("button", name="Liên kết", exact=True).click()
    expect(page.get_by_text("Đã liên kết. Cả hai việc")).to_be_visible()
    axe(page)


def test_the_desk_shows_what_was_sent_before_and_writes_after_a_choice(world, page, nam, enter, look, axe):
    first = told(world)
    enter(page, nam).goto("/viec/moi/")
    page.get_by_label("Lĩnh vực").select_option("roads")
    page.get_by_label("Xã, phường nơi có việc").fill("xã Bình An")
    page.get_by_label("Nội dung").fill(BRIDGE.lower())
    page.get_by_role("button", name="Ghi và mở phiếu tiếp").click()
    expect(page.get_by_text("Chưa ghi gì.")).to_be_visible()
    look(page, "tiep-nhan-trung")
    axe(page)
    page.get_by_label(f"Liên kết với {first.code}").check()
    page.get_by_label("Lý do").fill("Cùng một người")
    page.get_by_role("button", name="Ghi và mở phiếu tiếp").click()
    expect(page.locator("#ma-pin, .big-code").first).to_be_visible()


def test_anh_nam_publishes_and_anybody_finds_it(world, page, nam, enter, look, axe):
    matter = answered(world, nam)
    enter(page, nam).goto(f"/viec/{matter.code}/cong-khai/")
    look(page, "cong-khai")
    axe(page)
    page.get_by_label("Người dân hỏi, phản ánh điều gì").fill("Cầu Đỏ ở ấp 3 gãy lan can.")
    page.get_by_label("Tôi đã đọc toàn bộ").check()
    page.get_by_role("button", name="Công khai", exact=True).click()
    expect(page.get_by_text("Đã công khai.")).to_be_visible()
    page.goto("/da-tra-loi/?q=lan+can+gay")
    look(page, "da-tra-loi")
    axe(page)
    page.get_by_role("link", name="Cầu Đỏ ở ấp 3 gãy lan can.").click()
    look(page, "mot-cau-tra-loi")
    axe(page)


def test_a_list_is_kept_under_a_name(world, page, nam, enter, look, axe):
    enter(page, nam).goto("/viec/?folder=late&field=land")
    page.get_by_role("link", name="Lưu danh sách này").click()
    page.get_by_label("Tên danh sách").fill("Đất đai quá hạn")
    page.get_by_role("button", name="Lưu", exact=True).click()
    look(page, "danh-sach-da-luu")
    axe(page)
    page.get_by_role("link", name="Đất đai quá hạn").click()
    expect(page).to_have_url("/viec/?field=land&folder=late")


def test_an_answer_out_already_can_be_taken_back(world, page, nam, enter, axe):
    matter = answered(world, nam)
    words = ToPublish("Cầu Đỏ gãy lan can.", "Đã thay.", confirmed=True)
    publish_answer(matter_id=matter.pk, words=words, by=nam.by, at=now())
    enter(page, nam).goto(f"/viec/{matter.code}/cong-khai/")
    axe(page)
    page.get_by_label("Vì sao gỡ?").fill("Nhầm việc")
    page.get_by_role("button", name="Gỡ khỏi trang công khai").click()
    expect(page.get_by_text("Đã gỡ khỏi trang công khai.")).to_be_visible()
