"""What taking a matter in costs the database, from the first statement of the request to the last, BEGIN and COMMIT
included. PostgreSQL writes the matter, its commitment, first step, tally and marks in one statement, SQLite in six.
"""

import hashlib
import json
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.matters.models import Matter
from danvan.units.models import ApiToken
from tests.matters.portal_walk import fill_in
from tests.matters.test_intake_pages import DESK, OF_ITS_OWN, typed
from tests.matters.told import BRIDGE
from tests.world import AT

pytestmark = [pytest.mark.usefixtures("frozen"), pytest.mark.django_db(transaction=True)]
MORE_TABLES = {"postgresql": 0, "sqlite": 5}


def spent(call) -> int:
    with CaptureQueriesContext(connection) as asked:
        call()
    return len(asked) - MORE_TABLES[connection.vendor]


def test_a_machine_takes_in_with_seven_statements(world, nam, client):
    """The key, the place, BEGIN, the call's own key, the calendar, all that is written, COMMIT."""
    ApiToken.objects.create(digest=hashlib.sha256(b"t").hexdigest(), holding=nam.holding, name="máy", created_at=AT,
                            expires_on=date(2027, 1, 1))  # fmt: skip

    def create(key) -> int:
        said = {"content": BRIDGE, "area_id": str(world.xa_binh_an.id), "points": ["Làm lan can"] if key == "b" else []}
        headers = {"authorization": "Bearer t", "idempotency-key": key}
        return client.generic("POST", "/api/v1/matters", json.dumps(said), content_type="application/json",
                              headers=headers).status_code  # fmt: skip

    assert create("warm") == 201
    assert spent(lambda: create("a")) == 7
    assert Matter.objects.count() == 2


def test_an_officer_takes_in_with_fourteen_and_fifteen_where_nothing_was_compared(world, nam, sign_in):
    """Four for who it is and the name of the place, three for the session, one to look for letters sent again."""
    desk = sign_in(nam)

    def create(key, **more) -> None:
        filled = typed(world, place_typed="Xã Bình An, Tỉnh Mẫu", key=key, **more)
        assert desk.post(DESK, filled).url == DESK

    create("warm", **OF_ITS_OWN)
    assert spent(lambda: create("a", **OF_ITS_OWN)) == 14
    assert spent(lambda: create("b", content="Chợ xã thiếu nước sạch đã hai tháng nay.")) == 15
    assert Matter.objects.count() == 3


def test_a_citizen_sends_with_fourteen(world, client):
    """Of these four count how often this address sends, and four keep the session with the receipt."""
    cache.clear()
    for _ in range(2):
        fill_in(client, world.xa_binh_an)
        assert spent(lambda: client.post("/gui/xem-lai/")) == 14
    assert Matter.objects.count() == 2
