"""Counting: from the starting day to the day something is due.

The starting day is not counted. A calendar-day term that ends on a day off is over at the end of the next working day
(Civil Code 2015, art. 147-148, by analogy: the special laws are silent), so both dates are kept. Paused days do not
count.
"""

from collections.abc import Iterable
from datetime import date

from danvan.rules.calendar import WorkingCalendar, dated
from danvan.rules.clock.deadline import ClockRefused, Count, Deadline, Extension, Pause, Run
from danvan.rules.clock.explanation import explain
from danvan.rules.clock.table import ClockRule

MAX_DAYS = 3650
_YEARS = range(1900, 2201)


def due(
    rule: ClockRule,
    start: date,
    calendar: WorkingCalendar,
    *,
    remote: bool = False,
    complex_: bool = False,
    pauses: Iterable[Pause] = (),
    extensions: Iterable[Extension] = (),
) -> Deadline:
    """When something started on `start` is due under `rule`.

    Takes the rule it is given: choosing the one in force is `rule_by_id` and `pick`, so a re-based clock can be counted
    too; whether a pause or an extension is allowed is asked before, with `may_pause` and `may_extend`. Refuses a rule
    that is no clock, a ceiling the rule does not have, and impossible pauses or extensions.
    """
    count = _counted(rule, start, calendar, remote, complex_, tuple(pauses), tuple(extensions))
    return Deadline(
        rule=rule,
        version=rule.version,
        day_zero=start,
        due_statutory=count.statutory,
        due_rolled=count.rolled,
        explanation=explain(count, calendar),
        provisional=bool(count.unconfirmed),
        suspended=count.held_since is not None,
        due_if_unproven_off=count.if_unproven_off,
    )


def _counted(
    rule: ClockRule,
    start: date,
    calendar: WorkingCalendar,
    remote: bool,
    complex_: bool,
    pauses: tuple[Pause, ...],
    extensions: tuple[Extension, ...],
) -> Count:
    if start.year not in _YEARS:
        raise ClockRefused("bad-start", f"Năm {start.year} nằm ngoài phạm vi tính được.")
    limit = _limit(rule, remote, complex_)
    total = limit + _added(extensions)
    closed, held = _stops(start, pauses)
    runs, last = _walk(rule, total, start, calendar, closed)
    statutory, rolled = (date.fromordinal(last), date.fromordinal(_rolled(last, calendar, closed)))
    first_year = start.year if rule.unit == "wd" else statutory.year
    return Count(
        rule, start, limit, remote, complex_, extensions, runs, statutory, rolled,
        held_since=held if held and held <= rolled else None,
        unconfirmed=tuple(year for year in range(first_year, rolled.year + 1) if calendar.is_provisional(year)),
        if_unproven_off=_if_off(rule, total, start, calendar, closed, rolled),
    )  # fmt: skip


def _limit(rule: ClockRule, remote: bool, complex_: bool) -> int:
    if rule.type != "clock":
        raise ClockRefused(
            "no-clock",
            f"{rule.id} ({rule.title}: {rule.quota}) không phải thời hạn đếm theo ngày nên không có ngày đến hạn.",
        )
    if remote and rule.remote is None:
        why = "Luật Tố cáo không có thời hạn riêng cho" if rule.kinds == ("TC",) else f"{rule.id} không có thời hạn cho"
        raise ClockRefused("no-remote", f"{why} vùng sâu, vùng xa đi lại khó khăn.")
    if complex_ and rule.complex is None:
        instead = f"; vụ việc phức tạp được gia hạn bằng {rule.ext.needs}" if rule.ext and rule.ext.special > 1 else ""
        raise ClockRefused("no-complex", f"{rule.id} không có thời hạn riêng cho vụ việc phức tạp{instead}.")
    ceiling = rule.remote_complex if remote and complex_ else rule.remote if remote else rule.complex
    return ceiling if (remote or complex_) and ceiling is not None else rule.n


def _added(extensions: tuple[Extension, ...]) -> int:
    for extension in extensions:
        if not 1 <= extension.days <= MAX_DAYS:
            raise ClockRefused("bad-extension", f"Số ngày gia hạn phải từ 1 đến {MAX_DAYS}.")
    return sum(extension.days for extension in extensions)


def _stops(start: date, pauses: tuple[Pause, ...]) -> tuple[list[tuple[int, int]], date | None]:
    """Closed pauses after the start, merged, as half-open ordinals; and the day an open pause began."""
    closed: list[tuple[int, int]] = []
    held: date | None = None
    for pause in sorted(pauses, key=lambda pause: pause.start):
        if pause.end is None:
            held = held or pause.start
        elif pause.end < pause.start or pause.end.year not in _YEARS:
            raise ClockRefused("bad-pause", f"Ngày tiếp tục {dated(pause.end)} không hợp lệ: phải từ ngày tạm dừng.")
        elif (last := pause.end.toordinal()) > (first := max(pause.start.toordinal(), start.toordinal() + 1)):
            if closed and first <= closed[-1][1]:
                closed[-1] = (closed[-1][0], max(last, closed[-1][1]))
            else:
                closed.append((first, last))
    return closed, held


def _walk(
    rule: ClockRule, total: int, start: date, calendar: WorkingCalendar, closed: list[tuple[int, int]]
) -> tuple[list[Run], int]:
    """The runs that tile the days after `start`, and the ordinal of the last one counted."""
    counts = calendar.is_working_ordinal if rule.unit == "wd" else _every_day
    stops = dict(closed)
    runs: list[Run] = []
    day = start.toordinal()
    left = total
    while left:
        day += 1
        if resume := stops.get(day):
            runs.append(Run("pause", day, resume - 1))
            day = resume - 1
            continue
        kind = "counted" if counts(day) else "skipped"
        left -= kind == "counted"
        if runs and runs[-1].kind == kind:
            runs[-1].last = day
        else:
            runs.append(Run(kind, day, day))
    return runs, day


def _every_day(_ordinal: int) -> bool:
    return True


def _rolled(last: int, calendar: WorkingCalendar, closed: list[tuple[int, int]]) -> int:
    """The end of the first day from `last` that is worked; a day the clock stands still cannot end it either."""
    while not calendar.is_working_ordinal(last):
        last += 1
        last = next((end for first, end in closed if first <= last < end), last)
    return last


def _if_off(
    rule: ClockRule, total: int, start: date, calendar: WorkingCalendar, closed: list[tuple[int, int]], rolled: date
) -> date | None:
    """The rolled date if the days nobody has enacted were off; None where it would be the same."""
    if not calendar.unproven(start, rolled):
        return None
    other = calendar.if_unproven_off
    moved = date.fromordinal(_rolled(_walk(rule, total, start, other, closed)[1], other, closed))
    return moved if moved != rolled else None
