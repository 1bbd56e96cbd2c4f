"""What is sent twice is written once."""

import threading
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection, transaction

from danvan.base.errors import Invalid, Refused
from danvan.base.models import IdempotencyKey, WorkerBeat
from danvan.base.once import once
from tests.world import AT, BAN, MAU

Sender = Callable[..., tuple[UUID, bool]]


@pytest.fixture
def send() -> Sender:
    """Sends with a key; what is made is a row of its own each time."""

    def sending(key: str = "k1", verb: str = "receive", home_area: int = MAU) -> tuple[UUID, bool]:
        return once(home_area=home_area, verb=verb, key=key, at=AT, make=make)

    return sending


def make(made: UUID) -> None:
    WorkerBeat.objects.create(worker_id=made.hex, beat_at=AT)


def rows() -> int:
    return WorkerBeat.objects.count()


@pytest.mark.django_db
class TestOnce:
    def test_the_second_sending_answers_what_the_first_one_made(self, send: Sender) -> None:
        made, new = send()
        assert (new, send(), rows()) == (True, (made, False), 1)

    def test_another_key_verb_or_province_is_another_thing(self, send: Sender) -> None:
        made = {send()[0], send(key="k2")[0], send(verb="answer")[0], send(home_area=BAN)[0]}
        assert (len(made), rows()) == (4, 4)

    def test_without_a_key_nothing_is_guarded(self, send: Sender) -> None:
        assert send(key="")[1] and send(key="")[1]
        assert (rows(), IdempotencyKey.objects.count()) == (2, 0)

    def test_a_refused_sending_may_be_sent_again(self, send: Sender) -> None:
        def refuse(made: UUID) -> None:
            make(made)
            raise Refused("no", "Không được.")

        with pytest.raises(Refused):
            once(home_area=MAU, verb="receive", key="k1", at=AT, make=refuse)
        assert rows() == 0
        assert send()[1]

    def test_a_key_too_long_is_refused(self, send: Sender) -> None:
        with pytest.raises(Invalid) as refusal:
            send(key="k" * 81)
        assert refusal.value.field == "key"
        assert rows() == 0

    def test_it_is_undone_with_the_transaction_around_it(self, send: Sender) -> None:
        with transaction.atomic():
            send()
            transaction.set_rollback(True)
        assert send()[1]


@pytest.mark.django_db(transaction=True)
def test_of_eight_senders_at_the_same_moment_one_writes(send: Sender) -> None:
    answers: list[tuple[UUID, bool]] = []
    together = threading.Barrier(8)

    def one() -> None:
        together.wait()
        try:
            answers.append(send())
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert rows() == 1
    assert len({made for made, _new in answers}) == 1
    assert sorted(new for _made, new in answers) == [False] * 7 + [True]
