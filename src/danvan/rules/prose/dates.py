"""Numbers that tell time: dates in every way they are written, years, clock times, stretches of time, ages."""

import re

from danvan.rules.prose.lexicon import TEMPORAL
from danvan.rules.prose.site import Site
from danvan.rules.prose.units import Noun, noun_after

_YEAR = r"(?:19|20)\d\d"
_ALONE = r"(?![\d.,/]*\d)"
_DATE = re.compile(rf"(\d{{1,2}}) ?([/.-]) ?(\d{{1,2}}) ?\2 ?(?:{_YEAR}|\d\d)(?!\d|[.,]\d)|{_YEAR}-\d\d-\d\d(?!\d)")
_SPAN_OF_DAYS = re.compile(rf"(\d{{1,2}}) ?[-–] ?(\d{{1,2}}) ?[/.] ?(\d{{1,2}})(?: ?[/.] ?{_YEAR})?{_ALONE}")
_MONTH_OF_YEAR = re.compile(rf"(\d{{1,2}}) ?[/.-] ?{_YEAR}(?!\d|[.,]\d)")
_SPAN_OF_YEARS = re.compile(rf"{_YEAR} ?[-–—] ?(?:{_YEAR}|\d\d){_ALONE}")
_PAIR_OF_YEARS = re.compile(rf"{_YEAR} ?/ ?{_YEAR}{_ALONE}")
_DAY_OF_MONTH = re.compile(r"(\d{1,2}) ?([/.–-]) ?(\d{1,2})(?![\d.,]*\d|\s?%)")
_FROM_DAY = re.compile(r"\d{1,2} (?:đến|tới|và) (?:hết )?(?:ngày )?\d{1,2} ?[/.-] ?\d{1,2}(?![\d.,]*\d)")
_CLOCK = re.compile(
    r"\d{1,2} ?[hg:] ?\d{2}(?::\d{2})?(?!\d)|\d{1,2}h(?![^\W_])|\d{1,2} giờ \d{1,2}(?: phút)?(?![^\W_])"
)
_AROUND_THE_CLOCK = re.compile(r"24 ?/ ?(?:24|7)(?![\d.,]*\d)h?")
_FRACTION = re.compile(rf"([1-9]) ?/ ?([2-5]){_ALONE}")
_MAP_SCALE = re.compile(r"1 ?/ ?(?:[25]00|[125]\.?000|10\.?000|25\.000|50\.000)(?![\d.,]*\d)")
_RATE_AHEAD = re.compile(r" ?[\t|(,=] ?\(?[\d,]{1,6} ?%")
_RATIO_AHEAD = re.compile(r"\s?\(|,? (?:đạt|chiếm|=)")

_DATED = frozenset("ngày sáng chiều tối trưa đêm hôm mùng mồng rằm lễ dịp thứ nhật".split())
_RATED = frozenset("đạt được có với lệ thành là :".split())
_FEASTS = frozenset(
    "30/4 1/5 2/9 19/8 27/7 22/12 3/2 8/3 20/10 20/11 19/5 18/11 1/6 26/3 22/5 21/6 1/1 10/3".split()
)  # fmt: skip
_ALWAYS_PERIODS = frozenset(
    {"tuổi", "tháng tuổi", "sao", "cửa", "chiều", "thế kỷ", "thập kỷ", "thập niên", "nhiệm kỳ", "năm học"}
)
_HOURS_AND_DAYS = frozenset({"ngày", "giờ", "phút", "giây", "ngày đêm", "giờ đồng hồ", "tiếng đồng hồ"})
_IN_THE_COURSE = frozenset("trong sau suốt qua trước".split())
_TERM_BEFORE = frozenset("hạn gian dài phạt tù án quá trễ chậm sớm tối ngắn giảm".split())
_TERM_AFTER = re.compile(r" (?:tù|lương|cải tạo|thử thách|quản chế|giam|làm việc|công)(?![^\W_])")
_HOURS_OF = re.compile(r" (?:công|lao động|học|dạy|giảng|bay|phát|làm|tập|thực|nghĩa vụ|huấn luyện)(?![^\W_])")
_DAY_AFTER = re.compile(
    r" (?:\(?\d|\(|(?:qua|đầu|cuối|lễ|nghỉ|tết|liền|liên tiếp|liên tục|ra quân|hội|từ|diễn ra|cao điểm|đêm)(?![^\W_]))"
)


def match(text: str, start: int, lowered: list[str]) -> int | None:
    """Where a date, clock time, span of years or fraction that starts here ends. `lowered` are the words before."""
    clock = _CLOCK.match(text, start) or _MAP_SCALE.match(text, start) or _around_the_clock(text, start, lowered)
    if clock:
        return clock.end()
    date = _DATE.match(text, start)
    if date and (date[1] is None or (_is_day(date[1]) and _is_month(date[3]))):
        return date.end()
    return _period_end(text, start, lowered) or _day_of_month(text, start, lowered) or _fraction(text, start)


def _around_the_clock(text: str, start: int, lowered: list[str]) -> re.Match[str] | None:
    """`trực 24/24`, `24/7`; not `24/24 hội viên` nor a pair whose rate follows."""
    found = _AROUND_THE_CLOCK.match(text, start)
    counted = found and (_counts(text, found.end()) or _RATE_AHEAD.match(text, found.end()) or "%" in lowered[-3:])
    return None if counted else found


def _period_end(text: str, start: int, lowered: list[str]) -> int | None:
    days = _SPAN_OF_DAYS.match(text, start)
    if days and _is_day(days[1]) and _is_day(days[2]) and _is_month(days[3]):
        return days.end()
    years = _SPAN_OF_YEARS.match(text, start)
    if years:
        return years.end()
    until = _FROM_DAY.match(text, start) if lowered[-1:] in (["từ"], ["ngày"]) else None
    month = _MONTH_OF_YEAR.match(text, start)
    found = until or _PAIR_OF_YEARS.match(text, start) or (month if month and _is_month(month[1]) else None)
    return found.end() if found and not _counts(text, found.end()) else None


def _day_of_month(text: str, start: int, lowered: list[str]) -> int | None:
    """`7/3`, `16-4`, `15.6`: a date unless it counts something (`7/9 xã`, `14-16 học sinh`) or reads as a ratio."""
    found = _DAY_OF_MONTH.match(text, start)
    if not found or not (_is_day(found[1]) and _is_month(found[3])):
        return None
    last = next((word for word in reversed(lowered) if word not in {"-", "–", "(", ","}), "")
    noun = noun_after(text, found.end())
    if last in _DATED and not (noun is not None and noun.is_measure):
        return found.end()
    counted = last in _RATED or "%" in lowered[-3:] or _RATE_AHEAD.match(text, found.end())
    if counted or _counts(text, found.end()) or not _looks_like_a_day(text, found, last, noun):
        return None
    return found.end()


def _looks_like_a_day(text: str, found: re.Match[str], last: str, noun: Noun | None) -> bool:
    """A range (`5-7`) has something to count after it; a bare pair of numbers is a day and a month."""
    if last in TEMPORAL:
        return True
    if found[2] == "/":
        return int(found[1]) > int(found[3]) or not _RATIO_AHEAD.match(text, found.end())
    return found[2] != "." and (not noun or f"{int(found[1])}/{int(found[3])}" in _FEASTS)


def _fraction(text: str, start: int) -> int | None:
    """`2/3 thời gian`, `hơn 1/2 số hộ`: a share in words, not two counts."""
    found = _FRACTION.match(text, start)
    if not found or int(found[1]) >= int(found[2]):
        return None
    return None if _counts(text, found.end()) or text[found.end() : found.end() + 2] in {", ", " ("} else found.end()


def _counts(text: str, position: int) -> bool:
    noun = noun_after(text, position)
    return noun is not None and noun.kind not in {None, "time"}


def _is_day(written: str) -> bool:
    return 1 <= int(written) <= 31


def _is_month(written: str) -> bool:
    return 1 <= int(written) <= 12


def is_period(site: Site) -> bool:
    """A stretch of time the report covers (`6 tháng đầu năm`, `trong 15 ngày`), an age, a clock time, a year, a rank.

    Days that were given or worked, working days, hours of work and terms of punishment stay figures.
    """
    if _is_bare_year(site):
        return True
    noun = site.noun
    if noun is None or noun.kind not in {"time", "rank"}:
        return False
    if noun.unit in _ALWAYS_PERIODS or site.lowered[-3:] == ["trong", "thời", "gian"]:
        return True
    if noun.kind == "rank":
        return site.number.raw.isdecimal() and int(site.number.raw) <= 4
    return not _is_duration(site, noun.unit, noun.end)


def _is_bare_year(site: Site) -> bool:
    """1900 to 2099 without a dot, unless a listed unit follows and nothing before speaks of time."""
    raw = site.number.raw
    if len(raw) != 4 or not raw.isdecimal() or not raw.startswith(("19", "20")):
        return False
    counted = site.is_known and site.noun is not None and site.noun.kind != "time"
    return not counted or site.last in TEMPORAL or site.last == "năm"


def _is_duration(site: Site, unit: str, end: int) -> bool:
    if unit == "ngày làm việc" or _TERM_AFTER.match(site.text, end):
        return True
    if unit not in _HOURS_AND_DAYS:
        return site.last in _TERM_BEFORE
    raw = site.number.raw
    time_of_day = unit == "giờ" and raw.isdecimal() and int(raw) <= 24 and not _HOURS_OF.match(site.text, end)
    return not (time_of_day or site.last in _IN_THE_COURSE or _DAY_AFTER.match(site.text, end))
