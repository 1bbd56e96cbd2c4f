"""The table in which tries are counted."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection

from danvan.base.cache import forget_ended
from tests.world import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def entries() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM cache")
        return int(cursor.fetchone()[0])


def test_what_is_set_is_read_until_it_ends(frozen):
    cache.set("a", [1.5], 60)
    cache.set("a", [2.5, 1.5], 60)
    assert (cache.get("a"), entries()) == ([2.5, 1.5], 1)
    frozen.move_to(AT + timedelta(seconds=61))
    assert cache.get("a") is None


def test_an_entry_is_added_once_and_again_when_it_has_ended(frozen):
    assert [cache.add("lock", 1, 60), cache.add("lock", 2, 60), cache.get("lock")] == [True, False, 1]
    frozen.move_to(AT + timedelta(seconds=61))
    assert [cache.add("lock", 3, 60), cache.get("lock")] == [True, 3]


def test_writing_and_adding_cost_one_statement(django_assert_num_queries):
    for write in (cache.set, cache.set, cache.add):
        with django_assert_num_queries(1):
            write("a", 1, 60)


def test_many_addresses_push_out_no_counter_that_lives():
    cache.set("0", "the first", 60)
    for number in range(700):
        cache.set(f"address-{number}", number, 60)
    assert (cache.get("0"), entries()) == ("the first", 701)


def test_what_has_ended_is_thrown_away_and_nothing_else(frozen):
    cache.set("short", 1, 60)
    cache.set("long", 1, 600)
    cache.set("always", 1, None)
    frozen.move_to(AT + timedelta(seconds=61))
    assert (forget_ended(AT + timedelta(seconds=61)), entries()) == (1, 2)
