"""What was sent before is shown before it is written again, to those who may see it; linking joins and never hides."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from danvan.base.errors import Absent, Forbidden, Invalid, Refused
from danvan.matters.actions import Link, forget_marks, link_matters, receive_linked, unlink_matters
from danvan.matters.actions.taking_in import Said
from danvan.matters.kinds import Field, Kind, LinkWhy
from danvan.matters.models import LikenessMark, Matter, MatterLink
from danvan.matters.queries.likeness import candidates, followed_by, links_of
from danvan.rules.text import fold
from tests.matters.portal_walk import open_story, send, text
from tests.matters.test_intake_pages import typed
from tests.matters.told import BRIDGE, at, does, told
from tests.world import AT, TODAY

pytestmark = pytest.mark.usefixtures("frozen")
RUBBISH = "Xe rác không vào hẻm 45 đã mười ngày, rác chất đống trước cổng trường mẫu giáo, mùi hôi bay khắp xóm."


def seen(by, area, content=BRIDGE, **more):
    return [one.code for one in candidates(content=content, area_id=area.id, by=by, on=TODAY, **more)]


def linked(later, original, officer, reason="Cùng người gửi", why=LinkWhy.DUPLICATE):
    return link_matters(matter_id=later.pk, link=Link(original.code, why, reason), by=officer.by, at=AT)


# Candidates


@pytest.mark.parametrize(
    "again", [BRIDGE, fold(BRIDGE), BRIDGE.upper(), f"Kính gửi xã. {BRIDGE} Xin cảm ơn.", BRIDGE[:-30]]
)
def test_what_was_sent_before_is_found_however_it_is_written(world, nam, again):
    first = told(world.xa_binh_an)
    told(world.xa_binh_an, content=RUBBISH)
    assert seen(nam.by, world.xa_binh_an, again) == [first.code]


def test_nobody_finds_what_they_may_not_see(world, nam, thu, lan, vu):
    first = told(world.xa_binh_an)
    found = {name: seen(officer.by, world.xa_binh_an) for name, officer in
             {"nam": nam, "thu": thu, "lan": lan, "vu": vu}.items()}  # fmt: skip
    assert found == {"nam": [first.code], "thu": [], "lan": [first.code], "vu": []}


def test_another_place_and_an_old_letter_are_not_looked_at(world, nam):
    told(world.xa_phu_loc)
    told(world.xa_binh_an, when=at(days=-91))
    assert seen(nam.by, world.xa_binh_an) == []


def test_a_denunciation_leaves_no_mark(world):
    told(world.xa_binh_an, kind=Kind.DENUNCIATION)
    assert LikenessMark.objects.count() == 0


@pytest.mark.parametrize("many", [1, 40])
def test_looking_costs_two_statements_however_many_there_are(world, nam, django_assert_num_queries, many):
    for number in range(many):
        told(world.xa_binh_an, content=f"{BRIDGE} Lần {number}.")
    with django_assert_num_queries(2):
        assert len(seen(nam.by, world.xa_binh_an)) == min(many, 5)


def test_marks_go_after_half_a_year(world):
    told(world.xa_binh_an, when=at(days=-181))
    told(world.xa_binh_an, when=at(days=-170))
    forget_marks(at=AT)
    assert LikenessMark.objects.values("matter").distinct().count() == 1


# Links


def test_a_link_says_who_when_why_and_leaves_both_as_they_were(world, nam):
    first, again = told(world.xa_binh_an), told(world.xa_binh_an)
    before = list(Matter.objects.order_by("pk").values())
    made = linked(again, first, nam)
    assert (made.linked_by_id, made.linked_at, made.why, made.reason) == (
        nam.post.pk, AT, LinkWhy.DUPLICATE, "Cùng người gửi",
    )  # fmt: skip
    assert list(Matter.objects.order_by("pk").values()) == before


def test_a_link_is_seen_from_both_sides(world, nam):
    first, again = told(world.xa_binh_an), told(world.xa_binh_an)
    linked(again, first, nam)
    sides = [(one.code, one.is_earlier) for matter in (again, first) for one in links_of(matter, nam.by, TODAY)]
    assert sides == [(first.code, True), (again.code, False)]


def test_taking_a_link_back_needs_a_reason_and_keeps_what_was_said(world, nam):
    first, again = told(world.xa_binh_an), told(world.xa_binh_an)
    made = linked(again, first, nam)
    with pytest.raises(Invalid):
        unlink_matters(link_id=made.pk, reason=" ", by=nam.by, at=AT)
    unlink_matters(link_id=made.pk, reason="Nhầm cầu", by=nam.by, at=AT)
    (one,) = links_of(again, nam.by, TODAY)
    assert (one.reason, one.ended_reason, one.ended_at, followed_by(again, TODAY)) == (
        "Cùng người gửi",
        "Nhầm cầu",
        AT,
        [],
    )
    linked(again, first, nam)
    assert MatterLink.objects.count() == 2


@pytest.mark.parametrize(
    ("link", "code"),
    [
        (lambda first, again: Link(again.code, reason="x"), "link-itself"),
        (lambda first, again: Link(first.code, reason=" "), "reason-missing"),
        (lambda first, again: Link("DV99-KHONG-CO", reason="x"), "original-absent"),
        (lambda first, again: Link("", reason="x"), "original-absent"),
    ],
)
def test_a_wrong_link_is_refused_and_nothing_is_written(world, nam, link, code):
    first, again = told(world.xa_binh_an), told(world.xa_binh_an)
    with pytest.raises(Invalid) as refused:
        link_matters(matter_id=again.pk, link=link(first, again), by=nam.by, at=AT)
    assert (refused.value.code, MatterLink.objects.count()) == (code, 0)


def test_a_link_is_made_once_and_in_one_direction(world, nam):
    first, again = told(world.xa_binh_an), told(world.xa_binh_an)
    linked(again, first, nam)
    refusals = []
    for later, original in ((again, first), (first, again)):
        with pytest.raises(Refused) as refused:
            linked(later, original, nam)
        refusals.append(refused.value.code)
    assert refusals == ["linked-already", "link-circle"]
    with pytest.raises(IntegrityError), transaction.atomic():
        MatterLink(home_area=first.home_area, matter=again, original=first, why="duplicate", reason="x",
                   linked_at=AT).save(force_insert=True)  # fmt: skip


def test_a_denunciation_is_linked_with_nothing(world, nam):
    first = told(world.xa_binh_an)
    other = told(world.xa_binh_an, kind=Kind.DENUNCIATION)
    for later, original in ((first, other), (other, first)):
        with pytest.raises(Refused):
            linked(later, original, nam)
    assert MatterLink.objects.count() == 0


def test_nobody_links_what_they_may_not_see_or_not_handle(world, nam, thu, kim):
    first, again, elsewhere = told(world.xa_binh_an), told(world.xa_binh_an), told(world.xa_phu_loc)
    with pytest.raises(Absent):
        linked(again, elsewhere, thu)
    with pytest.raises(Invalid, match="Không tìm thấy"):
        linked(elsewhere, first, thu)
    with pytest.raises(Forbidden):
        linked(again, first, kim)
    made = linked(again, first, nam)
    with pytest.raises(Absent):
        unlink_matters(link_id=made.pk, reason="x", by=thu.by, at=AT)
    with pytest.raises(Absent):
        unlink_matters(link_id=uuid.uuid4(), reason="x", by=nam.by, at=AT)


def test_taking_in_and_linking_happen_together_or_not_at_all(world, nam):
    first = told(world.xa_binh_an)
    said = Said(content=BRIDGE, area_id=world.xa_binh_an.id, field=Field.ROADS, intake="paper")
    with pytest.raises(Invalid):
        receive_linked(said=said, link=Link("sai", reason="x"), by=nam.by, at=AT)
    assert Matter.objects.count() == 1
    receive_linked(said=said, link=Link(first.code, reason="Gửi lại"), by=nam.by, at=AT)
    assert (Matter.objects.count(), MatterLink.objects.get().original_id) == (2, first.pk)


# Pages

DESK = "/viec/moi/"


def test_the_desk_shows_both_texts_before_anything_is_written(world, nam, sign_in):
    first = told(world.xa_binh_an)
    client = sign_in(nam)
    page = client.post(DESK, typed(world, content=fold(BRIDGE)))
    assert (page.status_code, Matter.objects.count()) == (200, 1)
    assert first.code in text(page) and BRIDGE in text(page) and fold(BRIDGE) in text(page)
    done = client.post(
        DESK,
        typed(
            world,
            **{
                "compared": "1",
                "link-original": first.code,
                "link-why": "same-case",
                "link-reason": "Hai nhà cạnh nhau",
            },
        ),
    )
    assert (done.status_code, Matter.objects.count()) == (302, 2)
    assert (MatterLink.objects.get().why, MatterLink.objects.get().reason) == ("same-case", "Hai nhà cạnh nhau")


def test_the_desk_may_say_that_it_is_a_matter_of_its_own(world, nam, sign_in):
    told(world.xa_binh_an)
    form = typed(world, **{"compared": "1", "link-original": "", "link-why": "duplicate", "link-reason": ""})
    assert sign_in(nam).post(DESK, form).status_code == 302
    assert (Matter.objects.count(), MatterLink.objects.count()) == (2, 0)


def test_a_choice_without_a_reason_comes_back_with_the_choice(world, nam, sign_in):
    first = told(world.xa_binh_an)
    form = typed(world, **{"compared": "1", "link-original": first.code, "link-why": "duplicate", "link-reason": ""})
    page = sign_in(nam).post(DESK, form)
    assert (page.status_code, Matter.objects.count()) == (422, 1)
    assert "Hãy ghi lý do" in text(page) and f'value="{first.code}" id="trung-1" checked' in text(page)


def test_an_officer_compares_links_and_unlinks_on_the_page(world, nam, sign_in):
    first, again = told(world.xa_binh_an), told(world.xa_binh_an, when=AT + timedelta(hours=1))
    client = sign_in(nam)
    url = f"/viec/{again.code}/giong/"
    assert "So sánh với" in text(client.get(url))
    assert text(client.get(url, {"voi": first.code})).count(BRIDGE) >= 2
    refused = client.post(f"{url}lien-ket/", {"original": first.code, "why": "duplicate", "reason": ""})
    assert refused.status_code == 422 and "Hãy ghi lý do" in text(refused)
    assert (
        client.post(f"{url}lien-ket/", {"original": first.code, "why": "duplicate", "reason": "Gửi lại"}).status_code
        == 302
    )
    assert "đã liên kết 1" in text(client.get(f"/viec/{first.code}/"))
    made = MatterLink.objects.get()
    assert client.post(f"{url}{made.pk}/bo/", {"reason": ""}).status_code == 422
    assert client.post(f"{url}{made.pk}/bo/", {"reason": "Nhầm"}).status_code == 302
    assert "Nhầm" in text(client.get(url))


def test_a_stranger_is_told_of_no_such_matter(world, thu, sign_in):
    matter = told(world.xa_binh_an)
    for path in (f"/viec/{matter.code}/giong/", "/viec/DV99-AAAA-AAAAA/giong/"):
        assert sign_in(thu).get(path).status_code == 404


def test_the_later_sender_sees_how_the_earlier_matter_fares_and_none_of_its_words(world, nam, client):
    first = told(world.xa_binh_an, content=f"{BRIDGE} Gọi tôi số 0912345678.")
    again, pin = send(client, world.xa_binh_an)
    linked(again, first, nam, why=LinkWhy.SAME_CASE)
    does(nam, "answer", first, text="Chiều mai thợ đến nhà bà Hoa.")
    page = text(client.get(open_story(client, again.code, pin)))
    assert "Việc đã được gửi trước đó" in page and "Trả lời" in page
    assert [told_ for told_ in ("nhà bà Hoa", "0912345678", first.code) if told_ in page] == []
