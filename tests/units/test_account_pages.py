"""Accounts and posts: given by operators for their own units, written into a log, never reaching further than they see."""

import re
from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from danvan.base.errors import Absent, Invalid, Refused
from danvan.units.access import holdings_of, system
from danvan.units.actions import (
    Seat,
    end_holding,
    end_unit,
    give_post,
    issue_token,
    open_account,
    reset_password,
    revoke_token,
    stop_account,
)
from danvan.units.kinds import Event
from danvan.units.models import Account, AdminEvent, ApiToken, Holding
from danvan.units.queries.accounts import accounts, admin_events
from tests.world import AT, PASSWORD, TODAY, an_officer

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock(frozen):
    """The pages ask what day it is."""


def text(response) -> str:
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def log() -> list[tuple[str, str, str]]:
    return [(e.account, e.verb, e.subject) for e in AdminEvent.objects.order_by("id")]


PERSON = {
    "full_name": "Đỗ Thị Bé", "username": "be.dt", "email": "", "title": "Công chức văn hóa", "role": "officer",
    "valid_from": "12/03/2026", "last_day": "",
}  # fmt: skip


class TestOpening:
    def add(self, sign_in, vu, world, **changed) -> object:
        return sign_in(vu).post(f"/don-vi/{world.ubnd_binh_an.pk}/them-tai-khoan/", PERSON | changed)

    def test_a_new_person_gets_a_post_and_a_password_that_is_shown_once(self, sign_in, vu, world):
        page = self.add(sign_in, vu, world)
        shown = re.search(r'id="mat-khau">([^<]+)<', page.content.decode())
        account = Account.objects.get(username="be.dt")
        assert shown
        assert [account.check_password(shown[1]), account.password_is_temporary] == [True, True]
        assert [h.post.title for h in holdings_of(account, TODAY)] == ["Công chức văn hóa"]
        assert page["Cache-Control"] == "no-store"
        assert log() == [
            ("Hồ Anh Vũ (vu)", "account-added", "Đỗ Thị Bé (be.dt)"),
            ("Hồ Anh Vũ (vu)", "post-given", "Đỗ Thị Bé (be.dt)"),
        ]
        assert shown[1] not in "".join(e.detail for e in AdminEvent.objects.all())

    def test_until_the_password_is_changed_nothing_else_opens(self, sign_in, vu, world, client):
        _account, password = open_account(
            username="be", full_name="Bé", seat=Seat(world.ubnd_binh_an.pk, "Cán bộ", "officer"), by=vu.by, at=AT
        )
        client.post("/tai-khoan/dang-nhap/", {"login": "be", "password": password})
        assert client.get("/uy-quyen/")["Location"] == "/tai-khoan/mat-khau/"
        new = {"oldpassword": password, "password1": "mot-mat-khau-rieng", "password2": "mot-mat-khau-rieng"}
        client.post("/tai-khoan/mat-khau/", new)
        client.post("/tai-khoan/dang-nhap/", {"login": "be", "password": "mot-mat-khau-rieng"})
        assert client.get("/uy-quyen/").status_code == 200

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"username": "NAM"}, "Tên đăng nhập đã có người dùng."),
            ({"username": "bé thị"}, "Tên đăng nhập gồm từ 2 đến 60 chữ cái không dấu"),
            ({"full_name": " "}, "Ghi họ và tên."),
            ({"email": "khong-phai"}, "Địa chỉ thư chưa đúng."),
            ({"role": "vua"}, "vua"),
            ({"role": ""}, "Chọn một vai trò."),
            ({"title": ""}, "Ghi chức vụ."),
            ({"valid_from": "30/02/2026"}, "Ngày chưa đúng"),
            ({"valid_from": "01/01/2020"}, "Đơn vị không hoạt động vào ngày 01/01/2020."),
            ({"last_day": "01/01/2026"}, "Ngày kết thúc phải sau ngày bắt đầu."),
            ({"last_day": "31/12/9999"}, "Ngày chưa đúng"),
        ],
    )
    def test_what_is_wrong_stands_at_its_field_and_nothing_is_made(self, sign_in, vu, nam, world, changed, sentence):
        page = self.add(sign_in, vu, world, **changed)
        assert page.status_code == 422
        assert sentence in text(page)
        assert [Account.objects.count(), AdminEvent.objects.count()] == [2, 0]

    def test_one_who_has_an_account_gets_a_further_post_by_user_name(self, sign_in, vu, ben, world):
        form = {"username": "ben", "title": "Biệt phái", "role": "collaborator", "valid_from": "12/03/2026"}
        sign_in(vu).post(f"/don-vi/{world.ubnd_binh_an.pk}/giao-chuc-vu/", form)
        assert [h.post.title for h in holdings_of(ben.account, TODAY)] == [ben.post.title, "Biệt phái"]

    def test_the_same_post_is_not_given_twice_at_once(self, vu, nam, world):
        seat = {"account": nam.account, "unit_id": nam.unit.pk, "title": nam.post.title, "role": "officer"}
        with pytest.raises(Invalid, match="đang giữ chức vụ đó"):
            give_post(**seat, by=vu.by, at=AT)

    def test_nobody_gives_posts_to_themselves(self, vu, world):
        with pytest.raises(Refused, match="Không tự giao chức vụ"):
            give_post(account=vu.account, unit_id=world.ubnd_binh_an.pk, title="x", role="officer", by=vu.by, at=AT)


class TestReach:
    def test_the_list_holds_ones_own_people_only(self, vu, nam, ben, world):
        police = an_officer(name="Công an", unit=world.cong_an_binh_an, username="ca")
        shown = {person.account.username for person in accounts(vu.by, TODAY).rows}
        assert shown == {"vu", "nam"}
        assert {ben.account.username, police.account.username} & shown == set()

    def test_people_are_found_without_accents_by_any_word(self, vu, nam, tu):
        found = [[p.account.username for p in accounts(vu.by, TODAY, typed=typed).rows] for typed in ("tran nam", "TƯ")]
        assert found == [["nam"], ["tu"]]

    def test_they_are_listed_by_their_given_names(self, vu, world):
        for name in ("Trần Văn Bình", "Đỗ Ánh", "Lê Văn An"):
            an_officer(name=name, unit=world.ubnd_binh_an, username=name.split()[-1])
        assert [p.account.full_name.split()[-1] for p in accounts(vu.by, TODAY).rows] == ["An", "Ánh", "Bình", "Vũ"]

    def test_pages_go_on_by_key(self, vu, world, monkeypatch):
        monkeypatch.setattr("danvan.units.queries.accounts.SIZE", 2)
        for name in ("An", "Bình", "Cường", "Dung"):
            an_officer(name=f"Lê {name}", unit=world.ubnd_binh_an)
        first = accounts(vu.by, TODAY)
        second = accounts(vu.by, TODAY, after=first.next)
        third = accounts(vu.by, TODAY, after=second.next)
        back = accounts(vu.by, TODAY, before=second.previous)
        given = [[p.account.full_name.split()[-1] for p in page.rows] for page in (first, second, third, back)]
        assert given == [["An", "Bình"], ["Cường", "Dung"], ["Vũ"], ["An", "Bình"]]
        assert [first.previous, third.next, back.previous] == [None, None, None]

    @pytest.mark.parametrize("cursor", ["x", "999999", "1; drop"])
    def test_a_cursor_that_is_none_is_told(self, sign_in, vu, cursor):
        assert sign_in(vu).get("/don-vi/tai-khoan/", {"after": cursor}).status_code == 422

    @pytest.mark.parametrize("more", [1, 3])
    def test_the_list_costs_the_same_for_one_and_three(self, sign_in, vu, world, more, django_assert_num_queries):
        for number in range(more):
            an_officer(name=f"Người {number}", unit=world.ubnd_binh_an)
        client = sign_in(vu)
        with django_assert_num_queries(7):
            client.get("/don-vi/tai-khoan/")

    @pytest.mark.parametrize("who", ["nam", "lan", "kim"])
    def test_others_than_operators_are_refused_plainly(self, request, sign_in, tu, who):
        client = sign_in(request.getfixturevalue(who))
        pages = [client.get("/don-vi/tai-khoan/"), client.get(f"/don-vi/tai-khoan/{tu.account.pk}/")]
        assert [page.status_code for page in pages] == [403, 403]
        assert tu.name not in pages[1].content.decode()

    def test_an_account_of_another_province_is_not_there_by_any_way(self, sign_in, vu, ben):
        client, pk = sign_in(vu), ben.account.pk
        paths = [f"/don-vi/tai-khoan/{pk}/{verb}" for verb in ("mat-khau/", "ngung/", "mo-lai/")]
        paths += [f"/don-vi/chuc-vu/{ben.holding.pk}/{verb}" for verb in ("thoi/", "ma/")]
        answers = [
            client.get(f"/don-vi/tai-khoan/{pk}/"),
            *(client.post(path, {"last_day": "12/03/2026"}) for path in paths),
        ]
        assert [answer.status_code for answer in answers] == [404] * 6
        assert ben.account.check_password(PASSWORD)

    def test_who_also_sits_elsewhere_keeps_their_password(self, vu, nam, world):
        """Handing out a password would hand out the other post too."""
        give_post(
            account=nam.account, unit_id=world.ubnd_xa_ben.pk, title="Khác", role="leader", by=system("bạn"), at=AT
        )
        for action in (reset_password, stop_account):
            with pytest.raises(Refused, match="ngoài phạm vi"):
                action(account_id=nam.account.pk, by=vu.by, at=AT)

    def test_nobody_stops_themselves(self, vu):
        with pytest.raises(Refused, match="của chính mình"):
            stop_account(account_id=vu.account.pk, by=vu.by, at=AT)

    def test_officers_of_an_ended_unit_can_be_seated_anew(self, vu, nam, world):
        end_unit(
            unit_id=nam.unit.pk, successor_id=world.ubnd_phu_loc.pk, on=TODAY, event=Event.MERGE, source="NQ", by=vu.by,
            at=AT,
        )  # fmt: skip
        assert "nam" in {p.account.username for p in accounts(vu.by, TODAY).rows}
        give_post(account=nam.account, unit_id=world.ubnd_phu_loc.pk, title="Cán bộ", role="officer", by=vu.by, at=AT)
        assert [h.post.unit_id for h in holdings_of(nam.account, TODAY)] == [world.ubnd_phu_loc.pk]


class TestEndingAndStopping:
    def test_a_post_lasts_to_the_end_of_the_last_day(self, sign_in, vu, nam):
        sign_in(vu).post(f"/don-vi/chuc-vu/{nam.holding.pk}/thoi/", {"last_day": "14/03/2026"})
        assert [len(holdings_of(nam.account, date(2026, 3, day))) for day in (14, 15)] == [1, 0]
        assert log() == [("Hồ Anh Vũ (vu)", "post-ended", f"Trần Văn Nam (nam) – {nam.post.title}")]

    def test_a_seat_that_never_began_is_taken_away(self, vu, nam, world):
        later = give_post(
            account=nam.account,
            unit_id=nam.unit.pk,
            title="Phó",
            role="leader",
            valid_from=TODAY + 9 * DAY,
            by=vu.by,
            at=AT,
        )
        end_holding(holding_id=later.pk, on=TODAY, by=vu.by, at=AT)
        assert not Holding.objects.filter(pk=later.pk).exists()

    def test_a_day_missing_is_asked_for_where_it_stands(self, sign_in, vu, nam):
        page = sign_in(vu).post(f"/don-vi/chuc-vu/{nam.holding.pk}/thoi/", {"last_day": ""})
        assert (page.status_code, "Ghi ngày cuối cùng." in text(page)) == (422, True)

    def test_a_stopped_account_is_signed_out_and_can_be_resumed(self, sign_in, vu, nam):
        his = sign_in(nam)
        sign_in(vu).post(f"/don-vi/tai-khoan/{nam.account.pk}/ngung/")
        assert his.get("/uy-quyen/").status_code == 302
        sign_in(vu).post(f"/don-vi/tai-khoan/{nam.account.pk}/mo-lai/")
        assert his.get("/uy-quyen/").status_code == 200

    def test_a_new_password_signs_out_and_may_take_the_second_step_away(self, sign_in, vu, nam):
        Authenticator.objects.create(user=nam.account, type=Authenticator.Type.TOTP, data={})
        his = sign_in(nam)
        page = sign_in(vu).post(f"/don-vi/tai-khoan/{nam.account.pk}/mat-khau/", {"without_second_step": "on"})
        assert "chỉ hiện một lần" in text(page)
        assert his.get("/uy-quyen/").status_code == 302
        nam.account.refresh_from_db()
        assert [nam.account.password_is_temporary, nam.account.check_password(PASSWORD)] == [True, False]
        assert not Authenticator.objects.exists()


class TestTokens:
    def issue(self, sign_in, vu, nam, **changed):
        form = {"name": "Phần mềm một cửa", "expires_on": "31/12/2026"} | changed
        return sign_in(vu).post(f"/don-vi/chuc-vu/{nam.holding.pk}/ma/", form)

    def test_a_key_is_shown_once_opens_the_post_and_can_be_revoked(self, sign_in, vu, nam):
        shown = re.search(r'id="ma">([^<]+)<', self.issue(sign_in, vu, nam).content.decode())
        assert shown
        row = ApiToken.objects.get()
        assert shown[1] not in {row.digest, row.name}
        sign_in(vu).post(f"/don-vi/tai-khoan/{nam.account.pk}/ma/{row.pk}/thu-hoi/")
        row.refresh_from_db()
        assert row.expires_on == TODAY - DAY
        assert [verb for _who, verb, _what in log()] == ["token-issued", "token-revoked"]

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"name": ""}, "Ghi tên máy"),
            ({"expires_on": "12/03/2026"}, "Mã có hạn từ ngày mai"),
            ({"expires_on": "01/01/2030"}, "không quá 366 ngày"),
        ],
    )
    def test_a_key_needs_a_name_and_an_end(self, sign_in, vu, nam, changed, sentence):
        page = self.issue(sign_in, vu, nam, **changed)
        assert (page.status_code, sentence in text(page), ApiToken.objects.count()) == (422, True, 0)

    def test_sending_the_form_twice_makes_one_key(self, sign_in, vu, nam):
        self.issue(sign_in, vu, nam)
        assert "Đã có mã còn hạn mang tên này" in text(self.issue(sign_in, vu, nam))
        assert ApiToken.objects.count() == 1

    def test_the_stranger_can_neither_issue_nor_revoke(self, nam, thu):
        with pytest.raises(Refused):
            issue_token(holding=nam.holding, name="x", expires_on=TODAY + DAY, by=thu.by, at=AT)
        issue_token(holding=nam.holding, name="x", expires_on=TODAY + DAY, by=nam.by, at=AT)
        with pytest.raises(Refused):
            revoke_token(token_id=ApiToken.objects.get().pk, by=thu.by, at=AT)


class TestLog:
    def test_operators_and_auditors_read_what_was_done_in_their_units(self, sign_in, vu, kim, nam, ben, world):
        stop_account(account_id=nam.account.pk, by=vu.by, at=AT)
        give_post(
            account=ben.account, unit_id=ben.unit.pk, title="Riêng của tỉnh Bạn", role="leader", by=system("bạn"), at=AT
        )
        pages = [text(sign_in(reader).get("/don-vi/nhat-ky/")) for reader in (vu, kim)]
        assert ["ngừng tài khoản Trần Văn Nam (nam)" in page for page in pages] == [True, True]
        assert ["Riêng của tỉnh Bạn" in page for page in pages] == [False, False]

    @pytest.mark.parametrize("who", ["nam", "tu", "lan"])
    def test_others_do_not(self, request, sign_in, who):
        assert sign_in(request.getfixturevalue(who)).get("/don-vi/nhat-ky/").status_code == 403

    def test_a_line_is_neither_changed_nor_removed(self, vu, nam):
        stop_account(account_id=nam.account.pk, by=vu.by, at=AT)
        line = AdminEvent.objects.get()
        for attempt in (line.save, line.delete, AdminEvent.objects.all().delete):
            with pytest.raises(TypeError):
                attempt()
        with pytest.raises(TypeError):
            AdminEvent.objects.update(subject="khác")

    def test_a_line_stays_readable_when_the_person_is_renamed(self, vu, nam):
        stop_account(account_id=nam.account.pk, by=vu.by, at=AT)
        Account.objects.filter(pk=vu.account.pk).update(full_name="Tên khác")
        (line,) = admin_events(vu.by, TODAY).rows
        assert (line.account, line.post) == ("Hồ Anh Vũ (vu)", "Vận hành hệ thống – Ủy ban nhân dân tỉnh Mẫu")


def test_an_account_page_shows_each_role_with_its_sentence(sign_in, vu, nam):
    page = text(sign_in(vu).get(f"/don-vi/tai-khoan/{nam.account.pk}/"))
    assert "Cán bộ tiếp nhận, giải quyết: Tiếp nhận, chuyển, hỏi thêm, trả lời ý kiến thuộc đơn vị mình" in page


def test_the_holding_of_nobody_is_not_there(vu):
    with pytest.raises(Absent):
        end_holding(holding_id=999_999, on=TODAY, by=vu.by, at=AT)


def test_writing_needs_the_post_method(sign_in, vu, nam):
    client: Client = sign_in(vu)
    paths = [f"/don-vi/tai-khoan/{nam.account.pk}/ngung/", f"/don-vi/chuc-vu/{nam.holding.pk}/thoi/"]
    assert [client.get(path).status_code for path in paths] == [405, 405]
