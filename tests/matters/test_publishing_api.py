"""Published answers for machines: prepared by a programme, confirmed by a person who names every name that stays."""

import pytest

from danvan.matters.kinds import Kind
from danvan.matters.models import PublishedAnswer
from danvan.web.cli import main
from tests.matters.test_published import ANSWER, QUESTION, answered, out
from tests.matters.told import does, told

pytestmark = pytest.mark.usefixtures("frozen")
WORDS = {"question": QUESTION, "answer": ANSWER, "confirmed": True}


def publication(matter) -> str:
    return f"/api/v1/matters/{matter.code}/publication"


def post(client, address, body, **headers):
    return client.post(address, body, "application/json", headers=headers)


def test_a_programme_begins_with_everything_found_hidden(world, nam, sign_in):
    matter = answered(world, nam)
    found = sign_in(nam).get(publication(matter)).json()
    kinds = {each["kind"] for each in found["question"]["found"]}
    assert {"tên người", "số điện thoại", "địa chỉ nhà"} == kinds and found["published"] is None
    assert "0912345678" in found["question"]["text"] and "0912345678" not in found["question"]["hidden"]
    assert "Hoa" not in found["answer"]["hidden"]


def test_a_confirmed_answer_stands_before_everybody_and_is_found_by_machines(world, nam, sign_in, client):
    matter = answered(world, nam)
    made = post(sign_in(nam), publication(matter), WORDS).json()["published"]
    assert (made["question"], made["answer"]) == (QUESTION, ANSWER)
    listed = client.get("/api/v1/public/answers", {"q": "lan can"}).json()
    assert (listed["answers"], listed["next"]) == ([made], None)
    assert client.get(f"/api/v1/public/answers/{made['code']}").json() == made
    assert client.get("/api/v1/public/answers", {"q": "karaoke"}).json()["answers"] == []
    assert client.get("/api/v1/public/answers/khong-co").status_code == 404


def test_the_same_key_publishes_once(world, nam, sign_in):
    matter, client = answered(world, nam), sign_in(nam)
    answers = [post(client, publication(matter), WORDS, **{"Idempotency-Key": "k1"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json()["published"] == answers[1].json()["published"]
    assert post(client, publication(matter), WORDS).json()["code"] == "published-already"
    assert PublishedAnswer.objects.count() == 1


NAMED = {"answer": "Đồng chí Trần Văn Nam đã trực tiếp xuống thay lan can ngày 10/3."}


@pytest.mark.parametrize(
    ("changed", "status", "code", "field"),
    [
        ({"confirmed": False}, 422, "not-confirmed", "confirmed"),
        ({"question": " "}, 422, "question-missing", "question"),
        ({"answer": "Xin gọi chị Hoa, 0912345678."} | {"names": ["Hoa"]}, 422, "leads-to-somebody", "answer"),
        (NAMED, 422, "names-left", "names"),
        (NAMED | {"names": ["Trần Văn Ba"]}, 422, "names-left", "names"),
    ],
)
def test_what_is_refused_names_its_field_and_nothing_goes_out(world, nam, sign_in, changed, status, code, field):
    answer = post(sign_in(nam), publication(answered(world, nam)), WORDS | changed)
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (status, code, field)
    assert PublishedAnswer.objects.count() == 0


def test_a_name_that_a_person_lets_stand_goes_out(world, nam, sign_in):
    matter, client = answered(world, nam), sign_in(nam)
    words = WORDS | NAMED
    checked = post(client, f"{publication(matter)}-check", words).json()
    assert (checked["names"], PublishedAnswer.objects.count()) == (["Trần Văn Nam"], 0)
    assert post(client, publication(matter), words | {"names": checked["names"]}).json()["published"]


def test_other_units_readers_denunciations_and_open_matters_publish_nothing(world, nam, thu, lan, sign_in):
    matter = answered(world, nam)
    assert [post(sign_in(one), publication(matter), WORDS).status_code for one in (thu, lan)] == [404, 403]
    assert [sign_in(one).get(publication(matter)).status_code for one in (thu, lan)] == [404, 403]
    unanswered = told(world.xa_binh_an)
    assert post(sign_in(nam), publication(unanswered), WORDS).json()["code"] == "not-answered"
    secret = told(world.xa_binh_an, kind=Kind.DENUNCIATION)
    assert post(sign_in(nam), publication(secret), WORDS).json()["code"] == "not-for-publishing"


def test_what_was_published_in_error_is_withdrawn_with_a_reason(world, nam, sign_in, client):
    matter, desk = answered(world, nam), sign_in(nam)
    out(matter, nam)
    withdraw = f"{publication(matter)}/withdraw"
    assert post(desk, withdraw, {"reason": " "}).json()["field"] == "reason"
    assert post(desk, withdraw, {"reason": "Nhầm cây cầu."}).json()["published"] is None
    assert client.get("/api/v1/public/answers").json()["answers"] == []
    assert post(desk, withdraw, {"reason": "Lần nữa."}).status_code == 404


def test_an_operator_reads_again_what_stands_before_the_public(world, nam, capsys):
    first, second = answered(world, nam), does(nam, "answer", told(world.xa_binh_an), text="Đã sửa.")
    out(first, nam)
    assert main(["answers", "check"]) == 0
    made = out(second, nam, answer="Ông Lê Văn Tám đã nhận được tiền.")
    PublishedAnswer.objects.filter(pk=made.pk).update(answer="Gọi ông Lê Văn Tám, 0912345678.")
    assert main(["answers", "check"]) == 1
    told_ = capsys.readouterr().out
    assert f"/da-tra-loi/{made.code}/" in told_ and "số điện thoại, tên người" in told_ and "0912345678" not in told_
