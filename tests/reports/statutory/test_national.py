"""The file for the national database: one row a matter, and nobody who sent anything is told."""

import io

import openpyxl

from danvan.matters.actions import Sender
from danvan.matters.kinds import Category, Kind, Outcome
from tests.matters.told import at

PATH = "/bieu-mau/csdl-quoc-gia.xlsx?ky=2026-04"


def sheet(response) -> list[dict]:
    head, *rows = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_each_matter_of_a_letter_is_a_row_with_its_result(world, happening, sign_in, nam, frozen):
    happening.settled(4, Kind.COMPLAINT, Category.LAND, Outcome.PARTLY)
    frozen.move_to(at(40))
    (row,) = sheet(sign_in(nam).get(PATH))
    assert [row[name] for name in ("Số đơn trong sổ", "Loại", "Đủ điều kiện xử lý", "Thuộc thẩm quyền", "Kết quả", "Đúng hạn")] == [
        "1/2026", "Khiếu nại", "Có", "Có", "Đúng một phần", "Có"
    ]  # fmt: skip
    assert (row["Ngày nhận"].date(), row["Ngày thụ lý"].date()) == (at(4).date(), at(5).date())


def test_who_denounced_is_nowhere_and_who_complained_is_left_in_the_vault(
    world, happening, custody, sign_in, nam, frozen
):
    hoa = Sender(name="Trần Thị Hoa", phone="0912345678", address="số 5 ấp Tân Lập")
    for kind in (Kind.COMPLAINT, Kind.DENUNCIATION):
        happening.letter(4, happening.said(kind, sender=hoa))
    frozen.move_to(at(40))
    rows = sheet(sign_in(nam).get(PATH))
    assert [(row["Họ tên, địa chỉ"], row["Loại"]) for row in rows] == [(None, "Khiếu nại"), (None, "Tố cáo")]
    assert [value for row in rows for value in row.values() if "Hoa" in str(value)] == []


def test_another_units_rows_are_absent(world, happening, sign_in, thu, mai, frozen):
    happening.case(4, Kind.COMPLAINT)
    frozen.move_to(at(40))
    path = f"{PATH}&donvi={world.ubnd_binh_an.pk}"
    assert (sign_in(thu).get(path).status_code, sheet(sign_in(thu).get(PATH))) == (404, [])
    assert sign_in(mai).get(path).status_code == 403
