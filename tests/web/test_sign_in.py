"""Signing in and out through the pages, and what a session may not do."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pytest_django import Settings

from danvan.units.models import Account
from tests.world import PASSWORD, Officer

SIGN_IN = "/tai-khoan/dang-nhap/"
WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng."
LOCKED = "Đã sai quá nhiều lần. Tài khoản tạm khóa đăng nhập 5 phút, xin thử lại sau."
TypePassword = Callable[..., Any]


def page_of(response: HttpResponse) -> str:
    return response.content.decode()


def the_code(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def confirm_password(client: Client) -> None:
    client.post("/tai-khoan/xac-nhan/", {"password": PASSWORD})


def test_the_right_password_leads_to_the_desk(client: Client, nam: Officer, type_password: TypePassword) -> None:
    response = type_password(nam)
    assert (response.status_code, response["Location"]) == (302, reverse("today"))
    assert client.session["_auth_user_id"] == str(nam.account.pk)


def test_signing_in_goes_on_to_where_one_wanted_to_be(nam: Officer, type_password: TypePassword) -> None:
    assert type_password(nam, next="/tai-khoan/chuc-vu/")["Location"] == "/tai-khoan/chuc-vu/"


def test_signing_in_never_leads_to_another_site(nam: Officer, type_password: TypePassword) -> None:
    assert type_password(nam, next="https://lua.example/")["Location"] == reverse("today")


@pytest.mark.parametrize(("username", "password"), [("nam", "sai-mat-khau-roi"), ("khong-co-ai", PASSWORD)])
def test_a_wrong_password_and_an_unknown_name_are_told_alike(
    client: Client, nam: Officer, username: str, password: str
) -> None:
    page = page_of(client.post(SIGN_IN, {"login": username, "password": password}))
    assert WRONG in page
    assert "<title>Lỗi: Đăng nhập" in page


def test_five_wrong_passwords_lock_the_account_even_for_the_right_one(
    nam: Officer, type_password: TypePassword
) -> None:
    told = [WRONG in page_of(type_password(nam, "sai-mat-khau-roi")) for _ in range(5)]
    assert told == [True] * 5
    assert LOCKED in page_of(type_password(nam))


def test_a_lock_does_not_touch_another_account(nam: Officer, tu: Officer, type_password: TypePassword) -> None:
    for _ in range(6):
        type_password(nam, "sai-mat-khau-roi")
    assert type_password(tu).status_code == 302


def test_an_account_out_of_use_cannot_sign_in(client: Client, nam: Officer, type_password: TypePassword) -> None:
    nam.account.is_active = False
    nam.account.save()
    type_password(nam)
    assert "_auth_user_id" not in client.session


def test_the_key_of_the_session_changes_on_signing_in(
    client: Client, nam: Officer, type_password: TypePassword
) -> None:
    client.post(reverse("language"), {"language": "en"})
    session = client.session
    session["before"] = True
    session.save()
    key = session.session_key
    client.cookies["danvan"] = key
    type_password(nam)
    assert client.session.session_key != key
    assert not Session.objects.filter(session_key=key).exists()


def test_the_cookie_of_the_session_is_kept_from_scripts_and_other_sites(
    nam: Officer, type_password: TypePassword
) -> None:
    cookie = type_password(nam).cookies["danvan"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")


def test_behind_tls_the_cookie_is_sent_over_tls_only(
    nam: Officer, type_password: TypePassword, settings: Settings
) -> None:
    settings.SESSION_COOKIE_SECURE = True
    assert type_password(nam).cookies["danvan"]["secure"] is True


def test_pages_of_a_signed_in_person_are_kept_in_no_cache(sign_in: Callable[[Officer], Client], nam: Officer) -> None:
    assert sign_in(nam).get("/tai-khoan/chuc-vu/")["Cache-Control"] == "no-store"
    assert sign_in(nam).get("/")["Cache-Control"] == "no-store"


def test_signing_out_ends_the_session(client: Client, nam: Officer, type_password: TypePassword) -> None:
    type_password(nam)
    key = client.session.session_key
    response = client.post("/tai-khoan/dang-xuat/")
    assert response["Location"] == "/"
    assert response["Cache-Control"] == "no-store"
    assert not Session.objects.filter(session_key=key).exists()


def test_a_changed_password_ends_every_session(
    client: Client, sign_in: Callable[[Officer], Client], nam: Officer, type_password: TypePassword
) -> None:
    type_password(nam)
    elsewhere = sign_in(nam)
    words = {"oldpassword": PASSWORD, "password1": "ruong-lua-vang-dong", "password2": "ruong-lua-vang-dong"}
    client.post("/tai-khoan/mat-khau/", words)
    assert "_auth_user_id" not in client.session
    assert elsewhere.get("/tai-khoan/chuc-vu/").status_code == 302
    assert type_password(nam, "ruong-lua-vang-dong").status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "again", "sentence"),
    [
        ("sai-mat-khau", "ruong-lua-vang-dong", "ruong-lua-vang-dong", "Mật khẩu hiện tại chưa đúng."),
        (PASSWORD, "ngan", "ngan", "Mật khẩu quá ngắn, cần ít nhất 10 ký tự."),
        (PASSWORD, "ruong-lua-vang-dong", "ruong-lua-xanh-dong", "Hai lần nhập mật khẩu không giống nhau."),
        (PASSWORD, "password123", "password123", "Mật khẩu này quá phổ biến."),
    ],
)
def test_a_new_password_is_refused_in_plain_words(
    sign_in: Callable[[Officer], Client], nam: Officer, old: str, new: str, again: str, sentence: str
) -> None:
    words = {"oldpassword": old, "password1": new, "password2": again}
    assert sentence in page_of(sign_in(nam).post("/tai-khoan/mat-khau/", words))


class TestTemporaryPassword:
    @pytest.fixture
    def newcomer(self, nam: Officer, sign_in: Callable[[Officer], Client]) -> Client:
        Account.objects.update(password_is_temporary=True)
        return sign_in(nam)

    @pytest.mark.parametrize("path", ["/", "/hom-nay/", "/tai-khoan/chuc-vu/", "/khong-co-trang-nay/"])
    def test_it_opens_only_the_page_on_which_it_is_changed(self, newcomer: Client, path: str) -> None:
        assert newcomer.get(path)["Location"] == "/tai-khoan/mat-khau/"

    def test_that_page_says_so(self, newcomer: Client) -> None:
        assert "Mật khẩu bạn vừa dùng là mật khẩu tạm" in page_of(newcomer.get("/tai-khoan/mat-khau/"))

    def test_a_machine_is_refused(self, newcomer: Client) -> None:
        response = newcomer.get("/api/v1/openapi.json")
        assert (response.status_code, response.json()["code"]) == (409, "password-temporary")

    def test_a_password_of_ones_own_opens_the_desk(
        self, newcomer: Client, nam: Officer, type_password: TypePassword
    ) -> None:
        words = {"oldpassword": PASSWORD, "password1": "ruong-lua-vang-dong", "password2": "ruong-lua-vang-dong"}
        newcomer.post("/tai-khoan/mat-khau/", words)
        assert type_password(nam, "ruong-lua-vang-dong")["Location"] == reverse("today")
        assert not Account.objects.get(pk=nam.account.pk).password_is_temporary

    def test_one_may_leave_instead(self, newcomer: Client) -> None:
        assert newcomer.post("/tai-khoan/dang-xuat/")["Location"] == "/"


def test_nobody_can_sign_themselves_up(client: Client) -> None:
    for name in ("account_signup", "account_reset_password", "account_email"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    assert client.get("/tai-khoan/dang-ky/").status_code == 404


@pytest.mark.usefixtures("frozen")
class TestSecondStep:
    def turn_on(self, client: Client, nam: Officer, type_password: TypePassword) -> str:
        type_password(nam)
        confirm_password(client)
        secret: str = client.get("/tai-khoan/hai-lop/totp/activate/").context["form"].secret
        client.post("/tai-khoan/hai-lop/totp/activate/", {"code": the_code(secret)})
        return secret

    def test_it_is_asked_for_after_the_password(
        self, client: Client, nam: Officer, type_password: TypePassword
    ) -> None:
        secret = self.turn_on(client, nam, type_password)
        client.post("/tai-khoan/dang-xuat/")
        assert type_password(nam)["Location"] == "/tai-khoan/hai-lop/authenticate/"
        assert "_auth_user_id" not in client.session
        assert client.post("/tai-khoan/hai-lop/authenticate/", {"code": the_code(secret)})["Location"] == reverse(
            "today"
        )
        assert client.session["_auth_user_id"] == str(nam.account.pk)

    def test_a_wrong_or_used_code_is_refused(self, client: Client, nam: Officer, type_password: TypePassword) -> None:
        secret = self.turn_on(client, nam, type_password)
        used = the_code(secret)
        for code, right in (("1" + used, False), (used, True), (used, False)):
            client.post("/tai-khoan/dang-xuat/")
            type_password(nam)
            response = client.post("/tai-khoan/hai-lop/authenticate/", {"code": code})
            assert (response.status_code == 302) is right
            assert right or "Mã chưa đúng hoặc đã hết hạn." in page_of(response)

    def test_a_recovery_code_stands_in_for_the_telephone_once(
        self, client: Client, nam: Officer, type_password: TypePassword
    ) -> None:
        self.turn_on(client, nam, type_password)
        codes = client.get("/tai-khoan/hai-lop/recovery-codes/").context["unused_codes"]
        for status in (302, 200):
            client.post("/tai-khoan/dang-xuat/")
            type_password(nam)
            assert client.post("/tai-khoan/hai-lop/authenticate/", {"code": codes[0]}).status_code == status

    def test_the_password_is_asked_again_before_it_is_turned_on_or_off(
        self, client: Client, nam: Officer, type_password: TypePassword
    ) -> None:
        type_password(nam)
        response = client.get("/tai-khoan/hai-lop/totp/activate/")
        assert response["Location"] == "/tai-khoan/xac-nhan/?next=%2Ftai-khoan%2Fhai-lop%2Ftotp%2Factivate%2F"

    def test_it_can_be_turned_off(self, client: Client, nam: Officer, type_password: TypePassword) -> None:
        self.turn_on(client, nam, type_password)
        client.post("/tai-khoan/hai-lop/totp/deactivate/")
        assert not Authenticator.objects.filter(user=nam.account).exists()

    def test_its_secret_lies_sealed(self, client: Client, nam: Officer, type_password: TypePassword) -> None:
        secret = self.turn_on(client, nam, type_password)
        stored = Authenticator.objects.get(user=nam.account, type=Authenticator.Type.TOTP)
        assert secret not in str(stored.data)
        assert stored.wrap().validate_code(the_code(secret))
