"""The pages of the forms: what they show, what stands behind each cell, and who may open what."""

import io
import re
import zipfile
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.base.errors import Absent
from danvan.matters.actions import Sender
from danvan.matters.kinds import Field, Kind
from danvan.reports.queries.statutory import fill, opened
from danvan.reports.statutory import all_forms, form_for
from tests.matters.told import at
from tests.reports.statutory.happening import APRIL, BRIBE
from tests.world import an_officer

ON = at(40).date()


@pytest.fixture
def april(everything, frozen):
    frozen.move_to(at(40))
    return everything


def address(world, code="01/XLD", unit=None, **more) -> str:
    rest = "".join(f"&{name}={value}" for name, value in more.items())
    return f"/bieu-mau/?bieu={code}&ky=2026-04&donvi={(unit or world.ubnd_binh_an).pk}{rest}"


def cell_of(world, key, code="01-xld", unit=None, period="2026-04") -> str:
    return f"/bieu-mau/{code}/{(unit or world.ubnd_binh_an).pk}/{period}/o/{key}/"


def words(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


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


def test_nobody_who_denounced_is_named_on_any_page_or_in_any_file(world, happening, custody, sign_in, nam, frozen):
    sender = Sender(name="Trần Thị Hoa", phone="0912345678", address="số 5 ấp Tân Lập")
    happening.letter(4, happening.said(Kind.DENUNCIATION, sender=sender))
    frozen.move_to(at(40))
    client = sign_in(nam)
    pages = (address(world, "03/XLD"), cell_of(world, "letters.total", "03-xld"))
    texts = [client.get(path).content.decode() for path in pages]
    made = client.get("/bieu-mau/03-xld.xlsx?ky=2026-04").content
    texts += [
        zipfile.ZipFile(io.BytesIO(made)).read(part).decode() for part in zipfile.ZipFile(io.BytesIO(made)).namelist()
    ]
    assert [word for word in ("Trần Thị Hoa", "0912345678", "Tân Lập") for text in texts if word in text] == []
    assert BRIBE[:20] in texts[1]


@pytest.mark.parametrize("path", ["/bieu-mau/?bieu=01/XLD&ky=2026-04&donvi={0}", "/bieu-mau/01-xld.xlsx?ky=2026-04&donvi={0}",
                                  "/bieu-mau/01-xld/{0}/2026-04/o/letters.total/"])  # fmt: skip
def test_another_units_forms_are_absent_and_the_auditor_above_may_read_them(world, april, sign_in, thu, ben, lan, path):
    there = path.format(world.ubnd_binh_an.pk)
    assert [sign_in(who).get(there).status_code for who in (thu, ben, lan)] == [404, 404, 200]


def test_a_collaborator_reads_no_forms(world, april, sign_in, mai):
    assert sign_in(mai).get(address(world)).status_code == 403


def test_who_is_not_signed_in_is_asked_to(world, client):
    assert client.get(address(world)).status_code == 302


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/bieu-mau/?bieu=09/XLD", 422),
        ("/bieu-mau/?ky=thang-tu", 422),
        ("/bieu-mau/?bieu=02/TCD&ky=2026-04", 422),
        ("/bieu-mau/09-xld.xlsx", 404),
        ("/bieu-mau/01-xld.xlsx?donvi=khong", 404),
    ],
)
def test_what_is_not_there_is_said_so(world, sign_in, nam, frozen, path, status):
    assert sign_in(nam).get(path).status_code == status


def test_an_unknown_column_is_absent_like_a_forbidden_one(world, sign_in, nam, frozen):
    client = sign_in(nam)
    assert client.get(cell_of(world, "letters.nothing")).status_code == 404
    assert client.get(cell_of(world, "letters.total", unit=world.ubnd_tinh)).status_code == 404


def test_the_spreadsheet_comes_under_the_name_of_the_form_and_period(world, april, sign_in, nam):
    made = sign_in(nam).get("/bieu-mau/01-xld.xlsx?ky=2026-04")
    assert made["Content-Disposition"] == 'attachment; filename="bieu-01-xld-2026-04.xlsx"'
    assert made.content[:2] == b"PK"


def test_a_long_cell_is_paged_and_comes_back(world, happening, lan):
    for _ in range(53):
        happening.petition(4, Field.LAND)
    form = form_for("04/XLD", APRIL)

    def page(**cursor):
        return opened(lan.by, form, "letters.total", world.ubnd_tinh.pk, APRIL, ON, **cursor)

    first = page()
    second = page(after=first.next)
    assert (first.value, len(first.rows), first.previous, len(second.rows), second.next) == (53, 50, None, 3, None)
    assert page(before=second.previous) == first
    assert len({row.title for row in [*first.rows, *second.rows]}) == 53


def test_a_page_and_a_cell_cost_the_same_for_one_letter_and_for_many(
    world, happening, sign_in, nam, frozen, django_assert_num_queries
):
    happening.petition(4, Field.LAND)
    frozen.move_to(at(40))
    client = sign_in(nam)
    client.get(address(world, "04/XLD"))

    def cost(path):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    paths = (address(world, "04/XLD"), cell_of(world, "letters.total", "04-xld"))
    before = [cost(path) for path in paths]
    for _ in range(4):
        happening.petition(5, Field.WELFARE)
    assert [cost(path) for path in paths] == before
    assert max(before) <= 12


def test_a_form_of_many_units_costs_no_more_statements(world, april, sign_in, lan):
    client, costs = sign_in(lan), set()
    an_officer(name="Bùi Văn Một", unit=world.ubnd_tinh_ban, role="officer")
    for unit in (world.ubnd_tinh, world.ubnd_binh_an):
        with CaptureQueriesContext(connection) as queries:
            client.get(address(world, unit=unit))
        costs.add(len(queries))
    assert max(costs) - min(costs) <= 1  # a unit without children asks nothing about them
