"""Who may call the REST root, and what a refused call is told."""

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from typing import Annotated

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from ninja import NinjaAPI, Router, Schema
from ninja.errors import AuthenticationError
from ninja.testing import TestClient
from pydantic import Field
from pytest_django import DjangoAssertNumQueries

from danvan.base.clock import now, today
from danvan.base.errors import Refused
from danvan.units.access import Actor
from danvan.units.models import ApiToken, Holding
from danvan.web.api import Bearer, api
from tests.world import Officer

Machine = Callable[..., tuple[int, dict[str, str]]]
TOKEN = "mot-ma-truy-cap-dai-va-ngau-nhien"


def a_token(officer: Officer, *, expires_on: date | None = None) -> ApiToken:
    return ApiToken.objects.create(
        holding=officer.holding,
        name="máy đồng bộ",
        digest=hashlib.sha256(TOKEN.encode()).hexdigest(),
        created_at=now(),
        expires_on=expires_on or today() + timedelta(days=1),
    )


def calling(token: str = TOKEN) -> HttpRequest:
    return RequestFactory().get("/api/v1/", headers={"authorization": f"Bearer {token}"})


def acts(request: HttpRequest) -> Actor | None:
    try:
        return Bearer()(request)
    except AuthenticationError:
        return None


def test_a_token_acts_as_its_holding(nam: Officer) -> None:
    a_token(nam)
    request = calling()
    assert acts(request) == nam.by == request.by


def test_recognising_a_token_costs_one_query(nam: Officer, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    a_token(nam)
    with django_assert_num_queries(1):
        acts(calling())


def test_only_the_hash_of_a_token_is_kept(nam: Officer) -> None:
    assert TOKEN not in str(vars(a_token(nam)))


def test_a_wrong_token_is_nobody(nam: Officer) -> None:
    a_token(nam)
    assert acts(calling("sai")) is None


def test_an_expired_token_is_nobody(nam: Officer) -> None:
    a_token(nam, expires_on=today() - timedelta(days=1))
    assert acts(calling()) is None


def test_a_token_ends_with_its_holding(nam: Officer) -> None:
    a_token(nam)
    Holding.objects.update(valid_to=today())
    assert acts(calling()) is None


def test_a_token_ends_with_its_account(nam: Officer) -> None:
    a_token(nam)
    nam.account.is_active = False
    nam.account.save()
    assert acts(calling()) is None


def test_the_description_is_served_without_pages_from_elsewhere(client: Client) -> None:
    description = client.get("/api/v1/openapi.json").json()
    assert description["openapi"].startswith("3.1")
    assert set(description["components"]["securitySchemes"]) == {"Bearer", "Session"}
    assert client.get("/api/v1/docs").status_code == 404


class TestAnswers:
    """An API with the product's own ways of refusing, on a few operations that need no database."""

    @pytest.fixture
    def machine(self) -> Machine:
        class Opinion(Schema):
            content: Annotated[str, Field(min_length=20)]
            happened_on: date
            count: int = 0

        probe = NinjaAPI(urls_namespace="probe", auth=Bearer(), docs_url=None)
        probe._exception_handlers = api._exception_handlers
        router = Router()

        @router.post("/opinions", auth=None)
        def send(request: HttpRequest, opinion: Opinion) -> str:
            return opinion.content

        @router.get("/late", auth=None)
        def late(request: HttpRequest) -> str:
            raise Refused("too-late", "Việc đã được trả lời.", "day")

        @router.get("/closed")
        def closed(request: HttpRequest) -> str:
            return "open"

        probe.add_router("", router)
        tried = TestClient(probe)

        def called(method: str, path: str, **words: object) -> tuple[int, dict[str, str]]:
            response = getattr(tried, method)(path, **words)
            return response.status_code, response.json()

        return called

    @pytest.mark.parametrize(
        ("typed", "field", "message"),
        [
            ({}, "content", "Thiếu thông tin này."),
            ({"content": "ngắn"}, "content", "Cần ít nhất 20 ký tự."),
            (
                {"content": "đủ dài để gửi đi được rồi", "happened_on": "31/02"},
                "happened_on",
                "Ngày không đúng; viết như 2026-07-01.",
            ),
            (
                {"content": "đủ dài để gửi đi được rồi", "happened_on": "2026-07-01", "count": "ba"},
                "count",
                "Cần một con số.",
            ),
        ],
    )
    def test_wrong_input_names_the_field_in_vietnamese(
        self, machine: Machine, typed: dict[str, str], field: str, message: str
    ) -> None:
        assert machine("post", "/opinions", json=typed) == (
            422,
            {"code": "invalid", "message": message, "field": field},
        )

    def test_a_refusal_keeps_its_code_sentence_and_field(self, machine: Machine) -> None:
        assert machine("get", "/late") == (
            409,
            {"code": "too-late", "message": "Việc đã được trả lời.", "field": "day"},
        )

    def test_who_is_not_known_is_told_so(self, machine: Machine) -> None:
        status, told = machine("get", "/closed")
        assert (status, told["code"]) == (401, "not-signed-in")
