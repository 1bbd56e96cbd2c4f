"""The pages of the forms: who may open them, what is not there, what they cost."""

import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.matters.actions import Sender
from danvan.matters.kinds import Field, Kind
from danvan.reports.queries.statutory import opened
from danvan.reports.statutory import form_for
from tests.matters.told import at
from tests.reports.statutory.addresses import address, cell_of
from tests.reports.statutory.happening import APRIL, BRIBE

ON = at(40).date()


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
