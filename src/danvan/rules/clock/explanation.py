"""The count in sentences, one line per event: shown to officer and citizen alike."""

from collections.abc import Iterator
from datetime import date

from danvan.rules.calendar import WEEKDAYS, WorkingCalendar, dated
from danvan.rules.clock.deadline import Count, Extension, Line
from danvan.rules.clock.table import UNITS, WEAK, ClockRule
from danvan.rules.phrase import Phrase

SENTENCES = {
    "rule": "Áp dụng %(rule)s (%(version)s): %(title)s, %(length)s. Căn cứ: %(source)s.",
    "day-zero": "%(day)s là %(event)s, không tính.",
    "day-zero-due": "%(day)s là %(event)s.",
    "complex": "vụ việc phức tạp",
    "remote": "vùng sâu, vùng xa đi lại khó khăn",
    "both": "%(one)s và %(other)s",
    "ceiling": "%(cases)s: tối đa %(limit)s %(unit)s tính từ cùng ngày bắt đầu, thay cho %(usual)s %(unit)s, "
               "không cộng thêm.",
    "extension": "Gia hạn thêm %(days)s %(unit)s.",
    "extension-why": "Gia hạn thêm %(days)s %(unit)s: %(why)s.",
    "day": "%(weekday)s %(day)s",
    "span": "Từ %(first)s đến %(last)s",
    "swapped": "%(span)s (%(why)s)",
    "swapped-day": "%(span)s (%(day)s %(why)s)",
    "counted": "%(span)s: tính %(days)s %(unit)s (%(done)s/%(total)s).",
    "pause": "Tạm dừng từ %(first)s đến hết %(last)s: %(days)s ngày không tính.",
    "off": "%(day)s: %(what)s.",
    "off-why": "%(day)s (%(why)s): %(what)s.",
    "skipped": "không tính",
    "not-worked": "không làm việc",
    "paused": "tạm dừng",
    "statutory": "Hết hạn vào %(day)s.",
    "not-before": "Không sớm hơn %(day)s.",
    "rolled": "Lùi đến hết ngày làm việc kế tiếp: %(day)s (Bộ luật Dân sự 2015, Điều 148).",
    "suspended": "Đang tạm dừng từ %(day)s: hạn tính như thể tiếp tục ngay, sẽ lùi theo số ngày tạm dừng.",
    "unproven": "%(day)s (%(why)s) chưa có luật xác nhận là ngày nghỉ nên vẫn tính là ngày làm việc; "
                "nếu được nghỉ thì hạn là %(due)s.",
    "provisional": "Lịch nghỉ năm %(year)s chưa có văn bản xác nhận: ngày đến hạn là tạm tính.",
    "alternative": "Văn bản khác hoặc cách đọc khác: %(other)s. %(note)s",
    "evidence": "Số ngày của %(rule)s chưa đối chiếu được với văn bản gốc (mức chứng cứ %(mark)s).",
    "design": "Pháp luật không ấn định; thời hạn này do đơn vị tự đặt và có thể đổi.",
}  # fmt: skip
"""Every sentence, by the kind of its line or by what it is inserted for."""
IN_EXCHANGE = {
    "nghỉ bù": "nghỉ bù %(what)s",
    "hoán đổi với": "hoán đổi với %(what)s",
    "làm bù cho": "làm bù cho %(what)s",
}
"""How a reason of the calendar begins that names another day or holiday."""


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


def _said(name: str, **parts: Phrase | str | int) -> Phrase:
    return Phrase(SENTENCES[name], parts)


def _named(day: date) -> Phrase:
    return _said("day", weekday=Phrase(WEEKDAYS[day.weekday()]), day=dated(day))


def _why(reason: str) -> Phrase:
    """A reason of the calendar, taken apart where it names another day."""
    for begin, sentence in IN_EXCHANGE.items():
        if reason.startswith(begin):
            what = reason.removeprefix(begin).strip()
            weekday, _, day = what.rpartition(" ")
            other = _said("day", weekday=Phrase(weekday), day=day) if weekday in WEEKDAYS else Phrase(what)
            return Phrase(sentence, {"what": other})
    return Phrase(reason)


def _rule(rule: ClockRule, start: date) -> Line:
    return Line("rule", start, start, _said(
        "rule", rule=rule.id, version=rule.version, title=Phrase(rule.title), length=rule.lasts, source=rule.source
    ))  # fmt: skip


def _day_zero(rule: ClockRule, start: date) -> Line:
    name = "day-zero" if rule.n else "day-zero-due"
    return Line("day-zero", start, start, _said(name, day=_named(start), event=Phrase(rule.starts_on_text)))


def _ceiling(count: Count) -> Iterator[Line]:
    if not (count.complex_ or count.remote):
        return
    cases = _said("complex" if count.complex_ else "remote")
    if count.complex_ and count.remote:
        cases = _said("both", one=cases, other=_said("remote"))
    unit = Phrase(UNITS[count.rule.unit])
    phrase = _said("ceiling", cases=cases, limit=count.limit, usual=count.rule.n, unit=unit)
    yield Line("ceiling", count.start, count.start, phrase)


def _extension(rule: ClockRule, start: date, extension: Extension) -> Line:
    name = "extension-why" if extension.reason else "extension"
    why = {"why": extension.reason} if extension.reason else {}
    return Line("extension", start, start, _said(name, days=extension.days, unit=Phrase(UNITS[rule.unit]), **why))


def _days(count: Count, calendar: WorkingCalendar) -> Iterator[Line]:
    total = count.limit + sum(extension.days for extension in count.extensions)
    unit, done = Phrase(UNITS[count.rule.unit]), 0
    for run in count.runs:
        first, last = date.fromordinal(run.first), date.fromordinal(run.last)
        length = run.last - run.first + 1
        if run.kind == "counted":
            done += length
            span = _span(first, last)
            if count.rule.unit == "wd":
                span = _swapped(span, run.first, run.last, calendar)
            phrase = _said("counted", span=span, days=length, unit=unit, done=done, total=total)
            yield Line("counted", first, last, phrase, length)
        elif run.kind == "pause":
            yield Line("pause", first, last, _said("pause", first=dated(first), last=dated(last), days=length))
        else:
            for ordinal in range(run.first, run.last + 1):
                yield _off("skipped", date.fromordinal(ordinal), calendar, "skipped")


def _span(first: date, last: date) -> Phrase:
    return _named(first) if first == last else _said("span", first=dated(first), last=dated(last))


def _swapped(span: Phrase, first: int, last: int, calendar: WorkingCalendar) -> Phrase:
    """The span with the Saturdays among its counted working days, and what they are worked for."""
    for day in (date.fromordinal(ordinal) for ordinal in range(first, last + 1) if (ordinal + 6) % 7 >= 5):
        why = _why(calendar.why_worked(day) or "")
        span = _said("swapped", span=span, why=why) if first == last else _said(
            "swapped-day", span=span, day=_named(day), why=why
        )  # fmt: skip
    return span


def _off(kind: str, day: date, calendar: WorkingCalendar, what: str) -> Line:
    why = calendar.why_off(day)
    if why is None or why in WEEKDAYS:
        return Line(kind, day, day, _said("off", day=_named(day), what=_said(what)))
    return Line(kind, day, day, _said("off-why", day=_named(day), why=_why(why), what=_said(what)))


def _statutory(rule: ClockRule, day: date) -> Line:
    return Line("statutory", day, day, _said("statutory" if rule.bound == "max" else "not-before", day=_named(day)))


def _roll(count: Count, calendar: WorkingCalendar) -> Iterator[Line]:
    if count.rolled == count.statutory:
        return
    for ordinal in range(count.statutory.toordinal(), count.rolled.toordinal()):
        day = date.fromordinal(ordinal)
        yield _off("roll", day, calendar, "not-worked" if calendar.why_off(day) else "paused")
    yield Line("rolled", count.rolled, count.rolled, _said("rolled", day=_named(count.rolled)))


def _suspended(since: date | None) -> Iterator[Line]:
    if since:
        yield Line("suspended", since, since, _said("suspended", day=dated(since)))


def _unproven(count: Count, calendar: WorkingCalendar) -> Iterator[Line]:
    if count.if_unproven_off is None:
        return
    for entry in calendar.unproven(count.start, count.rolled):
        phrase = _said("unproven", day=dated(entry.day), why=_why(entry.reason), due=_named(count.if_unproven_off))
        yield Line("unproven", entry.day, entry.day, phrase)


def _provisional(year: int, day: date) -> Line:
    return Line("provisional", day, day, _said("provisional", year=year))


def _reservations(rule: ClockRule, start: date) -> Iterator[Line]:
    if rule.alternative:
        phrase = _said("alternative", other=Phrase(rule.alternative), note=Phrase(rule.note))
        yield Line("alternative", start, start, phrase)
    if rule.evidence in WEAK:
        yield Line("evidence", start, start, _said("evidence", rule=rule.id, mark=rule.evidence))
    elif rule.evidence == "design":
        yield Line("evidence", start, start, _said("design"))
