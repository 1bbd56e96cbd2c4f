"""Rates told after the parts of a whole: `trong 905 đại biểu có nam 480 (53,04%), nữ 425 (46,96%)`.

No pair is written out here, so the whole has to be guessed; a finding needs more than one figure to speak for it.
"""

import re
from collections.abc import Iterator, Sequence

from danvan.rules.figures import check_rate, rate
from danvan.rules.numbers import percent, write
from danvan.rules.prose.figure import Figure, Finding
from danvan.rules.prose.pairs import in_pair, says_change, says_rate
from danvan.rules.prose.passage import Pair, Sentence, is_share, kind, one_digit_apart, same_unit
from danvan.rules.prose.rates import explained_by_one_digit, finding, pair_of

FARTHEST = 5  # percentage points a column may lie off and still look like another denominator

_BREAKS = re.compile(r"trong đó|còn lại|so với|cùng kỳ|riêng|ngoài ra|trong số|#|;|\|")
_COMPARED = re.compile(r" ?(?:kế hoạch|chỉ tiêu|so với|dự toán|nghị quyết|mục tiêu)")


def check_shares(sentences: Sequence[Sentence]) -> Iterator[Finding]:
    for sentence in sentences:
        told = _told(sentence)
        before = range(told[0].part) if told else range(0)
        wholes = [place for place in before if all(_fits_in(sentence, share.part, place) for share in told)]
        right = {place: [share for share in told if _is_right(sentence, share, place)] for place in wholes}
        if not wholes or any(len(each) == len(told) for each in right.values()):
            continue
        best = max(wholes, key=lambda place: len(right[place]))
        if len(told) > 1:
            yield from _column(sentence, told, best, right[best])
        else:
            yield from _slip(sentence, told[0], wholes)


def _told(sentence: Sentence) -> list[Pair]:
    """Each part with the place of the percentage told after it, where no explicit pair claims that percentage."""
    taken: set[Pair] = set()
    found = []
    for place, figure in enumerate(sentence.figures):
        if not is_share(figure) or not says_rate(sentence, place):
            continue
        pair = pair_of(sentence, place, taken)
        if pair:
            taken.add(pair)
        elif (part := _part_before(sentence, place)) is not None:
            found.append(Pair(part, place))
    return found


def _part_before(sentence: Sentence, place: int) -> int | None:
    part = sentence.previous(place)
    if part is None or is_share(sentence.figures[part]) or says_change(sentence, part) or in_pair(sentence, part):
        return None
    between = sentence.between(part, place)
    apart = _BREAKS.search(between) or len(between) > 90 or _COMPARED.match(sentence.gaps[place + 1])
    return None if apart or sentence.figures[place].counted else part


def _fits_in(sentence: Sentence, part: int, whole: int) -> bool:
    one, other = sentence.figures[part], sentence.figures[whole]
    alike = same_unit(one, other) or (kind(one) == kind(other) == "person")
    return alike and not is_share(other) and one.value <= other.value


def _is_right(sentence: Sentence, share: Pair, whole: int) -> bool:
    stated, part = sentence.figures[share.whole], sentence.figures[share.part]
    return check_rate(stated.value, part.value, sentence.figures[whole].value, qualifier=stated.qualifier).ok


def _column(sentence: Sentence, told: list[Pair], whole: int, right: list[Pair]) -> Iterator[Finding]:
    """One rate off its column is a slip; a whole column off, while its parts add up, follows another denominator."""
    total = sentence.figures[whole]
    closes = sum(sentence.figures[share.part].value for share in told) == total.value
    if right and (closes or len(right) > 1):
        for share in told:
            if share not in right:
                yield _wrong(sentence, share, total)
    elif closes and all(_is_close(sentence, share, total) for share in told):
        yield _question(sentence, told, total)


def _wrong(sentence: Sentence, share: Pair, total: Figure) -> Finding:
    stated, part = sentence.figures[share.whole], sentence.figures[share.part]
    verdict = check_rate(stated.value, part.value, total.value, qualifier=stated.qualifier)
    return finding(verdict, (stated, part, total))


def _is_close(sentence: Sentence, share: Pair, total: Figure) -> bool:
    computed = rate(sentence.figures[share.part].value, total.value)
    return computed is not None and abs(computed - sentence.figures[share.whole].value) <= FARTHEST


def _question(sentence: Sentence, told: list[Pair], total: Figure) -> Finding:
    stated, first = sentence.figures[told[0].whole], sentence.figures[told[0].part]
    computed = rate(first.value, total.value)
    shown = percent(computed) if computed is not None else ""
    message = (
        f"Các phần cộng đúng {write(total.value)} nhưng cả {len(told)} tỷ lệ đều lệch "
        f"(nêu {write(stated.value)}%, tính trên {write(total.value)} là {shown}). Mẫu số là gì?"
    )
    involved = [total, *(sentence.figures[place] for share in told for place in (share.part, share.whole))]
    spans = tuple(sorted((figure.start, figure.end) for figure in involved))
    return Finding("denominator", message, stated.value, computed, spans)


def _slip(sentence: Sentence, share: Pair, wholes: list[int]) -> Iterator[Finding]:
    """A single rate is reported only where one wrong digit explains it; of several wholes only a digit of the rate."""
    stated, part = sentence.figures[share.whole], sentence.figures[share.part]
    for whole in wholes:
        total = sentence.figures[whole]
        plain = part.unit is not None and same_unit(part, total) and not part.qualifier and not total.qualifier
        slipped = explained_by_one_digit(stated, part, total) if len(wholes) == 1 else _is_misread(stated, part, total)
        if plain and slipped:
            yield _wrong(sentence, share, total)
            return


def _is_misread(stated: Figure, part: Figure, total: Figure) -> bool:
    digits = -int(stated.value.as_tuple().exponent)
    computed = rate(part.value, total.value, digits) if digits > 0 else None
    return computed is not None and one_digit_apart(int(stated.value.scaleb(digits)), int(computed.scaleb(digits)))
