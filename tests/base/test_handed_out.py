"""A PIN just given out: readable in one session for half an hour, and not by reading the session's table."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from danvan.base.handed_out import SHOWN, HandedOut, hand_out, handed_out, take_back
from tests.world import AT

PIN = "314159"


@pytest.fixture
def request_(db):
    request = RequestFactory().get("/")
    request.session = SessionStore()
    return request


def test_what_was_handed_out_is_shown_for_half_an_hour_and_no_longer(request_):
    hand_out(request_, "pin", about="DV99", secret=PIN, at=AT)
    assert handed_out(request_, "pin", AT + SHOWN) == HandedOut("DV99", PIN)
    assert handed_out(request_, "pin", AT + SHOWN + timedelta(seconds=1)) is None


def test_it_lies_sealed_in_the_session(request_):
    hand_out(request_, "pin", about="DV99", secret=PIN, at=AT)
    assert PIN not in str(dict(request_.session.items())) and PIN not in repr(handed_out(request_, "pin", AT))


def test_it_does_not_open_under_another_name_or_for_another_matter(request_):
    hand_out(request_, "pin", about="DV99", secret=PIN, at=AT)
    kept = request_.session["pin"]
    request_.session["other"] = kept
    assert handed_out(request_, "other", AT) is None
    request_.session["pin"] = kept | {"about": "DV98"}
    assert handed_out(request_, "pin", AT) is None


def test_what_was_taken_back_is_shown_no_more(request_):
    hand_out(request_, "pin", about="DV99", secret=PIN, at=AT)
    take_back(request_, "pin")
    assert (handed_out(request_, "pin", AT), dict(request_.session.items())) == (None, {})


def test_nothing_is_shown_where_nothing_was_handed_out(request_):
    assert handed_out(request_, "pin", AT) is None
