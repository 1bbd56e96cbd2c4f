"""Bà Hoa asks about a bridge: from her sentence to the province's checked report."""

from datetime import datetime, timedelta

import pytest

from danvan.base.clock import VIETNAM
from danvan.commitments.queries import differences, steps_of, verify
from danvan.matters.actions import Said, Sender, Words, act, give_verdict, receive
from danvan.matters.kinds import Field, ReplyBy, Settled
from danvan.matters.queries.tracking import matter_for
from danvan.reports.actions import open_due_sheets, sign
from danvan.reports.kinds import Scope
from danvan.reports.models import Sheet
from danvan.reports.queries.sheets import content_of
from danvan.units.access import CITIZEN, system
from tests.world import AT

SAID = "Cầu Đỏ gãy lan can từ sau Tết. Trẻ con đi học qua đó rất nguy hiểm, bao giờ thì sửa?"


@pytest.fixture
def told(world, hoa):
    """She sends it from her phone and keeps what she is given."""
    said = Said(content=SAID, area_id=world.xa_binh_an.id, field=Field.ROADS, place="Cầu Đỏ", reply_by=ReplyBy.EMAIL,
                sender=Sender(name=hoa.name, email=hoa.email))  # fmt: skip
    return receive(said=said, by=CITIZEN, at=AT)


def test_what_she_said_has_a_holder_and_a_date_at_once(told, world):
    matter = told.matter
    assert matter.current.owed_by_id == world.ubnd_binh_an.id
    assert matter.current.due == (AT.astimezone(VIETNAM) + timedelta(days=14)).date()


def test_she_and_the_officer_see_the_same_steps(told, nam):
    act(matter_id=told.matter.id, verb="accept", words=Words(), by=nam.by, at=AT + timedelta(hours=3))
    hers = matter_for(told.matter.code, told.pin)
    assert [step.verb for step in steps_of(hers.current)] == ["open", "accept"]


def test_an_empty_promise_starts_a_new_clock_and_is_counted_apart(told, nam):
    act(matter_id=told.matter.id, verb="answer", words=Words(text="Sẽ sửa sớm."), by=nam.by, at=AT + timedelta(days=1))
    again = give_verdict(matter=told.matter, settled=Settled.NO, score=1, text="Chưa thấy ai đến.",
                         at=AT + timedelta(days=3))  # fmt: skip
    assert (again.current.kind, again.current.state) == ("review", "open")
    assert (list(verify()), differences()) == ([], [])


def test_her_agreement_stands_in_the_sheet_the_commune_signs(told, nam, tu, world):
    act(matter_id=told.matter.id, verb="answer", words=Words(text="Lan can đã hàn xong sáng nay."), by=nam.by,
        at=AT + timedelta(days=1))  # fmt: skip
    give_verdict(matter=told.matter, settled=Settled.YES, score=5, text="", at=AT + timedelta(days=1, hours=2))
    closing = datetime(2026, 3, 16, 9, tzinfo=VIETNAM)
    open_due_sheets(by=system("mở biểu kỳ"), at=closing)
    sheet = Sheet.objects.get(unit_id=world.ubnd_binh_an.id, period="2026-03", scope=Scope.OWN)
    seen = content_of(sheet, closing.date())
    assert [seen.values[f"petitions.{name}"] for name in ("received", "answered", "on-time")] == [1, 1, 1]
    signed = sign(sheet_id=sheet.id, seen=seen.fingerprint, by=tu.by, at=closing)
    assert signed.state == "signed"
    assert signed.commitment.__class__.objects.get(pk=signed.commitment_id).state == "answered"
