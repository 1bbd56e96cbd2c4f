"""A listening meeting: written down together, finished once, every opinion with a holder and a date."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time, timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from danvan.base.errors import Absent, Invalid, Refused
from danvan.commitments.models import Commitment, Step
from danvan.commitments.queries import differences, steps_of, tally_sums, verify
from danvan.matters.actions.meetings import (
    Head,
    change_head,
    conclude,
    discard_meeting,
    finish_meeting,
    new_meeting,
)
from danvan.matters.actions.rows import TypedRow, save_rows
from danvan.matters.kinds import MEETING_OPINION, Field, Intake, Kind
from danvan.matters.models import Entry, Matter, Meeting, MeetingRow
from danvan.matters.queries.meetings import meeting_of, meetings, outcome
from danvan.matters.queries.review import Typing, review
from tests.world import AT, TODAY, an_officer

LISTENING = "Công an lắng nghe ý kiến Nhân dân"


def a_head(world, **changed) -> Head:
    given = {"title": LISTENING, "held_on": TODAY, "place": "Nhà văn hóa ấp 3", "area_id": world.xa_binh_an.id,
             "chair": "Chủ tịch UBND xã", "attendance": 120, "began": time(7, 30)}  # fmt: skip
    return Head(**given | changed)


@pytest.fixture
def meeting(world, nam) -> Meeting:
    return new_meeting(head=a_head(world), by=nam.by, at=AT)


def typed(*contents: str, **cells) -> list[TypedRow]:
    return [TypedRow(key=str(uuid4()), content=content, **cells) for content in contents]


def save(meeting, rows, by, **more):
    return save_rows(meeting_id=meeting.id, rows=rows, by=by, at=AT, **more)[1]


def kept(meeting) -> list[MeetingRow]:
    return list(MeetingRow.objects.filter(meeting=meeting).order_by("position"))


# The head


def test_a_meeting_belongs_to_the_unit_that_opens_it(meeting, world):
    assert (meeting.unit_id, meeting.area_id, meeting.attendance, meeting.state) == (
        world.ubnd_binh_an.id,
        world.xa_binh_an.id,
        120,
        "draft",
    )


def test_opening_twice_with_the_same_key_opens_one(world, nam):
    first, second = (new_meeting(head=a_head(world), by=nam.by, at=AT, key="k") for _ in range(2))
    assert (first.id, Meeting.objects.count()) == (second.id, 1)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"place": ""}, "place"),
        ({"chair": ""}, "chair"),
        ({"held_on": date(2062, 3, 12)}, "held_on"),
        ({"held_on": date(2006, 3, 12)}, "held_on"),
        ({"held_on": TODAY + timedelta(days=61)}, "held_on"),
        ({"attendance": -1}, "attendance"),
        ({"attendance": 100_001}, "attendance"),
    ],
)
def test_a_head_that_cannot_be_is_refused_at_its_field(world, nam, changed, field):
    with pytest.raises(Invalid) as refusal:
        new_meeting(head=a_head(world, **changed), by=nam.by, at=AT)
    assert (refusal.value.field, Meeting.objects.count()) == (field, 0)


def test_a_meeting_before_the_commune_existed_is_refused(world, nam):
    with pytest.raises(Invalid, match="30/06/2025"):
        new_meeting(head=a_head(world, held_on=date(2025, 6, 30)), by=nam.by, at=AT)


def test_a_meeting_is_held_in_the_units_own_area(world, nam, sau):
    with pytest.raises(Invalid, match="không thuộc địa bàn"):
        new_meeting(head=a_head(world, area_id=world.xa_phu_loc.id), by=nam.by, at=AT)
    province = an_officer(name="Cán bộ tỉnh", unit=world.ubnd_tinh)
    held = new_meeting(head=a_head(world, area_id=world.xa_phu_loc.id), by=province.by, at=AT)
    assert held.area_id == world.xa_phu_loc.id


def test_the_head_is_corrected_and_the_conclusion_kept(meeting, world, nam):
    change_head(meeting_id=meeting.id, head=a_head(world, attendance=135, conclusion="Cũ"), by=nam.by, at=AT)
    conclude(meeting_id=meeting.id, conclusion=" Giao Công an xã tuần tra. ", by=nam.by, at=AT)
    meeting.refresh_from_db()
    assert (meeting.attendance, meeting.conclusion) == (135, "Giao Công an xã tuần tra.")


def test_a_meeting_opened_by_mistake_is_removed_but_not_with_opinions_in_it(meeting, world, nam):
    save(meeting, typed("Đường hỏng."), nam.by)
    with pytest.raises(Refused, match="đã có ý kiến"):
        discard_meeting(meeting_id=meeting.id, by=nam.by, at=AT)
    empty = new_meeting(head=a_head(world), by=nam.by, at=AT)
    discard_meeting(meeting_id=empty.id, by=nam.by, at=AT)
    assert list(Meeting.objects.all()) == [meeting]


# Typing


def test_a_row_is_typed_with_codes_and_without_accents(meeting, world, nam):
    [saved] = save(meeting, typed("Cột đèn hỏng.", field="gt", unit="ubnd", hamlet="Ấp 3", answer="Sửa ngày mai."),
                   nam.by)  # fmt: skip
    assert (saved.status, saved.errors) == ("saved", {})
    row = kept(meeting)[0]
    assert (row.content, row.field, row.hamlet, row.answered_by_id, row.answer) == (
        "Cột đèn hỏng.",
        Field.ROADS,
        "Ấp 3",
        world.ubnd_binh_an.id,
        "Sửa ngày mai.",
    )


def test_words_that_name_nothing_are_kept_and_pointed_out(meeting, nam):
    [saved] = save(meeting, typed("Ồn ào.", field="tiếng ồn", unit="binh an"), nam.by)
    assert saved.status == "saved"
    assert saved.errors["field"] == "Không có lĩnh vực này."
    assert saved.errors["unit"].startswith("Có nhiều cơ quan như vậy:")
    row = kept(meeting)[0]
    assert (row.field, row.field_typed, row.answered_by_id, row.unit_typed) == ("", "tiếng ồn", None, "binh an")


def test_a_row_that_cannot_be_kept_stands_in_the_way_of_no_other(meeting, nam):
    rows = [*typed("Một."), *typed("x" * 20_001), *typed("Ba.")]
    assert [row.status for row in save(meeting, rows, nam.by)] == ["saved", "wrong", "saved"]
    assert [row.content for row in kept(meeting)] == ["Một.", "Ba."]


def test_a_row_sent_twice_is_kept_once(meeting, nam):
    rows = typed("Đường hỏng.")
    assert [save(meeting, rows, nam.by)[0].status for _ in range(2)] == ["saved", "saved"]
    assert [(row.content, row.version) for row in kept(meeting)] == [("Đường hỏng.", 1)]


def test_text_from_a_mac_is_stored_composed_and_emoji_survive(meeting, nam):
    save(meeting, typed("Đường hỏng 🚧 ấp 3".replace("ấ", "a\u0302\u0301")), nam.by)
    assert kept(meeting)[0].content == "Đường hỏng 🚧 ấp 3"


def test_two_people_typing_do_not_overwrite_each_other(meeting, nam, tu):
    [hers] = typed("Đường hỏng.")
    save(meeting, [hers], nam.by, writer="page-of-nam")
    again = TypedRow(key=hers.key, version=1, content="Đường ấp 3 hỏng.")
    assert save(meeting, [again], nam.by, writer="page-of-nam")[0].row.version == 2
    stale = TypedRow(key=hers.key, version=1, content="Đường ấp 4 hỏng.")
    [refused] = save(meeting, [stale], tu.by, writer="page-of-tu")
    assert (refused.status, refused.row.content, refused.row.version) == ("conflict", "Đường ấp 3 hỏng.", 2)
    meant = TypedRow(key=hers.key, version=2, content="Đường ấp 4 hỏng.")
    assert save(meeting, [meant], tu.by, writer="page-of-tu")[0].status == "saved"
    assert [row.content for row in kept(meeting)] == ["Đường ấp 4 hỏng."]


def test_an_answer_lost_on_the_way_is_no_conflict_with_oneself(meeting, nam):
    [row] = typed("Đường hỏng.")
    save(meeting, [row], nam.by, writer="page")
    more = TypedRow(key=row.key, version=0, content="Đường hỏng từ tháng 1.")
    assert save(meeting, [more], nam.by, writer="page")[0].status == "saved"


def test_two_new_rows_typed_at_the_same_place_stand_one_after_the_other(meeting, nam, tu):
    for officer, content in ((nam, "Của Nam."), (tu, "Của Tư.")):
        save(meeting, typed(content, position=13), officer.by)
    assert [(row.position, row.content) for row in kept(meeting)] == [(13, "Của Nam."), (14, "Của Tư.")]


def test_an_emptied_row_is_removed(meeting, nam):
    [row] = typed("Đường hỏng.")
    save(meeting, [row], nam.by)
    assert save(meeting, [TypedRow(key=row.key, version=1)], nam.by)[0].status == "removed"
    assert kept(meeting) == []


# The review


def test_each_row_says_who_would_answer_and_why(meeting, world, nam):
    save(meeting, [*typed("Mất trộm.", field="at"), *typed("Đường hỏng.", field="gt"), *typed("Học phí."),
                   *typed("Cầu yếu.", unit="so xay dung")], nam.by)  # fmt: skip
    rows = review(Typing(meeting, TODAY)).rows
    assert [(row.unit, row.why) for row in rows] == [
        ("Công an xã Bình An", "Lĩnh vực “An ninh trật tự” do Công an xã Bình An giải quyết ở địa bàn này."),
        (
            "Ủy ban nhân dân xã Bình An",
            "Lĩnh vực “Giao thông, hạ tầng” do Ủy ban nhân dân xã Bình An giải quyết ở địa bàn này.",
        ),
        (
            "Ủy ban nhân dân xã Bình An",
            "Lĩnh vực “Lĩnh vực khác” do Ủy ban nhân dân xã Bình An giải quyết ở địa bàn này.",
        ),
        ("Sở Xây dựng tỉnh Mẫu", "Người ghi biên bản chọn."),
    ]


def test_the_review_names_what_stands_against_finishing(world, nam):
    meeting = new_meeting(head=a_head(world, attendance=0, held_on=TODAY + timedelta(days=2)), by=nam.by, at=AT)
    save(meeting, [*typed("", hamlet="Ấp 3"), *typed("Ồn.", field="xyz", unit="abc"), *typed("ỒN")], nam.by)
    reviewed = review(Typing(meeting, TODAY))
    assert reviewed.problems == ("Chưa tới ngày họp (14/03/2026).", "Chưa ghi số người dự.")
    assert [row.problems for row in reviewed.rows] == [
        ("Chưa có nội dung ý kiến.",),
        ("Chưa rõ lĩnh vực “xyz”.", "Chưa rõ cơ quan trả lời “abc”."),
        (),
    ]
    assert reviewed.rows[2].notes == ("Giống dòng 2.",)
    with pytest.raises(Refused, match=r"Dòng 1: Chưa có nội dung"):
        finish_meeting(meeting_id=meeting.id, by=nam.by, at=AT)
    assert (Matter.objects.count(), len(kept(meeting))) == (0, 3)


# Finishing


@pytest.fixture
def finished(meeting, nam) -> Meeting:
    save(meeting, [*typed("Mất trộm ở chợ.", field="at", hamlet="Ấp 1"), *typed("Đèn đường hỏng.", field="gt",
                   answer="Sẽ thay trong tuần."), *typed("Cần thêm tổ tuần tra.", field="at",
                   answer="Đã có kế hoạch.")], nam.by)  # fmt: skip
    return finish_meeting(meeting_id=meeting.id, by=nam.by, at=AT + timedelta(hours=3))


def test_every_opinion_gets_a_holder_a_clock_and_a_code(finished, world):
    matters = list(Matter.objects.select_related("current").order_by("row"))
    assert [(m.row, m.kind, m.intake, m.field, m.place, m.meeting_id, m.pin_key) for m in matters] == [
        (1, Kind.OPINION, Intake.MEETING, Field.SECURITY, "Ấp 1", finished.id, ""),
        (2, Kind.OPINION, Intake.MEETING, Field.ROADS, "", finished.id, ""),
        (3, Kind.OPINION, Intake.MEETING, Field.SECURITY, "", finished.id, ""),
    ]
    commitments = [m.current for m in matters]
    assert [(c.kind, c.rule_id, c.state, c.owed_by_id, c.due) for c in commitments] == [
        (MEETING_OPINION, "NOI-YK", "open", world.cong_an_binh_an.id, date(2026, 4, 2)),
        (MEETING_OPINION, "NOI-YK", "answered", world.ubnd_binh_an.id, date(2026, 4, 2)),
        (MEETING_OPINION, "NOI-YK", "answered", world.ubnd_binh_an.id, date(2026, 4, 2)),
    ]
    assert len({m.code for m in matters}) == 3
    assert {m.contact_id for m in matters} == {None}
    assert (finished.state, len(kept(finished))) == ("finished", 0)


def test_what_another_unit_answered_on_the_spot_is_told_under_its_name(finished, world):
    """The meeting's own unit vouches for the record; nobody is made to have answered without acting."""
    third = Matter.objects.get(row=3)
    assert Entry.objects.get(matter=third).text == "Công an xã Bình An trả lời: Đã có kế hoạch."
    assert third.current.owed_by_id == world.ubnd_binh_an.id


def test_the_answer_kept_is_the_one_the_ledger_vouches_for(finished):
    entry = Entry.objects.get(matter__row=2)
    assert entry.step.payload_hash == hashlib.sha256(entry.text.encode()).hexdigest()
    assert [s.verb for s in steps_of(entry.matter.current)] == ["open", "answer"]


def test_the_clock_runs_from_the_day_of_the_meeting_however_late_it_is_finished(meeting, nam):
    save(meeting, typed("Đường hỏng.", answer="Đã ghi nhận."), nam.by)
    finish_meeting(meeting_id=meeting.id, by=nam.by, at=AT + timedelta(days=9))
    commitment = Commitment.objects.get()
    assert [step.on for step in steps_of(commitment)] == [TODAY, TODAY]
    assert commitment.stopped_on == TODAY


def test_ledgers_and_tallies_agree_after_finishing(finished):
    assert [list(verify()), differences()] == [[], []]
    measures = {}
    for key, total in tally_sums().items():
        measures[key[3]] = measures.get(key[3], 0) + total
    assert measures == {"received": 3, "answered": 2, "on-time": 2}


def test_pressing_finish_twice_makes_one_set(finished, nam):
    again = finish_meeting(meeting_id=finished.id, by=nam.by, at=AT + timedelta(hours=4))
    assert (again.finished_at, Matter.objects.count()) == (finished.finished_at, 3)


def test_nothing_is_typed_into_a_finished_meeting(finished, world, nam):
    for write in (
        lambda: save(finished, typed("Muộn."), nam.by),
        lambda: change_head(meeting_id=finished.id, head=a_head(world), by=nam.by, at=AT),
        lambda: discard_meeting(meeting_id=finished.id, by=nam.by, at=AT),
    ):
        with pytest.raises(Refused, match="đã kết thúc"):
            write()


@pytest.mark.django_db(transaction=True)
def test_two_people_pressing_finish_at_once_make_one_set(meeting, nam, tu):
    save(meeting, typed(*(f"Ý kiến {number}." for number in range(20))), nam.by)
    together = Barrier(2)

    def press(officer):
        together.wait()
        try:
            return finish_meeting(meeting_id=meeting.id, by=officer.by, at=AT).state
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(press, (nam, tu))) == ["finished", "finished"]
    assert (Matter.objects.count(), Commitment.objects.count(), len(kept(meeting))) == (20, 20, 0)


@pytest.mark.django_db(transaction=True)
def test_two_people_typing_at_the_same_moment_keep_every_row(meeting, nam, tu):
    together = Barrier(2)

    def write(officer):
        try:
            for number in range(10):
                together.wait()
                save(meeting, typed(f"{officer.name} {number}", position=number + 1), officer.by)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, (nam, tu)))
    assert sorted(row.content for row in kept(meeting)) == sorted(
        f"{officer.name} {number}" for officer in (nam, tu) for number in range(10)
    )
    assert len({row.position for row in kept(meeting)}) == 20


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_of_finishing_leaves_nothing_half_written(meeting, nam):
    save(meeting, typed("Một.", "Hai."), nam.by)
    with connection.execute_wrapper(_breaking_at("DELETE")), pytest.raises(KeyboardInterrupt):
        finish_meeting(meeting_id=meeting.id, by=nam.by, at=AT)
    meeting.refresh_from_db()
    assert (meeting.state, Matter.objects.count(), Step.objects.count(), len(kept(meeting))) == ("draft", 0, 0, 2)


def _breaking_at(word: str):
    def wrapped(execute, sql, params, many, context):
        if sql.startswith(word) and "meetingrow" in sql:
            raise KeyboardInterrupt
        return execute(sql, params, many, context)

    return wrapped


# Who sees what


def test_another_unit_is_told_what_an_unknown_meeting_is_told(meeting, thu, ben, vu):
    for officer in (thu, ben, vu):
        for meeting_id in (meeting.id, uuid4()):
            with pytest.raises(Absent):
                meeting_of(meeting_id, by=officer.by, on=TODAY)
        with pytest.raises((Absent, Refused)):
            save(meeting, typed("Lén."), officer.by)
        assert meetings(by=officer.by, on=TODAY).rows == []


def test_whoever_looks_on_reads_and_writes_nothing(meeting, kim, lan, mai, nam):
    save(meeting, typed("Đường hỏng."), nam.by)
    for officer in (kim, lan, mai):
        assert meeting_of(meeting.id, by=officer.by, on=TODAY) == meeting
        for write in (
            lambda by: save(meeting, typed("Lén."), by),
            lambda by: finish_meeting(meeting_id=meeting.id, by=by, at=AT),
            lambda by: discard_meeting(meeting_id=meeting.id, by=by, at=AT),
        ):
            with pytest.raises(Refused) as refusal:
                write(officer.by)
            assert refusal.value.code == "not-allowed"


def test_the_list_and_the_outcome_cost_the_same_for_one_meeting_and_for_three(
    world, nam, finished, django_assert_num_queries
):
    for count in (1, 3):
        while Meeting.objects.count() < count:
            more = new_meeting(head=a_head(world), by=nam.by, at=AT)
            save(more, typed(*(f"Ý kiến {i}." for i in range(20))), nam.by)
            finish_meeting(meeting_id=more.id, by=nam.by, at=AT)
        with django_assert_num_queries(5):
            listed = meetings(by=nam.by, on=TODAY).rows
        newest = listed[0].meeting
        with django_assert_num_queries(5):
            assert len(outcome(newest, TODAY).matters) in {3, 20}
    assert [(row.counts.said, row.counts.open, row.counts.on_the_spot) for row in listed] == [
        (20, 20, 0),
        (20, 20, 0),
        (3, 1, 2),
    ]


def test_reviewing_costs_the_same_for_one_row_and_for_fifty(meeting, nam, django_assert_num_queries):
    for more in (1, 49):
        save(meeting, typed(*(f"Ý kiến {more}.{i}." for i in range(more)), field="at"), nam.by)
        with django_assert_num_queries(3):
            review(Typing(meeting, TODAY))


def test_a_list_longer_than_a_page_is_paged_both_ways(world, nam):
    for day in range(60):
        new_meeting(head=a_head(world, held_on=TODAY - timedelta(days=day)), by=nam.by, at=AT)
    first = meetings(by=nam.by, on=TODAY)
    second = meetings(by=nam.by, on=TODAY, after=first.next)
    assert [len(first.rows), len(second.rows), first.previous, second.next] == [50, 10, None, None]
    assert meetings(by=nam.by, on=TODAY, before=second.previous) == first
    with pytest.raises(Invalid):
        meetings(by=nam.by, on=TODAY, after="không~đúng")
