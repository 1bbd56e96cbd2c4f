"""Citizens complain and denounce on the portal, and follow what becomes of it by code and PIN."""

import re
from datetime import timedelta
from html import unescape

import pytest

from danvan.matters.actions import Sender
from danvan.matters.kinds import Kind, Outcome
from danvan.matters.models import Attachment, Case, Entry, Matter
from danvan.matters.queries.tracking import tracked
from danvan.people.actions import ask_opening
from danvan.people.models import SealedIdentity
from danvan.rules.told import told_to_citizens
from tests.matters.petitions import BRIBE, WALL, a_complaint, a_custody, a_denunciation, did
from tests.matters.portal_walk import a_photo, fill_in, open_story, text
from tests.matters.told import at
from tests.world import TODAY

pytestmark = pytest.mark.usefixtures("frozen")
PIN_OF = 'id="{}">([^<]+)<'
DECISION = {"against": "UBND xã Bình An", "decision": "Quyết định 12/QĐ-UBND thu hồi đất", "known_on": "01/03/2026"}
TRACKED_CASE = 14


def given_codes(client) -> tuple[str, str]:
    page = text(client.get("/gui/da-nhan/"))
    return tuple(re.search(PIN_OF.format(name), page)[1] for name in ("ma-tra-cuu", "ma-pin"))


def complain(client, world, **changed):
    """Every page of a complaint, in turn; what the last one answers."""
    client.post("/gui/bat-dau/khieu-nai/")
    client.post("/gui/o-dau/", {"area": world.xa_binh_an.id, "place": "thửa 12"})
    client.post("/gui/quyet-dinh/", DECISION)
    client.post("/gui/noi-dung/", {"content": WALL, "field": "land"})
    client.post("/gui/yeu-cau/", {"requests": "Hủy quyết định\nBồi thường"})
    client.post("/gui/nguoi-khieu-nai/", {"name": "Trần Thị Hoa", "address": "Số 5 ấp 3"} | changed)
    client.post("/gui/nhan-tra-loi/", {"reply_by": "none"})
    return client.post("/gui/xem-lai/")


def denounce(client, world, **changed):
    client.post("/gui/bat-dau/to-cao/")
    client.post("/gui/o-dau/", {"area": world.xa_binh_an.id})
    client.post("/gui/noi-dung/", {"content": BRIBE, "field": "land"})
    named = {"is_named": "yes", "name": "Trần Thị Hoa", "address": "Số 5 ấp 3"} | changed
    client.post("/gui/ghi-ten/", named)
    return client.post("/gui/xem-lai/", {"photos": a_photo()})


# A complaint


def test_a_complaint_goes_into_the_register_with_everything_the_law_wants(world, client):
    assert complain(client, world).url == "/gui/da-nhan/"
    case = Case.objects.select_related("lead__letter").get()
    assert (case.lead.kind, case.known_on.isoformat(), case.against_text) == (
        Kind.COMPLAINT, "2026-03-01", "UBND xã Bình An"
    )  # fmt: skip
    assert list(case.lead.points.order_by("ordinal").values_list("request", flat=True)) == [
        "Hủy quyết định",
        "Bồi thường",
    ]
    assert case.lead.letter.number == 1 and case.lead.contact_id is not None
    assert DECISION["decision"] in case.lead.content and WALL in case.lead.content


def test_the_office_says_that_it_will_ask_to_sign(world, client):
    client.post("/gui/bat-dau/khieu-nai/")
    complain(client, world)
    assert "ký xác nhận" in text(client.get("/gui/da-nhan/"))


@pytest.mark.parametrize(
    ("page", "typed", "field"),
    [
        ("/gui/quyet-dinh/", DECISION | {"known_on": "13/03/2026"}, "known_on"),
        ("/gui/quyet-dinh/", DECISION | {"known_on": "hôm kia"}, "known_on"),
        ("/gui/quyet-dinh/", DECISION | {"decision": " "}, "decision"),
        ("/gui/yeu-cau/", {"requests": "\n"}, "requests"),
        ("/gui/yeu-cau/", {"requests": "\n".join(["Bồi thường"] * 21)}, "requests"),
        ("/gui/nguoi-khieu-nai/", {"name": "Trần Thị Hoa", "address": ""}, "address"),
    ],
)
def test_what_the_law_wants_is_asked_for_at_its_field(world, client, page, typed, field):
    client.post("/gui/bat-dau/khieu-nai/")
    response = client.post(page, typed)
    assert response.status_code == 422 and f'id="id_{field}_error"' in text(response)


def test_pages_out_of_turn_lead_to_the_first_that_lacks_something(world, client):
    client.post("/gui/bat-dau/khieu-nai/")
    client.post("/gui/o-dau/", {"area": world.xa_binh_an.id})
    assert client.get("/gui/xem-lai/").url == "/gui/quyet-dinh/"
    assert "3/8" in text(client.get("/gui/quyet-dinh/"))


def test_a_plain_opinion_is_never_asked_for_a_name(world, client):
    client.post("/gui/", {"kind": "reflection"})
    assert client.get("/gui/nguoi-khieu-nai/").url == "/gui/"


def test_who_thinks_better_of_a_complaint_and_sends_an_opinion_leaves_none_of_it_behind(world, client):
    client.post("/gui/bat-dau/khieu-nai/")
    client.post("/gui/quyet-dinh/", DECISION)
    client.post("/gui/yeu-cau/", {"requests": "Bồi thường"})
    client.post("/gui/nguoi-khieu-nai/", {"name": "Trần Thị Hoa", "address": "Số 5 ấp 3"})
    fill_in(client, world.xa_binh_an)
    assert DECISION["decision"] not in text(client.get("/gui/xem-lai/"))
    client.post("/gui/xem-lai/")
    matter = Matter.objects.get()
    assert (matter.kind, matter.contact_id, matter.points.count()) == (Kind.REFLECTION, None, 0)
    assert DECISION["decision"] not in matter.content


# A denunciation


def test_who_was_named_for_an_opinion_may_still_denounce_without_a_name(world, tu, client):
    a_custody(tu)
    fill_in(client, world.xa_binh_an, reply_by="email", email="hoa@example.org", name="bà Hoa")
    client.post("/gui/bat-dau/to-cao/")
    client.post("/gui/noi-dung/", {"content": BRIBE, "field": "land"})
    client.post("/gui/ghi-ten/", {"is_named": "no"})
    assert "hoa@example.org" not in text(client.get("/gui/xem-lai/"))
    assert client.post("/gui/xem-lai/").url == "/gui/da-nhan/"
    assert SealedIdentity.objects.count() == 0


def test_where_nobody_could_open_an_identity_nothing_is_taken_and_nothing_kept(world, client):
    assert "trang này không nhận tố cáo" in text(client.get("/gui/to-cao/"))
    assert client.get("/gui/to-cao/truoc-khi-gui/").url == "/gui/to-cao/"
    client.post("/gui/bat-dau/to-cao/")
    response = client.post("/gui/o-dau/", {"area": world.xa_binh_an.id})
    assert response.status_code == 422 and "chưa có người giữ khóa" in text(response)
    assert client.get("/gui/noi-dung/").url == "/gui/" and Matter.objects.count() == 0


def test_the_page_about_denouncing_sets_no_cookie_also_where_one_may_denounce(world, tu, client):
    a_custody(tu)
    response = client.get("/gui/to-cao/")
    assert "truoc-khi-gui" in text(response) and not response.cookies and "<form" not in text(response)


def test_who_denounces_and_what_they_enclose_is_sealed_and_stands_nowhere_else(world, tu, client, sign_in):
    a_custody(tu)
    assert denounce(client, world).url == "/gui/da-nhan/"
    matter = Matter.objects.get()
    assert (matter.contact_id, matter.reply_by, matter.identity.files.count()) == (None, "none", 1)
    assert Attachment.objects.count() == 0
    for page in (client.get("/gui/da-nhan/"), sign_in(tu).get(f"/viec/{matter.code}/")):
        assert "Trần Thị Hoa" not in text(page) and "Số 5 ấp 3" not in text(page)


def test_without_a_name_nothing_about_the_writer_is_kept(world, tu, client):
    a_custody(tu)
    client.post("/gui/bat-dau/to-cao/")
    client.post("/gui/o-dau/", {"area": world.xa_binh_an.id})
    client.post("/gui/noi-dung/", {"content": BRIBE, "field": "land"})
    client.post("/gui/ghi-ten/", {"is_named": "no", "name": "Trần Thị Hoa"})
    assert client.post("/gui/xem-lai/").url == "/gui/da-nhan/"
    assert (Matter.objects.get().letter.is_anonymous, SealedIdentity.objects.count()) == (True, 0)


def test_words_that_name_the_writer_are_refused_before_anything_is_kept(world, tu, client):
    a_custody(tu)
    client.post("/gui/bat-dau/to-cao/")
    client.post("/gui/o-dau/", {"area": world.xa_binh_an.id})
    client.post("/gui/noi-dung/", {"content": f"Tôi là Trần Thị Hoa. {BRIBE}", "field": "land"})
    client.post("/gui/ghi-ten/", {"is_named": "yes", "name": "Trần Thị Hoa", "address": "Số 5 ấp 3"})
    response = client.post("/gui/xem-lai/")
    assert "niêm phong riêng" in text(response) and Matter.objects.count() == 0


# Following


def story_of(client, world) -> tuple[str, Case]:
    complain(client, world)
    return open_story(client, *given_codes(client)), Case.objects.get()


def test_the_sender_reads_what_was_done_under_which_number_and_until_when(world, nam, client):
    address, case = story_of(client, world)
    assert "đang xem xét thụ lý" in text(client.get(address)).lower()
    did(nam, "accept", case, number="05/TB-UBND", text="Đủ điều kiện thụ lý.")
    page = text(client.get(address))
    for told in (
        "Đã thụ lý",
        "05/TB-UBND",
        "Bắt đầu: giải quyết",
        "13/04/2026",
        "Xem xét thụ lý",
        "Đủ điều kiện thụ lý.",
    ):
        assert told in page
    assert "Đã xong bước này" not in page


def test_the_sender_reads_all_of_it_in_english(world, nam, client, settings):
    address, case = story_of(client, world)
    did(nam, "accept", case)
    did(nam, "decide", case, outcome=Outcome.WRONG, findings={1: "wrong", 2: "partly"}, text="Giữ nguyên.")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = unescape(text(client.get(address)))
    for told in (
        "decided or concluded",
        "Settlement decision issued",
        "Begun: handling",
        "Making the settlement decision public",
        "Wrong in every part",
        "Partly right",
        "Rule KN-28 (KN-2012): Handling of a first complaint, 30 days.",
        "Thursday 12/03/2026 is the day of acceptance, not counted.",
    ):
        assert told in page
    assert [sentence for sentence in told_to_citizens() if sentence[-1].isalpha() and sentence + "<" in page] == []


def test_what_offices_say_among_themselves_is_told_without_its_words(world, nam, client):
    address, case = story_of(client, world)
    did(nam, "accept", case)
    did(nam, "verify", case, text="Giao địa chính xác minh thửa 12.")
    page = text(client.get(address))
    assert "Đã giao xác minh" in page and "Giao địa chính" not in page


@pytest.mark.parametrize(("sent", "until"), [(False, "13/04/2026"), (True, "15/04/2026")])
def test_after_a_decision_the_page_says_until_when_one_may_complain_again(world, nam, client, frozen, sent, until):
    """Thirty days from the decision, from its sending once it was sent; a last day off moves on."""
    _address, case = story_of(client, world)
    code, pin = given_codes(client)
    did(nam, "accept", case)
    did(nam, "decide", case, outcome=Outcome.WRONG, findings={1: "wrong", 2: "wrong"}, text="Giữ nguyên quyết định.")
    if sent:
        frozen.move_to(at(4))
        did(nam, "send", case, when=at(4), number="")
    page = text(client.get(open_story(client, code, pin)))
    found = re.search(r"khiếu nại lần hai lên cấp trên trực tiếp đến hết ngày ([\d/]+)", page)[1]
    assert found == until and "Sai toàn bộ" in page


def test_an_overdue_complaint_may_be_carried_on_without_a_decision(world, nam, client, frozen):
    _address, case = story_of(client, world)
    did(nam, "accept", case)
    frozen.move_to(at(40))
    story = tracked(case.lead_id, TODAY + timedelta(days=40))
    assert any("khiếu nại lần hai" in sentence for sentence in story.case.remedies)


def test_a_question_is_asked_and_answered_behind_code_and_pin(world, nam, client):
    address, case = story_of(client, world)
    did(nam, "ask", case, text="Thửa đất số mấy?", number="")
    page = text(client.get(address))
    assert "Đơn vị hỏi ông/bà" in page and "Thửa đất số mấy?" in page
    reply = f"{address}bo-sung/"
    assert "Thửa đất số mấy?" in text(client.get(reply))
    seen = re.search(r'name="seen" value="(\d+)"', text(client.get(reply)))[1]
    client.post(reply, {"text": "Thửa 12, tờ 5.", "seen": seen})
    assert "Đơn vị hỏi ông/bà" not in text(client.get(address))
    assert Entry.objects.order_by("-step__seq").first().text == "Thửa 12, tờ 5."


def test_a_denouncer_sees_how_often_the_identity_was_opened_and_never_by_whom(world, tu, nam, client):
    a_custody(tu)
    denounce(client, world)
    matter = Matter.objects.get()
    address = open_story(client, *given_codes(client))
    assert "Đã mở 0 lần" in text(client.get(address))
    ask_opening(identity_id=matter.identity_id, purpose="Hỏi biên nhận", by=nam.by, unit_id=nam.unit.id, at=at())
    page = text(client.get(address))
    assert "yêu cầu mở, chưa mở" in page and "Hỏi biên nhận" not in page and nam.name not in page


def test_a_reply_to_a_denunciation_takes_no_file_that_could_not_be_sealed(world, tu, nam, client):
    a_custody(tu)
    denounce(client, world)
    address = open_story(client, *given_codes(client))
    reply = f"{address}bo-sung/"
    assert 'type="file"' not in text(client.get(reply)) and "Không ghi họ tên" in text(client.get(reply))
    client.post(reply, {"text": "Biên nhận số 7.", "photos": a_photo()})
    assert Attachment.objects.count() == 0 and Entry.objects.count() == 1


def test_of_the_case_that_took_a_letter_in_only_days_and_numbers_are_told(world, nam, client):
    address, own = story_of(client, world)
    main = a_complaint(world.xa_binh_an, said={"sender": Sender(name="Lê Văn Ba", address="Ấp 5")})
    did(nam, "join", own, case_id=main.pk)
    did(nam, "accept", main, number="05/TB-UBND", text="Ông Ba đủ điều kiện.")
    page = text(client.get(address))
    assert "giải quyết chung" in page and "05/TB-UBND" in page
    assert "Ông Ba" not in page and main.lead.code not in page


@pytest.mark.parametrize("acts", [1, 12])
def test_a_story_costs_the_same_however_much_was_done(world, nam, django_assert_num_queries, acts):
    case = a_complaint(world.xa_binh_an)
    for number in range(acts):
        did(nam, "ask", case, text=f"Câu hỏi {number}", number="")
    tracked(case.lead_id, TODAY)
    with django_assert_num_queries(TRACKED_CASE):
        tracked(case.lead_id, TODAY)


def test_a_late_stage_says_so_to_the_denouncer(world, nam, client, frozen):
    case = a_denunciation(world.xa_binh_an)
    did(nam, "accept-denunciation", case)
    story = tracked(case.lead_id, TODAY + timedelta(days=60))
    assert any("tố cáo tiếp" in sentence for sentence in story.case.remedies)
    assert [stage.is_late for stage in story.case.stages] == [False, True, True]
