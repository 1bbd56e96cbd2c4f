"""What everybody reads was written for everybody and read by a person first; nothing in it leads to who asked."""

import unicodedata

import pytest

from danvan.base.errors import Absent, Forbidden, Invalid, Refused
from danvan.matters.actions import ToPublish, publish_answer, withdraw_answer
from danvan.matters.kinds import Field, Kind
from danvan.matters.models import PublishedAnswer
from danvan.matters.queries.published import SIZE, draft_of, published
from tests.matters.portal_walk import text
from tests.matters.told import at, does, told
from tests.world import AT

pytestmark = pytest.mark.usefixtures("frozen")
SAID = "Tôi là Nguyễn Thị Hoa, 0912345678, nhà ở số nhà 12. Cầu Đỏ ở ấp 3 bị gãy lan can từ tuần trước."
QUESTION, ANSWER = "Cầu Đỏ ở ấp 3 gãy lan can.", "Xã đã thay lan can mới ngày 10/3."


def answered(world, nam, **said):
    matter = told(world.xa_binh_an, content=SAID, **said)
    return does(nam, "answer", matter, text="Chào bà Hoa, xã đã thay lan can mới ngày 10/3.")


def out(matter, officer, question=QUESTION, answer=ANSWER, *, confirmed=True, when=AT):
    words = ToPublish(question, answer, confirmed=confirmed)
    return publish_answer(matter_id=matter.pk, words=words, by=officer.by, at=when)


def listed(**asked):
    return [row.question for row in published(**asked).rows]


def test_an_answer_goes_out_in_its_own_words_under_an_address_of_its_own(world, nam, client):
    matter = answered(world, nam)
    made = out(matter, nam)
    page = text(client.get("/da-tra-loi/"))
    one = text(client.get(f"/da-tra-loi/{made.code}/"))
    assert QUESTION in page and ANSWER in one
    told_ = ("Nguyễn Thị Hoa", "bà Hoa", "0912345678", "số nhà 12", matter.code, str(matter.pk), str(made.pk))
    assert [each for each in told_ if each in page or each in one] == []


def test_nothing_goes_out_by_itself(world, nam, client):
    answered(world, nam)
    assert (published().rows, PublishedAnswer.objects.count()) == ([], 0)
    assert "Chưa có câu trả lời nào" in text(client.get("/da-tra-loi/"))


@pytest.mark.parametrize(
    "asked", ["lan can", "LAN CAN", "lan can gay", "gãy lan can", unicodedata.normalize("NFD", "gãy"), "thay moi"]
)
def test_it_is_found_with_and_without_accents_in_question_and_answer(world, nam, asked):
    out(answered(world, nam), nam)
    assert listed(text=asked) == [QUESTION]
    assert listed(text=f"{asked} karaoke") == []


def test_a_field_narrows_and_pages_follow_each_other_without_a_gap(world, nam):
    for number in range(SIZE + 3):
        out(answered(world, nam), nam, f"Câu hỏi số {number}.", when=at(days=number // 7))
    first = published()
    second = published(after=first.next)
    assert (len(first.rows), len(second.rows), second.next) == (SIZE, 3, "")
    assert len({row.code for row in [*first.rows, *second.rows]}) == SIZE + 3
    assert (listed(field=Field.HEALTH), len(listed(field=Field.ROADS))) == ([], SIZE)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_one_statement(world, nam, rows, django_assert_num_queries):
    for number in range(rows):
        out(answered(world, nam), nam, f"Câu hỏi số {number}.")
    with django_assert_num_queries(1):
        published(text="cau hoi")


@pytest.mark.parametrize("after", ["x", "2026-99-99~AB", "~", "2026-03-12~"])
def test_a_broken_cursor_shows_the_beginning(world, nam, after):
    out(answered(world, nam), nam)
    assert listed(after=after) == [QUESTION]


def test_taken_back_it_is_gone_from_everywhere_at_once_and_kept_in_the_office(world, nam, client):
    matter = answered(world, nam)
    made = out(matter, nam)
    with pytest.raises(Invalid):
        withdraw_answer(matter_id=matter.pk, reason=" ", by=nam.by, at=AT)
    withdraw_answer(matter_id=matter.pk, reason="Lộ chuyện nhà", by=nam.by, at=AT)
    assert (listed(), listed(text="lan can"), client.get(f"/da-tra-loi/{made.code}/").status_code) == ([], [], 404)
    kept = PublishedAnswer.objects.get()
    assert (kept.withdrawn_reason, kept.withdrawn_by_id, kept.withdrawn_at) == ("Lộ chuyện nhà", nam.post.pk, AT)
    out(matter, nam)
    assert listed() == [QUESTION]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (ToPublish(QUESTION, ANSWER, confirmed=False), "not-confirmed"),
        (ToPublish("", ANSWER, confirmed=True), "question-missing"),
        (ToPublish(QUESTION, " ", confirmed=True), "answer-missing"),
        (ToPublish(f"{QUESTION} Gọi 0912.345.678.", ANSWER, confirmed=True), "leads-to-somebody"),
        (ToPublish(QUESTION, f"{ANSWER} Số nhà 12 đã xong.", confirmed=True), "leads-to-somebody"),
        (ToPublish(f"MẬT\n{QUESTION}", ANSWER, confirmed=True), "secret"),
        (ToPublish("a" * 6_001, ANSWER, confirmed=True), "question-long"),
    ],
)
def test_words_that_may_not_go_out_are_refused_and_nothing_is_written(world, nam, words, code):
    matter = answered(world, nam)
    with pytest.raises(Invalid) as refused:
        publish_answer(matter_id=matter.pk, words=words, by=nam.by, at=AT)
    assert (refused.value.code, PublishedAnswer.objects.count()) == (code, 0)


def test_an_official_may_be_named_by_whoever_confirms(world, nam):
    out(answered(world, nam), nam, answer="Ông Lê Văn Tư, Chủ tịch UBND xã, đã kiểm tra ngày 10/3.")
    assert len(listed()) == 1


def test_what_is_not_answered_a_complaint_and_a_second_time_are_refused(world, nam):
    refusals = []
    matter = answered(world, nam)
    out(matter, nam)
    for each in (told(world.xa_binh_an), told(world.xa_binh_an, kind=Kind.COMPLAINT), matter):
        with pytest.raises(Refused) as refused:
            out(each, nam)
        refusals.append(refused.value.code)
    assert refusals == ["not-answered", "not-for-publishing", "published-already"]


def test_only_the_unit_that_answered_publishes(world, nam, thu, kim, lan):
    matter = answered(world, nam)
    for officer, error in ((thu, Absent), (kim, Forbidden), (lan, Forbidden)):
        with pytest.raises(error):
            out(matter, officer)
    assert PublishedAnswer.objects.count() == 0


def test_the_office_begins_with_everything_found_already_hidden():
    draft = draft_of(SAID)
    assert (
        draft.hidden
        == "Tôi là [tên người], [số điện thoại], nhà ở [địa chỉ nhà]. Cầu Đỏ ở ấp 3 bị gãy lan can từ tuần trước."
    )
    assert "".join(piece.text for piece in draft.pieces) == SAID
    assert [piece.kind for piece in draft.pieces if piece.kind] == ["tên người", "số điện thoại", "địa chỉ nhà"]


# Pages


def test_an_officer_reads_confirms_publishes_and_withdraws_on_the_page(world, nam, client, sign_in):
    matter = answered(world, nam)
    desk, url = sign_in(nam), f"/viec/{matter.code}/cong-khai/"
    assert "[số điện thoại], nhà ở" in text(desk.get(url))
    back = desk.post(url, {"question": QUESTION, "answer": f"{ANSWER} Bà Hoa đã nhận."})
    assert back.status_code == 422 and "còn thấy" in text(back) and "đánh dấu xác nhận" in text(back)
    assert desk.post(url, {"question": QUESTION, "answer": ANSWER, "confirmed": "on"}).status_code == 302
    assert QUESTION in text(client.get("/da-tra-loi/?q=lan+can"))
    assert "Đang công khai từ ngày" in text(desk.get(url))
    assert desk.post(f"{url}go/", {"reason": ""}).status_code == 422
    assert desk.post(f"{url}go/", {"reason": "Nhầm việc"}).status_code == 302
    assert QUESTION not in text(client.get("/da-tra-loi/"))


def test_a_stranger_and_who_only_reads_are_turned_away(world, nam, thu, kim, sign_in):
    url = f"/viec/{answered(world, nam).code}/cong-khai/"
    assert [sign_in(officer).get(url).status_code for officer in (thu, kim)] == [404, 403]


def test_what_was_made_up_says_so_where_everybody_reads_it(world, nam, client):
    made = out(answered(world, nam, is_illustration=True), nam)
    assert "Minh họa" in text(client.get("/da-tra-loi/"))
    assert "Nội dung minh họa do phần mềm tạo ra" in text(client.get(f"/da-tra-loi/{made.code}/"))


def test_an_unknown_address_is_no_page(world, client):
    assert client.get("/da-tra-loi/KHONGCO/").status_code == 404
