"""Letting a colleague act in one's post for some days, and taking it back."""

import re
from datetime import date, timedelta

import pytest

from danvan.base.errors import Absent, Invalid, Refused
from danvan.units.access import acting, holdings_of
from danvan.units.actions import delegate, end_delegation
from danvan.units.models import AdminEvent, Holding
from tests.world import AT, TODAY, a_delegation, an_officer

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock(frozen):
    """The pages ask what day it is."""


def text(response) -> str:
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def form(colleague, **changed) -> dict[str, object]:
    given = {"to": colleague.account.pk, "valid_from": "12/03/2026", "last_day": "14/03/2026", "reason": "Đi công tác"}
    return given | changed


def titles(officer, on: date = TODAY) -> list[str]:
    return [holding.post.title for holding in holdings_of(officer.account, on)]


def test_the_leader_lets_an_officer_of_the_unit_stand_in(sign_in, tu, nam):
    assert sign_in(tu).post("/uy-quyen/", form(nam)).status_code == 302
    own = nam.post.title
    assert [titles(nam, TODAY + n * DAY) for n in (2, 3)] == [[own, tu.post.title], [own]]
    event = AdminEvent.objects.get()
    assert (event.account, event.verb) == ("Lê Văn Tư (tu)", "delegated")
    assert event.detail == "thay Lê Văn Tư (tu), từ 12/03/2026 đến hết 14/03/2026: Đi công tác"


def test_who_stands_in_can_choose_the_post_and_both_see_it(sign_in, tu, nam):
    sign_in(tu).post("/uy-quyen/", form(nam))
    given, received = text(sign_in(tu).get("/uy-quyen/")), text(sign_in(nam).get("/uy-quyen/"))
    assert "Bạn đã ủy quyền Cho Thời gian Lý do Thao tác Trần Văn Nam 12/03/2026 – hết 14/03/2026" in given
    assert (
        "Chủ tịch UBND xã Bình An – Ủy ban nhân dân xã Bình An, thay Lê Văn Tư: 12/03/2026 – hết 14/03/2026" in received
    )
    assert tu.post.title in text(sign_in(nam).get("/tai-khoan/chuc-vu/"))


@pytest.mark.parametrize("begins", ["12/03/2026", "20/03/2026"])
def test_taking_it_back_works_at_once(sign_in, tu, nam, begins):
    sign_in(tu).post("/uy-quyen/", form(nam, valid_from=begins, last_day="25/03/2026"))
    given = Holding.objects.get(on_behalf_of=tu.holding)
    assert sign_in(tu).post(f"/uy-quyen/{given.pk}/thu-hoi/").status_code == 302
    assert [titles(nam, TODAY + n * DAY) for n in (0, 9)] == [[nam.post.title]] * 2
    assert [e.verb for e in AdminEvent.objects.order_by("id")] == ["delegated", "delegation-ended"]


def test_one_given_earlier_stays_written_down(tu, nam):
    given = a_delegation(of=tu, to=nam, valid_from=TODAY - 5 * DAY, valid_to=TODAY + 5 * DAY).holding
    end_delegation(holding_id=given.pk, by=tu.by, at=AT)
    given.refresh_from_db()
    assert given.valid_to == TODAY
    with pytest.raises(Refused, match="đã hết"):
        end_delegation(holding_id=given.pk, by=tu.by, at=AT)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"to": ""}, "Chọn người được ủy quyền."),
        ({"reason": " "}, "Ghi lý do ủy quyền."),
        ({"last_day": ""}, "ủy quyền nào cũng có ngày kết thúc"),
        ({"last_day": "11/03/2026"}, "Ngày kết thúc phải sau ngày bắt đầu."),
        ({"valid_from": "01/03/2026"}, "Ủy quyền bắt đầu từ hôm nay trở đi."),
    ],
)
def test_a_delegation_needs_a_person_a_reason_and_days_to_come(sign_in, tu, nam, changed, sentence):
    page = sign_in(tu).post("/uy-quyen/", form(nam, **changed))
    assert (page.status_code, sentence in text(page)) == (422, True)
    assert not Holding.objects.filter(on_behalf_of__isnull=False).exists()


def test_nobody_outside_the_unit_can_be_chosen(sign_in, tu, nam, thu):
    assert thu.name not in sign_in(tu).get("/uy-quyen/").content.decode()
    assert sign_in(tu).post("/uy-quyen/", form(thu)).status_code == 422
    with pytest.raises(Invalid, match="cùng đơn vị"):
        delegate(
            holding=tu.holding, to=thu.account, valid_from=TODAY, valid_to=TODAY + DAY, reason="x", by=tu.by, at=AT
        )


def test_what_was_delegated_is_not_delegated_on(sign_in, tu, nam, mai):
    deputy = a_delegation(of=tu, to=nam, valid_from=TODAY, valid_to=TODAY + 9 * DAY)
    client = sign_in(nam)
    client.post("/tai-khoan/chuc-vu/", {"holding": deputy.holding.pk})
    assert client.post("/uy-quyen/", form(mai)).status_code == 422
    with pytest.raises(Refused, match="ủy quyền lại"):
        delegate(
            holding=deputy.holding, to=mai.account, valid_from=TODAY, valid_to=TODAY + DAY, reason="x",
            by=acting(deputy.holding), at=AT,
        )  # fmt: skip


def test_a_delegation_ends_no_later_than_the_post_itself(tu, nam):
    tu.holding.valid_to = TODAY + 2 * DAY
    tu.holding.save()
    with pytest.raises(Invalid, match="đến trước ngày 14/03/2026"):
        delegate(
            holding=tu.holding, to=nam.account, valid_from=TODAY, valid_to=TODAY + 5 * DAY, reason="x", by=tu.by, at=AT
        )


@pytest.mark.parametrize("who", ["nam", "thu", "lan", "ben"])
def test_only_the_giver_or_their_operator_takes_it_back(request, tu, mai, who):
    given = a_delegation(of=tu, to=mai, valid_from=TODAY, valid_to=TODAY + 9 * DAY).holding
    with pytest.raises((Refused, Absent)):
        end_delegation(holding_id=given.pk, by=request.getfixturevalue(who).by, at=AT)


def test_an_own_post_is_no_delegation_to_take_back(tu, nam):
    with pytest.raises(Absent):
        end_delegation(holding_id=nam.holding.pk, by=tu.by, at=AT)


def test_alone_in_a_unit_one_is_told_why_not(sign_in, ben):
    assert "chưa có ai khác đang giữ chức vụ" in text(sign_in(ben).get("/uy-quyen/"))


def test_without_a_post_the_page_opens_and_gives_nothing(sign_in, world):
    nobody = an_officer(name="Hết nhiệm kỳ", unit=world.ubnd_binh_an, valid_to=TODAY - DAY, username="cu")
    assert sign_in(nobody).get("/uy-quyen/").status_code == 200
    assert sign_in(nobody).post("/uy-quyen/", form(nobody)).status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_and_three(sign_in, tu, nam, world, count, django_assert_num_queries):
    for number in range(count):
        other = an_officer(name=f"Người {number}", unit=world.ubnd_binh_an)
        a_delegation(of=tu, to=other, valid_from=TODAY, valid_to=TODAY + DAY)
    client = sign_in(tu)
    with django_assert_num_queries(8):
        client.get("/uy-quyen/")
