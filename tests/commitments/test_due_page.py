"""Counting a term: everybody may, each day is explained, and the answer is that of the command line."""

import re

import pytest

from danvan.commitments.actions import decide_day
from danvan.rules.clock import all_rules
from danvan.web.commands.due import run
from tests.world import AT


@pytest.fixture(autouse=True)
def _clock(frozen):
    """The pages ask what day it is."""


def text(response) -> str:
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


ASKED = {"rule": "KN-28", "start": "21/08/2026"}


def test_a_term_is_counted_and_every_day_of_it_explained(client, world):
    page = text(client.get("/tinh-han/", ASKED))
    assert "Chậm nhất thứ Hai, ngày 21 tháng 9 năm 2026" in page
    assert "Theo luật là 20/09/2026, lùi vì rơi vào ngày nghỉ." in page
    assert "Từ 22/08/2026 đến 20/09/2026: tính 30 ngày (30/30)." in page
    assert "Mức chứng cứ của số ngày: đọc trong văn bản." in page


def test_it_says_what_the_command_line_says(client, world, capsys):
    import argparse

    from danvan.web.commands import due

    parser = argparse.ArgumentParser()
    due.add_arguments(parser)
    run(parser.parse_args(["--rule", "KN-28", "--start", "21/08/2026"]))
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()[1:]]
    page = text(client.get("/tinh-han/", ASKED)).replace("&quot;", '"')
    assert [line for line in lines if line not in page] == []


def test_remote_places_have_their_own_ceiling(client, world):
    page = text(client.get("/tinh-han/", ASKED | {"remote": "on"}))
    assert "Chậm nhất thứ Hai, ngày 5 tháng 10 năm 2026" in page


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"start": "31/02/2026"}, "Ngày chưa đúng"),
        ({"start": ""}, "Ghi ngày bắt đầu"),
        ({"rule": ""}, "Chọn một việc."),
        ({"rule": "XX-1"}, "XX-1"),
        ({"rule": "TC-30", "remote": "on"}, "Luật Tố cáo không có thời hạn riêng cho vùng sâu, vùng xa"),
        ({"rule": "TC-30", "complex": "on"}, "không có thời hạn riêng cho vụ việc phức tạp"),
        ({"start": "01/01/2000"}, "có hiệu lực từ"),
        ({"start": "01/01/1800"}, "01/01/1800"),
    ],
)
def test_what_cannot_be_counted_is_told_where_it_stands(client, world, asked, sentence):
    page = text(client.get("/tinh-han/", ASKED | asked))
    assert [sentence in page, "Có lỗi cần sửa" in page, "Cách tính, từng ngày" in page] == [True, True, False]


def test_the_rule_of_the_day_is_taken_whatever_its_letter(client, world):
    days = [client.get("/api/v1/due", {"rule": "KN-27", "start": day}).json() for day in ("2026-06-30", "2026-07-01")]
    assert [(day["rule"], day["version"]) for day in days] == [("KN-27a", "KN-ND124"), ("KN-27b", "KN-2026")]


def test_decided_days_count_here_too(client, world, vu):
    asked = {"rule": "NOI-KNPA", "start": "12/03/2026"}
    before = text(client.get("/tinh-han/", asked))
    decide_day(day=AT.date().replace(day=16), working=False, reason="Nghỉ bão", decision="15/QĐ", by=vu.by, at=AT)
    after = text(client.get("/tinh-han/", asked))
    assert ["ngày 26 tháng 3" in before, "ngày 27 tháng 3" in after, "Nghỉ bão" in after] == [True] * 3


def test_there_is_a_sheet_for_the_printer(client, world):
    page = client.get("/tinh-han/in/", ASKED)
    assert "Phiếu tính hạn" in text(page)
    assert 'class="sheet"' in page.content.decode()
    assert "Có lỗi cần sửa" in text(client.get("/tinh-han/in/", ASKED | {"start": "x"}))


def test_every_rule_in_force_is_listed_with_its_source_and_evidence(client, world):
    page = text(client.get("/thoi-han/"))
    known = [rule for rule in all_rules() if rule.valid_to is None]
    assert [rule.id for rule in known if rule.id not in page or rule.source not in page] == []
    assert "chưa đối chiếu với văn bản" in page
    assert "TCD-13" not in page


def test_the_past_rules_are_there_for_who_asks(client, world):
    assert "TCD-13" in text(client.get("/thoi-han/?tat-ca=1"))


def test_machines_get_the_rules_and_the_due_day(client, world):
    rules = client.get("/api/v1/rules").json()
    assert {rule["id"] for rule in rules} >= {"KN-28", "NOI-YK"}
    answer = client.get("/api/v1/due", {"rule": "KN-28", "start": "2026-08-21", "complex": True}).json()
    assert (answer["due_statutory"], answer["due_rolled"]) == ("2026-10-05", "2026-10-05")
    assert [line["kind"] for line in answer["explanation"]][:2] == ["rule", "day-zero"]


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        ({"rule": "KN-2", "start": "2026-08-21"}, "unknown-rule", "rule"),
        ({"rule": "TC-30", "start": "2026-08-21", "remote": True}, "no-remote", "remote"),
        ({"rule": "KN-28", "start": "21/08/2026"}, "invalid", "start"),
        ({"rule": "TCD-12", "start": "2026-08-21"}, "no-clock", "rule"),
    ],
)
def test_machines_are_told_what_cannot_be_counted(client, world, asked, code, field):
    answer = client.get("/api/v1/due", asked)
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (422, code, field)


def test_counting_costs_one_query(client, world, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/tinh-han/", ASKED)
