"""One month, written down once for the whole folder; what a test adds to it is taken out after the test."""

from collections.abc import Iterator
from copy import deepcopy

import pytest
import time_machine
from pytest_django.plugin import DjangoDbBlocker

from tests import world as worlds
from tests.matters.told import at
from tests.reports.statutory.happening import Happening
from tests.world import Officer, World, an_officer, kept, leader, taker_in


@pytest.fixture(scope="package")
def month(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Happening]:
    with kept(django_db_blocker):
        world = worlds.build()
        province = an_officer(name="Lý Thị Tỉnh", unit=world.ubnd_tinh)
        happening = Happening(world, taker_in(world), leader(world), province)
        happening.everything()
        yield happening


@pytest.fixture
def everything(month: Happening, db: None) -> Happening:
    return deepcopy(month)


@pytest.fixture
def world(everything: Happening) -> World:
    return everything.world


@pytest.fixture
def nam(everything: Happening) -> Officer:
    return everything.nam


@pytest.fixture
def tu(everything: Happening) -> Officer:
    return everything.tu


@pytest.fixture
def april(everything: Happening, frozen: time_machine.Traveller) -> Happening:
    frozen.move_to(at(40))
    return everything
