"""The register of letters: entering by keyboard, who resolves it, what is refused, the list, and what it costs."""

import re
from datetime import date

import pytest

from danvan.matters.actions import LetterSaid, Said, register_letter
from danvan.matters.kinds import Flaw, Kind, LetterWay
from danvan.matters.models import Case, Letter, Matter
from danvan.people.models import Contact, SealedIdentity
from danvan.rules.procedure import Procedure
from tests.matters.petitions import BRIBE, WALL, a_complaint, a_custody, did
from tests.matters.portal_walk import a_photo, open_story, text
from tests.matters.told import BRIDGE
from tests.world import AT, a_unit

pytestmark = pytest.mark.usefixtures("frozen")
BOOK, NEW, SLIPS = "/don/", "/don/moi/", "/don/moi/phieu/"
LISTED = 8


def typed(world, *contents: dict, **changed) -> dict:
    """A letter of one person, brought to the office; a complaint about garden land where nothing else is said."""
    paper = {"received_on": "12/03/2026", "way": "direct", "writer": "person", "signers": "1", "language": "vi",
             "place_typed": "xã Bình An", "area": world.xa_binh_an.id, "reply_by": "none", "key": "mot-khoa"}  # fmt: skip
    given = paper | changed | {"so-noi-dung": len(contents) or 1}
    for number, content in enumerate(contents or ({},), 1):
        filled = {"kind": "complaint", "field": "land", "category": "land", "content": WALL} | content
        given |= {f"nd-{number}-{name}": value for name, value in filled.items()}
    return given


def errors(response) -> dict[str, list[str]]:
    found = [dict(form.errors) for form in response.context["all_forms"]]
    return {name: list(told) for one in found for name, told in one.items()}


# Entering


def test_a_letter_with_two_contents_becomes_two_matters_of_one_number(world, nam, sign_in):
    desk = sign_in(nam)
    case = {"points": "Hủy quyết định\nBồi thường", "against": "Ủy ban nhân dân xã Bình An", "known_on": "01/03/2026",
            "criteria": ["foreign"]}  # fmt: skip
    other = {"kind": "recommendation", "field": "roads", "content": BRIDGE}
    assert desk.post(NEW, typed(world, case, other, forwarded_by="Báo Mẫu")).url == NEW
    letter = Letter.objects.get()
    kept = Matter.objects.order_by("part").values_list("letter", "part", "kind")
    assert (letter.number, letter.forwarded_by, list(kept)) == (
        1, "Báo Mẫu", [(letter.pk, 1, Kind.COMPLAINT), (letter.pk, 2, Kind.RECOMMENDATION)]
    )  # fmt: skip
    made = Case.objects.get()
    assert (made.against_id, made.known_on.isoformat(), made.lead.points.count()) == (
        world.ubnd_binh_an.id, "2026-03-01", 2
    )  # fmt: skip
    assert list(made.criteria.values_list("criterion", flat=True)) == ["foreign"]


def test_each_content_has_its_code_and_pin_and_a_slip_of_its_own(world, nam, client, sign_in):
    desk = sign_in(nam)
    desk.post(NEW, typed(world, {}, {"kind": "reflection", "content": BRIDGE}))
    page, slips = text(desk.get(NEW)), text(desk.get(SLIPS))
    pairs = re.findall(r'class="big-code"><a [^>]*>([^<]+)</a> · (\d{6})<', page)
    assert sorted(code for code, _pin in pairs) == sorted(Matter.objects.values_list("code", flat=True))
    assert all(code in slips and pin in slips for code, pin in pairs) and slips.count("letter-slip") == 2
    said = {BRIDGE, WALL}
    assert all(any(words in text(client.get(open_story(client, *pair))) for words in said) for pair in pairs)


def test_a_letter_that_may_not_be_handled_is_kept_with_its_flaw_and_a_note(world, nam, sign_in):
    desk = sign_in(nam)
    sent = typed(world, {"content": ""}, flaw="illegible", note="Rách nát, không đọc được.")
    assert desk.post(NEW, sent).status_code == 302
    assert list(Letter.objects.values_list("flaw", "number")) == [(Flaw.ILLEGIBLE, 1)]
    assert Matter.objects.count() == 0


def test_one_more_content_keeps_everything_typed_and_registers_nothing(world, nam, sign_in):
    page = text(sign_in(nam).post(NEW, typed(world, {"points": "Hủy quyết định"}, them="1")))
    assert WALL in page and "Hủy quyết định" in page and 'name="nd-2-content"' in page
    assert Letter.objects.count() == 0


def test_the_same_form_sent_twice_registers_one_letter(world, nam, sign_in):
    desk = sign_in(nam)
    for _ in range(2):
        desk.post(NEW, typed(world))
    assert (Letter.objects.count(), Matter.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("paper", "content", "field"),
    [
        ({"received_on": "13/03/2026"}, {}, "received_on"),
        ({"writer": "group"}, {}, "signers"),
        ({"place_typed": "xã Không Có", "area": ""}, {}, "place_typed"),
        ({"same": "7/2026", "same_why": "duplicate"}, {}, "same"),
        ({"flaw": "language"}, {}, "flaw"),
        ({}, {"content": "", "points": "Hủy"}, "content"),
        ({}, {"known_on": "20/03/2026"}, "known_on"),
        ({}, {"previous": "DV99-AAAA-AAAAA"}, "previous"),
        ({}, {"procedure": "further"}, "procedure"),
    ],
)
def test_what_is_refused_stands_at_its_field_and_nothing_is_lost_or_written(world, nam, sign_in, paper, content, field):
    response = sign_in(nam).post(NEW, typed(world, {"place": "thửa 12"} | content, **paper))
    assert response.status_code in {409, 422} and field in errors(response)
    assert "thửa 12" in text(response) and Letter.objects.count() == 0


KHMER = "ខ្ញុំសូមប្តឹងតវ៉ាចំពោះការដកហូតដី ៤០ ម៉ែត្រការ៉េ ដោយគ្មានសំណង។"


def test_a_letter_in_khmer_is_kept_word_for_word_and_shows_its_language_in_the_register(world, nam, sign_in):
    desk = sign_in(nam)
    assert desk.post(NEW, typed(world, {"content": KHMER}, language="km")).status_code == 302
    assert Matter.objects.get().content == KHMER
    assert "Tiếng Khmer" in text(desk.get(BOOK)) and KHMER in text(desk.get(f"/viec/{Matter.objects.get().code}/"))


def test_what_a_file_of_a_denouncer_is_called_is_kept_nowhere(world, nam, tu, sign_in):
    a_custody(tu)
    desk, letter = sign_in(nam), a_photo()
    letter.name = "don to cao 0987654321 Le Thi Sau.jpg"
    denounced = {"kind": "denunciation", "content": BRIBE}
    paper = {"name": "Lê Thị Sáu", "phone": "0987 654 321", "photos": letter}
    assert desk.post(NEW, typed(world, denounced, **paper)).status_code == 302
    code = Matter.objects.get().code
    pages = [text(desk.get(page)) for page in (NEW, BOOK, f"/viec/{code}/", f"/api/v1/matters/{code}")]
    assert [name for name in ("0987654321", "Le Thi Sau", "Lê Thị Sáu") for page in pages if name in page] == []


# Who resolves it


def judged(world, client, **content) -> str:
    return " ".join(text(client.post(NEW, typed(world, content, xem="1"))).split())


@pytest.mark.parametrize(
    ("content", "who"),
    [
        ({}, "Chủ tịch Ủy ban nhân dân xã Bình An"),
        ({"procedure": "second-complaint"}, "Chủ tịch Ủy ban nhân dân tỉnh Mẫu"),
        ({"against": "Sở Xây dựng tỉnh Mẫu"}, "Người đứng đầu Sở Xây dựng tỉnh Mẫu"),
        ({"against": "Sở Xây dựng tỉnh Mẫu", "procedure": "second-complaint"}, "Chủ tịch Ủy ban nhân dân tỉnh Mẫu"),
        ({"against": "Ủy ban nhân dân tỉnh Mẫu", "procedure": "second-complaint"}, "Bộ trưởng quản lý ngành"),
        ({"kind": "denunciation", "content": BRIBE}, "Chủ tịch Ủy ban nhân dân xã Bình An"),
        ({"kind": "denunciation", "content": BRIBE, "is_against_head": "on"}, "Chủ tịch Ủy ban nhân dân tỉnh Mẫu"),
        ({"kind": "denunciation", "content": BRIBE, "is_against_head": "on", "against": "Sở Xây dựng tỉnh Mẫu"},
         "Chủ tịch Ủy ban nhân dân tỉnh Mẫu"),
        ({"against": "UBND xã Bình Cũ"}, "nay là: Ủy ban nhân dân xã Bình An"),
    ],
)  # fmt: skip
def test_the_page_says_who_resolves_it_and_why(world, nam, sign_in, content, who):
    page = judged(world, sign_in(nam), **({"against": "Ủy ban nhân dân xã Bình An"} | content))
    assert who in page and "(Luật" in page and Letter.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ({"against": "Ủy ban nhân dân huyện Mẫu"}, "cấp huyện từ 01/07/2025"),
        ({"against": ""}, "Hãy ghi đơn vị bị khiếu nại"),
        ({"against": "UBND xã Tan Rồi"}, "chưa ghi đơn vị kế tiếp"),
    ],
    ids=["abolished and unknown", "not named", "ended without a successor"],
)
def test_where_nobody_can_be_named_the_page_says_why_and_where_to_look(world, nam, sign_in, content, why):
    a_unit(name="Ủy ban nhân dân xã Tan Rồi", area=world.tinh_mau, valid_to=date(2025, 7, 1))
    page = judged(world, sign_in(nam), **content)
    assert "Chưa biết ai giải quyết" in page and why in page and "/dia-danh/tra/" in page


def test_nothing_is_said_of_it_where_nobody_asked(world, nam, sign_in):
    page = text(sign_in(nam).post(NEW, typed(world, {"against": "", "known_on": "20/03/2026"})))
    assert "Chưa biết ai giải quyết" not in page


def test_the_codes_of_the_letter_before_are_not_taken_for_those_of_a_refused_one(world, nam, sign_in):
    desk = sign_in(nam)
    assert "In phiếu cho người gửi" in text(desk.post(NEW, typed(world), follow=True))
    refused = " ".join(text(desk.post(NEW, typed(world, {"content": "", "points": "Hủy"}))).split())
    assert "Đơn ghi trước đơn này: số 1/2026, mã và PIN" in refused
    assert "Đơn ghi trước đơn này" not in text(desk.get(NEW))


@pytest.mark.parametrize(
    ("known_on", "told"), [("15/12/2025", "Còn thời hiệu: đến hết ngày 16/03/2026"), ("01/11/2025", "Đã quá thời hiệu")]
)
def test_the_page_says_whether_a_complaint_came_in_time(world, nam, sign_in, known_on, told):
    assert told in judged(world, sign_in(nam), known_on=known_on)


@pytest.mark.parametrize(
    ("criteria", "told"), [(["foreign"], "phức tạp"), (["foreign", "several-places"], "đặc biệt phức tạp")]
)
def test_the_page_says_how_complex_the_ticked_signs_make_it(world, nam, sign_in, criteria, told):
    page = judged(world, sign_in(nam), kind="denunciation", content=BRIBE, criteria=criteria)
    assert f"<span>{told}</span>" in page


# A denunciation


def test_a_named_denunciation_is_refused_early_where_nobody_could_open_it_again(world, nam, hoa, sign_in):
    sent = typed(world, {"kind": "denunciation", "content": BRIBE}, name=hoa.name)
    response = sign_in(nam).post(NEW, sent)
    assert response.status_code == 422 and "giao người giữ khóa" in errors(response)["name"][0]
    assert (Letter.objects.count(), SealedIdentity.objects.count()) == (0, 0)


def test_an_anonymous_denunciation_is_registered_without_custodians(world, nam, sign_in):
    sent = typed(world, {"kind": "denunciation", "content": BRIBE}, is_anonymous="on")
    assert sign_in(nam).post(NEW, sent).status_code == 302
    assert Letter.objects.get().is_anonymous


def test_the_sender_of_a_denunciation_and_what_was_enclosed_are_sealed(world, nam, tu, hoa, sign_in):
    a_custody(tu)
    desk = sign_in(nam)
    sent = typed(world, {}, {"kind": "denunciation", "content": BRIBE}, name=hoa.name, phone=hoa.phone)
    assert desk.post(NEW, sent | {"photos": a_photo()}).status_code == 302
    denounced = Matter.objects.get(kind=Kind.DENUNCIATION)
    assert (denounced.contact_id, denounced.identity.files.count(), denounced.attachments.count()) == (None, 1, 0)
    assert (Letter.objects.count(), Contact.objects.count()) == (2, 1)
    for page in (desk.get(NEW), desk.get(BOOK), desk.get(f"/viec/{denounced.code}/")):
        assert hoa.name not in text(page) and hoa.phone not in text(page)


def test_words_that_name_the_denouncer_are_refused_at_their_field(world, nam, tu, hoa, sign_in):
    a_custody(tu)
    words = f"Tôi là {hoa.name}, xin tố cáo cán bộ nhận tiền trái quy định."
    response = sign_in(nam).post(NEW, typed(world, {"kind": "denunciation", "content": words}, name=hoa.name))
    assert "niêm phong riêng" in errors(response)["content"][0] and Letter.objects.count() == 0


# The list


def registered(nam, world, *, letter: LetterSaid | None = None, **said) -> Letter:
    content = Said(**({"content": WALL, "area_id": world.xa_binh_an.id, "kind": Kind.COMPLAINT} | said))
    return register_letter(letter=letter or LetterSaid(), contents=[content], by=nam.by, at=AT).letter


def test_the_register_shows_each_letter_with_its_contents_and_where_they_stand(world, nam, sign_in):
    registered(nam, world, letter=LetterSaid(way=LetterWay.POST, forwarded_by="Báo Mẫu"))
    page = text(sign_in(nam).get(BOOK))
    for shown in ("1/2026", "Qua bưu chính", "Báo Mẫu", "đang xem xét thụ lý", Matter.objects.get().code, "chưa xong"):
        assert shown in page


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", {"1/2026", "2/2026"}),
        ("kind=complaint", {"1/2026"}),
        ("kind=reflection", {"2/2026"}),
        ("flaw=flawed", {"2/2026"}),
        ("flaw=good", {"1/2026"}),
        ("flaw=unsigned", {"2/2026"}),
        ("unsorted=on", {"1/2026"}),
        ("year=2025", set()),
        ("year=x&kind=x", {"1/2026", "2/2026"}),
    ],
)
def test_filters_narrow_the_register(world, nam, sign_in, query, numbers):
    registered(nam, world)
    registered(nam, world, letter=LetterSaid(flaw=Flaw.UNSIGNED), kind=Kind.REFLECTION, content=BRIDGE)
    page = text(sign_in(nam).get(f"{BOOK}?{query}"))
    assert {number for number in ("1/2026", "2/2026") if f">{number}<" in page} == numbers


@pytest.mark.parametrize("rows", [1, 50])
@pytest.mark.parametrize(("officer", "more"), [("nam", 0), ("lan", 1)])
def test_the_register_costs_the_same_for_one_and_fifty(
    world, nam, request, sign_in, django_assert_num_queries, rows, officer, more
):
    client = sign_in(request.getfixturevalue(officer))
    for _ in range(rows):
        registered(nam, world)
    with django_assert_num_queries(LISTED + more):
        assert text(client.get(BOOK)).count("<tr>") == rows + 1


@pytest.mark.parametrize(
    ("officer", "seen"), [("nam", 1), ("tu", 1), ("mai", 1), ("lan", 1), ("kim", 1), ("thu", 0), ("ben", 0)]
)
def test_the_register_is_read_by_the_unit_and_those_above(world, nam, request, sign_in, officer, seen):
    registered(nam, world)
    page = text(sign_in(request.getfixturevalue(officer)).get(BOOK))
    assert page.count(WALL) == seen


@pytest.mark.parametrize("officer", ["lan", "kim", "vu"])
def test_who_takes_nothing_in_registers_nothing(world, request, sign_in, officer):
    client = sign_in(request.getfixturevalue(officer))
    assert [client.get(NEW).status_code, client.post(NEW, typed(world)).status_code] == [403, 403]


def test_a_cursor_that_is_none_is_refused_in_words(world, nam, sign_in):
    assert sign_in(nam).get(f"{BOOK}?after=zz").status_code == 422


@pytest.mark.parametrize("address", [BOOK, NEW, SLIPS])
def test_who_is_not_signed_in_is_led_to_the_door(client, world, address):
    assert client.get(address).url.startswith("/tai-khoan/dang-nhap/")


def test_the_plain_intake_leads_letters_that_complain_or_denounce_here(world, nam, sign_in):
    desk = sign_in(nam)
    assert f'href="{NEW}"' in text(desk.get("/viec/moi/"))
    sent = {"intake": "paper", "received_on": "12/03/2026", "kind": "complaint", "field": "land", "content": WALL,
            "place_typed": "xã Bình An", "area": world.xa_binh_an.id, "reply_by": "none"}  # fmt: skip
    response = desk.post("/viec/moi/", sent)
    assert response.status_code == 422 and "Ghi đơn vào sổ" in response.context["form"].errors["kind"][0]


def test_the_second_complaint_names_the_case_before(world, nam, sign_in):
    first = a_complaint(world.xa_binh_an, points=())
    did(nam, "accept", first)
    did(nam, "decide", first, outcome="wrong")
    sent = typed(world, {"procedure": "second-complaint", "previous": first.lead.code})
    assert sign_in(nam).post(NEW, sent).status_code == 302
    assert Case.objects.filter(procedure=Procedure.SECOND_COMPLAINT, previous=first).count() == 1
