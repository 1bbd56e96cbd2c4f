"""`danvan check-report`: exit codes, one JSON object per file, findings before figures, and no Django."""

import argparse
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from danvan.web.commands import check_report

WRONG = "Toàn xã đã giải quyết 8.328/8.574 đơn, đạt 97,23%."
RIGHT = "Toàn xã đã giải quyết 8.328/8.574 đơn, đạt 97,13%."


@pytest.fixture
def wrong(tmp_path: Path) -> str:
    return written(tmp_path / "sai.txt", WRONG)


@pytest.fixture
def right(tmp_path: Path) -> str:
    return written(tmp_path / "dung.txt", RIGHT)


def written(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


def called(*words: str) -> int:
    parser = argparse.ArgumentParser()
    check_report.add_arguments(parser)
    return check_report.run(parser.parse_args(words))


def test_a_report_that_adds_up_ends_well(right: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert called(right) == 0
    assert "3 số liệu, 0 chỗ cần xem lại." in capsys.readouterr().out


def test_a_finding_is_shown_with_its_sentence_before_the_figures(
    wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert called(wrong) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{wrong}: 3 số liệu, 1 chỗ cần xem lại.",
        "",
        "! Nêu 97,23% nhưng 8.328/8.574 = 97,13%.",
        f"  {WRONG}",
        "",
        "  Vị trí                      Số  Đơn vị          Nội dung",
        "      22                   8.328  đơn             đơn",
        "      28                   8.574  đơn             đơn",
        "      43                  97,23%  %",
    ]


def test_every_file_becomes_one_line_of_json_and_an_unreadable_one_says_why(
    right: str, wrong: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = str(tmp_path / "khong-co.txt")
    assert called(right, missing, wrong, "--json") == 2
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["file"] for line in lines] == [right, missing, wrong]
    assert lines[1] == {"file": missing, "error": "Không tìm thấy tệp."}
    assert [len(line["findings"]) for line in (lines[0], lines[2])] == [0, 1]
    assert lines[2]["text"] == WRONG


def test_an_unreadable_file_is_told_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert called(str(tmp_path)) == 2
    assert capsys.readouterr().err == f"{tmp_path}: Không mở được tệp.\n"


def test_a_guessed_encoding_is_told_apart_from_the_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "cu.txt").write_bytes("đã 12 đơn".replace("ã", "a\u0303").encode("cp1258"))
    assert called(str(tmp_path / "cu.txt"), "--json") == 0
    streams = capsys.readouterr()
    assert "Windows-1258" in streams.err
    assert json.loads(streams.out)["figures"][0]["value"] == 12


def test_the_standard_input_is_a_file_called_dash(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(WRONG.encode())))
    assert called("-", "--json") == 1
    assert json.loads(capsys.readouterr().out)["file"] == "-"


def test_the_command_starts_without_loading_django(wrong: str) -> None:
    code = (
        "import sys; from danvan.web.cli import main; code = main(sys.argv[1:]);"
        "print('django' in sys.modules, 'docx' in sys.modules, code)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code, "check-report", wrong, "--json"], capture_output=True, text=True, check=True
    )
    assert answer.stdout.splitlines()[-1] == "False False 1"
