"""Finding by words: with or without accents, in sight only, newest first, and the same on both engines."""

import unicodedata

import pytest
from django.db import connection

from danvan.base.search import TextIndex
from danvan.commitments.actions import pass_to_successors
from danvan.matters.kinds import SAID, Field, Kind
from danvan.matters.models import Matter
from danvan.matters.queries import search as module
from danvan.matters.queries.filters import Filters
from danvan.matters.queries.inbox import inbox
from danvan.units.access import system
from tests.matters.told import at, does, told
from tests.world import AT, TODAY


def found(officer, text: str, **narrower) -> list[str]:
    page = inbox(by=officer.by, on=TODAY, folder="all", filters=Filters(text=text, **narrower))
    return [row.code for row in page.rows]


TYPED = {
    "as written": "Đường liên ấp",
    "without accents": "duong lien ap",
    "in capitals": "ĐƯỜNG LIÊN ẤP",
    "decomposed": unicodedata.normalize("NFD", "Đường liên ấp"),
    "in another order": "ấp liên đường",
    "with signs between": "đường – liên/ấp!",
    "one word": "đường",
    "the place": "Kênh Ba",
    "a number": "15",
}


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_words_are_found_however_they_are_typed(world, nam, typed):
    told(world.xa_binh_an)
    road = told(world.xa_binh_an, content="Đường liên ấp lầy lội, 15 hộ không đi được.", place="kênh Ba")
    assert found(nam, typed) == [road.code]


@pytest.mark.parametrize("typed", ["đường ray", "duon", "%", "' OR 1=1", "_", "NEAR(duong ap)", "!!!"])
def test_what_is_not_there_is_not_found(world, nam, typed):
    told(world.xa_binh_an, content="Đường liên ấp lầy lội, 15 hộ không đi được.")
    assert found(nam, typed) == []


def test_every_word_must_be_there(world, nam):
    told(world.xa_binh_an, content="Đường liên ấp lầy lội, xe không qua được.")
    assert found(nam, "đường cầu") == []


def test_a_matter_is_found_by_part_of_its_code(world, nam):
    told(world.xa_binh_an)
    wanted = told(world.xa_binh_an)
    assert found(nam, wanted.code.split("-")[2]) == [wanted.code]


def test_what_khmer_people_write_is_found_too(world, nam):
    wanted = told(world.xa_binh_an, content="ផ្លូវខូច ត្រូវការជួសជុល ប្រជាជនធ្វើដំណើរពិបាក")
    assert found(nam, "ផ្លូវខូច") == [wanted.code]


def test_the_newest_come_first(world, nam):
    old, new = told(world.xa_binh_an, when=at(-9)), told(world.xa_binh_an, when=at(-1))
    assert found(nam, "cầu đỏ") == [new.code, old.code]


def test_filters_narrow_what_is_found(world, nam):
    told(world.xa_binh_an)
    wanted = told(world.xa_binh_an, field=Field.LAND, kind=Kind.COMPLAINT)
    assert found(nam, "cầu", field=Field.LAND) == found(nam, "cầu", kind=Kind.COMPLAINT) == [wanted.code]


def test_pages_of_what_was_found_follow_each_other(world, nam):
    codes = [told(world.xa_binh_an, when=at(-day)).code for day in range(5)]
    first = inbox(by=nam.by, on=TODAY, folder="all", filters=Filters(text="cầu"), size=3)
    second = inbox(by=nam.by, on=TODAY, folder="all", filters=Filters(text="cầu"), size=3, after=first.next)
    assert [row.code for page in (first, second) for row in page.rows] == codes


# In sight only


SEES = {"nam": 1, "thu": 1, "lan": 2, "kim": 2, "ben": 1}


@pytest.mark.parametrize(("officer", "number"), SEES.items())
def test_each_finds_what_lies_in_sight(world, request, officer, number):
    for area in (world.xa_binh_an, world.xa_phu_loc, world.xa_ben):
        told(area)
    assert len(found(request.getfixturevalue(officer), "cầu đỏ")) == number


def test_what_was_taken_in_and_passed_on_is_found_at_both_ends(world, nam, thu):
    matter = does(nam, "hand-over", told(world.xa_binh_an), text="Ở xã bên.", unit_id=world.ubnd_phu_loc.id)
    assert found(nam, "cầu") == found(thu, "cầu") == [matter.code]


def test_a_matter_that_went_elsewhere_is_not_found_by_its_old_holder(world, nam, thu):
    """The copy of the holder lags behind the core until the night; what is shown is checked against the core."""
    matter = told(world.xa_phu_loc, by=nam.by)
    assert found(thu, "cầu") == [matter.code]
    pass_to_successors(ended=world.ubnd_phu_loc.id, successor=world.ubnd_trung_tam.id, note="Sáp nhập.",
                       by=system("sáp nhập"), at=AT)  # fmt: skip
    assert (found(thu, "cầu"), found(nam, "cầu")) == ([], [matter.code])


@pytest.mark.parametrize(("is_common", "walked"), [(True, 8000), (True, 5), (True, 1), (False, 8000)])
def test_a_common_word_and_a_rare_one_are_found_alike(world, lan, is_common, walked, monkeypatch):
    """Two ways through the tables, one result; the ways are chosen by the planner's figures, and by how far the first
    of them leads.
    """
    monkeypatch.setattr(TextIndex, "is_common", lambda *_: is_common)
    monkeypatch.setattr(module, "WALKED", walked)
    told(world.xa_ben, when=at(-1))
    codes = [told(area, when=at(-day)).code for day, area in enumerate((world.xa_binh_an, world.xa_phu_loc) * 3)]
    first = inbox(by=lan.by, on=TODAY, folder="all", filters=Filters(text="cầu"), size=4)
    second = inbox(by=lan.by, on=TODAY, folder="all", filters=Filters(text="cầu"), size=4, after=first.next)
    assert [row.code for page in (first, second) for row in page.rows] == codes
    assert (
        inbox(by=lan.by, on=TODAY, folder="all", filters=Filters(text="cầu"), size=4, before=second.previous) == first
    )


@pytest.mark.parametrize("rows", [1, 50])
def test_finding_one_costs_what_finding_fifty_does(world, nam, rows, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(TextIndex, "is_common", lambda *_: False)
    for _ in range(rows):
        told(world.xa_binh_an)
    with django_assert_num_queries(4):
        assert len(found(nam, "cầu đỏ")) == rows


def test_a_word_that_nearly_all_have_is_known_to_be_common(world, nam):
    """Only PostgreSQL has figures; without any, as before the first ANALYZE, no word is common."""
    for day in range(30):
        told(world.xa_binh_an, content=f"Cầu số {day} hỏng, xin sửa cho dân đi lại.")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE matters_matter")
    assert SAID.is_common("cầu", connection) == (connection.vendor == "postgresql")
    assert SAID.is_common("cầu hỏng xin sửa cho dân", connection) == (connection.vendor == "postgresql")
    assert module.SAID is SAID


# The index itself


def test_a_corrected_text_is_found_by_its_new_words_only(world, nam):
    matter = told(world.xa_binh_an)
    Matter.objects.filter(pk=matter.pk).update(fold="muong nuoc")
    assert (found(nam, "cầu"), found(nam, "mương nước")) == ([], [matter.code])


def test_what_is_deleted_leaves_the_index(world, nam):
    matter = told(world.xa_binh_an)
    gone = told(world.xa_binh_an, content="Mương nước hôi thối cả tuần nay rồi.")
    gone.clocks.all().delete()
    gone.delete()
    assert (found(nam, "mương"), found(nam, "cầu")) == ([], [matter.code])


def test_an_index_that_was_lost_is_made_again_with_everything_in_it(world, nam):
    matter = told(world.xa_binh_an)
    connection.check_constraints()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE matters_matter DROP COLUMN fold_words")
        else:
            for trigger in ("new", "changed", "gone"):
                cursor.execute(f"DROP TRIGGER matters_matter_fold_{trigger}")
    later = told(world.xa_binh_an)
    connection.check_constraints()
    SAID.install(connection)
    SAID.install(connection)
    assert sorted(found(nam, "cầu")) == sorted([matter.code, later.code])
