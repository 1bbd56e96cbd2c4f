import pytest

from danvan.people.actions import appoint_custodian, set_passphrase
from danvan.people.kinds import Side
from tests.reports.statutory.happening import Happening
from tests.world import AT, Officer, World, an_officer


@pytest.fixture
def happening(world: World, nam: Officer, tu: Officer) -> Happening:
    return Happening(world, nam, tu, an_officer(name="Lý Thị Tỉnh", unit=world.ubnd_tinh, role="officer"))


@pytest.fixture
def custody(world: World, tu: Officer) -> None:
    """Two custodians with keys, so that an identity can be sealed in xã Bình An."""
    for side, name in ((Side.FIRST, "Phan Quốc Bình"), (Side.SECOND, "Lâm Hải Yến")):
        officer = an_officer(name=name, unit=world.ubnd_binh_an, title=f"Công chức {side}")
        made = appoint_custodian(
            unit_id=world.ubnd_binh_an.pk, account_id=officer.account.pk, side=side, by=tu.by, at=AT
        )
        set_passphrase(custodian_id=made.pk, passphrase=f"bốn con cò bay ngang {side}", by=officer.by, at=AT)
