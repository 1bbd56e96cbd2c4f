"""Parts against their whole: lists that close (`gồm …`, `(…)`), and parts named out of a whole (`trong đó …`)."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from danvan.rules.figures import Interval, check_sum, child_not_above_parent, interval
from danvan.rules.prose.figure import Figure, Finding
from danvan.rules.prose.pairs import in_pair, says_change
from danvan.rules.prose.passage import Sentence, is_share, kind, one_digit_apart, same_unit

_OPENS = re.compile(r"[^\d(),;]{0,50}\((?!\))")
_LISTS = re.compile(r"[^\d();]{0,60}?(?:bao gồm|gồm có|gồm|chia ra|chia thành|phân ra)(?:\W|$)")
_NAMES_SOME = re.compile(
    r"trong đó|riêng|tiêu biểu|điển hình|\bnhư\b|so với|cùng kỳ|năm|tháng|quý|tăng|giảm|trị giá|mỗi|bình quân|trung bình|kể cả|ít nhất"
    r"|dự kiến|phấn đấu|đạt|…|\.\.\.|tương đương|tổng|chủ yếu|nhất là|kỳ trước|trước đó|hiện có"
)
_AMONG = re.compile(r"(?:^|\W)trong đó(?:\W|$)")
_ENDS_LIST = re.compile(
    r"trong đó|tăng|giảm|so với|cùng kỳ|trị giá|mỗi|bình quân|trung bình|; ?(?:đã|qua|được|kết quả|đến nay|có|tiếp|tổ chức|ngoài)|, ?đã"
)
_KINDS_OF = {
    "đơn": "khiếu nại,tố cáo,kiến nghị,phản ánh,đề nghị,tranh chấp,kn,tc",
    "vụ": "khiếu nại,tố cáo,tranh chấp,kn,tc",
    "vụ việc": "khiếu nại,tố cáo,kiến nghị,phản ánh,tranh chấp,kn,tc",
    "ý kiến": "kiến nghị,phản ánh,đề nghị,góp ý",
    "người": "nam,nữ",
    "đại biểu": "nam,nữ",
    "điển hình": "tập thể,cá nhân",
    "đơn vị hành chính": "xã,phường,thị trấn,đặc khu",
}


def check_parts(sentences: Sequence[Sentence]) -> Iterator[Finding]:
    for sentence in sentences:
        for whole in range(len(sentence)):
            if is_share(sentence.figures[whole]) or says_change(sentence, whole):
                continue
            if _OPENS.fullmatch(sentence.gaps[whole + 1].partition("(")[0] + "(") and "(" in sentence.gaps[whole + 1]:
                yield from _closed(sentence, whole, _in_bracket(sentence, whole))
            elif _LISTS.match(sentence.gaps[whole + 1]):
                yield from _closed(sentence, whole, _in_list(sentence, whole))
            if _AMONG.search(sentence.gaps[whole + 1]):
                yield from _among(sentence, whole)


def _in_bracket(sentence: Sentence, whole: int) -> list[int]:
    """The figures of the bracket that opens after the whole, all of it, or nothing where the bracket says otherwise."""
    depth = sentence.depth(whole) + 1
    inside = [place for place in range(whole + 1, len(sentence)) if sentence.depth(place) >= depth]
    if not inside or inside[0] != whole + 1:
        return []
    bracket = sentence.brackets[inside[0]][:depth]
    direct = [place for place in inside if sentence.brackets[place] == bracket]
    words = sentence.gaps[whole + 1].partition("(")[2] + " ".join(sentence.gaps[place] for place in direct[1:])
    tail = sentence.gaps[direct[-1] + 1].partition(")")[0]
    if _NAMES_SOME.search(words + tail):
        return []
    return [place for place in direct if not is_share(sentence.figures[place])]


def _in_list(sentence: Sentence, whole: int) -> list[int]:
    """The figures after `gồm` up to where the sentence turns to something else."""
    parts: list[int] = []
    for place in range(whole + 1, len(sentence)):
        if sentence.brackets[place] != sentence.brackets[whole]:
            continue
        if (parts and _ENDS_LIST.search(sentence.gaps[place])) or is_share(sentence.figures[place]):
            break
        parts.append(place)
    return parts


def _closed(sentence: Sentence, whole: int, places: list[int]) -> Iterator[Finding]:
    """A list that claims to be the whole and does not add up to it.

    Parts counted in the unit of the whole must close; kinds of it (`221 đơn (196 khiếu nại, 25 tố cáo)`) are reported
    where one wrong digit explains the difference. A beginning of the list that closes is taken for the list.
    """
    total, parts = sentence.figures[whole], [sentence.figures[place] for place in places]
    if len(parts) < 2 or any(in_pair(sentence, place) for place in places) or _some_beginning_closes(total, parts):
        return
    alike = all(_is_alike(total, part) for part in parts)
    if not alike and not all(_is_kind_of(total, part) or _is_alike(total, part) for part in parts):
        return
    if any(part.value > total.value for part in parts) and not alike:
        return
    if not alike and not _one_digit_explains(total, parts):
        return
    if sentence.brackets[places[0]] == sentence.brackets[whole] and not _one_digit_explains(total, parts):
        return
    verdict = check_sum(total.value, [part.value for part in parts], unit=total.unit or "")
    spans = tuple(sorted((figure.start, figure.end) for figure in (total, *parts)))
    yield Finding("sum", verdict.message, verdict.stated, verdict.computed, spans)


def _is_alike(total: Figure, part: Figure) -> bool:
    return part.unit is None or (total.unit is not None and same_unit(total, part))


def _is_kind_of(total: Figure, part: Figure) -> bool:
    return (part.unit or "").split(" và ")[0] in _KINDS_OF.get(total.unit or "", "").split(",")


def _some_beginning_closes(total: Figure, parts: list[Figure]) -> bool:
    low, high = Decimal(0), Decimal(0)
    meant = interval(total.value, total.qualifier)
    open_end = False
    for count, part in enumerate(parts, start=1):
        share = interval(part.value, part.qualifier)
        low, high, open_end = low + share.low, high + (share.high or 0), open_end or share.high is None
        if count > 1 and meant.meets(Interval(low, None if open_end else high)):
            return True
    return False


def _one_digit_explains(total: Figure, parts: Sequence[Figure]) -> bool:
    missing = total.value - sum((part.value for part in parts), Decimal(0))
    mended = [(part.value, part.value + missing) for part in parts] + [(total.value, total.value - missing)]
    whole_numbers = [(int(was), int(would)) for was, would in mended if would > 0 and would == int(would)]
    return any(one_digit_apart(was, would) for was, would in whole_numbers)


def _among(sentence: Sentence, whole: int) -> Iterator[Finding]:
    """`trong đó`: a part above its whole, or parts of one unit that together exceed it by a digit's slip."""
    parts = []
    for place in range(whole + 1, len(sentence)):
        figure = sentence.figures[place]
        if place > whole + 1 and re.search(r";|\.\.\.|…|tăng|giảm|so với|đã|ngoài ra|tổng", sentence.gaps[place]):
            break
        if sentence.outside(place, whole) and not is_share(figure):
            parts.append(figure)
    total = sentence.figures[whole]
    parts = [part for part in parts if part.unit is not None and total.unit is not None and same_unit(part, total)]
    yield from _above(total, parts)


def _above(total: Figure, parts: list[Figure]) -> Iterator[Finding]:
    limit = interval(total.value, total.qualifier).high
    for part in parts:
        if limit is not None and interval(part.value, part.qualifier).low > limit:
            verdict = child_not_above_parent(part.value, total.value, unit=total.unit or "")
            yield Finding("part", verdict.message, part.value, total.value, _spans(total, part))
            return
    added = sum((part.value for part in parts), Decimal(0))
    if (
        len(parts) > 1
        and kind(total) != "person"
        and limit is not None
        and added > limit
        and _one_digit_explains(total, parts)
    ):
        verdict = check_sum(total.value, [part.value for part in parts], unit=total.unit or "")
        yield Finding("sum", verdict.message, total.value, added, _spans(total, *parts))


def _spans(*figures: Figure) -> tuple[tuple[int, int], ...]:
    return tuple(sorted((figure.start, figure.end) for figure in figures))
