"""The pages of the forms of a month: what they show, what stands behind each cell, and who may open it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.base.errors import Absent
from danvan.reports.queries.statutory import fill, opened
from danvan.reports.statutory import all_forms, form_for
from tests.matters.told import at
from tests.reports.statutory.addresses import address, cell_of, words
from tests.reports.statutory.happening import APRIL
from tests.world import an_officer

ON = at(40).date()


def test_the_page_shows_the_form_with_its_headings_codes_figures_and_identities(world, april, sign_in, nam):
    page = sign_in(nam).get(address(world))
    said = words(page)
    assert page.status_code == 200
    for part in (
        "Biểu 01/XLD. Tổng hợp kết quả xử lý đơn",
        "1=2+3=4+5",
        "Không thuộc thẩm quyền",
        "Thông tư 01/2024/TT-TTCP",
    ):
        assert part in said
    assert said.count(" khớp") == 4
    assert page.context["page"].filled.total["letters.total"] == 27


def test_without_anything_said_it_is_01_xld_of_the_own_unit_for_the_last_closed_quarter(world, april, sign_in, nam):
    page = sign_in(nam).get("/bieu-mau/").context["page"]
    assert (page.form.code, page.filled.period.code, page.filled.root.unit_id) == (
        "01/XLD", "2026-Q1", world.ubnd_binh_an.pk
    )  # fmt: skip


def test_every_cell_of_every_form_opens_to_as_many_lines_as_it_counts(world, april, lan):
    for form in all_forms():
        if not form.covers(APRIL):
            continue
        filled = fill(form, world.ubnd_tinh.pk, APRIL)
        for column in form.columns:
            found = opened(lan.by, form, column.key, world.ubnd_tinh.pk, APRIL, ON)
            assert found.value == filled.total[column.key], (form.code, column.key)
            if column.source and not column.sum:
                assert len(found.rows) == found.value, (form.code, column.key)
            elif column.sum and column.source != "receptions":
                assert sum(row.amount for row in found.rows) == found.value


def test_a_cell_shows_the_letters_of_the_own_unit_and_links_to_their_matters(world, april, sign_in, nam):
    page = sign_in(nam).get(cell_of(world, "letters.waiting"))
    rows = page.context["page"].rows
    assert (len(rows), {row.title.split(",")[0] for row in rows}) == (2, {"Đơn số 12/2026", "Đơn số 24/2026"})
    assert all(code in page.content.decode() for row in rows for code, _summary in row.matters)


def test_what_another_unit_holds_now_is_counted_without_its_content(world, april, thu):
    form = form_for("04/XLD", APRIL)
    there = opened(thu.by, form, "cases.total", world.ubnd_phu_loc.pk, APRIL, ON)
    assert [len(row.matters) for row in there.rows] == [1]
    with pytest.raises(Absent):
        opened(thu.by, form, "cases.total", world.ubnd_binh_an.pk, APRIL, ON)


def test_an_auditor_who_reads_no_matters_sees_lines_without_words(world, april, kim):
    found = opened(kim.by, form_for("03/XLD", APRIL), "letters.total", world.ubnd_binh_an.pk, APRIL, ON)
    assert found.value == len(found.rows) == 9
    may_read = any(row.matters for row in found.rows)
    assert may_read is kim.by.may("matter.read")


@pytest.mark.parametrize("path", ["/bieu-mau/?bieu=01/XLD&ky=2026-04&donvi={0}", "/bieu-mau/01-xld.xlsx?ky=2026-04&donvi={0}",
                                  "/bieu-mau/01-xld/{0}/2026-04/o/letters.total/"])  # fmt: skip
def test_another_units_forms_are_absent_and_the_auditor_above_may_read_them(world, april, sign_in, thu, ben, lan, path):
    there = path.format(world.ubnd_binh_an.pk)
    assert [sign_in(who).get(there).status_code for who in (thu, ben, lan)] == [404, 404, 200]


def test_a_collaborator_reads_no_forms(world, april, sign_in, mai):
    assert sign_in(mai).get(address(world)).status_code == 403


def test_the_spreadsheet_comes_under_the_name_of_the_form_and_period(world, april, sign_in, nam):
    made = sign_in(nam).get("/bieu-mau/01-xld.xlsx?ky=2026-04")
    assert made["Content-Disposition"] == 'attachment; filename="bieu-01-xld-2026-04.xlsx"'
    assert made.content[:2] == b"PK"


def test_a_form_of_many_units_costs_no_more_statements(world, april, sign_in, lan):
    client, costs = sign_in(lan), set()
    an_officer(name="Bùi Văn Một", unit=world.ubnd_tinh_ban, role="officer")
    for unit in (world.ubnd_tinh, world.ubnd_binh_an):
        with CaptureQueriesContext(connection) as queries:
            client.get(address(world, unit=unit))
        costs.add(len(queries))
    assert max(costs) - min(costs) <= 1  # a unit without children asks nothing about them
