"""What was made up for the demonstration says so wherever it appears; what is real never does."""

import hashlib
import io
from datetime import date

import pytest
from docx import Document

from danvan.matters.actions import Said, Sender, receive
from danvan.matters.actions.meetings import Head, new_meeting
from danvan.matters.actions.opinions import Opinion, take_in_opinions
from danvan.matters.actions.receptions import SessionNumbers, record_reception
from danvan.matters.kinds import Field, MeetingState, ReplyBy
from danvan.matters.models import Matter, Meeting
from danvan.outreach.jobs import deliver
from danvan.outreach.models import Notice
from danvan.rules.periods import Period
from danvan.units.access import CITIZEN
from danvan.units.models import ApiToken
from tests.matters.portal_walk import open_story, text
from tests.matters.told import BRIDGE, told
from tests.world import AT, TODAY

pytestmark = pytest.mark.usefixtures("frozen")
BADGE = "<span>Minh họa</span>"
SOURCE = "bài công bố ngày 04/01/2024"
TOLD = f"Nội dung minh họa do phần mềm tạo ra; số liệu theo {SOURCE}."
UNSOURCED = "Nội dung minh họa do phần mềm tạo ra, không phải lời của ai."


@pytest.fixture(params=[True, False], ids=["illustrated", "real"])
def made_up(request) -> bool:
    return request.param


@pytest.fixture
def matter(world, hoa, made_up) -> Matter:
    sender = Sender(phone=hoa.phone)
    return told(world.xa_binh_an, is_illustration=made_up, source=SOURCE, reply_by=ReplyBy.PHONE, sender=sender)


@pytest.fixture
def meeting(world, nam, made_up) -> Meeting:
    head = Head("Lắng nghe", TODAY, "Nhà văn hóa", world.xa_binh_an.id, "Trưởng Công an xã", is_illustration=made_up)
    held = new_meeting(head=head, by=nam.by, at=AT)
    said = Opinion(row=1, content=BRIDGE, field=Field.ROADS, hamlet="", unit_id=nam.unit.id, unit="", source=SOURCE)
    take_in_opinions(meetings=[(held, [said])], by=nam.by, at=AT)
    Meeting.objects.filter(pk=held.pk).update(state=MeetingState.FINISHED, finished_at=AT)
    return held


@pytest.mark.parametrize("address", ["/hom-nay/", "/viec/?folder=all", "/viec/?q=cau+do", "/viec/{code}/"])
def test_every_officers_page_of_a_matter_says_so(nam, sign_in, matter, made_up, address):
    page = text(sign_in(nam).get(address.format(code=matter.code)))
    assert BRIDGE[:20] in page and (BADGE in page) is made_up


@pytest.mark.parametrize("address", ["/viec/{code}/", "/viec/{code}/phieu/"])
def test_the_page_and_the_paper_name_the_source_of_the_figures(nam, sign_in, matter, made_up, address):
    assert (TOLD in text(sign_in(nam).get(address.format(code=matter.code)))) is made_up


def test_without_a_source_the_page_says_that_nobody_said_it(world, nam, sign_in):
    matter = told(world.xa_binh_an, is_illustration=True)
    assert UNSOURCED in text(sign_in(nam).get(f"/viec/{matter.code}/"))


def test_whoever_is_to_be_called_in_an_illustration_is_marked(nam, sign_in, matter, made_up):
    notice = Notice.objects.get()
    deliver.call(str(notice.pk))
    lane = text(sign_in(nam).get("/hom-nay/")).partition('id="can-lien-he"')[2]
    assert matter.code in lane and (BADGE in lane) is made_up


def test_the_citizens_page_says_so(world, client, made_up):
    said = Said(content=BRIDGE, area_id=world.xa_binh_an.id, is_illustration=made_up, source=SOURCE)
    received = receive(said=said, by=CITIZEN, at=AT)
    page = text(client.get(open_story(client, received.matter.code, received.pin)))
    assert BRIDGE in page and ((BADGE in page), (TOLD in page)) == (made_up, made_up)


def test_the_list_of_meetings_and_the_page_of_one_say_so(nam, sign_in, meeting, made_up):
    client = sign_in(nam)
    assert (BADGE in text(client.get("/buoi-lang-nghe/"))) is made_up
    page = text(client.get(f"/buoi-lang-nghe/{meeting.id}/"))
    assert (BADGE in page, TOLD in page) == (made_up, made_up)


@pytest.mark.parametrize("paper", ["bien-ban.docx", "phieu-tra-loi.docx"])
def test_the_papers_of_a_meeting_say_so(nam, sign_in, meeting, made_up, paper):
    response = sign_in(nam).get(f"/buoi-lang-nghe/{meeting.id}/{paper}")
    body = b"".join(response.streaming_content) if response.streaming else response.content
    lines = [paragraph.text for paragraph in Document(io.BytesIO(body)).paragraphs]
    assert any(line.startswith("Minh họa:") for line in lines) is made_up


def test_a_reception_says_so_in_the_list_and_on_its_page(nam, sign_in, made_up):
    numbers = SessionNumbers(held_on=TODAY, turns=2, persons=3, cases=1, is_illustration=made_up)
    kept = record_reception(reception=numbers, by=nam.by, at=AT)
    client = sign_in(nam)
    for address in ("/tiep-cong-dan/", f"/tiep-cong-dan/{kept.id}/"):
        assert (BADGE in text(client.get(address))) is made_up


@pytest.mark.parametrize(
    ("indicator", "kept"),
    [("petitions.received", "matter"), ("meetings.held", "meeting"), ("meetings.opinions", "meeting")],
)
def test_the_cases_behind_a_figure_say_so(request, nam, sign_in, made_up, indicator, kept):
    request.getfixturevalue(kept)
    query = f"donvi={nam.unit.id}&ky={Period.month(2026, 3).code}&chitieu={indicator}"
    page = text(sign_in(nam).get(f"/tong-hop/chi-tieu/?{query}"))
    assert (BADGE in page) is made_up


@pytest.mark.parametrize(
    "path", ["/matters", "/matters/{code}", "/meetings", "/meetings/{meeting}", "/receptions"]
)  # fmt: skip
def test_machines_are_told_so_too(nam, client, matter, meeting, made_up, path):
    numbers = SessionNumbers(held_on=TODAY, turns=2, persons=3, cases=1, is_illustration=made_up)
    record_reception(reception=numbers, by=nam.by, at=AT)
    ApiToken.objects.create(holding=nam.holding, name="máy", digest=hashlib.sha256(b"ma").hexdigest(), created_at=AT,
                            expires_on=date(2027, 1, 1))  # fmt: skip
    address = path.format(code=matter.code, meeting=meeting.id)
    answer = client.get(f"/api/v1{address}", headers={"authorization": "Bearer ma"}).json()
    marks = list(_marks(answer))
    assert marks and set(marks) == {made_up}


def _marks(answer):
    if isinstance(answer, dict):
        yield from (value for key, value in answer.items() if key == "is_illustration")
        answer = list(answer.values())
    if isinstance(answer, list):
        for one in answer:
            yield from _marks(one)


def test_the_tracking_answer_of_a_machine_says_so(world, client, made_up):
    received = receive(
        said=Said(content=BRIDGE, area_id=world.xa_binh_an.id, is_illustration=made_up), by=CITIZEN, at=AT
    )
    sent = {"code": received.matter.code, "pin": received.pin}
    answer = client.post("/api/v1/track", sent, content_type="application/json").json()
    assert answer["is_illustration"] is made_up
