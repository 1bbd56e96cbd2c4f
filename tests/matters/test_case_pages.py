"""The case on the page of its matter: phase, stages, acts as forms, what is refused, who may, and what it costs."""

import re
from datetime import timedelta

import pytest

from danvan.commitments.models import Step
from danvan.matters.actions import Sender
from danvan.matters.kinds import Outcome
from danvan.matters.models import Act, Case, Point
from danvan.people.models import IdentityOpening
from danvan.rules.ledger import State
from danvan.rules.procedure import Phase, Procedure
from danvan.units.models import Holding
from tests.matters.petitions import BRIBE, WALL, a_complaint, a_custody, a_denunciation, did
from tests.matters.portal_walk import text
from tests.matters.told import at, fresh, told
from tests.world import TODAY, a_delegation, an_officer

pytestmark = pytest.mark.usefixtures("frozen")
COMPLAINT, ONE_MORE = 19, 1


def url(case: Case, *parts: str) -> str:
    return "/".join(["/viec", case.lead.code, *parts, ""])


def press(client, case: Case, key: str, /, **typed):
    """What the form of that act sends; `seen` is the newest unless it is said otherwise."""
    seen = typed.pop("seen", fresh(case.lead).current.steps_taken)
    sent = {f"{key}-{name.replace('_', '-')}": value for name, value in typed.items()}
    return client.post(url(case, "thu-tuc", key), {f"{key}-seen": seen, f"{key}-text": "Theo hồ sơ."} | sent)


def again(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def offered(page: str) -> set[str]:
    return set(re.findall(r"/thu-tuc/([a-z-]+)/", page))


@pytest.fixture
def case(world) -> Case:
    return a_complaint(world.xa_binh_an)


# What the page tells


def test_the_page_tells_the_phase_the_stages_and_why_their_due_days(case, nam, sign_in):
    did(nam, "accept", case, number="05/TB-UBND")
    page = text(sign_in(nam).get(url(case)))
    for told_there in ("Khiếu nại lần đầu".lower(), "đã thụ lý, đang giải quyết", "Xem xét thụ lý", "13/04/2026",
                       "Hủy quyết định thu hồi", "05/TB-UBND", "Đã thụ lý"):  # fmt: skip
        assert told_there in page


def test_the_story_tells_what_was_done_and_not_the_general_words_of_the_ledger(case, nam, sign_in):
    did(nam, "accept", case)
    did(nam, "dialogue", case, text="Hai bên gặp nhau.")
    page = text(sign_in(nam).get(url(case)))
    assert "Đã đối thoại" in page and "Bắt đầu: giải quyết" in page
    assert "Đã ghi việc đã làm" not in page and "Đã xong bước này" not in page


def test_what_mostly_comes_next_is_the_first_button(case, nam, sign_in):
    did(nam, "accept", case)
    page = text(sign_in(nam).get(url(case)))
    assert re.findall(r"/thu-tuc/([a-z-]+)/", page)[0] == "decide"


SIGNER = re.compile(r'name="accept-signer"[^>]*')


def suggested(client, case) -> str:
    field = SIGNER.search(text(client.get(url(case))))[0]
    value = re.search(r'value="([^"]*)"', field)
    return value[1] if value else ""


def test_the_one_who_leads_the_unit_is_suggested_as_signer_and_may_be_replaced(case, nam, tu, sign_in):
    client = sign_in(nam)
    assert suggested(client, case) == tu.name == "Lê Văn Tư"
    assert "KT. Chủ tịch, Phó Chủ tịch" in text(client.get(url(case)))
    press(client, case, "accept", number="05/TB-UBND", signer="KT. Chủ tịch, Phó Chủ tịch, Lê Văn B")
    assert Act.objects.get().signer == "KT. Chủ tịch, Phó Chủ tịch, Lê Văn B"


def test_an_emptied_signer_stays_empty(case, nam, tu, sign_in):
    press(sign_in(nam), case, "accept", number="05/TB-UBND", signer="")
    assert Act.objects.get().signer == ""


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Phó Chủ tịch UBND xã Bình An"},
        {"title": "Chủ tịch UBND xã Bình An", "name": "Hồ Văn Sáu"},
    ],
    ids=["a deputy", "a second head"],
)
def test_where_two_may_sign_nobody_is_suggested(case, nam, tu, world, sign_in, other):
    an_officer(**{"name": "Lê Văn B", "username": "b", "unit": world.ubnd_binh_an, "role": "leader"} | other)
    assert suggested(sign_in(nam), case) == ""


@pytest.mark.parametrize("title", ["Phó Chủ tịch UBND xã Bình An", "Quyền Chủ tịch UBND xã Bình An"])
def test_who_does_not_sign_as_the_head_is_not_suggested_as_one(case, nam, world, sign_in, title):
    an_officer(name="Lê Văn B", username="b", unit=world.ubnd_binh_an, role="leader", title=title)
    assert suggested(sign_in(nam), case) == ""


def test_who_left_and_who_stands_in_for_the_head_are_not_suggested(case, nam, tu, sign_in):
    a_delegation(of=tu, to=nam, valid_from=TODAY, valid_to=TODAY + timedelta(days=5))
    assert suggested(sign_in(nam), case) == ""
    Holding.objects.filter(pk=tu.holding.pk).update(valid_to=TODAY)
    assert suggested(sign_in(nam), case) == ""


def test_an_act_recorded_later_says_both_days(case, nam, sign_in, frozen):
    frozen.move_to(at(5))
    did(nam, "accept", case, when=at(5), on=TODAY + timedelta(days=2))
    page = text(sign_in(nam).get(url(case)))
    assert "14/03/2026" in page and "ghi ngày 17/03/2026" in re.sub(r"\s+", " ", page)


def test_duties_run_beside_the_case_and_are_lines_of_their_own_in_the_lists(case, nam, sign_in):
    did(nam, "accept", case)
    did(nam, "decide", case, outcome=Outcome.WRONG, findings={1: "wrong", 2: "wrong"})
    client = sign_in(nam)
    listed, day = text(client.get("/viec/?folder=waiting")), text(client.get("/hom-nay/"))
    for page in (listed, day):
        assert "Gửi quyết định giải quyết" in page and case.lead.code in page
    assert listed.count("data-href") == 2 and "Công khai quyết định giải quyết" in listed


def test_a_stage_that_the_unit_began_itself_is_not_new_to_it(case, nam, sign_in):
    did(nam, "accept", case)
    client = sign_in(nam)
    assert case.lead.code not in text(client.get("/viec/?folder=new"))
    assert case.lead.code in text(client.get("/viec/?folder=waiting"))


def test_the_second_instance_and_the_first_lead_to_each_other(world, case, nam, sau, sign_in):
    did(nam, "accept", case)
    did(nam, "decide", case, outcome=Outcome.WRONG, findings={1: "wrong", 2: "wrong"})
    second = a_complaint(world.xa_binh_an, when=at(), said={"unit_id": world.ubnd_tinh.id},
                         procedure=Procedure.SECOND_COMPLAINT, previous_id=case.pk)  # fmt: skip
    client = sign_in(sau)
    assert second.lead.code in text(client.get(url(case))) and case.lead.code in text(client.get(url(second)))


def test_a_letter_that_joined_a_case_leads_to_it_and_back(world, case, nam, sign_in):
    other = a_complaint(world.xa_binh_an)
    client = sign_in(nam)
    assert press(client, other, "join", case=case.lead.code.lower()).status_code == 302
    assert "Đã nhập vào vụ việc khác" in text(client.get(url(other)))
    assert other.lead.code in text(client.get(url(case)))


# Acts as forms

TYPED = {
    "accept": {"number": "05/TB-UBND", "on": "12/03/2026"},
    "refuse": {"number": "06/TB-UBND", "reason": "late"},
    "guide": {"number": "07/HD-UBND", "addressee": "Tòa án nhân dân khu vực 1"},
    "transfer": {"number": "08/PC-UBND", "unit": "so_xay_dung"},
    "forward": {"number": "09/PC-UBND", "addressee": "Công an tỉnh"},
    "withdraw-part": {"points": "1"},
    "withdraw": {},
    "ask": {"text": "Thửa đất số mấy?"},
}
PHASES = {"accept": Phase.RESOLVING, "refuse": Phase.REFUSED, "guide": Phase.GUIDED, "forward": Phase.FORWARDED,
          "withdraw": Phase.WITHDRAWN}  # fmt: skip


@pytest.mark.parametrize(("key", "typed"), TYPED.items(), ids=TYPED)
def test_each_act_of_a_new_complaint_is_done_from_its_form(world, case, nam, sign_in, key, typed):
    typed = {name: getattr(world, value).id if name == "unit" else value for name, value in typed.items()}
    client = sign_in(nam)
    assert key in offered(text(client.get(url(case))))
    response = press(client, case, key, **typed)
    assert (response.status_code, response.headers.get("Location")) == (302, url(case))
    assert (Act.objects.get().key, again(case).phase) == (key, PHASES.get(key, Phase.SORTING))


def test_a_decision_is_put_down_with_a_finding_for_each_content_and_results_in_numbers(case, nam, sign_in):
    did(nam, "accept", case)
    client = sign_in(nam)
    given = {"number": "20/QĐ-UBND", "outcome": "partly", "figure_person-money": "40.000.000"}
    refused = press(client, case, "decide", **given, finding_1="wrong")
    assert refused.status_code == 422 and "Nội dung này chưa có kết luận riêng." in text(refused)
    assert press(client, case, "decide", **given, finding_1="wrong", finding_2="right").status_code == 302
    assert list(Point.objects.order_by("ordinal").values_list("finding", flat=True)) == ["wrong", "right"]
    assert [str(figure.amount) for figure in again(case).figures.all()] == ["40000000.00"]


@pytest.mark.parametrize(
    ("key", "typed", "field"),
    [
        ("accept", {"number": ""}, "accept-number"),
        ("accept", {"number": "1", "on": "13/03/2026"}, "accept-on"),
        ("refuse", {"number": "1", "reason": ""}, "refuse-reason"),
        ("transfer", {"number": "1", "unit": ""}, "transfer-unit"),
        ("withdraw-part", {"points": ["1", "2"]}, "withdraw-part-points"),
        ("join", {"case": "DV99-AAAA-AAAAA"}, "join-case"),
    ],
)
def test_a_refused_act_stands_at_its_field_and_nothing_typed_is_lost(case, nam, sign_in, key, typed, field):
    response = press(sign_in(nam), case, key, text="Một câu đã gõ kỹ.", **typed)
    page = text(response)
    assert response.status_code in {409, 422} and f'id="id_{field}_error"' in page and "Một câu đã gõ kỹ." in page
    assert (Act.objects.count(), Step.objects.count()) == (0, 1)


def test_whoever_was_slower_sees_the_newest_case_with_their_words_still_there(case, nam, sign_in):
    client = sign_in(nam)
    did(nam, "ask", case, text="Thửa nào?")
    response = press(client, case, "accept", number="05/TB-UBND", text="Đủ điều kiện thụ lý.", seen=1)
    assert response.status_code == 409 and "Đủ điều kiện thụ lý." in text(response)
    assert press(client, case, "accept", number="05/TB-UBND").status_code == 302


def test_an_act_that_is_no_longer_possible_gives_the_words_back(case, nam, sign_in):
    client = sign_in(nam)
    did(nam, "withdraw", case)
    response = press(client, case, "accept", number="05/TB-UBND", text="Đủ điều kiện thụ lý.")
    assert response.status_code >= 400 and "Đủ điều kiện thụ lý." in text(response)


def test_what_is_known_of_a_case_is_put_right_before_it_is_accepted_only(case, nam, sign_in):
    client = sign_in(nam)
    typed = {"describe-category": "land", "describe-subject": "Thu hồi 40 m² đất", "describe-criteria": ["foreign"]}
    assert client.post(url(case, "thong-tin"), typed).status_code == 302
    assert (again(case).category, list(again(case).criteria.values_list("criterion", flat=True))) == (
        "land",
        ["foreign"],
    )
    did(nam, "accept", case)
    response = client.post(url(case, "thong-tin"), typed)
    assert response.status_code >= 400 and "Áp dụng quy định khác" in text(response)


def test_a_denunciation_offers_no_search_for_its_like(case, sealed, nam, sign_in):
    client = sign_in(nam)
    assert ["Tìm việc giống" in text(client.get(url(each))) for each in (case, sealed)] == [True, False]


# Who may

SORTING = {"accept", "refuse", "guide", "transfer", "forward", "join", "ask", "withdraw-part", "withdraw"}
MAY = {"nam": SORTING, "tu": SORTING | {"re-base"}, "mai": set(), "kim": set(), "lan": {"transfer", "re-base"}}


@pytest.mark.parametrize(("officer", "keys"), MAY.items())
def test_the_acts_are_what_the_role_may_do_now(case, request, sign_in, officer, keys):
    assert offered(text(sign_in(request.getfixturevalue(officer)).get(url(case)))) == keys


@pytest.mark.parametrize("stranger", ["thu", "ben", "vu"])
@pytest.mark.parametrize("parts", [("thu-tuc", "accept"), ("thong-tin",), ("danh-tinh",)], ids="/".join)
def test_a_case_of_another_unit_is_as_absent_as_one_that_never_was(case, request, sign_in, stranger, parts):
    client = sign_in(request.getfixturevalue(stranger))
    there = client.post(url(case, *parts), {})
    never = client.post("/".join(["/viec", "DV99-AAAA-AAAAA", *parts, ""]), {})
    assert there.status_code == never.status_code == 404 and WALL not in text(there)


@pytest.mark.parametrize("reader", ["kim", "mai"])
def test_who_only_reads_writes_nothing_down_that_takes_no_step_either(case, nam, request, sign_in, reader):
    did(nam, "accept", case)
    did(nam, "decide", case, outcome=Outcome.WRONG, findings={1: "wrong", 2: "wrong"}, number="20/QĐ")
    response = press(sign_in(request.getfixturevalue(reader)), case, "take-effect", on="")
    assert response.status_code == 403 and again(case).effective_on is None


@pytest.mark.parametrize("verb", ["settle", "fulfil", "retract", "cancel", "extend", "transfer"])
def test_no_plain_step_goes_round_the_procedure(case, tu, sign_in, verb):
    response = sign_in(tu).post(
        f"/api/v1/matters/{case.lead.code}/steps", {"verb": verb, "text": "x", "days": 3}, "application/json"
    )
    assert (response.status_code, response.json()["code"]) == (409, "by-procedure")
    assert fresh(case.lead).current.state == State.OPEN


def test_a_plain_matter_has_no_procedure(world, nam, sign_in):
    matter = told(world.xa_binh_an)
    client = sign_in(nam)
    assert offered(text(client.get(f"/viec/{matter.code}/"))) == set()
    assert client.post(f"/viec/{matter.code}/thu-tuc/accept/", {}).status_code == 404


# A denunciation


def test_the_handler_of_a_denunciation_sees_nobody_and_no_way_to_reach_them(world, nam, sign_in):
    case = a_denunciation(world.xa_binh_an)
    page = text(sign_in(nam).get(url(case)))
    assert BRIBE in page and "không có gì được niêm phong" in page and "Gửi qua Zalo" not in page
    assert "/lien-he/" not in page and "/danh-tinh/" not in page


@pytest.fixture
def sealed(world, tu, hoa) -> Case:
    a_custody(tu)
    return a_denunciation(world.xa_binh_an, said={"sender": Sender(name=hoa.name, address=hoa.address)})


def test_opening_an_identity_is_asked_for_with_its_purpose_and_shown_with_who_asked(sealed, nam, hoa, sign_in):
    client = sign_in(nam)
    assert hoa.name not in text(client.get(url(sealed)))
    refused = client.post(url(sealed, "danh-tinh"), {"purpose": " "})
    assert (refused.status_code, IdentityOpening.objects.count()) == (422, 0)
    assert client.post(url(sealed, "danh-tinh"), {"purpose": "Hỏi thêm về biên nhận"}).status_code == 302
    page = text(client.get(url(sealed)))
    assert "Hỏi thêm về biên nhận" in page and "yêu cầu mở" in page and hoa.name not in page
    assert client.post(url(sealed, "danh-tinh"), {"purpose": "Lần nữa"}).status_code == 409


@pytest.mark.parametrize(("officer", "status"), [("lan", 403), ("kim", 403), ("mai", 403)])
def test_nobody_above_asks_who_denounced(sealed, request, sign_in, officer, status):
    client = sign_in(request.getfixturevalue(officer))
    assert client.post(url(sealed, "danh-tinh"), {"purpose": "Xem thử"}).status_code == status
    assert IdentityOpening.objects.count() == 0


# Cost


@pytest.mark.parametrize("acts", [1, 12])
def test_a_case_costs_the_same_however_much_was_done(case, nam, sign_in, django_assert_num_queries, acts):
    did(nam, "accept", case)
    for number in range(acts):
        did(nam, "ask", case, text=f"Câu hỏi {number}", number="")
    client = sign_in(nam)
    with django_assert_num_queries(COMPLAINT):
        client.get(url(case))


@pytest.mark.parametrize("duties", [1, 5])
def test_duties_cost_no_query_of_their_own(world, nam, sign_in, django_assert_num_queries, duties):
    for _ in range(duties):
        each = a_complaint(world.xa_binh_an, points=())
        did(nam, "accept", each)
        did(nam, "decide", each, outcome=Outcome.WRONG)
    client = sign_in(nam)
    with django_assert_num_queries(9):
        assert text(client.get("/viec/")).count("data-href") == 2 * duties
