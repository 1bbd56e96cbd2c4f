"""An officer keeps his lists under names; they are his alone and show no more than he may see."""

import pytest

from danvan.base.errors import Absent, Forbidden, Invalid
from danvan.matters.actions import drop_view, save_view
from danvan.matters.queries.published import views_of
from tests.matters.portal_walk import text
from tests.world import AT

pytestmark = pytest.mark.usefixtures("frozen")


def saved(officer, name="Đất đai quá hạn", query="folder=late&field=land"):
    return save_view(name=name, query=query, by=officer.by, at=AT)


def test_a_list_is_kept_opened_and_dropped_on_the_page(world, nam, sign_in):
    desk = sign_in(nam)
    assert "Lưu danh sách này" in text(desk.get("/viec/?folder=late&field=land"))
    assert 'value="folder=late&amp;field=land"' in text(desk.get("/viec/danh-sach/?luu=folder%3Dlate%26field%3Dland"))
    assert (
        desk.post("/viec/danh-sach/", {"name": "Đất đai", "query": "folder=late&field=land&after=x"}).status_code == 302
    )
    page = text(desk.get("/viec/danh-sach/"))
    assert "/viec/?field=land&amp;folder=late" in page and "Đất đai" in page
    (view,) = views_of(nam.by)
    assert desk.post(f"/viec/danh-sach/{view.pk}/bo/").status_code == 302
    assert "Chưa lưu danh sách nào" in text(desk.get("/viec/danh-sach/"))


def test_the_same_name_is_written_over(world, nam):
    saved(nam)
    saved(nam, query="folder=new&field=roads")
    assert [view.query for view in views_of(nam.by)] == ["field=roads&folder=new"]


def test_nobody_sees_or_drops_what_somebody_else_keeps(world, nam, thu, sign_in):
    view = saved(nam)
    assert views_of(thu.by) == []
    with pytest.raises(Absent):
        drop_view(view_id=view.pk, by=thu.by)
    assert sign_in(thu).post(f"/viec/danh-sach/{view.pk}/bo/").status_code == 404
    assert len(views_of(nam.by)) == 1


@pytest.mark.parametrize(
    ("name", "query", "code"),
    [
        (" ", "field=land", "name-missing"),
        ("Đất", "", "query-empty"),
        ("Đất", "after=x&next=//xau.example", "query-empty"),
        ("Đất", "q=" + "a" * 500, "query-long"),
    ],
)
def test_what_is_no_list_is_refused(world, nam, name, query, code):
    with pytest.raises(Invalid) as refused:
        saved(nam, name, query)
    assert (refused.value.code, views_of(nam.by)) == (code, [])


def test_a_name_that_is_missing_comes_back_with_the_list(world, nam, sign_in):
    page = sign_in(nam).post("/viec/danh-sach/", {"name": "", "query": "field=land"})
    assert page.status_code == 422 and "Hãy đặt tên" in text(page) and 'value="field=land"' in text(page)


def test_there_are_so_many_and_no_more(world, nam):
    for number in range(30):
        saved(nam, f"Danh sách {number}")
    with pytest.raises(Invalid) as refused:
        saved(nam)
    assert refused.value.code == "views-many"


def test_who_may_not_read_matters_keeps_no_lists(world, vu, sign_in):
    with pytest.raises(Forbidden):
        saved(vu)
    assert sign_in(vu).get("/viec/danh-sach/").status_code == 403


# For machines


def test_a_machine_keeps_lists_for_its_officer_and_for_nobody_else(nam, thu, sign_in):
    desk = sign_in(nam)
    body = {"name": "Đất đai", "query": "?folder=late&field=land&after=x"}
    first, second = (desk.post("/api/v1/views", body, "application/json").json() for _ in range(2))
    assert (first["id"], first["query"]) == (second["id"], "field=land&folder=late")
    assert [view["name"] for view in desk.get("/api/v1/views").json()] == ["Đất đai"]
    other = sign_in(thu)
    assert (other.get("/api/v1/views").json(), other.delete(f"/api/v1/views/{first['id']}").status_code) == ([], 404)
    assert desk.delete(f"/api/v1/views/{first['id']}").status_code == 204 and views_of(nam.by) == []


@pytest.mark.parametrize(
    ("typed", "field"), [({"name": " "}, "name"), ({"query": "page=2"}, "query"), ({"name": "x" * 61}, "name")]
)
def test_a_list_without_a_name_or_a_narrowing_is_refused_at_its_field(nam, sign_in, typed, field):
    body = {"name": "Đất đai", "query": "field=land"} | typed
    answer = sign_in(nam).post("/api/v1/views", body, "application/json")
    assert (answer.status_code, answer.json()["field"]) == (422, field)
