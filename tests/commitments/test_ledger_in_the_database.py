"""The core's promises, through the database."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from danvan.base.clock import day_of
from danvan.base.errors import Absent, Invalid, Refused
from danvan.commitments.actions import (
    CONFIRM_WITHIN,
    Given,
    Promise,
    decide_day,
    lapse_unconfirmed,
    open_commitment,
    pass_to_successors,
    rebuild_all,
    squash_tallies,
    take_checkpoint,
    take_step,
)
from danvan.commitments.kinds import Measure
from danvan.commitments.models import Commitment, Step, Tally
from danvan.commitments.queries import differences, holds_of, missing_since, recount, steps_of, tally_sums, verify
from danvan.rules.ledger import FINAL, MOVES
from danvan.units.access import CITIZEN, system
from tests.world import AT, MAU, World

TEXT = Given(payload_hash="0" * 64)


def opened(world: World, *, unit=None, code="DV99-AAAA-AAAAA", rule="NOI-KNPA", at=AT, **more) -> Commitment:
    promise = Promise(kind="reflection", code=code, owed_by=unit or world.ubnd_binh_an.id, rule_id=rule, **more)
    return open_commitment(promise=promise, home_area=MAU, by=CITIZEN, at=at)[0]


def answered(world: World, nam, days: int = 1, **more) -> Commitment:
    commitment = opened(world, **more)
    return take_step(commitment_id=commitment.id, verb="answer", by=nam.by, at=AT + timedelta(days=days), given=TEXT)[0]


def sums(measure: Measure) -> dict[object, int]:
    return {key[1]: total for key, total in tally_sums().items() if key[3] == measure}


def test_opening_chooses_the_rule_of_the_day_and_writes_one_step(world):
    commitment = opened(world, rule="KN-27")
    assert (commitment.rule_id, commitment.state, commitment.steps_taken) == ("KN-27a", "open", 1)
    assert [s.verb for s in steps_of(commitment)] == ["open"]
    assert opened(world, rule="KN-27", code="DV99-BBBB-BBBBB", at=AT.replace(month=8)).rule_id == "KN-27b"


def test_a_question_to_the_citizen_stops_the_clock_and_the_reply_starts_it_again(world, nam):
    commitment = opened(world)
    first_due = commitment.due
    asked, _ = take_step(commitment_id=commitment.id, verb="ask", by=nam.by, at=AT + timedelta(days=1), given=TEXT)
    assert (asked.state, asked.due) == ("paused", None)
    replied, _ = take_step(commitment_id=commitment.id, verb="reply", by=CITIZEN, at=AT + timedelta(days=6), given=TEXT)
    assert replied.due > first_due


def test_only_the_leader_extends_and_only_as_often_as_the_rule_allows(world, nam, tu):
    commitment = opened(world)
    more = Given(payload_hash="0" * 64, days=5)
    with pytest.raises(Refused, match="Gia hạn"):
        take_step(commitment_id=commitment.id, verb="extend", by=nam.by, at=AT, given=more)
    extended, _ = take_step(commitment_id=commitment.id, verb="extend", by=tu.by, at=AT, given=more)
    assert extended.due > commitment.due
    with pytest.raises(Refused) as refusal:
        take_step(commitment_id=commitment.id, verb="extend", by=tu.by, at=AT, given=more)
    assert refusal.value.code == "no-extension"


def test_an_extension_longer_than_the_rule_allows_is_refused(world, tu):
    commitment = opened(world)
    with pytest.raises(Refused) as refusal:
        take_step(commitment_id=commitment.id, verb="extend", by=tu.by, at=AT,
                  given=Given(payload_hash="0" * 64, days=16))  # fmt: skip
    assert refusal.value.code == "no-extension"
    assert Step.objects.count() == 1


def test_nobody_closes_their_own_promise(world, nam, tu, lan):
    commitment = answered(world, nam)
    for officer in (nam, tu):
        with pytest.raises(Refused):
            take_step(commitment_id=commitment.id, verb="confirm", by=officer.by, at=AT + timedelta(days=2))
    closed, _ = take_step(commitment_id=commitment.id, verb="confirm", by=CITIZEN, at=AT + timedelta(days=2))
    assert closed.state == "confirmed"


def test_a_hand_over_counts_a_hop_keeps_the_clock_and_moves_the_accountable_unit(world, nam):
    commitment = opened(world)
    given = Given(payload_hash="0" * 64, to_unit=world.so_xay_dung.id)
    moved, _ = take_step(
        commitment_id=commitment.id, verb="hand-over", by=nam.by, at=AT + timedelta(days=1), given=given
    )
    assert (moved.owed_by_id, moved.hops, moved.due) == (world.so_xay_dung.id, 1, commitment.due)
    with pytest.raises(Refused):
        take_step(commitment_id=commitment.id, verb="answer", by=nam.by, at=AT + timedelta(days=2), given=TEXT)
    assert [(h.unit_id, h.until is None) for h in holds_of(steps_of(moved))] == [
        (world.ubnd_binh_an.id, False),
        (world.so_xay_dung.id, True),
    ]


def test_handing_over_to_an_ended_unit_or_to_oneself_is_refused(world, nam):
    commitment = opened(world)
    for unit in (world.ubnd_binh_cu.id, world.ubnd_binh_an.id, uuid4()):
        with pytest.raises(Invalid):
            take_step(commitment_id=commitment.id, verb="hand-over", by=nam.by, at=AT,
                      given=Given(payload_hash="0" * 64, to_unit=unit))  # fmt: skip


def test_two_officers_answering_at_once_make_one_answer(world, nam, tu):
    commitment = opened(world)
    take_step(commitment_id=commitment.id, verb="answer", by=nam.by, at=AT, given=TEXT, seen=1)
    with pytest.raises(Refused) as refusal:
        take_step(commitment_id=commitment.id, verb="answer", by=tu.by, at=AT, given=TEXT, seen=1)
    assert refusal.value.code == "stale"
    assert [s.verb for s in steps_of(commitment)] == ["open", "answer"]


def test_a_refused_step_leaves_nothing_behind(world, nam):
    commitment = opened(world)
    before = (Step.objects.count(), Tally.objects.count(), commitment.head)
    with pytest.raises(Refused, match="còn thiếu"):
        take_step(commitment_id=commitment.id, verb="answer", by=nam.by, at=AT)
    commitment.refresh_from_db()
    assert (Step.objects.count(), Tally.objects.count(), commitment.head) == before


def test_a_step_cannot_lie_before_the_one_before_it(world, nam):
    commitment = opened(world)
    with pytest.raises(Refused, match="trước bước liền trước"):
        take_step(commitment_id=commitment.id, verb="accept", by=nam.by, at=AT - timedelta(days=1))


def test_unknown_commitments_and_unknown_verbs_are_refused(world, nam):
    with pytest.raises(Absent):
        take_step(commitment_id=uuid4(), verb="accept", by=nam.by, at=AT)
    with pytest.raises(Invalid):
        take_step(commitment_id=opened(world).id, verb="forget", by=nam.by, at=AT)


def test_a_rule_that_did_not_exist_yet_is_refused(world):
    with pytest.raises(Invalid) as refusal:
        opened(world, rule="KN-27b")
    assert refusal.value.code == "no-rule"
    assert Commitment.objects.count() == 0


def test_an_agreed_day_needs_no_rule(world):
    commitment = opened(world, rule="", agreed_due=date(2026, 4, 1))
    assert (commitment.due, commitment.due_statutory) == (date(2026, 4, 1), date(2026, 4, 1))


@pytest.mark.parametrize(
    "change",
    [
        {"state": "unheard"},
        {"due": None},
        {"agreed_due": date(2026, 4, 1)},
        {"owed_to": "unit"},
        {"state": "confirmed"},
        {"due_statutory": date(2030, 1, 1)},
    ],
)
def test_the_database_itself_refuses_an_impossible_commitment(world, change):
    commitment = opened(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.filter(pk=commitment.pk).update(**change)


def test_a_day_declared_off_moves_open_clocks_with_a_step_and_leaves_closed_ones(world, nam, vu):
    closed, running = answered(world, nam), opened(world, code="DV99-CCCC-CCCCC")
    day = day_of(AT) + timedelta(days=4)
    moved = decide_day(day=day, working=False, reason="Nghỉ bão", decision="15/QĐ-UBND", by=vu.by, at=AT)
    fresh = Commitment.objects.get(pk=running.pk)
    assert (moved, fresh.due > running.due) == ([running.id], True)
    assert [s.verb for s in steps_of(fresh)] == ["open", "re-date"]
    assert "15/QĐ-UBND" in steps_of(fresh)[-1].note
    assert Commitment.objects.get(pk=closed.pk).due == closed.due
    assert differences() == []


def test_only_the_operator_changes_the_calendar(world, nam):
    with pytest.raises(Refused):
        decide_day(day=date(2026, 4, 1), working=False, reason="x", decision="y", by=nam.by, at=AT)


def test_open_commitments_of_an_ended_unit_pass_to_its_successor_with_their_clocks(world):
    commitment = opened(world, unit=world.ubnd_phu_loc.id)
    count = pass_to_successors(ended=world.ubnd_phu_loc.id, successor=world.ubnd_binh_an.id, note="Sáp nhập",
                               by=system("sáp nhập"), at=AT)  # fmt: skip
    fresh = Commitment.objects.get(pk=commitment.pk)
    assert (count, fresh.owed_by_id, fresh.due, fresh.hops) == (1, world.ubnd_binh_an.id, commitment.due, 0)


def test_an_answer_nobody_disputes_lapses_after_its_time(world, nam):
    commitment = answered(world, nam)
    assert lapse_unconfirmed(at=AT + timedelta(days=CONFIRM_WITHIN)) == 0
    assert lapse_unconfirmed(at=AT + timedelta(days=CONFIRM_WITHIN + 3)) == 1
    assert Commitment.objects.get(pk=commitment.pk).state == "lapsed"


def test_lapsing_many_writes_what_lapsing_one_by_one_would(world, nam):
    many = [answered(world, nam, code=f"DV99-JJJJ-JJJJ{n + 2}") for n in range(3)]
    later = AT + timedelta(days=CONFIRM_WITHIN + 5)
    assert lapse_unconfirmed(at=later) == 3
    one = answered(world, nam, code="DV99-KKKK-KKKKK")
    alone, _ = take_step(commitment_id=one.id, verb="lapse", by=system("x"), at=later, given=Given(note="y"))
    columns = ("state", "due", "due_statutory", "stopped_on", "ended_on", "hops", "steps_taken")
    rows = [tuple(getattr(Commitment.objects.get(pk=c.pk), f) for f in columns) for c in (*many, alone)]
    assert len(set(rows)) == 1
    assert (differences(), list(verify())) == ([], [])


def test_tallies_count_each_step_at_the_unit_that_holds_it(world, nam):
    moved = opened(world)
    take_step(commitment_id=moved.id, verb="hand-over", by=nam.by, at=AT,
              given=Given(payload_hash="0" * 64, to_unit=world.so_xay_dung.id))  # fmt: skip
    answered(world, nam, code="DV99-DDDD-DDDDD")
    answered(world, nam, days=40, code="DV99-EEEE-EEEEE")
    here, there = world.ubnd_binh_an.id, world.so_xay_dung.id
    assert sums(Measure.RECEIVED) == {here: 3}
    assert sums(Measure.HANDED_OUT) == {here: 1}
    assert sums(Measure.HANDED_IN) == {there: 1}
    assert (sums(Measure.ON_TIME), sums(Measure.LATE)) == ({here: 1}, {here: 1})


def test_squashing_changes_no_sum_and_the_recount_agrees_exactly(world, nam):
    for n in range(4):
        answered(world, nam, code=f"DV99-FFFF-FFFF{n + 2}")
    before = tally_sums()
    assert squash_tallies(at=AT) > 0
    assert tally_sums() == before == recount()


def test_rebuild_puts_right_what_was_tampered_with_and_then_finds_nothing(world, nam):
    commitment = answered(world, nam)
    Commitment.objects.filter(pk=commitment.pk).update(hops=7)
    Tally.objects.filter(measure=Measure.ANSWERED).update(delta=3)
    assert len(differences()) == 2
    assert rebuild_all() == (1, 1)
    assert differences() == []


def test_random_walks_of_real_officers_keep_ledger_columns_and_tallies_in_agreement(world, nam, tu, lan):
    verbs = sorted(set(MOVES) - {"open"})
    people = [nam.by, tu.by, lan.by, CITIZEN, system("đêm")]
    units = [world.so_xay_dung.id, world.ubnd_binh_an.id, world.ubnd_phu_loc.id]
    taken = 0
    for walk in range(12):
        commitment = opened(world, code=f"DV99-GGGG-GG{walk:02d}2")
        for turn in range(25):
            pick = walk * 31 + turn * 17
            given = Given(payload_hash="1" * 64, days=3 if pick % 5 == 0 else 0,
                          to_unit=units[pick % 3] if verbs[pick % len(verbs)] in {"hand-over", "take-over"} else None)  # fmt: skip
            try:
                take_step(commitment_id=commitment.id, verb=verbs[pick % len(verbs)], by=people[(pick // 3) % 5],
                          at=AT + timedelta(days=turn), given=given)  # fmt: skip
                taken += 1
            except Refused:
                continue
    assert taken > 20
    assert differences() == []
    assert list(verify()) == []
    assert Commitment.objects.filter(state__in=FINAL, ended_on=None).count() == 0


class TestAudit:
    @pytest.fixture
    def ledger(self, world, nam):
        commitment = answered(world, nam)
        take_step(commitment_id=commitment.id, verb="confirm", by=CITIZEN, at=AT + timedelta(days=3))
        answered(world, nam, code="DV99-HHHH-HHHHH")
        return commitment

    def test_an_untouched_ledger_holds(self, ledger):
        assert list(verify()) == []

    def test_a_changed_step_is_found(self, ledger):
        Step.objects.filter(commitment=ledger, seq=2).update(on=date(2026, 3, 1))
        assert [(b.code, b.seq) for b in verify()] == [(ledger.code, 2)]

    def test_a_changed_commitment_is_found(self, ledger):
        Commitment.objects.filter(pk=ledger.pk).update(rule_version="KN-2026")
        assert [b.seq for b in verify()] == [1]

    def test_a_removed_step_is_found_in_the_middle_and_at_the_end(self, ledger):
        with transaction.atomic():
            Step.objects.filter(commitment=ledger, seq=3).delete()
            assert [b.seq for b in verify()] == [3]
            transaction.set_rollback(True)
        Step.objects.filter(commitment=ledger, seq=2).delete()
        assert [b.seq for b in verify()] == [3]

    def test_reordered_steps_are_found(self, ledger):
        second, third = Step.objects.filter(commitment=ledger, seq__gt=1).order_by("seq")
        Step.objects.filter(pk=second.pk).update(seq=9)
        Step.objects.filter(pk=third.pk).update(seq=2)
        Step.objects.filter(pk=second.pk).update(seq=3)
        assert [b.seq for b in verify()] == [2]

    def test_a_whole_ledger_taken_away_is_missed_at_the_checkpoint(self, ledger):
        from danvan.base.clock import now

        take_checkpoint(at=now())
        assert list(missing_since(None, None)) == []
        Step.objects.filter(commitment=ledger).delete()
        Commitment.objects.filter(pk=ledger.pk).delete()
        assert list(verify()) == []
        assert len(list(missing_since(None, None))) == 1

    def test_steps_after_a_checkpoint_do_not_disturb_it(self, ledger, world, nam):
        from danvan.base.clock import now

        take_checkpoint(at=now())
        other = Commitment.objects.exclude(pk=ledger.pk).get()
        take_step(commitment_id=other.id, verb="confirm", by=CITIZEN, at=AT + timedelta(days=3))
        assert list(missing_since(None, None)) == []
