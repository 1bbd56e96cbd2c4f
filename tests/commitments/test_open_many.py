"""Many at once is the same as one by one."""

from datetime import timedelta

import pytest

from danvan.base.errors import Invalid, Refused
from danvan.commitments.actions import Given, Opening, Promise, open_commitment, open_many, take_step
from danvan.commitments.models import Commitment, Step, Tally
from danvan.commitments.queries import differences, steps_of, tally_sums, verify
from danvan.units.access import CITIZEN
from tests.world import AT, BAN, MAU

ANSWER = Given(payload_hash="a" * 64)
OWN_OF_EACH_LEDGER = {"_state", "id", "commitment_id", "previous", "hash", "head", "code"}


def openings(world):
    """Different units, days, shards and rules; open, answered on the spot, answered later in time and too late."""
    own, police, other = world.ubnd_binh_an.id, world.cong_an_binh_an.id, world.ubnd_xa_ben.id
    return [
        Opening(Promise("meeting-opinion", "DV99-A", own, rule_id="NOI-YK"), MAU, AT),
        Opening(Promise("meeting-opinion", "DV99-B", own, rule_id="NOI-YK"), MAU, AT, ANSWER),
        Opening(Promise("meeting-opinion", "DV99-C", police, rule_id="NOI-YK"), MAU, AT - timedelta(days=3)),
        Opening(Promise("meeting-opinion", "DV99-D", own, rule_id="NOI-YK"), MAU, AT, ANSWER, AT + timedelta(days=5)),
        Opening(Promise("reflection", "DV99-E", own, rule_id="NOI-KNPA"), MAU, AT, ANSWER, AT + timedelta(days=90)),
        Opening(Promise("meeting-opinion", "DV98-F", other, rule_id="NOI-YK"), BAN, AT),
        Opening(Promise("task", "T-1", other, agreed_due=AT.date(), owed_to_unit=own), MAU, AT),
    ]


def one_by_one(opening, by):
    commitment, _first = open_commitment(promise=opening.promise, home_area=opening.home_area, by=by, at=opening.at)
    if opening.answer:
        take_step(commitment_id=commitment.id, verb="answer", by=by, at=opening.answered_at or opening.at,
                  given=opening.answer)  # fmt: skip


def written():
    """Everything in the core's tables but what each ledger has for itself: ids, and the hashes made of them."""
    commitments = Commitment.objects.order_by("code")
    return [
        [_plain(commitment), *(_plain(step) for step in steps_of(commitment))] for commitment in commitments
    ], tally_sums()


def _plain(row):
    return {name: value for name, value in vars(row).items() if name not in OWN_OF_EACH_LEDGER}


def test_many_at_once_write_what_one_by_one_would(world, nam):
    for opening in openings(world):
        one_by_one(opening, nam.by)
    expected = written()
    Step.objects.all().delete()
    Commitment.objects.all().delete()
    Tally.objects.all().delete()

    open_many(openings=openings(world), by=nam.by)

    assert written() == expected
    assert [list(verify()), differences()] == [[], []]


def test_a_citizen_opens_many_as_asker(world):
    opened = open_many(openings=openings(world)[:1], by=CITIZEN)
    assert [step.actor for step in steps_of(opened[0].commitment)] == ["asker"]


def test_one_refusal_leaves_nothing_of_the_others(world, nam):
    ended = Opening(Promise("meeting-opinion", "DV99-X", world.ubnd_binh_cu.id, rule_id="NOI-YK"), MAU, AT)
    with pytest.raises(Invalid):
        open_many(openings=[*openings(world), ended], by=nam.by)
    not_his = Opening(Promise("meeting-opinion", "DV99-Y", world.ubnd_phu_loc.id, rule_id="NOI-YK"), MAU, AT, ANSWER)
    with pytest.raises(Refused, match="Trả lời"):
        open_many(openings=[*openings(world), not_his], by=nam.by)
    assert (Commitment.objects.count(), Step.objects.count(), Tally.objects.count()) == (0, 0, 0)


def test_the_number_of_statements_does_not_grow_with_the_number_of_commitments(world, nam, django_assert_num_queries):
    def some(start, count):
        return [
            Opening(Promise("meeting-opinion", f"DV99-{start + i}", world.ubnd_binh_an.id, rule_id="NOI-YK"), MAU,
                    AT + timedelta(days=i), ANSWER)
            for i in range(count)
        ]  # fmt: skip

    for start, count in ((0, 1), (100, 20)):
        with django_assert_num_queries(10):
            open_many(openings=some(start, count), by=nam.by)
