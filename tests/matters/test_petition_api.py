"""Letters and cases for machines: the same refusals, at the same fields, as on the pages."""

import pytest

from danvan.matters.models import Act, Case, Letter
from danvan.rules.procedure import Phase
from tests.matters.petitions import BRIBE, WALL, a_complaint, did
from tests.matters.told import BRIDGE, told

pytestmark = pytest.mark.usefixtures("frozen")
LETTERS = "/api/v1/letters"


def case_of(case: Case) -> str:
    return f"/api/v1/matters/{case.lead.code}/case"


def acts_of(case: Case) -> str:
    return f"/api/v1/matters/{case.lead.code}/acts"


def post(client, address, body, **headers):
    return client.post(address, body, "application/json", headers=headers)


def letter(world, *contents, **changed) -> dict:
    garden = {"content": WALL, "area_id": str(world.xa_binh_an.id), "kind": "complaint", "field": "land"}
    return {"contents": [garden | each for each in contents or ({},)]} | changed


def test_a_letter_is_registered_with_its_contents_and_their_codes(world, nam, sign_in):
    body = letter(world, {"points": ["Hủy quyết định"], "case": {"known_on": "2026-03-01", "criteria": ["foreign"]}},
                  {"kind": "reflection", "content": BRIDGE}, way="post")  # fmt: skip
    response = post(sign_in(nam), LETTERS, body)
    told_back = response.json()
    assert (response.status_code, told_back["number"], len(told_back["parts"])) == (201, 1, 2)
    assert all(len(part["pin"]) == 6 for part in told_back["parts"])
    assert (Letter.objects.get().way, Case.objects.get().known_on.isoformat()) == ("post", "2026-03-01")


def test_the_same_key_registers_once_and_tells_no_pin_again(world, nam, sign_in):
    client = sign_in(nam)
    first, second = (post(client, LETTERS, letter(world), **{"Idempotency-Key": "k1"}) for _ in range(2))
    assert (first.status_code, second.status_code, second.json()["parts"][0]["pin"]) == (201, 200, "")
    assert Letter.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "paper", "field"),
    [
        ({}, {"writer": "group"}, "signers"),
        ({}, {"same_as": "9/2026", "same_why": "duplicate"}, "same_as"),
        ({"case": {"previous": "DV99-AAAA-AAAAA"}}, {}, "previous"),
        ({"case": {"criteria": ["nothing"]}}, {}, "criteria"),
        ({"kind": "denunciation", "content": f"Tôi là Trần Thị Hoa. {BRIBE}"}, {"sender": {"name": "Trần Thị Hoa"}},
         "content"),
    ],
)  # fmt: skip
def test_what_is_refused_names_its_field_and_nothing_is_registered(world, nam, sign_in, content, paper, field):
    response = post(sign_in(nam), LETTERS, letter(world, content, **paper))
    assert response.status_code in {409, 422} and response.json()["field"] == field
    assert Letter.objects.count() == 0


def test_the_register_is_listed_page_by_page(world, nam, sign_in):
    client = sign_in(nam)
    for _ in range(3):
        post(client, LETTERS, letter(world))
    first = client.get(LETTERS, {"limit": 2}).json()
    second = client.get(LETTERS, {"limit": 2, "after": first["next"]}).json()
    assert sorted(row["number"] for row in first["letters"] + second["letters"]) == [1, 2, 3]
    assert second["next"] is None and first["letters"][0]["parts"][0]["says"] == "đang xem xét thụ lý"


def test_a_case_tells_its_stages_its_acts_and_what_may_be_done_now(world, nam, sign_in):
    case = a_complaint(world.xa_binh_an)
    did(nam, "accept", case, number="05/TB-UBND")
    found = sign_in(nam).get(case_of(case)).json()
    assert (found["phase"], found["procedure"], found["seen"]) == ("resolving", "complaint", 1)
    assert [(stage["name"], stage["due"]) for stage in found["stages"]] == [
        ("accept", "2026-03-26"), ("resolve", "2026-04-13")
    ]  # fmt: skip
    assert [(line["key"], line["number"]) for line in found["acts"]] == [("accept", "05/TB-UBND")]
    needs = {line["key"]: line["needs"] for line in found["next"]}
    assert needs["decide"] == ["findings", "number", "outcome", "text"]


def test_an_act_is_done_and_the_newest_case_comes_back(world, nam, sign_in):
    case = a_complaint(world.xa_binh_an)
    body = {"key": "accept", "text": "Đủ điều kiện.", "number": "05/TB-UBND", "seen": 1}
    response = post(sign_in(nam), acts_of(case), body)
    assert (response.status_code, response.json()["phase"]) == (200, "resolving")
    assert Act.objects.get().number == "05/TB-UBND"


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"key": "accept", "text": "Đủ."}, 422, "number"),
        ({"key": "refuse", "text": "Không.", "number": "1"}, 422, "reason"),
        ({"key": "decide", "text": "x", "number": "1", "outcome": "right"}, 409, ""),
        ({"key": "accept", "text": "Đủ.", "number": "1", "seen": 0}, 409, ""),
        ({"key": "join", "text": "Cùng việc.", "case": "DV99-AAAA-AAAAA"}, 422, "case"),
        ({"key": "nothing"}, 422, "key"),
    ],
)
def test_an_act_is_refused_as_on_the_page(world, nam, sign_in, body, status, field):
    case = a_complaint(world.xa_binh_an)
    response = post(sign_in(nam), acts_of(case), body)
    assert (response.status_code, response.json()["field"].split(".")[-1]) == (status, field)
    assert Case.objects.get().phase == Phase.SORTING and Act.objects.count() == 0


@pytest.mark.parametrize("stranger", ["thu", "ben", "vu"])
def test_a_case_of_another_unit_is_as_absent_as_one_that_never_was(world, request, sign_in, stranger):
    case, client = a_complaint(world.xa_binh_an), sign_in(request.getfixturevalue(stranger))
    body = {"key": "accept", "text": "x", "number": "1"}
    assert [client.get(case_of(case)).status_code, post(client, acts_of(case), body).status_code] == [404, 404]
    assert client.get("/api/v1/matters/DV99-AAAA-AAAAA/case").status_code == 404


@pytest.mark.parametrize("reader", ["kim", "mai", "lan"])
def test_who_only_reads_does_no_act(world, request, sign_in, reader):
    case, client = a_complaint(world.xa_binh_an), sign_in(request.getfixturevalue(reader))
    response = post(client, acts_of(case), {"key": "accept", "text": "x", "number": "1"})
    assert (response.status_code, Act.objects.count()) == (403, 0)


def test_a_plain_matter_has_no_case_and_nobody_unknown_reads_the_register(world, nam, client, sign_in):
    matter = told(world.xa_binh_an)
    assert sign_in(nam).get(f"/api/v1/matters/{matter.code}/case").status_code == 404
    assert [client.get(LETTERS).status_code, post(client, LETTERS, letter(world)).status_code] == [401, 401]


def test_the_register_shows_nothing_of_another_unit(world, nam, thu, sign_in):
    post(sign_in(nam), LETTERS, letter(world))
    assert sign_in(thu).get(LETTERS).json()["letters"] == []


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_costs_the_same_for_one_and_twenty(world, nam, sign_in, django_assert_num_queries, rows):
    client = sign_in(nam)
    for _ in range(rows):
        post(client, LETTERS, letter(world))
    with django_assert_num_queries(7):
        assert len(client.get(LETTERS).json()["letters"]) == rows
