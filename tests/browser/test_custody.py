"""Custodians at work: a passphrase is set, two consent on two machines, the identity is seen once."""

import io
from datetime import timedelta

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Error

from danvan.base.clock import now
from danvan.people.actions import (
    appoint_custodian,
    ask_opening,
    consent,
    erase_expired,
    keep,
    seal_identity,
    set_passphrase,
)
from danvan.people.kinds import PlainIdentity, Purpose, Side
from tests.world import MAU, an_officer

PHRASES = {Side.FIRST: "bốn con cò bay ngang sông", Side.SECOND: "một giàn mướp trước hiên nhà"}


@pytest.fixture
def keepers(transactional_db, world, tu):
    made = {}
    for name, username, side in (("Phan Quốc Bình", "binh", Side.FIRST), ("Lâm Hải Yến", "yen", Side.SECOND)):
        officer = an_officer(name=name, username=username, unit=world.ubnd_binh_an, title="Công chức xã")
        key = appoint_custodian(
            unit_id=officer.unit.id, account_id=officer.account.pk, side=side, by=tu.by, at=now()
        )  # fmt: skip
        set_passphrase(custodian_id=key.pk, passphrase=PHRASES[side], by=officer.by, at=now())
        made[side] = officer
    return made


@pytest.fixture
def opening(keepers, world, nam):
    picture = Image.new("RGB", (500, 200), "white")
    ImageDraw.Draw(picture).line((20, 150, 480, 60), fill="navy", width=3)
    file = io.BytesIO()
    picture.save(file, "JPEG")
    plain = PlainIdentity(name="Tô Ngọc Vân Khánh", phone="0987123409", address="Số nhà 77B, ấp Rạch Gòi")
    unit = world.ubnd_binh_an.id
    identity = seal_identity(home_area=MAU, unit_id=unit, plain=plain, files=(file.getvalue(), b"%PDF-1.7"), at=now())
    return ask_opening(identity_id=identity.pk, purpose="Xác minh nhân thân", by=nam.by, unit_id=unit, at=now())


def test_a_leader_appoints_and_a_custodian_sets_the_passphrase(world, page, enter, look, axe, tu, nam):
    enter(page, tu).goto("/giu-khoa/")
    look(page, "giu-khoa-trong")
    axe(page)
    page.get_by_label("Người giữ khóa").select_option(label="Trần Văn Nam (nam)")
    page.get_by_label("bên thứ nhất").check()
    page.get_by_role("button", name="Giao giữ khóa").click()
    assert page.get_by_text("Đã giao Trần Văn Nam giữ khóa.").is_visible()
    enter(page, nam).goto("/giu-khoa/")
    page.get_by_role("link", name="Đặt cụm mật khẩu").click()
    look(page, "dat-cum-mat-khau")
    axe(page)
    page.get_by_label("Cụm mật khẩu", exact=True).fill("ngắn quá")
    page.get_by_label("Nhập lại cụm mật khẩu").fill("ngắn quá")
    page.get_by_role("button", name="Đặt cụm mật khẩu").click()
    assert page.get_by_label("Cụm mật khẩu", exact=True).input_value() == ""
    axe(page)
    for label in ("Cụm mật khẩu", "Nhập lại cụm mật khẩu"):
        page.get_by_label(label, exact=True).fill(PHRASES[Side.FIRST])
    page.get_by_role("button", name="Đặt cụm mật khẩu").click()
    assert page.get_by_text("Đã đặt cụm mật khẩu.").is_visible()


def test_the_second_consent_shows_the_identity_and_going_back_does_not(page, enter, look, axe, keepers, opening):
    enter(page, keepers[Side.FIRST]).goto("/mo-danh-tinh/")
    look(page, "mo-danh-tinh")
    axe(page)
    page.get_by_role("link", name="Xác minh nhân thân").click()
    look(page, "yeu-cau-mo")
    axe(page)
    page.get_by_label("Cụm mật khẩu của bạn").fill(PHRASES[Side.FIRST])
    page.get_by_role("button", name="Đồng ý mở").click()
    assert page.get_by_text("Bên kia có 24 giờ để đồng ý.").is_visible()
    enter(page, keepers[Side.SECOND]).goto(f"/mo-danh-tinh/{opening.pk}/")
    axe(page)
    page.get_by_label("Cụm mật khẩu của bạn").fill(PHRASES[Side.SECOND])
    page.get_by_role("button", name="Đồng ý mở").click()
    assert page.get_by_text("Tô Ngọc Vân Khánh").is_visible()
    assert page.get_by_role("img", name="Ảnh chụp tệp 1").evaluate("image => image.naturalWidth") == 500
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải tệp 2").click()
    assert download.value.suggested_filename.startswith("tep-2")
    look(page, "danh-tinh")
    axe(page)
    page.get_by_role("link", name="Đã xem xong").click()
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        page.go_back()


def test_custody_with_its_log_handing_over_and_what_was_destroyed(page, enter, look, axe, keepers, opening, tu, kim):
    consent(opening_id=opening.pk, passphrase=PHRASES[Side.FIRST], by=keepers[Side.FIRST].by, at=now())
    enter(page, tu).goto("/giu-khoa/")
    look(page, "giu-khoa")
    axe(page)
    page.get_by_role("link", name="Thôi giữ khóa").first.click()
    look(page, "thoi-giu-khoa")
    axe(page)
    enter(page, keepers[Side.FIRST]).goto("/giu-khoa/")
    page.get_by_role("link", name="Bàn giao").click()
    axe(page)
    look(page, "ban-giao")
    for days in (300, 250):
        keep(home_area=MAU, purpose=Purpose.ANSWER, phone="0912345678", at=now() - timedelta(days=days))
    erase_expired(at=now())
    enter(page, kim).goto("/du-lieu-da-huy/")
    look(page, "du-lieu-da-huy")
    axe(page)
