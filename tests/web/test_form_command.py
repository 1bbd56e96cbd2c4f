import argparse
import json

import pytest

from danvan.web import cli
from danvan.web.commands import form
from tests.reports.statutory.happening import Happening
from tests.world import an_officer


def called(*words: str) -> int:
    parser = argparse.ArgumentParser()
    form.add_arguments(parser)
    return form.run(parser.parse_args(words))


@pytest.fixture
def letters(world, nam, tu):
    happening = Happening(world, nam, tu, an_officer(name="Lý Thị Tỉnh", unit=world.ubnd_tinh, role="officer"))
    happening.denunciations()
    return happening


def answered(capsys, *words):
    assert called(*words, "--json") == 0
    return json.loads(capsys.readouterr().out)


def test_it_answers_in_json_with_keys_that_do_not_depend_on_the_printed_numbers(world, letters, capsys):
    found = answered(capsys, "03/XLD", "--unit", str(world.ubnd_binh_an.pk), "--period", "2026-04")
    assert (found["form"], found["version"], found["unit"]["id"]) == ("03/XLD", "2024", str(world.ubnd_binh_an.pk))
    assert found["period"] == {
        "code": "2026-04", "label": "tháng 4/2026 (15/03–14/04/2026)", "start": "2026-03-15",
        "end_inclusive": "2026-04-14",
    }  # fmt: skip
    assert (found["values"]["cases.total"], found["values"]["other.urged"]) == (8, None)
    assert found["identities"][2] == {
        "printed": "8=9+14+15+16+17=18+19+20=21+24",
        "keys": "cases.total = cases.administrative + cases.corruption + cases.judicial + cases.party + cases.other"
                " = further.overdue + further.concluded + settled.none = own.total + other.total",
        "sides": [8, 8, 8, 8], "holds": True, "note": "",
    }  # fmt: skip
    assert found["holds"] is True


@pytest.mark.parametrize("typed", ["Ủy ban nhân dân xã Bình An", "UBND xã Bình An", "uy ban nhan dan xa binh an"])
def test_a_unit_is_named_by_its_name_with_or_without_accents(world, letters, capsys, typed):
    assert answered(capsys, "03/xld", "--unit", typed, "--period", "2026-04")["values"]["letters.total"] == 9


def test_a_unit_is_named_by_its_key(world, letters, capsys):
    found = answered(capsys, "03-XLD", "--unit", world.ubnd_binh_an.key, "--period", "2026-04")
    assert found["values"]["letters.total"] == 9


def test_a_province_adds_up_its_units_or_stands_alone(world, letters, capsys):
    words = ("03/XLD", "--unit", str(world.ubnd_tinh.pk), "--period", "2026-04")
    whole, alone = answered(capsys, *words), answered(capsys, *words, "--own")
    assert (whole["scope"], whole["values"]["letters.total"]) == ("subtree", 9)
    assert (alone["scope"], alone["values"]["letters.total"]) == ("own", 0)


def test_without_json_every_column_is_a_line_and_unknown_is_not_zero(world, letters, capsys):
    assert called("03/XLD", "--unit", str(world.ubnd_binh_an.pk), "--period", "2026-04") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Biểu 03/XLD. Tổng hợp kết quả xử lý đơn tố cáo (Thông tư 01/2024/TT-TTCP)"
    rows = {line[:3].strip(): line for line in lines[3:30]}
    assert rows["8"].split()[-3:] == ["8", "vụ", "việc"]
    assert rows["26"].split()[-5:] == ["không", "theo", "dõi", "vụ", "việc"]
    assert lines[-1] == "24=25+26: khớp"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["05/XLD", "--unit", "x", "--period", "2026-04"], "Không có biểu “05/XLD”. Các biểu: 01/TCD, 02/TCD, 01/XLD"),
        (["02/TCD", "--unit", "x", "--period", "2026-04"], "không có biểu 02/TCD: Thông tư 02/2021/TT-TTCP"),
        (["01/XLD", "--unit", "UBND xã Không Đâu", "--period", "2026-04"], "Không có đơn vị “UBND xã Không Đâu”"),
        (["01/XLD", "--unit", "Bình An", "--period", "2026-04"], "Hãy ghi mã."),
        (["01/XLD", "--unit", "x", "--period", "2026-13"], "Không có kỳ báo cáo số 13 của năm 2026."),
        (["01/XLD", "--unit", "x", "--period", "tháng tư"], "Không hiểu kỳ “tháng tư”."),
        (["01/XLD", "--period", "2026-04"], "Cần --unit"),
        ([], "Hãy ghi mã biểu: 01/TCD"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_a_sentence(world, capsys, words, sentence):
    assert called(*words) == 2
    said = capsys.readouterr()
    assert (said.out, sentence in said.err) == ("", True), said.err


def test_a_unit_that_had_ended_is_refused_with_the_one_that_took_over(world, capsys):
    assert called("01/XLD", "--unit", str(world.ubnd_binh_cu.pk), "--period", "2026-04") == 2
    assert "không hoạt động ngày 14/04/2026. Từ 01/07/2025 việc của đơn vị này do" in capsys.readouterr().err


def test_every_form_is_listed_with_the_time_it_is_for(world, capsys):
    assert cli.main(["form", "--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[:8].strip() for line in lines].count("01/XLD") == 2
    assert len(lines) == 19
