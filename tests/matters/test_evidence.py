"""Evidence hangs on the point it shows, files go with the act they belong to; both are seen by whoever sees the place."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from danvan.base.errors import Absent, Forbidden, Invalid
from danvan.commitments.models import Step
from danvan.matters.actions import Said, Words, citizen_act, enclosures, receive
from danvan.matters.kinds import Kind, Settled
from danvan.matters.models import Act, Attachment, Case, Matter, Placement, Point
from danvan.matters.queries.detail import detail, files_seen
from danvan.matters.queries.tracking import photo_of, tracked
from danvan.rules.ledger import State
from danvan.units.access import CITIZEN
from tests.matters.petitions import POINTS, WALL, a_denunciation, did
from tests.matters.portal_walk import a_photo, open_story, text
from tests.matters.test_papers import a_card, a_docx, a_pdf, stored  # noqa: F401 -- a fixture and three files
from tests.matters.told import at, does, fresh, told
from tests.world import TODAY

pytestmark = pytest.mark.usefixtures("frozen")
REQUESTS = ["Làm lan can", "Đặt biển báo"]
ANSWERS = {1: "Đã hàn ngày 10/3.", 2: "Đã đặt hai biển."}


def photo(colour="red") -> bytes:
    return a_photo(colour).getvalue()


@pytest.fixture
def received(world):
    return receive(said=Said(content=f"{WALL} Lần nữa.", area_id=world.xa_binh_an.id, kind=Kind.OPINION,
                             points=REQUESTS), by=CITIZEN, at=at())  # fmt: skip


@pytest.fixture
def bridge(received) -> Matter:
    return received.matter


@pytest.fixture
def complained(world):
    return receive(said=Said(content=WALL, area_id=world.xa_binh_an.id, kind=Kind.COMPLAINT, points=POINTS),
                   by=CITIZEN, at=at())  # fmt: skip


@pytest.fixture
def case(complained) -> Case:
    return Case.objects.get(lead=complained.matter)


def answered(officer, matter, **evidence) -> Matter:
    return does(officer, "answer", matter, text="Đã làm.", points=ANSWERS, **evidence)


def at_points(officer, matter) -> dict[int, list[int]]:
    found = detail(code=matter.code, by=officer.by, on=TODAY)
    return {point.ordinal: shown.every for point, shown in found.judged_points if shown}


def decided(officer, case, **done) -> Act:
    did(officer, "accept", case)
    return did(officer, "decide", case, outcome="wrong", findings={1: "wrong", 2: "wrong"}, **done)


def rows() -> tuple[int, int, int]:
    return Attachment.objects.count(), Placement.objects.count(), Step.objects.count()


# Evidence of an answer


def test_evidence_stands_at_its_point_for_the_officer_and_for_who_sent(received, nam, sign_in, client):
    sent = {"answer-seen": 1, "answer-text": "Đã làm.", "answer-point-1": "Đã hàn.", "answer-point-2": "Đã đặt.",
            "answer-evidence-1": [a_photo(), a_pdf()], "answer-evidence-2": a_docx()}  # fmt: skip
    officer = sign_in(nam)
    response = officer.post(f"/viec/{received.matter.code}/buoc/answer/", sent)
    assert (response.status_code, at_points(nam, received.matter)) == (302, {1: [1, 2], 2: [3]})
    page = text(officer.get(f"/viec/{received.matter.code}/"))
    assert page.index("Đã hàn.") < page.index("Minh chứng") < page.index("/anh/1/") < page.index("Đã đặt.")
    story = open_story(client, received.matter.code, received.pin)
    shown = text(client.get(story))
    assert (
        shown.index("Đã hàn.") < shown.index(f"{story}anh/2/") < shown.index("Đã đặt.") < shown.index(f"{story}anh/3/")
    )
    assert [client.get(f"{story}anh/{n}/").status_code for n in (1, 2, 3, 4)] == [200, 200, 200, 404]


def test_the_same_file_at_two_points_is_kept_once_and_shown_at_both(bridge, nam):
    answered(nam, bridge, evidence={1: [photo()], 2: [photo(), photo()]})
    assert (at_points(nam, bridge), Attachment.objects.count()) == ({1: [1], 2: [1]}, 1)


def test_a_photo_the_citizen_sent_may_be_evidence_and_stays_theirs(world, nam):
    matter = told(world.xa_binh_an, points=REQUESTS, photos=[photo()])
    with_it = Attachment.objects.get()
    again = answered(nam, matter, evidence={1: [photo()]})
    found = detail(code=again.code, by=nam.by, on=TODAY)
    assert (found.own_photos, at_points(nam, again), Attachment.objects.get()) == ((1,), {1: [1]}, with_it)


def test_a_second_answer_shows_its_own_evidence_and_the_story_keeps_the_first(received, nam, client):
    answered(nam, received.matter, evidence={1: [photo("red")]})
    story = open_story(client, received.matter.code, received.pin)
    client.post(f"{story}danh-gia/", {"settled": Settled.NO, "text": "Chưa làm gì.", "seen": 2})
    answered(nam, fresh(received.matter), when=at(1), evidence={1: [photo("blue")]})
    assert at_points(nam, received.matter) == {1: [2]}
    found = tracked(received.matter.id, TODAY)
    assert [shown.every for _request, _answer, shown in found.answer.points] == [[2], []]
    assert [step.evidence[1].every for step in found.steps if step.verb == "answer"] == [[1], [2]]


def test_a_file_sent_again_with_a_later_step_is_shown_there_too(world, nam, lan):
    matter = told(world.xa_binh_an)
    does(lan, "urge", matter, text="Gấp.", photos=[photo()])
    does(nam, "answer", matter, text="Đã làm.", photos=[photo()])
    found = tracked(matter.id, TODAY)
    assert (found.answer.photos, len(found.files.every), Attachment.objects.count()) == ((1,), 1, 1)
    assert [step.photos for step in found.steps if step.verb == "urge"] == [()]


def test_the_ledger_is_told_of_every_file(bridge, nam, world):
    other = told(world.xa_binh_an, kind=Kind.OPINION, points=REQUESTS)
    answered(nam, bridge)
    answered(nam, other, evidence={1: [photo()]})
    hashes = Step.objects.filter(verb="answer").values_list("payload_hash", flat=True)
    assert len(set(hashes)) == 2


@pytest.mark.parametrize("many", [1, 4])
def test_evidence_costs_one_query_however_much_there_is(
    bridge, nam, sign_in, django_assert_num_queries, many
):  # fmt: skip
    colours = ["red", "blue", "green", "black"][:many]
    answered(nam, bridge, evidence={1: [photo(colour) for colour in colours]})
    client = sign_in(nam)
    client.get(f"/viec/{bridge.code}/")
    with django_assert_num_queries(9):
        client.get(f"/viec/{bridge.code}/")


# What may not come in

REFUSED = {
    "a point that is not there": ({"evidence": {7: [b"x"]}}, "evidence-7", "không có điểm 7"),
    "an answer to a point that is not there": ({"points": ANSWERS | {9: "Gì?"}}, "point-9", "không có điểm 9"),
    "a card": ({"evidence": {2: [a_card]}}, "evidence-2", "thẻ căn cước"),
    "a stamped paper": ({"evidence": {1: [photo], 2: [lambda: a_docx("TUYỆT MẬT")]}}, "evidence-2", "văn thư bảo mật"),
    "no photo": ({"evidence": {2: [b"MZ"]}}, "evidence-2", "không phải là ảnh"),
    "too large a file": ({"evidence": {1: [b"\xff\xd8" + bytes(13 * 1024 * 1024)]}}, "evidence-1", "lớn hơn 12 MB"),
    "six at one point": ({"evidence": {1: [b"x"] * 6}}, "evidence-1", "nhiều nhất 5 tệp"),
    "too heavy together": ({"evidence": {1: [bytes(31 * 1024 * 1024)], 2: [bytes(31 * 1024 * 1024)]}}, "evidence-2", "cộng lại lớn hơn 60 MB"),
}  # fmt: skip


def given(value):
    """Files made when the test runs."""
    if callable(value):
        made = value()
        return made if isinstance(made, bytes) else made.read()
    if isinstance(value, dict):
        return {key: given(each) for key, each in value.items()}
    return [given(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize(("words", "field", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_may_not_come_in_is_told_at_its_field_and_nothing_is_written(
    bridge, nam, stored, words, field, sentence  # noqa: F811
):  # fmt: skip
    before, lying = rows(), stored()
    with pytest.raises(Invalid, match=sentence) as refused:
        does(nam, "answer", bridge, text="Đã làm.", **{"points": ANSWERS} | given(words))
    assert (refused.value.field, rows(), stored()) == (field, before, lying)
    assert (fresh(bridge).current.state, set(Point.objects.values_list("answer", flat=True))) == (State.OPEN, {""})


def test_a_step_takes_twenty_files_and_no_more(world, nam):
    matter = told(world.xa_binh_an, kind=Kind.OPINION, points=[f"Điểm {n}" for n in range(1, 6)])
    every = {n: f"Xong {n}." for n in range(1, 6)}
    with pytest.raises(Invalid, match="nhiều nhất 20 tệp") as refused:
        does(nam, "answer", matter, text="Xong.", points=every, evidence={n: [b"x"] * 5 for n in every})
    assert (refused.value.field, rows()) == ("evidence-5", (0, 0, 1))


def test_a_matter_that_is_full_takes_no_evidence_but_shows_again_what_it_has(bridge, nam, monkeypatch, stored):  # noqa: F811
    monkeypatch.setattr(enclosures, "MOST_ENCLOSURES", 1)
    does(nam, "add", bridge, text="Ảnh cũ.", photos=[photo("red")])
    lying = stored()
    with pytest.raises(Invalid, match="Mỗi việc nhận nhiều nhất 1 ") as refused:
        answered(nam, bridge, evidence={2: [photo("blue")]})
    assert (refused.value.field, rows()[:2], stored()) == ("evidence-2", (1, 0), lying)
    answered(nam, bridge, evidence={2: [photo("red")]})
    assert at_points(nam, bridge) == {2: [1]}


def test_evidence_belongs_to_an_answer(bridge, nam):
    with pytest.raises(Invalid, match="chỉ kèm khi trả lời") as refused:
        does(nam, "add", bridge, text="Thêm.", evidence={1: [photo()]})
    assert refused.value.field == "evidence-1"


def test_who_may_not_answer_has_no_file_looked_at(bridge, kim, mai, thu):
    for officer, refusal in ((kim, Forbidden), (mai, Forbidden), (thu, Absent)):
        with pytest.raises(refusal):
            answered(officer, bridge, evidence={1: [b"no file at all"]})
    assert rows()[:2] == (0, 0)


def test_the_page_keeps_the_words_tells_the_file_at_its_place_and_asks_for_the_files_again(bridge, nam, sign_in):
    sent = {"answer-seen": 1, "answer-text": "Đã làm xong cả.", "answer-point-1": "Đã hàn.",
            "answer-point-2": "Đã đặt.", "answer-evidence-2": a_card(), "answer-evidence-1": a_pdf()}  # fmt: skip
    response = sign_in(nam).post(f"/viec/{bridge.code}/buoc/answer/", sent)
    page = text(response)
    assert (response.status_code, rows()[:2]) == (422, (0, 0))
    assert "Đã làm xong cả." in page and "Hãy chọn lại tệp" in page
    assert re.search(r'id="id_answer-evidence-2_error"[^>]*>.*?thẻ căn cước', page, re.DOTALL)


# Acts of a case


def test_the_files_of_an_act_are_the_senders_unless_the_act_is_between_offices(complained, case, nam, client, sign_in):
    did(nam, "accept", case, files=[a_pdf().read()])
    did(nam, "verify", case, text="Giao chị Lan.", files=[photo("blue")])
    did(nam, "report", case, files=[a_docx("Báo cáo xác minh.").read()], number="")
    page = text(sign_in(nam).get(f"/viec/{case.lead.code}/"))
    assert [f"/viec/{case.lead.code}/anh/{n}/" in page for n in (1, 2, 3)] == [True, True, True]
    story = open_story(client, complained.matter.code, complained.pin)
    shown = text(client.get(story))
    assert (re.findall(r"/anh/(\d)/", shown), [client.get(f"{story}anh/{n}/").status_code for n in (1, 2)]) == (
        ["1"], [200, 404]
    )  # fmt: skip


def test_what_was_between_offices_is_the_senders_once_the_office_gives_it_to_them(case, nam):
    did(nam, "accept", case)
    did(nam, "verify", case, files=[photo("blue")])
    did(nam, "report", case, files=[photo("red")], number="")
    did(nam, "dialogue", case, files=[photo("red")])
    found = tracked(case.lead_id, TODAY)
    assert [step.photos for step in found.steps if step.act] == [(), (), (), (1,)]
    red = Attachment.objects.get(number=2)
    assert (photo_of(case.lead_id, 1), len(found.files.every)) == (red, 1)


def test_a_finding_carries_its_evidence_to_the_sender(complained, case, nam, client):
    act = decided(nam, case, files=[a_pdf().read()], evidence={2: [photo()]})
    assert at_points(nam, case.lead) == {2: [2]}
    assert list(Placement.objects.order_by("number").values_list("point", "act")) == [
        (None, act.ordinal), (2, act.ordinal)
    ]  # fmt: skip
    story = open_story(client, complained.matter.code, complained.pin)
    shown = text(client.get(story))
    assert shown.index(POINTS[1]) < shown.index("Minh chứng") < shown.index(f"{story}anh/2/")


def test_an_act_that_takes_no_step_has_its_files_in_the_story(complained, case, nam, client):
    did(nam, "withdraw", case)
    did(nam, "restore", case, when=at(1), files=[photo()], text="Bị ép rút.")
    found = tracked(case.lead_id, TODAY)
    assert (found.files.own.every, [act.files.every for act in found.case.without_step]) == ([], [[1]])
    assert "/anh/1/" in text(client.get(open_story(client, complained.matter.code, complained.pin)))


def test_of_the_case_that_took_a_letter_in_its_sender_sees_no_file(complained, case, nam, world):
    other = receive(said=Said(content=WALL, area_id=world.xa_binh_an.id, kind=Kind.COMPLAINT), by=CITIZEN, at=at())
    did(nam, "join", Case.objects.get(lead=other.matter), case_id=case.pk)
    did(nam, "accept", case, files=[photo()])
    assert len(tracked(case.lead_id, TODAY).files.every) == 1
    assert tracked(other.matter.id, TODAY).files.every == ()
    with pytest.raises(Absent):
        photo_of(other.matter.id, 1)


ACTS_REFUSED = {
    "evidence where nothing is found": ("accept", {"evidence": {1: [photo]}}, "evidence-1", "chỉ kèm khi kết luận"),
    "a card": ("accept", {"files": [a_card]}, "files", "thẻ căn cước"),
    "six files": ("accept", {"files": [b"x"] * 6}, "files", "nhiều nhất 5 tệp"),
    "a stamped text": ("accept", {"text": "MẬT\nPhương án"}, "text", "văn thư bảo mật"),
}


@pytest.mark.parametrize(("key", "done", "field", "sentence"), ACTS_REFUSED.values(), ids=ACTS_REFUSED)
def test_what_may_not_go_with_an_act_stops_the_act(case, nam, stored, key, done, field, sentence):  # noqa: F811
    before, lying = rows(), stored()
    with pytest.raises(Invalid, match=sentence) as refused:
        did(nam, key, case, **given(done))
    assert (refused.value.field, rows(), stored(), Act.objects.count()) == (field, before, lying, 0)


def test_a_withdrawn_content_takes_no_evidence(case, nam):
    did(nam, "accept", case)
    did(nam, "withdraw-part", case, points=(2,))
    with pytest.raises(Invalid, match="Nội dung 2 đã được rút") as refused:
        did(nam, "decide", case, outcome="wrong", findings={1: "wrong"}, evidence={2: [photo()]})
    assert refused.value.field == "evidence-2"


def test_the_form_of_an_act_takes_files_and_keeps_what_was_typed(case, nam, sign_in):
    client, address = sign_in(nam), f"/viec/{case.lead.code}/thu-tuc/accept/"
    sent = {"accept-seen": 1, "accept-text": "Đủ điều kiện.", "accept-number": "05/TB-UBND"}
    refused = client.post(address, sent | {"accept-files": a_card()})
    assert (refused.status_code, rows()[:2]) == (422, (0, 0))
    assert all(told_there in text(refused) for told_there in ("thẻ căn cước", "Đủ điều kiện.", "Hãy chọn lại tệp"))
    assert client.post(address, sent | {"accept-files": [a_photo(), a_pdf()]}).status_code == 302
    assert rows()[:2] == (2, 2)


def test_a_decision_on_the_page_finds_on_each_content_with_evidence(case, nam, sign_in):
    did(nam, "accept", case)
    sent = {"seen": fresh(case.lead).current.steps_taken, "text": "Thu hồi sai.", "number": "20/QĐ-UBND",
            "outcome": "partly", "finding-1": "wrong", "finding-2": "right", "evidence-1": a_photo()}  # fmt: skip
    prefixed = {f"decide-{name}": value for name, value in sent.items()}
    assert sign_in(nam).post(f"/viec/{case.lead.code}/thu-tuc/decide/", prefixed).status_code == 302
    assert at_points(nam, case.lead) == {1: [1]}


# Denunciations


def test_what_a_denouncer_hands_in_later_is_not_kept_unsealed(world, nam, mai):
    case = a_denunciation(world.xa_binh_an)
    for attempt in (
        lambda: citizen_act(matter=case.lead, verb="add", words=Words("Thêm.", photos=[photo()]), at=at()),
        lambda: does(nam, "add", case.lead, text="Nộp thêm.", photos=[photo()]),
    ):
        with pytest.raises(Invalid, match="niêm phong") as refused:
            attempt()
        assert (refused.value.field, rows()[:2]) == ("photos", (0, 0))


def test_a_denunciation_offers_no_file_field_beside_its_acts(world, nam, sign_in):
    case = a_denunciation(world.xa_binh_an)
    page = text(sign_in(nam).get(f"/viec/{case.lead.code}/"))
    assert 'name="add-photos"' not in page and 'name="accept-denunciation-files"' in page


# The database


def a_placement(matter: Matter, **values) -> Placement:
    return Placement(home_area=matter.home_area, **{"matter": matter, "number": 1} | values)


@transaction.atomic
def written(row: Placement) -> None:
    row.save(force_insert=True)
    connection.check_constraints()


def test_the_database_hangs_no_file_on_a_point_or_act_of_another_matter(bridge, case, world, nam):
    other = told(world.xa_binh_an, points=["Một", "Hai", "Ba"], photos=[photo("blue")])
    step = Step.objects.get(commitment_id=other.current_id)
    did(nam, "accept", case)
    wrong = [
        a_placement(other, point=4, step=step),
        a_placement(other, number=2, point=1, step=step),
        a_placement(bridge, point=1, step=step),
        a_placement(other, case=case, act=1),
        a_placement(other, act=1),
        a_placement(other, point=1),
        a_placement(other),
    ]
    for row in wrong:
        with pytest.raises(IntegrityError):
            written(row)
    written(a_placement(other, point=3, step=step))


def test_numbers_are_those_of_the_files_whatever_came_in_between(case, nam):
    """Stages run beside each other, so steps are not told in the order in which their files came."""
    decided(nam, case, files=[photo("red")])
    did(nam, "publish", case, when=at(1), files=[photo("green")], place="Trụ sở", until=TODAY + timedelta(20))
    did(nam, "send", case, when=at(2), files=[photo("blue")])
    found = detail(code=case.lead.code, by=nam.by, on=TODAY)
    assert [line.photos for line in found.lines if line.photos] == [(1,), (2,), (3,)]


def test_a_list_of_files_says_where_each_stands_and_who_may_see_it(case, nam):
    did(nam, "accept", case)
    did(nam, "verify", case, files=[photo("red")])
    did(nam, "decide", case, outcome="wrong", findings={1: "wrong", 2: "wrong"}, evidence={1: [photo("blue")]})
    seen = files_seen(code=case.lead.code, by=nam.by, on=TODAY)
    assert [(file.number, file.points, file.acts, file.is_internal) for file in seen] == [
        (1, [], [2], True), (2, [1], [3], False)
    ]  # fmt: skip
