"""The count in sentences, one line per event: shown to officer and citizen alike."""

from collections.abc import Iterator
from datetime import date

from danvan.rules.calendar import WEEKDAYS, WorkingCalendar, dated, named
from danvan.rules.clock.deadline import Count, Extension, Line
from danvan.rules.clock.table import UNITS, WEAK, ClockRule


def explain(count: Count, calendar: WorkingCalendar) -> tuple[Line, ...]:
    """Order: the rule, day zero, what lengthens the term, day by day, the end, the roll, then every reservation."""
    rule, start = count.rule, count.start
    return (
        _rule(rule, start),
        _day_zero(rule, start),
        *_ceiling(count),
        *(_extension(rule, start, extension) for extension in count.extensions),
        *_days(count, calendar),
        _statutory(rule, count.statutory),
        *_roll(count, calendar),
        *_suspended(count.held_since),
        *_unproven(count, calendar),
        *(_provisional(year, count.rolled) for year in count.unconfirmed),
        *_reservations(rule, start),
    )


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _rule(rule: ClockRule, start: date) -> Line:
    text = f"Áp dụng {rule.id} ({rule.version}): {rule.title}, {rule.length}. Căn cứ: {rule.source}."
    return Line("rule", start, start, text)


def _day_zero(rule: ClockRule, start: date) -> Line:
    counted = ", không tính" if rule.n else ""
    return Line("day-zero", start, start, f"{_upper(named(start))} là {rule.starts_on_text}{counted}.")


def _ceiling(count: Count) -> Iterator[Line]:
    if not (count.complex_ or count.remote):
        return
    cases = ["vụ việc phức tạp"] * count.complex_ + ["vùng sâu, vùng xa đi lại khó khăn"] * count.remote
    unit = UNITS[count.rule.unit]
    text = (
        f"{_upper(' và '.join(cases))}: tối đa {count.limit} {unit} tính từ cùng ngày bắt đầu, "
        f"thay cho {count.rule.n} {unit}, không cộng thêm."
    )
    yield Line("ceiling", count.start, count.start, text)


def _extension(rule: ClockRule, start: date, extension: Extension) -> Line:
    reason = f": {extension.reason}" if extension.reason else ""
    return Line("extension", start, start, f"Gia hạn thêm {extension.days} {UNITS[rule.unit]}{reason}.")


def _days(count: Count, calendar: WorkingCalendar) -> Iterator[Line]:
    total = count.limit + sum(extension.days for extension in count.extensions)
    done = 0
    for run in count.runs:
        first, last = date.fromordinal(run.first), date.fromordinal(run.last)
        length = run.last - run.first + 1
        if run.kind == "counted":
            done += length
            span = _span(first, last) + (_swapped(run.first, run.last, calendar) if count.rule.unit == "wd" else "")
            text = f"{span}: tính {length} {UNITS[count.rule.unit]} ({done}/{total})."
            yield Line("counted", first, last, text, length)
        elif run.kind == "pause":
            text = f"Tạm dừng từ {dated(first)} đến hết {dated(last)}: {length} ngày không tính."
            yield Line("pause", first, last, text)
        else:
            for ordinal in range(run.first, run.last + 1):
                yield _off("skipped", date.fromordinal(ordinal), calendar, "không tính")


def _span(first: date, last: date) -> str:
    return _upper(named(first)) if first == last else f"Từ {dated(first)} đến {dated(last)}"


def _swapped(first: int, last: int, calendar: WorkingCalendar) -> str:
    """The Saturdays among counted working days, and what they are worked for."""
    weekend = [date.fromordinal(day) for day in range(first, last + 1) if (day + 6) % 7 >= 5]
    if not weekend:
        return ""
    if first == last:
        return f" ({calendar.why_worked(weekend[0])})"
    return "".join(f" ({named(day)} {calendar.why_worked(day)})" for day in weekend)


def _off(kind: str, day: date, calendar: WorkingCalendar, what: str) -> Line:
    why = calendar.why_off(day)
    reason = "" if why in WEEKDAYS or why is None else f" ({why})"
    return Line(kind, day, day, f"{_upper(named(day))}{reason}: {what}.")


def _statutory(rule: ClockRule, day: date) -> Line:
    text = f"Hết hạn vào {named(day)}." if rule.bound == "max" else f"Không sớm hơn {named(day)}."
    return Line("statutory", day, day, text)


def _roll(count: Count, calendar: WorkingCalendar) -> Iterator[Line]:
    if count.rolled == count.statutory:
        return
    for ordinal in range(count.statutory.toordinal(), count.rolled.toordinal()):
        day = date.fromordinal(ordinal)
        yield _off("roll", day, calendar, "không làm việc" if calendar.why_off(day) else "tạm dừng")
    text = f"Lùi đến hết ngày làm việc kế tiếp: {named(count.rolled)} (Bộ luật Dân sự 2015, Điều 148)."
    yield Line("rolled", count.rolled, count.rolled, text)


def _suspended(since: date | None) -> Iterator[Line]:
    if since:
        text = f"Đang tạm dừng từ {dated(since)}: hạn tính như thể tiếp tục ngay, sẽ lùi theo số ngày tạm dừng."
        yield Line("suspended", since, since, text)


def _unproven(count: Count, calendar: WorkingCalendar) -> Iterator[Line]:
    if count.if_unproven_off is None:
        return
    for entry in calendar.unproven(count.start, count.rolled):
        text = (
            f"{dated(entry.day)} ({entry.reason}) chưa có luật xác nhận là ngày nghỉ nên vẫn tính là ngày làm việc; "
            f"nếu được nghỉ thì hạn là {named(count.if_unproven_off)}."
        )
        yield Line("unproven", entry.day, entry.day, text)


def _provisional(year: int, day: date) -> Line:
    text = f"Lịch nghỉ năm {year} chưa có văn bản xác nhận: ngày đến hạn là tạm tính."
    return Line("provisional", day, day, text)


def _reservations(rule: ClockRule, start: date) -> Iterator[Line]:
    if rule.alternative:
        yield Line("alternative", start, start, f"Văn bản khác hoặc cách đọc khác: {rule.alternative}. {rule.note}")
    if rule.evidence in WEAK:
        text = f"Số ngày của {rule.id} chưa đối chiếu được với văn bản gốc (mức chứng cứ {rule.evidence})."
        yield Line("evidence", start, start, text)
    elif rule.evidence == "design":
        yield Line("evidence", start, start, "Pháp luật không ấn định; thời hạn này do đơn vị tự đặt và có thể đổi.")
