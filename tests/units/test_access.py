from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danvan.base.errors import Absent, Refused
from danvan.units.access import CITIZEN, NOBODY, Actor, acting, holdings_of, require, sees, system, units_in_sight
from danvan.units.models import Holding, Unit, UnitClosure, UnitVersion
from danvan.units.roles import ROLES, Permission
from tests.world import MERGED, TODAY, a_delegation, a_unit, an_officer

DAY = timedelta(days=1)


def posts(officer, on):
    return [holding.post.title for holding in holdings_of(officer.account, on)]


# ------------------------------------------------------------------ how far one sees


def test_an_officer_sees_the_own_unit_and_no_other(world, nam):
    assert set(units_in_sight(nam.by, TODAY)) == {world.ubnd_binh_an}


def test_a_coordinator_sees_everything_below_the_province_and_nothing_of_the_next_one(world, lan):
    below = {world.ubnd_tinh, world.so_xay_dung, world.ubnd_binh_an, world.ubnd_phu_loc, world.ubnd_trung_tam}
    assert set(units_in_sight(lan.by, TODAY)) == below


def test_trees_meet_by_level_and_never_by_sight(world):
    for_the_party = an_officer(name="Ngô Văn Đức", unit=world.tinh_uy, role="coordinator")
    seen = set(units_in_sight(for_the_party.by, TODAY))
    assert seen == {world.tinh_uy, world.ban_dan_van, world.dang_uy_binh_an}


def test_a_coordinator_sees_a_day_as_the_tree_was_on_that_day(world, lan):
    before = set(units_in_sight(lan.by, MERGED - DAY))
    assert world.ubnd_binh_cu in before
    assert world.ubnd_binh_an not in before


@pytest.mark.parametrize("somebody", [CITIZEN, NOBODY, system("night")])
def test_who_holds_no_post_sees_no_unit(world, somebody):
    assert list(units_in_sight(somebody, TODAY)) == []
    assert not sees(somebody, world.ubnd_binh_an.pk, TODAY)


def test_a_row_without_a_unit_is_in_nobodys_sight(lan):
    assert not sees(lan.by, None, TODAY)


UNITS = [UUID(int=n) for n in range(1, 6)]
DAYS = [None, *(date(2026, 1, day) for day in range(1, 8))]
PAIRS = st.tuples(
    st.sampled_from(UNITS), st.sampled_from(UNITS), st.integers(0, 2), st.sampled_from(DAYS), st.sampled_from(DAYS)
)


@pytest.fixture
def five_units(db):
    Unit.objects.bulk_create([Unit(id=pk, key=str(pk)) for pk in UNITS])


@given(st.lists(PAIRS, max_size=12), st.sampled_from(UNITS), st.sampled_from(sorted(ROLES)), st.sampled_from(DAYS[1:]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_asking_of_one_unit_and_asking_for_all_agree_in_every_tree_on_every_day(five_units, rows, own, role, on):
    UnitClosure.objects.all().delete()
    fields = ("ancestor_id", "descendant_id", "depth", "valid_from", "valid_to")
    UnitClosure.objects.bulk_create([UnitClosure(**dict(zip(fields, row, strict=True))) for row in rows])
    by = Actor(label="thử", role=ROLES[role], unit_id=own)
    expected = {
        below
        for above, below, depth, start, end in rows
        if above == own
        and (depth == 0 or ROLES[role].subtree)
        and (start is None or start <= on)
        and (end is None or on < end)
    }
    assert set(units_in_sight(by, on).values_list("pk", flat=True)) == expected
    assert {pk for pk in UNITS if sees(by, pk, on)} == expected


# ------------------------------------------------------------------ who may


def test_what_the_role_lacks_is_refused_openly(world, nam):
    with pytest.raises(Refused) as refusal:
        require(nam.by, Permission.UNIT_MANAGE)
    assert refusal.value.code == "not-allowed"


def test_what_is_out_of_sight_is_told_as_if_it_were_not_there(world, thu):
    with pytest.raises(Absent) as refusal:
        require(thu.by, Permission.MATTER_HANDLE, world.ubnd_binh_an.pk, TODAY)
    assert (refusal.value.code, refusal.value.status) == ("absent", 404)


def test_what_the_role_has_and_the_eye_reaches_is_allowed(world, nam):
    require(nam.by, Permission.MATTER_HANDLE, world.ubnd_binh_an.pk, TODAY)


@pytest.mark.parametrize("somebody", [CITIZEN, NOBODY, system("night")])
@pytest.mark.parametrize("permission", Permission)
def test_who_holds_no_post_has_no_permission(somebody, permission):
    with pytest.raises(Refused):
        require(somebody, permission)


@pytest.mark.parametrize("role", [role for role in ROLES.values() if role.subtree])
def test_nobody_who_reaches_other_units_opens_contact_details(role):
    assert not role.may(Permission.CONTACT_OPEN)


def test_the_operator_cannot_read_what_people_wrote():
    assert not ROLES["operator"].may(Permission.MATTER_READ)


def test_an_auditor_changes_nothing():
    assert ROLES["auditor"].permissions == {Permission.MATTER_READ, Permission.SHEET_READ, Permission.AUDIT_READ}


def test_every_role_says_what_it_is_for_in_a_sentence():
    assert [role.key for role in ROLES.values() if not (role.title and role.sentence.endswith("."))] == []


# ------------------------------------------------------------------ posts and their time


def test_an_officer_acts_for_the_unit_of_the_post(world, nam):
    by = acting(nam.holding)
    assert (by.unit_id, by.role, by.post_id) == (world.ubnd_binh_an.pk, ROLES["officer"], nam.post.pk)


def test_a_post_of_an_ended_unit_gives_nothing(world):
    former = an_officer(name="Mai Văn Cũ", unit=world.ubnd_binh_cu, title="Công chức xã Bình Cũ")
    assert posts(former, MERGED - DAY) == ["Công chức xã Bình Cũ"]
    assert posts(former, MERGED) == []
    assert list(units_in_sight(former.by, MERGED)) == []
    assert not sees(former.by, world.ubnd_binh_cu.pk, MERGED)


def test_a_post_that_was_abolished_gives_nothing(world):
    officer = an_officer(name="Trần Thị Hết", unit=world.ubnd_binh_an)
    officer.post.valid_to = TODAY
    officer.post.save()
    assert (len(posts(officer, TODAY - DAY)), posts(officer, TODAY)) == (1, [])


def test_somebody_holds_a_post_from_the_first_day_until_before_the_last(world):
    officer = an_officer(
        name="Lý Văn Kỳ", unit=world.ubnd_binh_an, title="Phó", valid_from=TODAY, valid_to=TODAY + 3 * DAY
    )
    assert [bool(posts(officer, TODAY + n * DAY)) for n in range(-1, 4)] == [False, True, True, True, False]


def test_a_unit_that_was_renamed_gives_its_posts_once(world, nam):
    UnitVersion.objects.filter(unit=world.ubnd_binh_an).update(valid_to=TODAY)
    renamed = UnitVersion.objects.get(unit=world.ubnd_binh_an)
    renamed.pk, renamed.valid_from, renamed.valid_to, renamed.name = None, TODAY, None, "UBND xã Bình An Mới"
    renamed.save()
    assert [len(posts(nam, day)) for day in (TODAY - DAY, TODAY)] == [1, 1]


# ------------------------------------------------------------------ delegation


@pytest.fixture
def standing_in(tu, nam):
    """Anh Nam signs for ông Tư on the 12th and the 13th."""
    return a_delegation(of=tu, to=nam, valid_from=TODAY, valid_to=TODAY + 2 * DAY)


def test_a_delegation_gives_the_post_for_its_days_only(standing_in, tu, nam):
    own, given_post = nam.post.title, tu.post.title
    held = [posts(nam, TODAY + n * DAY) for n in range(-1, 3)]
    assert held == [[own], [own, given_post], [own, given_post], [own]]


def test_who_stands_in_acts_in_the_post_and_under_the_own_account(standing_in, tu, nam):
    assert (standing_in.by.role, standing_in.by.post_id) == (ROLES["leader"], tu.post.pk)
    assert standing_in.by.account_id == nam.account.pk


def test_a_delegation_ends_when_the_one_who_gave_it_leaves_the_post(standing_in, tu, nam):
    tu.holding.valid_to = TODAY + DAY
    tu.holding.save()
    assert [posts(nam, TODAY + n * DAY) for n in range(2)] == [[nam.post.title, tu.post.title], [nam.post.title]]


@pytest.mark.parametrize("missing", [{"valid_to": None}, {"reason": ""}])
def test_a_delegation_needs_an_end_and_a_reason(missing, tu, nam):
    row = {"reason": "Đi công tác", "valid_from": TODAY, "valid_to": TODAY + DAY} | missing
    with pytest.raises(IntegrityError), transaction.atomic():
        Holding.objects.create(account=nam.account, post=tu.post, on_behalf_of=tu.holding, **row)


def test_a_time_that_ends_before_it_begins_is_refused(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        a_unit(name="Ngược", area=world.xa_binh_an, valid_from=TODAY, valid_to=TODAY - DAY)
