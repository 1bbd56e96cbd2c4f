import argparse
import json
from typing import Any

import pytest

from danvan.rules.calendar import shipped
from danvan.web.commands import due


def called(*words: str) -> int:
    parser = argparse.ArgumentParser()
    due.add_arguments(parser)
    return due.run(parser.parse_args(words))


def answered(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert called(*words, "--json") == 0
    return json.loads(capsys.readouterr().out)


def test_it_answers_in_json_with_every_day_explained(capsys: pytest.CaptureFixture[str]) -> None:
    found = answered(capsys, "--rule", "KN-27b", "--start", "2026-08-21")
    assert [found[key] for key in ("rule", "version", "due_statutory", "due_rolled")] == [
        "KN-27b", "KN-2026", "2026-09-03", "2026-09-03",
    ]  # fmt: skip
    assert {"date", "kind", "text"} <= set(found["explanation"][0])


@pytest.mark.parametrize(
    ("words", "rolled"),
    [
        ("--rule KN-27 --start 21/08/2026", "2026-09-03"),
        ("--kind KN --step accept --start 2026-08-21", "2026-09-03"),
        ("--kind kn --step resolve --start 2026-07-30", "2026-09-03"),
        ("--rule KN-28 --start 2026-03-12 --complex", "2026-04-28"),
        ("--rule KN-28 --start 2026-03-12 --remote --complex", "2026-05-11"),
        ("--rule KN-27b --start 2026-11-20", "2026-12-01"),
        ("--rule KN-27b --start 2026-11-20 --off 2026-11-24", "2026-12-02"),
        ("--rule KN-27b --start 2026-11-20 --off 24/11/2026 --off 25/11/2026", "2026-12-03"),
        ("--rule KN-27b --start 2026-08-21 --work 2026-08-31", "2026-08-31"),
        ("--rule TC-30 --start 2026-01-16 --extend 30", "2026-03-17"),
        ("--rule TC-30 --start 2026-01-16 --pause 2026-01-20..2026-01-25", "2026-02-23"),
    ],
)
def test_its_options_choose_the_rule_and_the_days(capsys: pytest.CaptureFixture[str], words: str, rolled: str) -> None:
    assert answered(capsys, *words.split())["due_rolled"] == rolled


def test_an_open_pause_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert answered(capsys, "--rule", "KN-28", "--start", "2026-07-30", "--pause", "2026-08-05..")["suspended"]


def test_it_speaks_to_people_when_json_is_not_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert called("--rule", "KN-28", "--start", "30/07/2026") == 0
    assert capsys.readouterr().out.splitlines()[0] == (
        "Đến hạn: thứ năm 03/09/2026 (theo luật 29/08/2026, lùi vì rơi vào ngày nghỉ)"
    )


def test_an_office_s_own_calendar_takes_the_place_of_the_shipped_one(capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    due.add_arguments(parser)
    args = parser.parse_args(["--rule", "KN-27b", "--start", "2026-11-20", "--json"])
    assert due.run(args, calendar=shipped().with_switch(True)) == 0
    assert json.loads(capsys.readouterr().out)["due_rolled"] == "2026-12-02"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("--start 2026-08-21", "Cần --rule MÃ, hoặc --kind LOẠI cùng --step BƯỚC. Xem danh sách bằng --list."),
        (
            "--kind KN --start 2026-08-21",
            "Cần --rule MÃ, hoặc --kind LOẠI cùng --step BƯỚC. Xem danh sách bằng --list.",
        ),
        ("--rule KN-28 --kind KN --start 2026-08-21", "Chỉ dùng --rule, hoặc --kind cùng --step, không dùng cả hai."),
        ("--rule KN-28", "Cần --start: ngày xảy ra sự kiện bắt đầu, ví dụ --start 21/08/2026."),
        (
            "--rule KN-28 --start 2026-02-30",
            "Không hiểu ngày “2026-02-30”. Viết ngày có thật, dạng 21/08/2026 hoặc 2026-08-21.",
        ),
        ("--rule KN-2 --start 2026-08-21", "Không có quy tắc “KN-2”. Có phải: KN-27, KN-27a, KN-27b?"),
        (
            "--rule KN-27b --start 2026-06-30",
            "Quy tắc KN-27b có hiệu lực từ 01/07/2026; vào ngày 30/06/2026 áp dụng KN-27a (KN-ND124: 10 ngày làm việc).",
        ),
        (
            "--rule TC-30 --start 2026-08-21 --remote",
            "Luật Tố cáo không có thời hạn riêng cho vùng sâu, vùng xa đi lại khó khăn.",
        ),
        (
            "--rule KN-27b --start 2026-08-21 --pause 2026-08-24..",
            (
                "Thời hạn của KN-27b (KN-2026) không được tạm dừng: Luật 136/2025/QH15, Điều 2 khoản 15 điểm b "
                "(sửa Điều 27 Luật Khiếu nại) không quy định."
            ),
        ),
        (
            "--rule KN-28 --start 2026-08-21 --extend 10",
            (
                "KN-28 không được gia hạn: thời hạn dài hơn cho vụ việc phức tạp hoặc vùng sâu, vùng xa "
                "là mức trần tính từ cùng ngày bắt đầu."
            ),
        ),
        ("--rule TC-30 --start 2026-08-21 --extend 31", "Mỗi lần gia hạn TC-30 từ 1 đến 30 ngày."),
        ("--rule TC-30 --start 2026-08-21 --extend x", "Số ngày gia hạn “x” không phải số."),
    ],
)
def test_bad_input_gets_one_sentence_and_exit_2(capsys: pytest.CaptureFixture[str], words: str, sentence: str) -> None:
    assert called(*words.split()) == 2
    printed = capsys.readouterr()
    assert (printed.err.strip(), printed.out) == (sentence, "")


def test_the_list_shows_every_rule_with_its_evidence(capsys: pytest.CaptureFixture[str]) -> None:
    rules = answered(capsys, "--list")
    assert called("--list") == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(rules) + 1
    assert {rule["evidence"] for rule in rules} == {"P", "S", "M", "design"}
    assert lines[0].split()[0] == "MÃ"


def test_the_list_can_be_kept_to_one_kind(capsys: pytest.CaptureFixture[str]) -> None:
    assert {rule["id"] for rule in answered(capsys, "--list", "--kind", "YK")} == {"NOI-YK"}
