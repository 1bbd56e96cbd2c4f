"""Near-duplicates for machines: found, linked and unlinked with the refusals of the page."""

import pytest

from danvan.matters.kinds import Kind
from danvan.matters.models import MatterLink
from tests.matters.told import BRIDGE, told

pytestmark = pytest.mark.usefixtures("frozen")
REASON = "Cùng người gửi, gửi lại sau ba ngày."


def links(matter) -> str:
    return f"/api/v1/matters/{matter.code}/links"


def post(client, address, body, **headers):
    return client.post(address, body, "application/json", headers=headers)


@pytest.fixture
def pair(world):
    return told(world.xa_binh_an), told(world.xa_binh_an, content=f"Kính gửi xã. {BRIDGE}")


def test_what_looks_like_it_is_found_before_anything_is_written(world, nam, thu, sign_in):
    first = told(world.xa_binh_an)
    body = {"content": BRIDGE, "area_id": str(world.xa_binh_an.id)}
    found = {who: post(sign_in(officer), "/api/v1/matters-alike", body).json() for who, officer in
             {"nam": nam, "thu": thu}.items()}  # fmt: skip
    assert [(row["code"], row["score"]) for row in found["nam"]] == [(first.code, 100)]
    assert found["thu"] == []


def test_a_matter_shows_its_candidates_and_its_links(pair, nam, sign_in):
    first, later = pair
    client = sign_in(nam)
    assert [row["code"] for row in client.get(links(later)).json()["candidates"]] == [first.code]
    made = post(client, links(later), {"original": first.code.lower(), "reason": REASON}).json()["links"]
    assert [(row["code"], row["is_earlier"], row["reason"]) for row in made] == [(first.code, True, REASON)]
    (seen,) = client.get(links(first)).json()["links"]
    assert (seen["code"], seen["is_earlier"], seen["ended_at"]) == (later.code, False, None)


def test_the_same_key_links_once_and_no_key_is_told_that_it_was_linked(pair, nam, sign_in):
    first, later = pair
    client, body = sign_in(nam), {"original": first.code, "reason": REASON}
    answers = [post(client, links(later), body, **{"Idempotency-Key": "k1"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    again = post(client, links(later), body)
    assert (again.status_code, again.json()["code"], MatterLink.objects.count()) == (409, "linked-already", 1)


@pytest.mark.parametrize(
    ("typed", "code", "field"),
    [
        ({"original": "DV99-AAAA-AAAAA"}, "original-absent", "original"),
        ({"original": "self"}, "link-itself", "original"),
        ({"reason": "  "}, "reason-missing", "reason"),
        ({"why": "hearsay"}, "invalid", "why"),
    ],
)
def test_what_is_refused_names_its_field_and_nothing_is_linked(pair, nam, sign_in, typed, code, field):
    first, later = pair
    body = {"original": first.code, "reason": REASON} | typed
    body["original"] = later.code if body["original"] == "self" else body["original"]
    answer = post(sign_in(nam), links(later), body)
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (422, code, field)
    assert MatterLink.objects.count() == 0


def test_a_denunciation_is_linked_to_nothing(world, nam, sign_in):
    first, later = told(world.xa_binh_an), told(world.xa_binh_an, kind=Kind.DENUNCIATION)
    answer = post(sign_in(nam), links(later), {"original": first.code, "reason": REASON})
    assert answer.json()["code"] == "link-denunciation"


def test_another_unit_and_a_reader_link_nothing(pair, thu, lan, sign_in):
    first, later = pair
    body = {"original": first.code, "reason": REASON}
    assert [post(sign_in(officer), links(later), body).status_code for officer in (thu, lan)] == [404, 403]


def test_a_link_is_ended_with_a_reason_and_stays_on_record(pair, nam, sign_in):
    first, later = pair
    client = sign_in(nam)
    (made,) = post(client, links(later), {"original": first.code, "reason": REASON}).json()["links"]
    assert post(client, f"{links(later)}/{made['id']}/end", {"reason": " "}).json()["field"] == "reason"
    (ended,) = post(client, f"{links(later)}/{made['id']}/end", {"reason": "Nhầm cây cầu."}).json()["links"]
    assert ended["ended_reason"] == "Nhầm cây cầu." and ended["ended_at"]
    assert post(client, f"{links(later)}/{made['id']}/end", {"reason": "Lần nữa."}).status_code == 404


def test_a_link_of_other_matters_is_absent_here(world, pair, nam, sign_in):
    first, later = pair
    client = sign_in(nam)
    (made,) = post(client, links(later), {"original": first.code, "reason": REASON}).json()["links"]
    other = told(world.xa_binh_an, content="Xe rác không vào hẻm 45 đã mười ngày, rác chất đống.")
    assert post(client, f"{links(other)}/{made['id']}/end", {"reason": "Nhầm."}).status_code == 404
    assert MatterLink.objects.get().ended_at is None
