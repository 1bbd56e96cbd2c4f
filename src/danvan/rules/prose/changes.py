"""`tăng/giảm` against now and before: `1.536 đơn, tăng 131 đơn (… 1.405 đơn)`, `từ 845 xuống còn 790, giảm 6,51%`."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from danvan.rules.figures import Verdict, check_difference, check_growth, check_times
from danvan.rules.prose.figure import Figure, Finding
from danvan.rules.prose.pairs import in_pair, pairs
from danvan.rules.prose.passage import Sentence, is_share, one_digit_apart, same_unit

NEAR = 80  # characters between a figure and the change told of it

_UP = re.compile(r"(?:^|\W)(?:tăng|cao hơn|nhiều hơn)(?:\W|$)")
_DOWN = re.compile(r"(?:^|\W)(?:giảm|thấp hơn|ít hơn)(?:\W|$)")
_BEFORE = re.compile(
    r"so với|cùng kỳ|năm trước|kỳ trước|năm ngoái|tháng trước|quý trước|(?:năm|tháng|quý) (?:\d|[ivx])|\d{4}"
)
_FROM = re.compile(r"(?:^|\W)từ(?: mức| chỗ)?(?: \S{1,8}){0,2} ?$")
_TO = re.compile(r"[^\d,;.()]{0,30}(?:xuống còn|xuống|lên đến|lên tới|lên|còn)(?: mức| chỗ)?(?: hơn| gần| khoảng)? ?")
_RANGE_TO = re.compile(r" ?(?:năm |tháng )?")


def check_changes(sentences: Sequence[Sentence]) -> Iterator[Finding]:
    for sentence in sentences:
        for place, figure in enumerate(sentence.figures):
            if figure.qualifier and not is_share(figure):
                continue
            if ends := _from_to(sentence, place):
                yield from _reported(_against(figure, *ends), figure, *ends)
            elif _direction(sentence, place):
                yield from _since_before(sentence, place)


def _direction(sentence: Sentence, place: int) -> int:
    clause = sentence.clause(place)
    up, down = [list(pattern.finditer(clause)) for pattern in (_UP, _DOWN)]
    if bool(up) == bool(down):
        return 0
    last = (up or down)[-1]
    trail = clause[last.end() :].split()
    return (1 if up else -1) if len(trail) <= 4 and not {"xuống", "lên", "còn", "từ"} & set(trail) else 0


def _from_to(sentence: Sentence, place: int) -> tuple[Figure, Figure] | None:
    """The two ends of `từ A xuống còn B, giảm X` and of `giảm X (từ A xuống còn B)`, as now and before."""
    if not _UP.search(sentence.gaps[place]) and not _DOWN.search(sentence.gaps[place]):
        return None
    after = place + 2 < len(sentence) and re.search(r"[(,] ?từ[^\d]{0,12}$", sentence.gaps[place + 1])
    first = place + 1 if after else place - 2
    if first < 0 or not _TO.fullmatch(sentence.gaps[first + 1]):
        return None
    if not after and (not _FROM.search(sentence.gaps[first]) or not _direction(sentence, place)):
        return None
    before, now = sentence.figures[first], sentence.figures[first + 1]
    if before.qualifier or now.qualifier or not same_unit(before, now) or before.value == now.value:
        return None
    return now, before


def _against(figure: Figure, now: Figure, before: Figure) -> Verdict | None:
    """The verdict on a stated change, or None where its unit does not say what kind of change it is."""
    points = (figure.unit or "").startswith("điểm")
    if is_share(before) and (points or is_share(figure)):
        difference = check_difference(figure.value, now.value, before.value, unit="%")
        grown = check_growth(figure.value, now.value, before.value, qualifier=figure.qualifier)
        return difference if points or not grown.ok else grown
    if is_share(figure):
        return check_growth(figure.value, now.value, before.value, qualifier=figure.qualifier)
    if figure.unit == "lần":
        return check_times(figure.value, now.value, before.value) if before.unit != "lần" else None
    return (
        check_difference(figure.value, now.value, before.value, unit=figure.unit or "")
        if same_unit(figure, now)
        else None
    )


def _since_before(sentence: Sentence, place: int) -> Iterator[Finding]:
    figure = sentence.figures[place]
    terms = _slash_terms(sentence, place)
    if terms:
        yield from _reported(_against(figure, *terms), figure, *terms)
        return
    before, share = _told_before(sentence, place), _told_share(sentence, place)
    if before:
        candidates = [sentence.figures[now] for now in _candidates(sentence, place, before)]
        yield from _unless_one_fits(figure, candidates, before)
    if share:
        yield from _shares(sentence, place, share)


def _slash_terms(sentence: Sentence, place: int) -> tuple[Figure, Figure] | None:
    """`tăng 92,5% (3.257/1.692 đơn)`: now over before."""
    pair = next((pair for pair in pairs(sentence) if pair.part == place + 1), None)
    if pair is None or not re.fullmatch(r"[^\d,.;()]{0,30}\( ?", sentence.gaps[place + 1]):
        return None
    if not is_share(sentence.figures[place]) and sentence.figures[place].unit != "lần":
        return None
    return sentence.figures[pair.part], sentence.figures[pair.whole]


def _told_before(sentence: Sentence, place: int) -> Figure | None:
    """The earlier figure that follows a change: `so với cùng kỳ (1.212 đơn)`, `(năm 2024 tiếp nhận 1.212 đơn)`."""
    for later in range(place + 1, min(place + 3, len(sentence))):
        words = "".join(sentence.gaps[place + 1 : later + 1])
        figure = sentence.figures[later]
        if is_share(figure) and later == place + 1:
            continue
        if is_share(figure) or _UP.search(words) or _DOWN.search(words) or ";" in words or not _BEFORE.search(words):
            return None
        slashed = in_pair(sentence, later)
        near = re.search(r"so với (?:mức )?(?:\S+ ){0,4}$|\([^()]*$", words.strip() + " ")
        return figure if near and not slashed and not figure.qualifier and figure.unit is not None else None
    return None


def _told_share(sentence: Sentence, place: int) -> Figure | None:
    """The percentage in the bracket right after a change in numbers: `tăng 103 vụ (16,5%)`."""
    if place + 1 >= len(sentence) or is_share(sentence.figures[place]) or not is_share(sentence.figures[place + 1]):
        return None
    gap = sentence.gaps[place + 1]
    bracket = re.fullmatch(r"[^\d,.;()]{0,30}\( ?(?:[-+]|tăng|giảm|tương đương|bằng|tỷ lệ|đạt)? ?", gap)
    return sentence.figures[place + 1] if bracket else None


def _candidates(sentence: Sentence, place: int, like: Figure) -> list[int]:
    """What `now` can be: earlier figures of the sentence in the same unit that are no change themselves."""
    return [other for other in range(place) if sentence.outside(place, other) and _can_be_now(sentence, other, like)]


def _can_be_now(sentence: Sentence, place: int, like: Figure) -> bool:
    figure = sentence.figures[place]
    plain = figure.unit is not None and not is_share(figure) and not figure.qualifier
    return plain and same_unit(figure, like) and not _direction(sentence, place)


def _unless_one_fits(figure: Figure, candidates: list[Figure], before: Figure) -> Iterator[Finding]:
    judged = [(now, verdict) for now in candidates if (verdict := _against(figure, now, before))]
    if not judged or any(verdict.ok for _, verdict in judged):
        return
    told = next(((now, verdict) for now, verdict in judged if len(judged) == 1 or _slip(verdict)), None)
    if told:
        yield from _reported(told[1], figure, told[0], before)


def _shares(sentence: Sentence, place: int, share: Figure) -> Iterator[Finding]:
    """`tăng 103 vụ (16,5%)` against what it grew from; the only figure it can speak of must stand close by."""
    figure, sign = sentence.figures[place], _direction(sentence, place)
    judged = []
    for other in _candidates(sentence, place, figure):
        now = sentence.figures[other]
        before = now.value - sign * figure.value
        if before > 0:
            judged.append((other, check_growth(share.value, now.value, before, qualifier=share.qualifier)))
    if not judged or any(verdict.ok for _, verdict in judged):
        return
    for other, verdict in judged:
        between = sentence.between(other, place)
        alone = len(judged) == 1 and ";" not in between and len(between) < NEAR
        if alone or _slip(verdict):
            yield from _reported(verdict, share, figure, sentence.figures[other])
            return


def _slip(verdict: Verdict) -> bool:
    """Whether one wrong digit in the stated figure explains it."""
    if verdict.computed is None:
        return False
    digits = max(0, -int(verdict.stated.as_tuple().exponent))
    computed = int((verdict.computed.scaleb(digits) + Decimal("0.5")) // 1)
    return one_digit_apart(int(verdict.stated.scaleb(digits)), computed)


def _reported(verdict: Verdict | None, *figures: Figure) -> Iterator[Finding]:
    if verdict is not None and not verdict.ok:
        spans = tuple(sorted((figure.start, figure.end) for figure in figures))
        yield Finding("change", verdict.message, verdict.stated, verdict.computed, spans)
