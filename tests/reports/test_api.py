"""Machines get what people get: the same figures, the same refusals."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from danvan.reports.models import Sheet
from danvan.units.models import ApiToken
from tests.reports.conftest import MARCH, Hear, signed
from tests.world import Officer, World

Sheets = dict[str, Sheet]
Call = Callable[..., tuple[int, dict[str, object]]]
WRONG = "Đã giải quyết 8.328/8.574 đơn, đạt 97,23%."


@pytest.fixture(autouse=True)
def in_march(frozen: time_machine.Traveller) -> None:
    frozen.move_to(datetime(2026, 3, 16, 2, tzinfo=UTC))


@pytest.fixture
def call(client: Client) -> Call:
    """One call with the officer's token."""

    def called(officer: Officer | None, verb: str, path: str, body: object = None) -> tuple[int, dict[str, object]]:
        headers = {}
        if officer is not None:
            secret = f"token-{officer.account.username}"
            ApiToken.objects.get_or_create(
                digest=hashlib.sha256(secret.encode()).hexdigest(),
                defaults={"holding": officer.holding, "name": "máy", "created_at": datetime(2026, 1, 1, tzinfo=UTC),
                          "expires_on": date(2027, 1, 1)},
            )  # fmt: skip
            headers["Authorization"] = f"Bearer {secret}"
        answer = client.generic(verb, f"/api/v1{path}", json.dumps(body) if body is not None else "",
                                content_type="application/json", headers=headers)  # fmt: skip
        return answer.status_code, answer.json()

    return called


def test_a_machine_signs_what_it_was_shown(world: World, march: Sheets, tu: Officer, hear: Hear, call: Call) -> None:
    hear(world.ubnd_binh_an, "2026-02-20")
    path = f"/sheets/{march['ubnd_binh_an'].id}"
    status, shown = call(tu, "GET", path)
    assert (status, shown["computed"]["petitions.received"]) == (200, 1)
    assert call(tu, "POST", f"{path}/sign", {"fingerprint": "0"})[0] == 409
    status, done = call(tu, "POST", f"{path}/sign", {"fingerprint": shown["fingerprint"]})
    assert (status, done["state"], len(done["digest"])) == (200, "signed", 64)
    assert call(tu, "POST", f"{path}/correct", {"reason": "Thiếu một đơn."})[1]["content"]["version"] == 2


def test_strangers_get_the_same_answer_as_for_an_unknown_sheet(
    march: Sheets, thu: Officer, ben: Officer, call: Call
) -> None:
    unknown = call(thu, "GET", "/sheets/01990000-0000-7063-8000-000000000000")
    for stranger in (thu, ben):
        for verb, path, body in (
            ("GET", "", None), ("POST", "/sign", {"fingerprint": "x"}), ("POST", "/correct", {"reason": "x"}),
            ("POST", "/answers", {"finding": "x", "text": "x"}), ("POST", "/accept", None),
        ):  # fmt: skip
            assert call(stranger, verb, f"/sheets/{march['ubnd_binh_an'].id}{path}", body) == unknown
    assert unknown[0] == 404


def test_the_rollup_tells_figures_and_who_is_missing(
    world: World, march: Sheets, tu: Officer, lan: Officer, thu: Officer, hear: Hear, call: Call
) -> None:
    hear(world.ubnd_binh_an, "2026-02-20")
    signed(march["ubnd_binh_an"], tu)
    path = f"/rollup?unit={world.ubnd_tinh.pk}&period={MARCH.code}"
    status, found = call(lan, "GET", path)
    assert (status, found["due"], found["signed"], len(found["missing"])) == (200, 4, 1, 3)
    assert found["total"]["petitions.received"] == 1
    assert call(thu, "GET", path)[0] == 404
    assert call(lan, "GET", path.replace("2026-03", "2026-99"))[0] == 422


def test_the_facts_behind_a_figure_are_as_many_as_the_figure(
    world: World, march: Sheets, nam: Officer, thu: Officer, hear: Hear, call: Call
) -> None:
    matter = hear(world.ubnd_binh_an, "2026-02-20")
    path = f"/facts?indicator=petitions.received&unit={world.ubnd_binh_an.pk}&period={MARCH.code}"
    status, found = call(nam, "GET", path)
    assert (status, found["total"], [row["code"] for row in found["rows"]]) == (200, 1, [matter.code])
    assert call(thu, "GET", path)[0] == 404


def test_lists_show_only_what_is_in_sight(march: Sheets, nam: Officer, lan: Officer, call: Call) -> None:
    assert len(call(nam, "GET", "/sheets")[1]["rows"]) == 1
    assert len(call(lan, "GET", "/sheets")[1]["rows"]) == 4
    assert call(None, "GET", "/sheets")[0] == 401


def test_dictionary_regimes_and_printed_figures_are_open(call: Call, db: None) -> None:
    assert {row["key"] for row in call(None, "GET", "/indicators")[1]} >= {"petitions.on-time-rate"}
    assert call(None, "GET", "/regimes")[1][0]["key"] == "DV-T"
    assert call(None, "GET", "/published-figures") == (200, [])


def test_a_report_is_checked_as_text_and_as_a_file(client: Client, call: Call, db: None) -> None:
    status, checked = call(None, "POST", "/check-report", {"text": WRONG})
    assert (status, [finding["computed"] for finding in checked["findings"]]) == (200, [97.13])
    file = SimpleUploadedFile("a.txt", WRONG.encode())
    assert client.post("/api/v1/check-report/file", {"file": file}).json()["findings"] == checked["findings"]
    broken = client.post("/api/v1/check-report/file", {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")})
    assert (broken.status_code, broken.json()["field"]) == (422, "file")
    assert call(None, "POST", "/check-report", {"text": "x" * 60_001})[0] == 422
