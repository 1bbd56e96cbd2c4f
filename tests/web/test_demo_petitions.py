"""The letters of the demonstration stand at different phases, are marked as made up, and keep the denouncer sealed."""

from datetime import datetime

import pytest

from danvan.base.clock import day_of
from danvan.commitments.queries import verify
from danvan.matters.kinds import Kind
from danvan.matters.models import Case, Letter, Matter
from danvan.people.queries import custody_ready
from danvan.rules.procedure import Phase, Procedure
from danvan.web.demo import petitions
from danvan.web.demo.accounts import PASSPHRASES
from tests.world import an_officer

NOW = datetime.fromisoformat("2026-11-20T02:00:00+00:00")


@pytest.fixture
def loaded(world) -> None:
    for username in PASSPHRASES:
        an_officer(name=f"Người {username}", username=username, unit=world.ubnd_binh_an, title=f"Công chức {username}")
    petitions.load(NOW, "xa binh an")


def test_cases_stand_at_different_phases_the_second_instance_with_the_province(world, loaded):
    found = sorted(Case.objects.values_list("procedure", "phase"))
    assert found == sorted([
        (Procedure.COMPLAINT, Phase.SORTING),
        (Procedure.COMPLAINT, Phase.RESOLVING),
        (Procedure.COMPLAINT, Phase.SUSPENDED),
        (Procedure.COMPLAINT, Phase.DECIDED),
        (Procedure.SECOND_COMPLAINT, Phase.RESOLVING),
        (Procedure.DENUNCIATION, Phase.RESOLVING),
    ])  # fmt: skip
    assert Case.objects.get(procedure=Procedure.SECOND_COMPLAINT).holder_id == world.ubnd_tinh.id
    assert list(verify()) == []


def test_everything_of_it_says_that_it_is_made_up(loaded):
    assert not Matter.objects.filter(is_illustration=False).exists()
    assert not Letter.objects.filter(is_illustration=False).exists()


def test_the_denouncer_is_sealed_to_the_two_custodians_of_the_ward(world, loaded):
    denounced = Matter.objects.get(kind=Kind.DENUNCIATION)
    assert denounced.contact_id is None and denounced.identity.shares.count() == 2
    assert custody_ready(world.ubnd_binh_an.id, day_of(NOW))
