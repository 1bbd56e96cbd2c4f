"""Whatever an office does, in whatever order, what must add up adds up, and nothing is lost between two periods."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.forms_by_hand import BY_HAND, differences
from danvan.base.errors import Refused
from danvan.matters.kinds import Category, Field, Flaw, Kind, Outcome, Reason
from danvan.matters.models import Case
from danvan.reports.queries.statutory import Scope, fill
from danvan.reports.queries.tree import members
from danvan.reports.statutory import form_for
from danvan.rules.periods import Period
from tests.world import an_officer

PERIODS = [Period.month(2026, number) for number in (4, 5, 6)]
FORMS = ("01/XLD", "02/XLD", "03/XLD", "04/XLD", "01/KQGQ", "03/KQGQ")
GIVEN = {
    "refuse": {"reason": Reason.LATE}, "guide": {"addressee": "Tòa án"}, "forward": {"addressee": "Đảng ủy"},
    "check": {"addressee": "Thanh tra tỉnh"}, "terminate": {"reason": Reason.NO_OBJECT},
}  # fmt: skip
ACTS = ("accept", "accept-denunciation", "refuse", "guide", "forward", "check", "transfer", "join", "withdraw",
        "restore", "terminate", "decide", "conclude", "take-effect", "execute")  # fmt: skip
steps = st.lists(
    st.one_of(
        st.tuples(st.just("letter"), st.sampled_from([Kind.COMPLAINT, Kind.DENUNCIATION, Kind.RECOMMENDATION]),
                  st.sampled_from(list(Category))),
        st.tuples(st.just("note"), st.none(), st.none()),
        st.tuples(st.just("act"), st.sampled_from(ACTS), st.integers(0, 5)),
    ),
    min_size=4, max_size=16,
)  # fmt: skip


@pytest.fixture
def builder(world):
    return an_officer(name="Lê Văn Xây", unit=world.so_xay_dung, role="officer")


def walk(happening, builder, taken) -> None:
    """Takes one step every four days; what the law refuses is left out."""
    world = happening.world
    for place, (what, first, second) in enumerate(taken):
        day = 4 + 4 * place
        cases = list(Case.objects.order_by("raised_on", "id"))
        if what == "letter" and first == Kind.RECOMMENDATION:
            happening.petition(day, Field.LAND)
        elif what == "letter":
            happening.case(day, first, second)
        elif what == "note":
            happening.letter(day, flaw=Flaw.ILLEGIBLE, note="Không đọc được.")
        elif cases:
            case, other = cases[second % len(cases)], cases[(second + 1) % len(cases)]
            here = case.holder_id == world.ubnd_binh_an.pk
            more = {"unit_id": (world.so_xay_dung if here else world.ubnd_binh_an).pk, "case_id": other.pk}
            leader = first == "terminate"
            try:
                happening.does(day, case, first, by=happening.tu if leader else happening.nam if here else builder,
                               **(more | {"outcome": Outcome.RIGHT} | GIVEN.get(first, {})))  # fmt: skip
            except Refused:
                continue


@given(taken=steps)
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_identities_hold_and_what_is_left_is_carried_over(world, happening, builder, taken):
    with transaction.atomic():
        walk(happening, builder, taken)
        hold(world)
        transaction.set_rollback(True)


def hold(world) -> None:
    left = None
    for period in PERIODS:
        for code in FORMS:
            filled = fill(form_for(code, period), world.ubnd_tinh.pk, period)
            assert [each.identity.printed for each in filled.checked if each.holds is not True] == []
            assert filled.exceeding == ()
            if code in BY_HAND:
                units = [each.unit_id for each in members(world.ubnd_tinh.pk, period.last_day)]
                assert differences(filled.form, Scope(world.ubnd_tinh.pk, period, own=False), units) == {}
            if code == "01/XLD":
                assert left in {None, filled.total["letters.carried"]}
                left = filled.total["letters.waiting"]
