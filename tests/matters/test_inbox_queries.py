"""Lists of matters: folders, filters, pages by key; who sees which; and that a long list costs what a short one does."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danvan.base.errors import Absent, Invalid, Refused
from danvan.commitments.models import Commitment
from danvan.matters.access import visible
from danvan.matters.actions import give_verdict
from danvan.matters.kinds import REVIEW, Field, Intake, Kind, Settled
from danvan.matters.models import Matter
from danvan.matters.queries.filters import Filters
from danvan.matters.queries.inbox import FOLDERS, MOST_COUNTED, counted, counts, inbox, listing
from danvan.matters.queries.today import today_of
from danvan.rules.ledger import FINAL, RUNNING, State
from danvan.units.kinds import Level
from tests.matters.told import at, does, told
from tests.world import AT, TODAY, a_unit, an_area, an_officer


def codes(officer, folder="all", **asked) -> list[str]:
    filters = Filters(**{name: asked.pop(name) for name in list(asked) if name in Filters.__dataclass_fields__})
    return [row.code for row in inbox(by=officer.by, on=TODAY, folder=folder, filters=filters, **asked).rows]


@pytest.fixture
def shelf(world, nam, tu) -> dict[str, Matter]:
    """One matter in every corner of xã Bình An's list. TODAY is a Thursday; a term is ten working days."""
    m = {
        "late": told(world.xa_binh_an, when=at(-20)),
        "today": told(world.xa_binh_an, when=at(-14)),
        "soon": told(world.xa_binh_an, when=at(-9)),
        "new": told(world.xa_binh_an),
        "waiting": told(world.xa_binh_an, when=at(-2)),
        "asked": told(world.xa_binh_an, when=at(-4), kind=Kind.OPINION),
        "asked late": told(world.xa_binh_an, when=at(-30)),
        "answered": told(world.xa_binh_an, when=at(-6)),
        "content": told(world.xa_binh_an, when=at(-8)),
        "not content": told(world.xa_binh_an, when=at(-10)),
        "passed on": told(world.xa_binh_an, by=nam.by, when=at(-3), intake=Intake.OFFICE),
    }
    for key in ("late", "today", "soon", "waiting"):
        does(nam, "accept", m[key], when=at(-1))
    for key in ("asked", "asked late"):
        does(nam, "ask", m[key], text="Chỗ nào?", when=at(-1))
    for key in ("answered", "content", "not content"):
        does(nam, "answer", m[key], text="Đã làm.", when=at(-1))
    give_verdict(matter=m["content"], settled=Settled.YES, score=5, text="", at=AT)
    give_verdict(matter=m["not content"], settled=Settled.NO, score=1, text="Chưa xong.", at=AT)
    does(nam, "hand-over", m["passed on"], text="Tuyến tỉnh.", unit_id=world.so_xay_dung.id)
    return m


LIES_IN = {
    "new": ["new", "not content"],
    "waiting": ["late", "today", "soon", "waiting", "new", "not content"],
    "soon": ["today", "soon"],
    "late": ["asked late", "late"],
    "paused": ["asked late", "asked"],
    "answered": ["answered"],
    "sent": ["passed on"],
    "closed": ["content"],
    "all": ["new", "waiting", "asked", "answered", "content", "soon", "not content", "today", "late", "asked late"],
}


@pytest.mark.parametrize("folder", FOLDERS)
def test_each_matter_lies_in_its_folders_in_order(shelf, nam, folder):
    names = {matter.code: name for name, matter in shelf.items()}
    assert sorted(names[code] for code in codes(nam, folder)) == sorted(LIES_IN[folder])
    if folder in {"late", "paused", "all", "soon"}:
        assert [names[code] for code in codes(nam, folder)] == LIES_IN[folder]


def test_the_counts_say_how_much_lies_in_each_folder(shelf, nam):
    kept = {key: len(LIES_IN[key]) for key, folder in FOLDERS.items() if folder.is_counted}
    assert counts(nam.by, TODAY) == kept


def test_a_disputed_answer_is_listed_once_with_its_new_clock(shelf, nam):
    found = [row for row in inbox(by=nam.by, on=TODAY, folder="all").rows if row.code == shelf["not content"].code]
    assert [(row.state, row.due, row.is_new) for row in found] == [(State.OPEN, date(2026, 3, 26), True)]


def test_counting_stops_at_a_limit():
    assert (counted(7), counted(MOST_COUNTED), counted(MOST_COUNTED + 1)) == ("7", "1.000", "1.000+")


# Filters

FILTERS = {
    "field": ({"field": Field.LAND}, {"field": Field.LAND}),
    "kind": ({"kind": Kind.COMPLAINT}, {"kind": Kind.COMPLAINT}),
    "intake": ({"intake": Intake.ZALO}, {"intake": Intake.ZALO}),
    "month": ({"when": at(-20)}, {"month": date(2026, 2, 1)}),
}


@pytest.mark.parametrize("folder", ["waiting", "all"])
@pytest.mark.parametrize(("said", "asked"), FILTERS.values(), ids=FILTERS)
def test_a_filter_leaves_exactly_what_it_names(world, nam, said, asked, folder):
    told(world.xa_binh_an, by=nam.by)
    wanted = told(world.xa_binh_an, by=nam.by, **said)
    assert codes(nam, folder, **asked) == [wanted.code]


def test_reviews_can_be_listed_apart(shelf, nam):
    assert codes(nam, "waiting", kind=REVIEW) == [shelf["not content"].code]


def test_a_month_of_a_folder_by_due_day_keeps_those_whose_clock_stands_still(shelf, nam):
    assert codes(nam, "paused", month=date(2026, 3, 1)) == [shelf["asked"].code]


def test_a_place_and_a_province_narrow_to_what_lies_in_them(world, lan, nam):
    here, there = told(world.xa_binh_an), told(world.xa_phu_loc)
    assert codes(lan, area_id=world.xa_phu_loc.id) == [there.code]
    assert sorted(codes(lan, area_id=world.tinh_mau.id)) == sorted([here.code, there.code])
    assert codes(nam, area_id=world.xa_phu_loc.id) == []


def test_a_unit_narrows_to_itself_and_all_below_it(world, lan):
    here, there = told(world.xa_binh_an), told(world.xa_phu_loc)
    assert codes(lan, unit_id=world.ubnd_phu_loc.id) == [there.code]
    assert sorted(codes(lan, unit_id=world.ubnd_tinh.id)) == sorted([here.code, there.code])


# Who sees which


@pytest.fixture
def everywhere(world) -> dict[str, Matter]:
    return {
        "binh an": told(world.xa_binh_an),
        "phu loc": told(world.xa_phu_loc),
        "police": told(world.xa_binh_an, field=Field.SECURITY),
        "the other province": told(world.xa_ben),
    }


SEES = {
    "nam": {"binh an"},
    "tu": {"binh an"},
    "mai": {"binh an"},
    "thu": {"phu loc"},
    "lan": {"binh an", "phu loc"},
    "kim": {"binh an", "phu loc"},
    "ben": {"the other province"},
}


@pytest.mark.parametrize("officer", SEES)
def test_a_list_reaches_as_far_as_the_role(everywhere, request, officer):
    names = {matter.code: name for name, matter in everywhere.items()}
    assert {names[code] for code in codes(request.getfixturevalue(officer), "all")} == SEES[officer]


def test_an_operator_lists_nothing(everywhere, vu):
    with pytest.raises(Refused):
        codes(vu)


@pytest.mark.parametrize(
    ("officer", "unit"), [("nam", "ubnd_phu_loc"), ("lan", "ubnd_xa_ben"), ("lan", "cong_an_tinh")]
)
def test_a_unit_out_of_sight_is_absent(everywhere, world, request, officer, unit):
    with pytest.raises(Absent):
        codes(request.getfixturevalue(officer), unit_id=getattr(world, unit).id)


def test_a_province_sees_what_its_office_without_a_place_holds(world, lan, nam):
    """Such an office holds in the shard of the unit above it, or the province's list would not find it."""
    office = a_unit(name="Ban quản lý dự án", area=None, level=Level.PROVINCE, parent=world.ubnd_tinh)
    matter = does(nam, "hand-over", told(world.xa_binh_an), text="Dự án tỉnh.", unit_id=office.id)
    assert codes(lan, "all") == [matter.code]


def test_the_centre_sees_every_province(world, everywhere):
    centre = a_unit(name="Trung ương", area=None, level=Level.CENTRAL)
    an_area(name="Cả nước", prefix="", level=Level.CENTRAL)
    below = a_unit(name="Ủy ban nhân dân tỉnh Xa", area=world.tinh_ban, level=Level.PROVINCE, parent=centre)
    chief = an_officer(name="Chị Cả", unit=centre, role="chief")
    matter = does(
        an_officer(name="Anh Nọ", unit=world.ubnd_xa_ben), "hand-over", everywhere["the other province"],
        text="Cấp trên giữ.", unit_id=below.id,
    )  # fmt: skip
    assert codes(chief, "all") == [matter.code]


def test_what_a_list_shows_may_be_seen_and_nothing_else_is_held_in_sight(shelf, everywhere, lan, nam, kim):
    for officer in (lan, nam, kim):
        seen = set(Matter.objects.filter(visible(officer.by, TODAY)).values_list("code", flat=True))
        assert set(codes(officer)) | set(codes(officer, "sent")) == seen


# Pages


def test_pages_follow_each_other_there_and_back(world, nam):
    for day in range(7):
        told(world.xa_binh_an, when=at(-day))
    first = inbox(by=nam.by, on=TODAY, folder="all", size=3)
    second = inbox(by=nam.by, on=TODAY, folder="all", size=3, after=first.next)
    third = inbox(by=nam.by, on=TODAY, folder="all", size=3, after=second.next)
    assert [len(page.rows) for page in (first, second, third)] == [3, 3, 1]
    assert (first.previous, third.next) == (None, None)
    assert inbox(by=nam.by, on=TODAY, folder="all", size=3, before=third.previous).rows == second.rows
    assert inbox(by=nam.by, on=TODAY, folder="all", size=3, before=second.previous) == first


def test_a_new_matter_shifts_no_later_page(world, nam):
    for day in range(1, 6):
        told(world.xa_binh_an, when=at(-day))
    first = inbox(by=nam.by, on=TODAY, folder="all", size=2)
    second = inbox(by=nam.by, on=TODAY, folder="all", size=2, after=first.next)
    told(world.xa_binh_an)
    assert inbox(by=nam.by, on=TODAY, folder="all", size=2, after=first.next).rows == second.rows


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(size=st.integers(1, 6), folder=st.sampled_from(sorted(FOLDERS)))
def test_walking_through_a_folder_meets_every_row_once_in_order(shelf, nam, size, folder):
    whole = inbox(by=nam.by, on=TODAY, folder=folder).rows
    met, page = [], inbox(by=nam.by, on=TODAY, folder=folder, size=size)
    met += page.rows
    while page.next:
        page = inbox(by=nam.by, on=TODAY, folder=folder, size=size, after=page.next)
        met += page.rows
    assert met == whole
    back = []
    while page.previous:
        page = inbox(by=nam.by, on=TODAY, folder=folder, size=size, before=page.previous)
        back = page.rows + back
    assert back == whole[: len(back)] and len(whole) - len(back) <= size


@pytest.mark.parametrize("cursor", ["zz", "2026-13-01.0", ".", "2026-03-12", "'; drop table"])
def test_a_cursor_that_is_none_is_refused(nam, cursor):
    with pytest.raises(Invalid) as refusal:
        codes(nam, after=cursor)
    assert refusal.value.code == "cursor"


def test_a_folder_there_is_none_of_is_refused(nam):
    with pytest.raises(Invalid) as refusal:
        codes(nam, "xxx")
    assert refusal.value.field == "folder"


# Cost


def _fill(world, nam, folder: str, rows: int) -> None:
    for day in range(rows):
        matter = told(world.xa_binh_an, by=nam.by, intake=Intake.OFFICE, when=at(-40 - day if folder == "late" else -1))
        if folder == "sent":
            does(nam, "hand-over", matter, text="Tuyến tỉnh.", unit_id=world.so_xay_dung.id)
        if folder == "paused":
            does(nam, "ask", matter, text="Chỗ nào?")
        if folder == "closed":
            does(nam, "answer", matter, text="Đã làm.")
            give_verdict(matter=matter, settled=Settled.YES, score=None, text="", at=AT)


QUERIES = 5
"""The calendar, the counts, the rows by one range of an index or several, what they say, their names."""


@pytest.mark.parametrize("rows", [1, 50])
@pytest.mark.parametrize("folder", ["waiting", "late", "paused", "sent", "closed", "all"])
def test_a_list_costs_the_same_for_one_row_and_fifty(world, nam, rows, folder, django_assert_num_queries):
    _fill(world, nam, folder, rows)
    with django_assert_num_queries(QUERIES):
        found = listing(by=nam.by, on=TODAY, folder=folder, filters=Filters(), after="", before="")
    assert len(found.page.rows) == rows


@pytest.mark.parametrize("rows", [1, 50])
@pytest.mark.parametrize("folder", ["waiting", "late", "paused", "closed", "all"])
def test_from_above_it_costs_one_query_more(world, nam, lan, rows, folder, django_assert_num_queries):
    _fill(world, nam, folder, rows)
    with django_assert_num_queries(QUERIES + 1):
        found = listing(by=lan.by, on=TODAY, folder=folder, filters=Filters(), after="", before="")
    assert len(found.page.rows) == rows


def test_every_filter_at_once_costs_nothing_more(world, lan, django_assert_num_queries):
    told(world.xa_binh_an)
    narrow = Filters(field=Field.ROADS, kind="reflection", intake=Intake.PORTAL, area_id=world.xa_binh_an.id,
                     unit_id=world.ubnd_binh_an.id, month=date(2026, 3, 1))  # fmt: skip
    with django_assert_num_queries(6):
        found = listing(by=lan.by, on=TODAY, folder="waiting", filters=narrow, after="", before="")
    assert len(found.page.rows) == 1


@pytest.mark.parametrize("rows", [1, 12])
def test_the_day_costs_the_same_whatever_there_is_to_do(world, nam, rows, django_assert_num_queries):
    for day in range(rows):
        told(world.xa_binh_an, when=at(-20 - day))
    with django_assert_num_queries(6):
        today_of(by=nam.by, on=TODAY)


# Today


def test_the_day_shows_what_is_late_nearly_due_new_and_waiting_for_people(shelf, nam):
    found = today_of(by=nam.by, on=TODAY)
    names = {matter.code: name for name, matter in shelf.items()}
    lanes = {lane.folder.key: [names[row.code] for row in lane.rows] for lane in found.lanes}
    assert (
        lanes["late"] == LIES_IN["late"] and lanes["soon"] == LIES_IN["soon"] and lanes["paused"] == LIES_IN["paused"]
    )
    assert [lane.number for lane in found.lanes] == [2, 2, 2, 2]
    assert found.units == []


def test_who_looks_from_above_sees_units_the_most_late_first_and_no_person(world, shelf, lan):
    told(world.xa_phu_loc, when=at(-9))
    loads = [(load.name, load.late, load.soon) for load in today_of(by=lan.by, on=TODAY).units]
    assert loads == [("Ủy ban nhân dân xã Bình An", 2, 2), ("Ủy ban nhân dân xã Phú Lộc", 0, 1)]


def test_every_state_of_the_ledger_has_a_folder(shelf):
    """Replaced ones live on in their successor; the rest is open, paused, answered or closed."""
    named = {State.ANSWERED} | set(RUNNING) | set(FINAL)
    assert set(Commitment.objects.values_list("state", flat=True)) <= named
    assert set(State) - named == {State.NEW}
