"""The cast and the tools every test may ask for; `tests/world.py` builds what they stand on."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.test.client import ClientHandler

from tests import world as worlds
from tests.world import Citizen, Officer, World

# A busy machine is no reason for a property to fail, and a red run must be red again when it is repeated.
hypothesis.settings.register_profile("danvan", deadline=None, derandomize=True)
hypothesis.settings.load_profile("danvan")


class OtherMachine(AssertionError):
    """A test tried to reach another machine."""


@pytest.fixture(scope="session", autouse=True)
def _this_machine_only() -> Iterator[None]:
    connect = socket.socket.connect

    def connected(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise OtherMachine(address)
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connected)
        yield


@pytest.fixture
def world(db: None) -> World:
    return worlds.build()


@pytest.fixture
def hoa() -> Citizen:
    """Bà Hoa, who writes about the bridge."""
    return Citizen(
        name="Nguyễn Thị Hoa", phone="0912345678", email="hoa@thu.example", address="Ấp 3, xã Bình An, tỉnh Mẫu"
    )


@pytest.fixture
def nam(world: World) -> Officer:
    """Anh Nam takes in and answers in xã Bình An."""
    return worlds.taker_in(world)


@pytest.fixture
def tu(world: World) -> Officer:
    """Ông Tư signs for xã Bình An."""
    return worlds.leader(world)


@pytest.fixture
def mai(world: World) -> Officer:
    """Chị Mai is a collaborator in a hamlet of xã Bình An."""
    return worlds.an_officer(name="Huỳnh Thị Mai", username="mai", unit=world.ubnd_binh_an, role="collaborator")


@pytest.fixture
def thu(world: World) -> Officer:
    """Cô Thu does in xã Phú Lộc what anh Nam does in xã Bình An: the stranger who must see nothing of his."""
    return worlds.an_officer(name="Võ Thị Thu", username="thu", unit=world.ubnd_phu_loc)


@pytest.fixture
def lan(world: World) -> Officer:
    """Chị Lan co-ordinates for the province: sees all its communes, opens no contact."""
    return worlds.an_officer(name="Phạm Thị Lan", username="lan", unit=world.ubnd_tinh, role="coordinator")


@pytest.fixture
def sau(world: World) -> Officer:
    """Ông Sáu signs for the province."""
    return worlds.an_officer(name="Đặng Văn Sáu", username="sau", unit=world.ubnd_tinh, role="chief")


@pytest.fixture
def kim(world: World) -> Officer:
    """Bà Kim audits: reads everything of the province, changes nothing."""
    return worlds.an_officer(name="Bùi Thị Kim", username="kim", unit=world.ubnd_tinh, role="auditor")


@pytest.fixture
def vu(world: World) -> Officer:
    """Anh Vũ operates the system: units, accounts and the calendar, never what people wrote."""
    return worlds.an_officer(name="Hồ Anh Vũ", username="vu", unit=world.ubnd_tinh, role="operator")


@pytest.fixture
def ben(world: World) -> Officer:
    """Anh Bền works in the other province."""
    return worlds.an_officer(name="Cao Văn Bền", username="ben", unit=world.ubnd_xa_ben)


@pytest.fixture(scope="session")
def static_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Style sheets and scripts collected as for production, so that a page naming one that is not there fails."""
    folder = tmp_path_factory.mktemp("static")
    settings.STATIC_ROOT = folder
    call_command("collectstatic", interactive=False, verbosity=0)
    return folder


@pytest.fixture(scope="session")
def application(static_files: Path) -> ClientHandler:
    """What answers every test client, started once as in production."""
    handler = ClientHandler(enforce_csrf_checks=False)
    handler.load_middleware()
    return handler


@pytest.fixture
def client(application: ClientHandler) -> Client:
    """Nobody is signed in."""
    client = Client()
    client.handler = application
    return client


@pytest.fixture
def sign_in(application: ClientHandler) -> Callable[[Officer], Client]:
    """A test client with that officer's session; each call makes a new client."""

    def signed_in(officer: Officer) -> Client:
        client = Client()
        client.handler = application
        client.force_login(officer.account, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in


@pytest.fixture
def frozen() -> Iterator[time_machine.Traveller]:
    """It is nine in the morning of Thursday 12/03/2026 in Vietnam and stays so; `frozen.move_to(...)` goes on."""
    with time_machine.travel(worlds.AT, tick=False) as traveller:
        yield traveller
