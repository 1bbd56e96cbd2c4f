"""Machines give, list and fetch the files of points and acts; whoever may not see the matter fetches nothing."""

import json

import pytest

from danvan.matters.actions import Said, receive
from danvan.matters.kinds import Kind
from danvan.matters.models import Attachment, Placement
from danvan.units.access import CITIZEN
from tests.matters.petitions import POINTS, WALL
from tests.matters.portal_walk import a_photo
from tests.matters.test_papers import a_card, a_pdf
from tests.world import AT

pytestmark = pytest.mark.usefixtures("frozen")
ANSWER = {"verb": "answer", "text": "Đã làm.", "points": {"1": "Đã hủy.", "2": "Đã trả."}}
DECISION = {"key": "decide", "text": "Thu hồi sai.", "number": "20/QĐ-UBND", "outcome": "partly",
            "findings": {"1": "wrong", "2": "right"}}  # fmt: skip


@pytest.fixture
def opinion(world):
    return told(world, Kind.OPINION)


@pytest.fixture
def complaint(world):
    return told(world, Kind.COMPLAINT)


def told(world, kind):
    return receive(said=Said(content=WALL, area_id=world.xa_binh_an.id, kind=kind, points=POINTS), by=CITIZEN, at=AT)


def post(client, path, body, **files):
    answer = client.post(f"/api/v1{path}", {"body": json.dumps(body)} | files)
    return answer.status_code, answer.json()


def key_of(received) -> dict[str, str]:
    return {"code": received.matter.code, "pin": received.pin}


def fetched(client, received, number):
    return client.post(f"/api/v1/track/files/{number}", json.dumps(key_of(received)), "application/json")


def test_each_file_of_evidence_names_its_point(opinion, nam, sign_in):
    client, path = sign_in(nam), f"/matters/{opinion.matter.code}"
    status, found = post(client, f"{path}/steps-with-photos", ANSWER | {"evidence_points": [2, 1, 2]},
                         evidence=[a_photo("red"), a_pdf(), a_photo("blue")], photos=[a_photo("green")])  # fmt: skip
    assert (status, [point["evidence"] for point in found["points"]]) == (200, [[2], [3, 4]])
    assert found["steps"][-1]["files"] == [1, 2, 3, 4]
    listed = client.get(f"/api/v1{path}/files").json()
    assert [(file["number"], file["media_type"], file["points"], file["is_internal"]) for file in listed] == [
        (1, "image/jpeg", [], False), (2, "application/pdf", [1], False), (3, "image/jpeg", [2], False),
        (4, "image/jpeg", [2], False),
    ]  # fmt: skip
    paper = client.get(f"/api/v1{path}/files/2")
    assert (paper["Content-Disposition"], paper.content[:5]) == ('attachment; filename="giay-to-2.pdf"', b"%PDF-")


def test_who_sent_reads_and_fetches_the_evidence_by_code_and_pin(opinion, nam, sign_in, client):
    post(sign_in(nam), f"/matters/{opinion.matter.code}/steps-with-photos", ANSWER | {"evidence_points": [2]},
         evidence=[a_photo()])  # fmt: skip
    tracked = client.post("/api/v1/track", json.dumps(key_of(opinion)), "application/json").json()
    assert ([point["evidence"] for point in tracked["points"]], tracked["files"]) == ([[], [1]], [1])
    assert (fetched(client, opinion, 1)["Content-Type"], fetched(client, opinion, 2).status_code) == ("image/jpeg", 404)
    wrong = json.dumps(key_of(opinion) | {"pin": "000000x"})
    assert client.post("/api/v1/track/files/1", wrong, "application/json").status_code == 404


def test_an_act_and_its_findings_carry_files(complaint, nam, sign_in, client):
    officer, path = sign_in(nam), f"/matters/{complaint.matter.code}"
    post(officer, f"{path}/acts-with-files", {"key": "accept", "text": "Đủ.", "number": "1/TB"}, files=[a_pdf()])
    post(officer, f"{path}/acts-with-files", {"key": "verify", "text": "Giao.", "number": "2/QĐ"}, files=[a_photo()])
    status, found = post(officer, f"{path}/acts-with-files", DECISION | {"evidence_points": [1]},
                         evidence=[a_photo("blue")])  # fmt: skip
    assert (status, [act["files"] for act in found["acts"]]) == (200, [[], [2], [1]])
    assert [point["evidence"] for point in found["points"]] == [[3], []]
    listed = officer.get(f"/api/v1{path}/files").json()
    assert [(file["acts"], file["points"], file["is_internal"]) for file in listed] == [
        ([1], [], False), ([2], [], True), ([3], [1], False)
    ]  # fmt: skip
    tracked = client.post("/api/v1/track", json.dumps(key_of(complaint)), "application/json").json()
    assert (tracked["files"], tracked["points"][0]["evidence"]) == ([1, 2], [2])


REFUSED = {
    "more files than points": ({"evidence_points": [1]}, [a_photo, a_pdf], "evidence_points", "mỗi tệp một số điểm"),
    "points without files": ({"evidence_points": [1]}, [], "evidence_points", "mỗi tệp một số điểm"),
    "a point that is not there": ({"evidence_points": [9]}, [a_photo], "evidence-9", "không có điểm 9"),
    "a card": ({"evidence_points": [2]}, [a_card], "evidence-2", "thẻ căn cước"),
    "more than twenty": (
        {"evidence_points": [n // 4 for n in range(24)]},
        [a_pdf] * 24,
        "evidence-5",
        "nhiều nhất 20 tệp",
    ),
    "six at one point": ({"evidence_points": [1] * 6}, [a_pdf] * 6, "evidence-1", "nhiều nhất 5 tệp"),
}


@pytest.mark.parametrize(("more", "files", "field", "sentence"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_names_the_field_and_leaves_nothing(opinion, nam, sign_in, more, files, field, sentence):
    given = {"evidence": [make() for make in files]} if files else {}
    path = f"/matters/{opinion.matter.code}/steps-with-photos"
    status, refusal = post(sign_in(nam), path, ANSWER | more, **given)
    assert (status, refusal["field"], Attachment.objects.count(), Placement.objects.count()) == (422, field, 0, 0)
    assert sentence in refusal["message"]


@pytest.mark.parametrize(("who", "reads", "writes"), [("kim", 200, 403), ("thu", 404, 404), ("vu", 404, 404)])
def test_files_are_for_whoever_sees_the_matter_and_given_by_whoever_handles_it(
    opinion, complaint, nam, request, sign_in, who, reads, writes
):
    post(sign_in(nam), f"/matters/{opinion.matter.code}/steps-with-photos", ANSWER | {"evidence_points": [1]},
         evidence=[a_photo()])  # fmt: skip
    stranger, path = sign_in(request.getfixturevalue(who)), f"/api/v1/matters/{opinion.matter.code}/files"
    assert [stranger.get(path).status_code, stranger.get(f"{path}/1").status_code] == [reads, reads]
    given, _answer = post(stranger, f"/matters/{complaint.matter.code}/acts-with-files",
                          {"key": "accept", "text": "Đủ.", "number": "1/TB"}, files=[a_photo()])  # fmt: skip
    assert (given, Attachment.objects.filter(matter=complaint.matter).count()) == (writes, 0)
