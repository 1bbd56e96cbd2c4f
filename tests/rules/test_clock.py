from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.rules import clock
from danvan.rules.calendar import CalendarDay, Kind, shipped
from danvan.rules.clock import ClockRefused, ClockRule, Deadline, Extension, Pause
from danvan.rules.clock.table import UNITS
from danvan.rules.told import told_to_citizens

CALENDAR = shipped()
STARTS = st.dates(date(2019, 1, 1), date(2029, 12, 31))
COUNTED = [rule for rule in clock.all_rules() if rule.type == "clock"]
RULES = st.sampled_from(COUNTED)
WORKING = st.sampled_from([rule for rule in COUNTED if rule.unit == "wd"])
CALENDAR_DAYS = st.sampled_from([rule for rule in COUNTED if rule.unit == "cd" and rule.n])


def due(rule: str, start: str, **switches: bool) -> Deadline:
    day = date.fromisoformat(start)
    return clock.due(clock.rule_by_id(rule, day), day, CALENDAR, **switches)  # type: ignore[arg-type]


def kinds(deadline: Deadline) -> list[str]:
    return [line.kind for line in deadline.explanation]


# ------------------------------------------------------------------ the hand-checked cases of the law


@pytest.mark.parametrize(
    ("rule", "start", "complex_", "statutory", "rolled"),
    [
        ("KN-27b", "2026-08-21", False, "2026-09-03", "2026-09-03"),
        ("TC-24", "2026-02-11", False, "2026-02-27", "2026-02-27"),
        ("TC-24.2", "2026-04-23", False, "2026-05-05", "2026-05-05"),
        ("TC-24.2", "2025-12-29", False, "2026-01-07", "2026-01-07"),
        ("KN-28", "2026-07-30", False, "2026-08-29", "2026-09-03"),
        ("TC-30", "2026-01-16", False, "2026-02-15", "2026-02-23"),
        ("KN-28", "2026-03-12", True, "2026-04-26", "2026-04-28"),
        ("KN-37", "2026-03-12", False, "2026-04-26", "2026-04-28"),
        ("KN-27b", "2026-11-20", False, "2026-12-01", "2026-12-01"),
    ],
)
def test_the_hand_checked_deadlines_hold(rule: str, start: str, complex_: bool, statutory: str, rolled: str) -> None:
    found = due(rule, start, complex_=complex_)
    assert (found.due_statutory.isoformat(), found.due_rolled.isoformat()) == (statutory, rolled)


def test_the_day_nobody_has_enacted_gives_the_earlier_date_and_names_the_other() -> None:
    found = due("KN-27b", "2026-11-20")
    assert (found.due_rolled, found.due_if_unproven_off) == (date(2026, 12, 1), date(2026, 12, 2))
    (line,) = [line for line in found.explanation if line.kind == "unproven"]
    assert line.text == (
        "24/11/2026 (Ngày Văn hóa Việt Nam) chưa có luật xác nhận là ngày nghỉ nên vẫn tính là ngày làm việc; "
        "nếu được nghỉ thì hạn là thứ tư 02/12/2026."
    )


def test_the_day_nobody_has_enacted_can_be_switched_off() -> None:
    day = date(2026, 11, 20)
    found = clock.due(clock.rule_by_id("KN-27b", day), day, CALENDAR.with_switch(True))
    assert (found.due_rolled, "unproven" in kinds(found)) == (date(2026, 12, 2), False)


# ------------------------------------------------------------------ which row holds


@pytest.mark.parametrize(
    ("asked", "on", "row", "version", "length"),
    [
        ("KN-27", "2020-12-09", "KN-27a", "KN-2012", "10 ngày"),
        ("KN-27", "2020-12-10", "KN-27a", "KN-ND124", "10 ngày làm việc"),
        ("KN-27", "2026-06-30", "KN-27a", "KN-ND124", "10 ngày làm việc"),
        ("KN-27", "2026-07-01", "KN-27b", "KN-2026", "7 ngày làm việc"),
        ("KN-36", "2026-06-30", "KN-36a", "KN-2012", "10 ngày"),
        ("KN-36", "2026-07-01", "KN-36b", "KN-2026", "7 ngày làm việc"),
        ("KN-50", "2026-07-01", "KN-50b", "KN-2026", "7 ngày làm việc"),
        ("kn-28", "2026-06-30", "KN-28", "KN-2012", "30 ngày"),
        ("KN-28", "2026-07-01", "KN-28", "KN-2026", "30 ngày"),
        ("KN-41", "2020-12-09", "KN-41", "KN-2012", "7 ngày"),
        ("KN-41", "2026-11-20", "KN-41", "KN-ND124", "7 ngày làm việc"),
        ("KN-48", "2026-11-20", "KN-48", "KN-2026", "15 ngày"),
        ("TC-30", "2026-06-30", "TC-30", "TC-2019", "30 ngày"),
        ("TC-30", "2026-07-01", "TC-30", "TC-2026", "30 ngày"),
        ("TCD-15", "2026-06-30", "TCD-15a", "TCD-2014", "ít nhất 01 ngày mỗi tuần"),
        ("TCD-15", "2026-07-01", "TCD-15b", "TCD-2026", "ít nhất 02 ngày mỗi tháng"),
        ("NOI-YK", "2026-11-20", "NOI-YK", "NOI", "15 ngày làm việc"),
    ],
)
def test_the_row_in_force_on_the_day_is_found(asked: str, on: str, row: str, version: str, length: str) -> None:
    rule = clock.rule_by_id(asked, date.fromisoformat(on))
    assert (rule.id, rule.version, rule.length) == (row, version, length)


@pytest.mark.parametrize(
    ("kind", "step", "on", "row"),
    [
        ("KN", "accept", "2026-11-20", "KN-27b"),
        ("KN", "resolve", "2026-11-20", "KN-28"),
        ("TC", "accept", "2026-11-20", "TC-24"),
        ("TC", "resolve", "2026-11-20", "TC-30"),
        ("YK", "resolve", "2026-11-20", "NOI-YK"),
        ("PAKN-QDHC", "resolve", "2026-11-20", "PAKN-15"),
        ("KNG", "answer-reception", "2026-11-20", "TCD-28"),
        ("BC", "report", "2026-11-20", "NOI-BC"),
    ],
)
def test_a_kind_and_a_step_pick_the_row_in_force(kind: str, step: str, on: str, row: str) -> None:
    assert clock.pick(kind, step, date.fromisoformat(on)).id == row


def test_a_clock_finds_its_own_row_again_for_ever() -> None:
    for rule in clock.all_rules():
        assert clock.rule_version(rule.id, rule.version) == rule


@given(st.dates(date(2012, 7, 1), date(2030, 12, 31)))
def test_no_two_rows_hold_for_one_step_on_one_day(on: date) -> None:
    held = [(kind, rule.step) for rule in clock.all_rules() if rule.in_force(on) for kind in rule.kinds]
    assert len(held) == len(set(held))


@given(RULES, st.integers(0, 4000))
def test_picking_a_row_s_own_step_while_it_is_in_force_finds_it(rule: ClockRule, offset: int) -> None:
    on = rule.valid_from + timedelta(offset)
    if rule.in_force(on):
        assert clock.rule_by_id(rule.id, on) == clock.pick(rule.kinds[0], rule.step, on) == rule


def test_every_row_carries_its_source_evidence_and_event() -> None:
    lacking = [rule.id for rule in clock.all_rules() if not (rule.source and rule.evidence and rule.title)]
    assert lacking == []
    assert [rule.id for rule in COUNTED if not rule.starts_on_text] == []
    assert {rule.evidence for rule in clock.all_rules()} <= {"P", "S", "s-", "T", "M", "design"}


def test_duties_that_are_no_clock_say_what_is_owed() -> None:
    assert sorted({rule.id for rule in clock.all_rules() if rule.type != "clock"}) == [
        "KN-pub-bao", "TC-24.3", "TCD-12", "TCD-13", "TCD-15a", "TCD-15b", "TCD-18", "TCD-online",
    ]  # fmt: skip
    assert [rule.id for rule in clock.all_rules() if (rule.type == "clock") == bool(rule.quota)] == []


# ------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    ("rule", "start", "switches", "sentence"),
    [
        ("KN-27x", "2026-08-21", {}, "Không có quy tắc “KN-27x”. Có phải: KN-27, KN-27b, KN-27a?"),
        ("zzz", "2026-08-21", {}, "Không có quy tắc “zzz”. Xem danh sách bằng --list."),
        (
            "KN-27b", "2026-05-20", {},
            "Quy tắc KN-27b có hiệu lực từ 01/07/2026; vào ngày 20/05/2026 áp dụng KN-27a (KN-ND124: 10 ngày làm việc).",
        ),
        (
            "KN-27a", "2026-08-20", {},
            "Quy tắc KN-27a đã hết hiệu lực từ 01/07/2026; vào ngày 20/08/2026 áp dụng KN-27b (KN-2026: 7 ngày làm việc).",
        ),
        (
            "TC-30", "2018-12-31", {},
            "Quy tắc TC-30 có hiệu lực từ 01/01/2019; vào ngày 31/12/2018 chưa có quy tắc khác.",
        ),
        ("TC-30", "2026-08-20", {"remote": True}, "Luật Tố cáo không có thời hạn riêng cho vùng sâu, vùng xa đi lại khó khăn."),
        (
            "TC-30", "2026-08-20", {"complex_": True},
            ("TC-30 không có thời hạn riêng cho vụ việc phức tạp; "
            "vụ việc phức tạp được gia hạn bằng quyết định gia hạn bằng văn bản gửi các bên."),
        ),
        ("KN-32", "2026-08-20", {"complex_": True}, "KN-32 không có thời hạn riêng cho vụ việc phức tạp."),
        ("KN-50r", "2026-08-20", {"remote": True}, "KN-50r không có thời hạn cho vùng sâu, vùng xa đi lại khó khăn."),
        (
            "TCD-15", "2026-08-20", {},
            ("TCD-15b (Chủ tịch UBND cấp xã trực tiếp tiếp công dân: ít nhất 02 ngày mỗi tháng) "
            "không phải thời hạn đếm theo ngày nên không có ngày đến hạn."),
        ),
    ],
)  # fmt: skip
def test_a_question_without_an_answer_is_refused_in_a_sentence(
    rule: str, start: str, switches: dict[str, bool], sentence: str
) -> None:
    with pytest.raises(ClockRefused) as refusal:
        due(rule, start, **switches)
    assert refusal.value.sentence == sentence


def test_an_unknown_kind_or_step_names_the_known_ones() -> None:
    with pytest.raises(ClockRefused, match=r"^Loại việc YK không có bước “accept”. Các bước: resolve.$"):
        clock.pick("YK", "accept", date(2026, 8, 20))
    with pytest.raises(ClockRefused, match=r"^Không có loại việc “XX”. Các loại: BC, KN, KNG, KNGS, NV, PA, "):
        clock.pick("XX", "accept", date(2026, 8, 20))


@pytest.mark.parametrize(
    ("pauses", "extensions", "code"),
    [
        ([Pause(date(2026, 8, 10), date(2026, 8, 9))], [], "bad-pause"),
        ([Pause(date(2026, 8, 10), date(9999, 1, 1))], [], "bad-pause"),
        ([], [Extension(0)], "bad-extension"),
        ([], [Extension(10**9)], "bad-extension"),
    ],
)
def test_impossible_pauses_and_extensions_are_refused(
    pauses: list[Pause], extensions: list[Extension], code: str
) -> None:
    rule = clock.rule_by_id("TC-30", date(2026, 8, 1))
    with pytest.raises(ClockRefused) as refusal:
        clock.due(rule, date(2026, 8, 1), CALENDAR, pauses=pauses, extensions=extensions)
    assert refusal.value.code == code


# ------------------------------------------------------------------ ceilings, extensions, pauses


@pytest.mark.parametrize(
    ("rule", "complex_", "remote", "days"),
    [
        ("KN-28", False, False, 30), ("KN-28", True, False, 45), ("KN-28", False, True, 45), ("KN-28", True, True, 60),
        ("KN-37", False, False, 45), ("KN-37", True, False, 60), ("KN-37", False, True, 60), ("KN-37", True, True, 70),
        ("KN-50r", True, False, 45), ("KN-33", False, True, 45), ("KN-44", False, True, 45),
    ],
)  # fmt: skip
def test_complex_and_remote_are_ceilings_from_the_same_start(
    rule: str, complex_: bool, remote: bool, days: int
) -> None:
    found = due(rule, "2026-07-06", complex_=complex_, remote=remote)
    assert found.due_statutory == date(2026, 7, 6) + timedelta(days)
    assert ("ceiling" in kinds(found)) == (complex_ or remote)


def test_the_extensions_of_a_denunciation_are_added() -> None:
    start = date(2026, 7, 6)
    rule = clock.rule_by_id("TC-30", start)
    found = [clock.due(rule, start, CALENDAR, extensions=[Extension(30, "phức tạp")] * n) for n in range(3)]
    assert [(deadline.due_statutory - start).days for deadline in found] == [30, 60, 90]
    assert [line.text for line in found[2].explanation if line.kind == "extension"] == [
        "Gia hạn thêm 30 ngày: phức tạp."
    ] * 2


@pytest.mark.parametrize(
    ("rule", "already", "criteria", "allowed"),
    [
        ("TC-30", 0, 0, False), ("TC-30", 0, 1, True), ("TC-30", 1, 1, False), ("TC-30", 1, 2, True),
        ("TC-30", 2, 7, False), ("TC-30", 1, None, True), ("TC-24", 0, None, True), ("TC-24", 1, None, False),
        ("KN-28", 0, None, False), ("TC-29", 0, None, False),
    ],
)  # fmt: skip
def test_a_clock_is_extended_only_as_often_as_the_law_lets_it(
    rule: str, already: int, criteria: int | None, allowed: bool
) -> None:
    sentence = clock.may_extend(clock.rule_by_id(rule, date(2026, 8, 1)), already, criteria=criteria)
    assert (sentence is None) == allowed


@pytest.mark.parametrize(("rule", "days"), [("TC-30", 31), ("TC-30", 0), ("TC-24", 4), ("NOI-YK", 16)])
def test_one_extension_is_never_longer_than_the_rule_lets_it(rule: str, days: int) -> None:
    row = clock.rule_by_id(rule, date(2026, 8, 1))
    assert row.ext is not None
    assert clock.may_extend(row, days=days) == f"Mỗi lần gia hạn {rule} từ 1 đến {row.ext.days} {UNITS[row.unit]}."
    assert clock.may_extend(row, days=row.ext.days) is None


def test_suspension_of_complaints_exists_only_since_july_2026() -> None:
    before, after = (clock.rule_by_id("KN-28", day) for day in (date(2026, 6, 30), date(2026, 7, 1)))
    assert (clock.may_pause(before) is None, clock.may_pause(after) is None) == (False, True)


def test_the_law_names_seven_signs_of_a_complex_denunciation() -> None:
    assert len(clock.complexity_criteria()) == 7


def test_the_day_a_clock_stops_is_not_counted_and_the_day_it_resumes_is() -> None:
    start = date(2026, 7, 6)
    rule = clock.rule_by_id("KN-27", start)
    pauses = [Pause(date(2026, 7, 8), date(2026, 7, 10))]
    found = clock.due(rule, start, CALENDAR, pauses=pauses)
    assert found.due_statutory == date(2026, 7, 17)
    assert [line.text for line in found.explanation if line.kind in {"counted", "pause"}] == [
        "Thứ ba 07/07/2026: tính 1 ngày làm việc (1/7).",
        "Tạm dừng từ 08/07/2026 đến hết 09/07/2026: 2 ngày không tính.",
        "Thứ sáu 10/07/2026: tính 1 ngày làm việc (2/7).",
        "Từ 13/07/2026 đến 17/07/2026: tính 5 ngày làm việc (7/7).",
    ]


def test_an_open_pause_holds_the_clock_and_nothing_is_late() -> None:
    start = date(2026, 7, 6)
    rule = clock.rule_by_id("KN-28", start)
    held = clock.due(rule, start, CALENDAR, pauses=[Pause(date(2026, 7, 20))])
    free = clock.due(rule, start, CALENDAR)
    assert (held.suspended, held.due_rolled, held.is_late(date(2027, 1, 1))) == (True, free.due_rolled, False)
    assert free.is_late(free.due_rolled + timedelta(1)) and not free.is_late(free.due_rolled)


def test_a_pause_after_the_end_changes_nothing() -> None:
    start = date(2026, 7, 6)
    rule = clock.rule_by_id("KN-28", start)
    assert clock.due(rule, start, CALENDAR, pauses=[Pause(date(2026, 9, 1))]) == clock.due(rule, start, CALENDAR)


def test_a_term_that_ends_on_a_day_off_is_not_over_while_the_clock_stands_still() -> None:
    start = date(2026, 7, 3)  # 30 days end on Sunday 2 August
    rule = clock.rule_by_id("KN-28", start)
    found = clock.due(rule, start, CALENDAR, pauses=[Pause(date(2026, 8, 3), date(2026, 8, 5))])
    assert (found.due_statutory, found.due_rolled) == (date(2026, 8, 2), date(2026, 8, 5))


# ------------------------------------------------------------------ the explanation


def test_the_explanation_reads_as_the_officer_would_tell_it() -> None:
    assert [line.text for line in due("KN-27b", "2026-08-21").explanation] == [
        (
            "Áp dụng KN-27b (KN-2026): Thụ lý khiếu nại lần đầu, hoặc nêu rõ lý do không thụ lý, 7 ngày làm việc. "
            "Căn cứ: Luật 136/2025/QH15, Điều 2 khoản 15 điểm b (sửa Điều 27 Luật Khiếu nại)."
        ),
        "Thứ sáu 21/08/2026 là ngày nhận được đơn, không tính.",
        "Thứ bảy 22/08/2026 (làm bù cho thứ hai 31/08/2026): tính 1 ngày làm việc (1/7).",
        "Chủ nhật 23/08/2026: không tính.",
        "Từ 24/08/2026 đến 28/08/2026: tính 5 ngày làm việc (6/7).",
        "Thứ bảy 29/08/2026: không tính.",
        "Chủ nhật 30/08/2026: không tính.",
        "Thứ hai 31/08/2026 (hoán đổi với thứ bảy 22/08/2026): không tính.",
        "Thứ ba 01/09/2026 (ngày liền kề Quốc khánh 2/9): không tính.",
        "Thứ tư 02/09/2026 (Quốc khánh 2/9): không tính.",
        "Thứ năm 03/09/2026: tính 1 ngày làm việc (7/7).",
        "Hết hạn vào thứ năm 03/09/2026.",
    ]


def test_a_ceiling_and_a_roll_are_told() -> None:
    assert [line.text for line in due("KN-28", "2026-03-12", complex_=True).explanation][2:] == [
        "Vụ việc phức tạp: tối đa 45 ngày tính từ cùng ngày bắt đầu, thay cho 30 ngày, không cộng thêm.",
        "Từ 13/03/2026 đến 26/04/2026: tính 45 ngày (45/45).",
        "Hết hạn vào Chủ nhật 26/04/2026.",
        "Chủ nhật 26/04/2026 (Giỗ Tổ Hùng Vương (10/3 âm lịch)): không làm việc.",
        "Thứ hai 27/04/2026 (nghỉ bù Giỗ Tổ Hùng Vương (10/3 âm lịch)): không làm việc.",
        "Lùi đến hết ngày làm việc kế tiếp: thứ ba 28/04/2026 (Bộ luật Dân sự 2015, Điều 148).",
    ]


@given(RULES, STARTS, st.booleans(), st.lists(st.integers(1, 30), max_size=1))
def test_whatever_is_said_can_be_said_in_another_language(
    rule: ClockRule, start: date, is_paused: bool, extra: list[int]
) -> None:
    """Nothing but citations, ids, days, numbers and the reasons officers type stays as it is."""
    asked: set[str] = set()

    def say(sentence: str) -> str:
        asked.add(sentence)
        return sentence

    pauses = [Pause(start + timedelta(2), start + timedelta(5))] if is_paused else []
    extensions = [Extension(days, "chờ giám định") for days in extra]
    found = clock.due(rule, start, CALENDAR, complex_=rule.complex is not None, pauses=pauses, extensions=extensions)
    assert [line.said(say) for line in found.explanation] == [line.text for line in found.explanation]
    assert asked - set(told_to_citizens()) == set()


def test_what_is_weak_is_told() -> None:
    assert kinds(due("XLD-x", "2026-08-03"))[-1] == "evidence"
    assert kinds(due("NOI-YK", "2026-08-03"))[-1] == "evidence"
    assert kinds(due("XLD-10", "2026-08-03"))[-1] == "alternative"


def test_a_deadline_in_a_year_without_a_decision_is_provisional() -> None:
    found = due("KN-27b", "2026-12-28")
    assert (found.provisional, due("KN-27b", "2026-08-21").provisional) == (True, False)
    assert "Lịch nghỉ năm 2027 chưa có văn bản xác nhận: ngày đến hạn là tạm tính." in [
        line.text for line in found.explanation
    ]


# ------------------------------------------------------------------ what holds for every rule and every day


@given(RULES, STARTS, st.integers(0, 60))
def test_a_later_start_never_gives_an_earlier_end(rule: ClockRule, start: date, later: int) -> None:
    first, second = (clock.due(rule, day, CALENDAR) for day in (start, start + timedelta(later)))
    assert first.due_statutory <= second.due_statutory
    assert first.due_rolled <= second.due_rolled


@given(WORKING, STARTS, st.lists(st.integers(0, 30), max_size=6))
def test_a_new_day_off_never_makes_a_deadline_earlier(rule: ClockRule, start: date, offsets: list[int]) -> None:
    off = [CalendarDay(start + timedelta(offset), Kind.OFF, "nghỉ") for offset in offsets]
    assert clock.due(rule, start, CALENDAR.with_days(off)).due_rolled >= clock.due(rule, start, CALENDAR).due_rolled


@given(CALENDAR_DAYS, STARTS, st.data())
def test_a_pause_of_k_days_moves_a_calendar_deadline_by_k(rule: ClockRule, start: date, data: st.DataObject) -> None:
    stop = start + timedelta(data.draw(st.integers(1, rule.n)))
    k = data.draw(st.integers(0, 90))
    paused = clock.due(rule, start, CALENDAR, pauses=[Pause(stop, stop + timedelta(k))])
    assert paused.due_statutory == clock.due(rule, start, CALENDAR).due_statutory + timedelta(k)


PAUSES = st.lists(st.tuples(st.integers(-5, 60), st.integers(0, 20)), max_size=4)


@given(RULES, STARTS, PAUSES, st.lists(st.integers(1, 30), max_size=2))
def test_the_explanation_adds_up_to_the_due_date(
    rule: ClockRule, start: date, offsets: list[tuple[int, int]], extra: list[int]
) -> None:
    stops = [(start + timedelta(at), length) for at, length in offsets]
    pauses = [Pause(at, at + timedelta(length)) for at, length in stops]
    found = clock.due(rule, start, CALENDAR, pauses=pauses, extensions=[Extension(days) for days in extra])
    days = [line for line in found.explanation if line.kind in {"counted", "skipped", "pause"}]
    assert sum(line.days for line in days) == rule.n + sum(extra)
    at = start
    for line in days:
        assert line.start == at + timedelta(1)
        at = line.end
    assert at == found.due_statutory
    rolled = [line.start for line in found.explanation if line.kind == "roll"]
    assert rolled == [found.due_statutory + timedelta(n) for n in range((found.due_rolled - found.due_statutory).days)]


@given(RULES, STARTS)
def test_rolling_ends_on_a_working_day_and_never_earlier(rule: ClockRule, start: date) -> None:
    found = clock.due(rule, start, CALENDAR)
    assert found.due_rolled >= found.due_statutory
    assert CALENDAR.is_working(found.due_rolled)
    assert found.due_statutory == found.due_rolled or rule.unit == "cd" or rule.n == 0


@given(STARTS, st.integers(1, 60))
def test_a_house_rule_may_be_given_other_days(start: date, n: int) -> None:
    rule = replace(clock.rule_by_id("NOI-YK", start), n=n, version="NOI/1")
    found = clock.due(rule, start, CALENDAR)
    assert (found.version, found.due_rolled) == ("NOI/1", CALENDAR.add_working_days(start, n))
