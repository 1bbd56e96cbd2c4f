"""The frame around every page: language, headers, navigation and the post one acts in."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from danvan.units.access import Actor
from danvan.units.models import Holding
from danvan.units.roles import ROLES, Role
from danvan.web import shell
from tests.world import Officer, a_delegation

PUBLIC = ["/", "/kha-nang-tiep-can/", "/thong-tin-ca-nhan/"]
SignIn = Callable[[Officer], Client]


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_asks_the_database_nothing(path: str, static_files: object) -> None:
    """This test has no database: touching it would fail."""
    assert Client().get(path).status_code == 200


@pytest.mark.parametrize("path", PUBLIC)
def test_reading_a_public_page_sets_no_cookie(path: str, static_files: object) -> None:
    assert dict(Client().get(path).cookies) == {}


def test_the_front_door_leads_to_sending_and_to_looking_up(client: Client, static_files: object) -> None:
    page = client.get("/").content.decode()
    assert [f'href="{reverse(name)}"' in page for name in ("matter-send", "matter-track")] == [True, True]


def test_the_hotline_stands_on_every_public_page(client: Client, settings: Settings) -> None:
    settings.HOTLINE = "0292 3800 800"
    assert ["tel:0292 3800 800" in client.get(path).content.decode() for path in PUBLIC] == [True] * len(PUBLIC)


class TestLanguage:
    def test_it_is_vietnamese_whatever_the_browser_says(self, client: Client) -> None:
        response = client.get("/", headers={"accept-language": "en-US,en;q=0.9"})
        assert response["Content-Language"] == "vi"
        assert "Ông/Bà nói, chúng tôi nghe và trả lời" in response.content.decode()

    def test_it_changes_only_when_one_asks(self, client: Client) -> None:
        response = client.post("/ngon-ngu/", {"language": "en", "next": "/thong-tin-ca-nhan/"})
        assert response["Location"] == "/thong-tin-ca-nhan/"
        page = client.get("/thong-tin-ca-nhan/").content.decode()
        assert '<html lang="en">' in page
        assert "Your personal information" in page

    def test_it_changes_without_a_token(self, static_files: object) -> None:
        client = Client(enforce_csrf_checks=True)
        assert client.post("/ngon-ngu/", {"language": "en"}).cookies["danvan_language"].value == "en"

    def test_an_unknown_language_is_none(self, client: Client) -> None:
        client.cookies["danvan_language"] = "xx"
        assert client.get("/")["Content-Language"] == "vi"

    def test_changing_it_leads_to_no_other_site(self, client: Client) -> None:
        response = client.post("/ngon-ngu/", {"language": "en", "next": "https://lua.example/"})
        assert response["Location"] == "/"


class TestHeaders:
    @pytest.fixture
    def headers(self, client: Client) -> dict[str, str]:
        return dict(client.get("/").headers)

    def test_scripts_and_styles_come_from_here_only_and_never_stand_in_the_page(self, headers: dict[str, str]) -> None:
        policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
        assert (policy["default-src"], policy["script-src"], policy["style-src"]) == ("'none'", "'self'", "'self'")
        assert (policy["frame-ancestors"], policy["base-uri"], policy["form-action"]) == ("'none'", "'none'", "'self'")

    def test_pages_are_neither_framed_nor_guessed_at(self, headers: dict[str, str]) -> None:
        assert (headers["X-Frame-Options"], headers["X-Content-Type-Options"]) == ("DENY", "nosniff")
        assert headers["Referrer-Policy"] == "same-origin"

    @pytest.mark.usefixtures("static_files")
    def test_behind_tls_the_browser_is_told_to_stay_there(self, settings: Settings) -> None:
        settings.SECURE_HSTS_SECONDS = 31_536_000
        assert Client().get("/", secure=True)["Strict-Transport-Security"] == "max-age=31536000"


class TestPost:
    def test_who_holds_one_post_acts_in_it(self, sign_in: SignIn, nam: Officer) -> None:
        page = sign_in(nam).get("/tai-khoan/chuc-vu/")
        assert page.wsgi_request.by == nam.by

    def test_one_may_change_to_another_post_one_holds(self, sign_in: SignIn, nam: Officer, tu: Officer) -> None:
        deputy = a_delegation(of=tu, to=nam, valid_from=date(2026, 1, 1), valid_to=date(2099, 1, 1))
        client = sign_in(nam)
        assert client.get("/").wsgi_request.by == nam.by
        assert client.post("/tai-khoan/chuc-vu/", {"holding": deputy.holding.pk})["Location"] == reverse("today")
        assert client.get("/").wsgi_request.by == deputy.by

    def test_a_chosen_post_that_ended_falls_back_to_ones_own(self, sign_in: SignIn, nam: Officer, tu: Officer) -> None:
        deputy = a_delegation(of=tu, to=nam, valid_from=date(2026, 1, 1), valid_to=date(2099, 1, 1))
        client = sign_in(nam)
        client.post("/tai-khoan/chuc-vu/", {"holding": deputy.holding.pk})
        Holding.objects.filter(pk=deputy.holding.pk).update(valid_to=date(2026, 1, 2))
        assert client.get("/").wsgi_request.by == nam.by

    def test_the_post_of_somebody_else_is_refused(self, sign_in: SignIn, nam: Officer, thu: Officer) -> None:
        client = sign_in(nam)
        assert client.post("/tai-khoan/chuc-vu/", {"holding": thu.holding.pk}).status_code == 422
        assert client.get("/").wsgi_request.by == nam.by

    def test_who_is_not_signed_in_is_nobody(self, client: Client, db: None) -> None:
        assert client.get("/").wsgi_request.by.role is None
        assert client.get("/tai-khoan/chuc-vu/").status_code == 302

    @pytest.mark.parametrize("posts", [1, 3])
    def test_finding_out_who_acts_costs_one_query(
        self,
        sign_in: SignIn,
        nam: Officer,
        tu: Officer,
        django_assert_num_queries: DjangoAssertNumQueries,
        posts: int,
    ) -> None:
        for year in range(2, posts + 1):
            a_delegation(of=tu, to=nam, valid_from=date(2026, 1, 1), valid_to=date(2099, 1, year))
        request = sign_in(nam).get("/").wsgi_request
        assert request.user.is_authenticated
        with django_assert_num_queries(1):
            assert request.by.unit_id == nam.unit.pk
            assert len(request.holdings) == posts

    def test_the_whole_frame_costs_four_queries(
        self, sign_in: SignIn, nam: Officer, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        """Session, account, posts, name of the unit."""
        client = sign_in(nam)
        with django_assert_num_queries(4):
            client.get("/tai-khoan/mat-khau/")


@pytest.mark.parametrize(
    ("role", "keys"),
    [
        ("collaborator", "ty"),
        ("officer", "tyldbq"),
        ("leader", "tyldbq"),
        ("coordinator", "tybhq"),
        ("auditor", "tybhqn"),
        ("operator", "vacn"),
    ],
)
def test_the_navigation_shows_what_the_role_may_do(role: str, keys: str) -> None:
    by = Actor(label="", role=ROLES[role])
    assert "".join(entry.key for entry in shell.DESK if entry.concerns(by)) == keys


@pytest.mark.parametrize(("role", "name"), [("officer", "today"), ("auditor", "today"), ("operator", "unit-list")])
def test_everybody_begins_at_the_first_entry_of_theirs(role: str, name: str) -> None:
    assert shell.home_of(Actor(label="", role=ROLES[role])) == reverse(name)


def test_who_holds_no_post_begins_where_that_is_said(nam: Officer, type_password: Callable[..., Any]) -> None:
    Holding.objects.update(valid_to=date(2026, 1, 1))
    assert type_password(nam)["Location"] == reverse("post-choose")


def test_no_two_entries_share_a_key() -> None:
    assert len({entry.key for entry in shell.DESK}) == len(shell.DESK)


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.key)
def test_nobody_has_more_than_seven_entries(role: Role) -> None:
    assert len([entry for entry in shell.DESK if entry.concerns(Actor(label="", role=role))]) <= 7


@pytest.mark.parametrize(
    ("page", "key"),
    [("today", "t"), ("letter-list", "y"), ("letter-new", "y"), ("turn-list", "d"), ("form-show", "b")],
)
def test_the_page_one_is_on_is_marked(sign_in: SignIn, nam: Officer, page: str, key: str) -> None:
    request = sign_in(nam).get(reverse(page)).wsgi_request
    assert [link.key for link in shell.Desk(request).navigation if link.current] == [key]
