"""Rows of several tables in one statement."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from danvan.base.ids import new_id
from danvan.base.models import AuditCheckpoint, IdempotencyKey, WorkerBeat
from danvan.base.writing import write
from tests.world import AT, MAU

pytestmark = pytest.mark.django_db


def a_key(name: str) -> IdempotencyKey:
    return IdempotencyKey(home_area=MAU, verb="v", key=name, made=new_id(MAU), created_at=AT)


def a_mark(digest: str) -> AuditCheckpoint:
    return AuditCheckpoint(home_area=MAU, taken_at=AT + timedelta(hours=len(digest)), ledgers=1, steps=2, digest=digest)


def test_every_row_stands_as_it_was_built(django_assert_num_queries):
    rows = [a_key("a"), a_key("b"), WorkerBeat(worker_id="%s ’w", beat_at=AT), a_mark("x"), a_mark("yy")]
    with django_assert_num_queries({"postgresql": 1, "sqlite": 3}[connection.vendor]):
        write(rows)
    kept = {row.key: row for row in IdempotencyKey.objects.all()}
    assert [(kept[row.key].pk, kept[row.key].made, kept[row.key].created_at) for row in rows[:2]] == [
        (row.pk, row.made, AT) for row in rows[:2]
    ]
    assert list(WorkerBeat.objects.values_list("worker_id", "beat_at")) == [("%s ’w", AT)]
    assert set(AuditCheckpoint.objects.values_list("digest", "steps")) == {("x", 2), ("yy", 2)}


def test_a_row_that_was_written_is_changed_by_its_save():
    row = a_key("a")
    write([row])
    row.verb = "w"
    row.save()
    assert list(IdempotencyKey.objects.values_list("key", "verb")) == [("a", "w")]


def test_all_of_them_or_none():
    with pytest.raises(IntegrityError), transaction.atomic():
        write([a_mark("x"), a_key("a"), a_key("a")])
    assert (AuditCheckpoint.objects.count(), IdempotencyKey.objects.count()) == (0, 0)
