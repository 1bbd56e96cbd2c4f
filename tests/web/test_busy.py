"""A database that cannot be written to in time: people are told, and nothing is half written."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import pytest
from django.db import connection

from danvan.matters.models import Matter

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def somebody_else_writing() -> Iterator[None]:
    """An SQLite file has one pen: another program holds it, and waiting for it is cut short."""
    connection.close()
    other = sqlite3.connect(connection.settings_dict["NAME"])
    other.execute("BEGIN EXCLUSIVE")
    options = connection.settings_dict["OPTIONS"]
    connection.settings_dict["OPTIONS"] = {**options, "timeout": 0.2}
    try:
        yield
    finally:
        other.rollback()
        other.close()
        connection.close()
        connection.settings_dict["OPTIONS"] = options


def test_a_locked_database_is_told_as_busy_and_keeps_nothing(sign_in, nam, world):
    said = {"content": "Đèn đường hỏng hơn một tháng nay.", "area_id": str(world.xa_binh_an.id), "kind": "reflection"}
    officer = sign_in(nam)
    if connection.vendor != "sqlite":
        assert officer.post("/api/v1/matters", said, content_type="application/json").status_code == 201
        return
    with somebody_else_writing():
        refused = officer.post("/api/v1/matters", said, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (503, "busy")
    assert Matter.objects.count() == 0
    assert officer.post("/api/v1/matters", said, content_type="application/json").status_code == 201


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("/tra-cuu/", {"code": "DV99-AAAA-AAAAA", "pin": "123456"}),
        ("/kiem-tra-bao-cao/", {"text": "Tiếp nhận 12 ý kiến."}),
        ("/tai-khoan/dang-nhap/", {"login": "nam", "password": "khong-phai"}),
    ],
)
def test_a_visitor_who_sends_a_form_then_is_not_told_to_have_tried_too_often(client, world, address, typed):
    if connection.vendor != "sqlite":
        return
    with somebody_else_writing():
        refused = client.post(address, typed)
    assert refused.status_code == 503
    assert "<h1>Hệ thống đang bận</h1>" in refused.content.decode()


def test_places_are_looked_up_while_somebody_writes(client, world):
    with somebody_else_writing() if connection.vendor == "sqlite" else nullcontext():
        assert "Xã Bình An" in client.get("/dia-danh/tra/?q=binh+an").content.decode()
