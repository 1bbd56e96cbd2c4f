import pytest

from tests.reports.statutory.happening import Happening
from tests.world import Officer, World, an_officer


@pytest.fixture
def happening(world: World, nam: Officer, tu: Officer) -> Happening:
    return Happening(world, nam, tu, an_officer(name="Lý Thị Tỉnh", unit=world.ubnd_tinh, role="officer"))


@pytest.fixture
def everything(happening: Happening) -> Happening:
    happening.everything()
    return happening
