from random import Random

from danvan.matters.kinds import Field
from danvan.web.demo.plan import (
    MEETINGS_2023,
    OPINIONS_2023,
    hosts,
    illustrations,
    meeting_days,
    split,
    texts,
)


def test_the_generated_opinions_sum_to_the_published_figure():
    sizes = split(OPINIONS_2023, MEETINGS_2023, Random(1), least=3)
    assert (len(sizes), sum(sizes), min(sizes) >= 3) == (360, 2680, True)


def test_the_same_seed_gives_the_same_demonstration():
    once, again = (list(illustrations(Random(5), 40, 0.6)) for _ in range(2))
    assert once == again


def test_meetings_fall_on_weekdays_of_their_year_in_order():
    days = meeting_days(Random(2), 2023, 50)
    assert days == sorted(days)
    assert {(d.year, d.weekday() < 5) for d in days} == {(2023, True)}


def test_every_unit_hosts_a_meeting():
    assert set(hosts(Random(3), ["a", "b", "c"], 7)) == {"a", "b", "c"}


def test_every_field_of_the_texts_is_a_field_of_the_product():
    assert set(texts()) - {"places"} <= set(Field.values)
