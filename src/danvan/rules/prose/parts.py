"""Parts against their whole: lists that close (`gồm …`, `(…)`, `tổng cộng`), parts out of a whole (`trong đó …`)."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from danvan.rules.figures import Interval, check_sum, child_not_above_parent, interval
from danvan.rules.prose.figure import Figure, Finding
from danvan.rules.prose.pairs import in_pair, says_change
from danvan.rules.prose.passage import Sentence, is_share, kind, one_digit_apart, same_unit

_OPENS = re.compile(r"[^\d(),;]{0,50}\(")
_LISTS = re.compile(r"[^\d();]{0,60}?(?:bao gồm|gồm có|gồm|chia ra|chia thành|phân ra)(?:\W|$)")
_TOTALS = re.compile(r"(?:^|\W)(?:tổng cộng|cộng chung|cộng lại|tổng là)(?: [^\W\d_]+){0,3} ?$")
_NAMES_SOME = re.compile(
    r"trong đó|riêng|tiêu biểu|điển hình|\bnhư\b|so với|cùng kỳ|năm|tháng|quý|tăng|giảm|trị giá|mỗi"
    r"|bình quân|trung bình|kể cả|ít nhất|dự kiến|phấn đấu|đạt|…|\.\.\.|tương đương|tổng|chủ yếu|nhất là"
    r"|kỳ trước|trước đó"
)
_DECIMALS = re.compile(r"\d,(\d{1,2})(?!\d)")
_AMONG = re.compile(r"(?:^|\W)trong đó(?:\W|$)")
_ENDS_AMONG = re.compile(r";|\.\.\.|…|tăng|giảm|so với|đã|ngoài ra|tổng")
_ENDS_LIST = re.compile(
    r"trong đó|tăng|giảm|so với|cùng kỳ|trị giá|mỗi|bình quân|trung bình|, ?đã"
    r"|; ?(?:đã|qua|được|kết quả|đến nay|có|tiếp|tổ chức|ngoài)"
)
_KINDS_OF = {
    "đơn": "khiếu nại,tố cáo,kiến nghị,phản ánh,đề nghị,tranh chấp,kn,tc",
    "vụ": "khiếu nại,tố cáo,tranh chấp,kn,tc",
    "vụ việc": "khiếu nại,tố cáo,kiến nghị,phản ánh,tranh chấp,kn,tc",
    "ý kiến": "kiến nghị,phản ánh,đề nghị,góp ý",
    "điển hình": "tập thể,cá nhân",
    "đơn vị hành chính": "xã,phường,thị trấn,đặc khu",
}


def check_parts(sentences: Sequence[Sentence]) -> Iterator[Finding]:
    for sentence in sentences:
        for whole, figure in enumerate(sentence.figures):
            if is_share(figure) or says_change(sentence, whole):
                continue
            after = sentence.gaps[whole + 1]
            if _OPENS.match(after):
                yield from _closed(sentence, whole, _in_bracket(sentence, whole))
            if parts := _in_list(sentence, whole):
                yield from _closed(sentence, whole, parts)
            if _AMONG.search(after):
                yield from _among(sentence, whole)
            if whole > 1 and _TOTALS.search(sentence.gaps[whole]):
                yield from _totalled(sentence, whole)


def _in_bracket(sentence: Sentence, whole: int) -> list[int]:
    """The figures of the bracket that opens after the whole, or nothing where the bracket says something else."""
    depth = sentence.depth(whole) + 1
    inside = [place for place in range(whole + 1, len(sentence)) if sentence.depth(place) >= depth]
    if not inside or inside[0] != whole + 1:
        return []
    bracket = sentence.brackets[inside[0]][:depth]
    direct = [place for place in inside if sentence.brackets[place] == bracket]
    words = sentence.gaps[whole + 1].partition("(")[2] + " ".join(sentence.gaps[place] for place in direct[1:])
    tail = sentence.gaps[direct[-1] + 1].partition(")")[0] if direct else ""
    if _NAMES_SOME.search(words + tail):
        return []
    return [place for place in direct if not is_share(sentence.figures[place])]


def _in_list(sentence: Sentence, whole: int) -> list[int]:
    """The figures after `gồm` up to where the sentence turns to something else."""
    beside = [
        place for place in range(whole + 1, len(sentence)) if sentence.brackets[place] == sentence.brackets[whole]
    ]
    if not beside or not _LISTS.match(sentence.between(whole, beside[0])):
        return []
    parts: list[int] = []
    for place in beside:
        if (parts and _ENDS_LIST.search(sentence.gaps[place])) or is_share(sentence.figures[place]):
            break
        parts.append(place)
    return parts


def _closed(sentence: Sentence, whole: int, places: list[int]) -> Iterator[Finding]:
    """A list that claims to be the whole and does not add up to it.

    A bracket of parts counted in the unit of the whole must close; any other list is reported only where one wrong
    digit explains the difference, and may end at any of its semicolons.
    """
    total, parts = sentence.figures[whole], [sentence.figures[place] for place in places]
    if len(parts) < 2 or any(in_pair(sentence, place) for place in places):
        return
    bracketed = sentence.brackets[places[0]] != sentence.brackets[whole]
    ends = [count for count in range(2, len(places)) if ";" in sentence.gaps[places[count]] and not bracketed]
    if any(_closes(total, parts[:count]) for count in (*ends, len(parts))):
        return
    alike = all(_is_alike(total, part) for part in parts)
    if not alike and not _are_kinds_of(total, parts):
        return
    if (alike and bracketed) or one_digit_explains(total, parts):
        yield _unclosed(total, parts)


def _is_alike(total: Figure, part: Figure) -> bool:
    return part.unit is None or total.unit is None or same_unit(total, part)


def _are_kinds_of(total: Figure, parts: Sequence[Figure]) -> bool:
    """`221 đơn (196 khiếu nại, 25 tố cáo)`, `120 đại biểu (80 nam, 40 nữ)`, `3.402 hồ sơ (2.964 trực tuyến, …)`."""
    if any(part.value > total.value for part in parts):
        return False
    kinds = _KINDS_OF.get(total.unit or "", "nam,nữ" if kind(total) == "person" else "").split(",")
    units = [(part.unit or "").split(" và ")[0] for part in parts if not _is_alike(total, part)]
    unlisted = kind(total) is not None and all(kind(part) is None for part in parts)
    return unlisted or all(unit in kinds for unit in units)


def _closes(total: Figure, parts: Sequence[Figure]) -> bool:
    """Rounded figures may drift apart by half of the last place of each; whole numbers may not."""
    shares = [interval(part.value, part.qualifier) for part in parts]
    steps = [_step(figure) for figure in (total, *parts)]
    drift = Decimal(0) if all(step == 1 for step in steps) else sum(steps, Decimal(0)) / 2
    low = sum((share.low for share in shares), -drift)
    highs = [share.high for share in shares if share.high is not None]
    high = sum(highs, drift) if len(highs) == len(shares) else None
    return interval(total.value, total.qualifier).meets(Interval(low, high))


def _step(figure: Figure) -> Decimal:
    """One in the last place as written: 1 for `264`, 0,1 for `182,2`, ten million for `27,87 tỷ`."""
    if "," not in figure.text and " " not in figure.text:
        return Decimal(1)
    decimals = _DECIMALS.search(figure.text)
    if decimals is None:
        return Decimal(10) ** _zeros(figure.value)
    return Decimal(10) ** (_scale(figure) - len(decimals[1]))


def _scale(figure: Figure) -> int:
    written = Decimal(figure.text.split(" ")[0].replace(".", "").replace(",", "."))
    return round(float((figure.value / written).log10())) if written else 0


def _zeros(value: Decimal) -> int:
    digits = f"{value:.0f}"
    return len(digits) - len(digits.rstrip("0"))


def one_digit_explains(total: Figure, parts: Sequence[Figure]) -> bool:
    missing = total.value - sum((part.value for part in parts), Decimal(0))
    mended = [(part.value, part.value + missing) for part in parts] + [(total.value, total.value - missing)]
    return any(would > 0 and _one_digit_apart(was, would) for was, would in mended)


def _one_digit_apart(was: Decimal, would: Decimal) -> bool:
    places = max(0, *(-int(value.normalize().as_tuple().exponent) for value in (was, would)))
    return one_digit_apart(int(was.scaleb(places)), int(would.scaleb(places)))


def _totalled(sentence: Sentence, whole: int) -> Iterator[Finding]:
    """`khiếu nại 212, tố cáo 88, tổng cộng 310 đơn`: the whole comes last."""
    total = sentence.figures[whole]
    before = [sentence.figures[place] for place in range(whole) if sentence.brackets[place] == sentence.brackets[whole]]
    parts = [figure for figure in before if not is_share(figure) and _is_alike(total, figure)]
    ends = [parts[start:] for start in range(len(parts) - 1)]
    if any(sum(end_part.value for end_part in end) == total.value for end in ends):
        return
    closest = next((end for end in ends if one_digit_explains(total, end)), None)
    if closest and len(parts) == len(before):
        yield _unclosed(total, closest)


def _among(sentence: Sentence, whole: int) -> Iterator[Finding]:
    """`trong đó`: a part above its whole, or parts of one unit that together exceed it by a digit's slip."""
    parts = []
    for place in range(whole + 1, len(sentence)):
        if place > whole + 1 and _ENDS_AMONG.search(sentence.gaps[place]):
            break
        if sentence.outside(place, whole) and not is_share(sentence.figures[place]):
            parts.append(sentence.figures[place])
    total = sentence.figures[whole]
    if total.unit is not None:
        yield from _above(total, [part for part in parts if part.unit is not None and same_unit(part, total)])


def _above(total: Figure, parts: list[Figure]) -> Iterator[Finding]:
    limit = interval(total.value, total.qualifier).high
    if limit is None:
        return
    above = next((part for part in parts if interval(part.value, part.qualifier).low > limit), None)
    added = sum((part.value for part in parts), Decimal(0))
    if above is not None:
        verdict = child_not_above_parent(above.value, total.value, unit=total.unit or "")
        yield Finding("part", verdict.message, above.value, total.value, _spans(total, above))
    elif len(parts) > 1 and kind(total) != "person" and added > limit and one_digit_explains(total, parts):
        yield _unclosed(total, parts)


def _unclosed(total: Figure, parts: Sequence[Figure]) -> Finding:
    verdict = check_sum(total.value, [part.value for part in parts], unit=total.unit or "")
    return Finding("sum", verdict.message, verdict.stated, verdict.computed, _spans(total, *parts))


def _spans(*figures: Figure) -> tuple[tuple[int, int], ...]:
    return tuple(sorted((figure.start, figure.end) for figure in figures))
