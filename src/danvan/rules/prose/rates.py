"""`a/b, đạt x%`: holds a stated percentage against the two terms it belongs to."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from danvan.rules.figures import Verdict, check_rate, interval
from danvan.rules.numbers import numeral, write
from danvan.rules.prose.figure import Figure, Finding
from danvan.rules.prose.pairs import can_pair, in_pair, pairs, says_change, says_rate
from danvan.rules.prose.passage import Pair, Sentence, is_share, one_digit_apart, same_unit

_TOTAL = re.compile(r"tổng số(?: [^\W\d_]+){0,4} ?(?:là )?$")
_OF_TOTAL = re.compile(r" ?(?:(?:trên|trong|so với|của) )?tổng số(?: [^\W\d_]+){0,4} ?(?:là )?")
_BREAKS = re.compile(r"trong đó|còn lại|so với|cùng kỳ|riêng|ngoài ra|trong số|#")
_LEADS_TO_PAIR = re.compile(r"[^\d,.;:()#]{0,50}[,:]? ?\(? ?[^\d,.;:()#]{0,40}")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_COMPARED = re.compile(r" ?(?:kế hoạch|chỉ tiêu|dự toán|nghị quyết|so với|so cùng|cùng kỳ|mục tiêu)")
_PLAIN_LINK = re.compile(
    r"(?:.*(?:[,;:(=|]| [–-]) ?|(?!.*(?:^| )(?:có|còn|mà|với) )(?: ?[^\W\d_][\w-]*){0,8}? ?)"
    r"(?:(?:đã|đạt|chiếm|bằng|tương đương|tương ứng|hoàn thành|tỷ lệ|là|với|tức|=|giải quyết|chung|xong|thành|đúng hạn"
    r"|bình quân|hơn|gần|khoảng|trên) ?)*"
)


def check_rates(sentences: Sequence[Sentence]) -> Iterator[Finding]:
    previous: Sentence | None = None
    for sentence in sentences:
        taken: set[Pair] = set()
        for place, figure in enumerate(sentence.figures):
            if is_share(figure) and (pair := pair_of(sentence, place, taken)):
                taken.add(pair)
                yield from _held(sentence, place, pair)
        if previous is not None:
            yield from _next_sentence(previous, sentence)
        previous = sentence


def pair_of(sentence: Sentence, place: int, taken: set[Pair]) -> Pair | None:
    """The pair a percentage tells the rate of: right before it, right after it, or part and total."""
    if says_change(sentence, place):
        return None
    if not says_rate(sentence, place):
        return _pair_after(sentence, place)
    before = sentence.previous(place)
    for pair in pairs(sentence):
        if pair.whole == before and pair not in taken and not _BREAKS.search(sentence.between(pair.whole, place)):
            return pair
    return _pair_after(sentence, place) or _part_and_total(sentence, place)


def _pair_after(sentence: Sentence, place: int) -> Pair | None:
    """`đạt 91,67% (11/12 xã)`, `tỷ lệ 97,13%, tương ứng 8.328/8.574 đơn`."""
    pair = next((pair for pair in pairs(sentence) if pair.part == place + 1), None)
    gap = sentence.gaps[place + 1] if pair else ""
    if pair is None or not _LEADS_TO_PAIR.fullmatch(gap):
        return None
    return pair if re.search(r"[(:]|tương ứng|tương đương|tức|với ?$", gap) else None


def _part_and_total(sentence: Sentence, place: int) -> Pair | None:
    """`trong tổng số 264 đơn, đã giải quyết 235 đơn, đạt 89%`; `120 hộ, chiếm 5,2% tổng số 2.300 hộ`."""
    part = sentence.previous(place)
    if part is None or is_share(sentence.figures[part]) or _BREAKS.search(sentence.between(part, place)):
        return None
    if in_pair(sentence, part):
        return None
    if place + 1 < len(sentence) and _OF_TOTAL.fullmatch(sentence.gaps[place + 1]):
        return Pair(part, place + 1) if can_pair(sentence.figures[part], sentence.figures[place + 1]) else None
    wholes = [other for other in range(part) if _TOTAL.search(sentence.gaps[other]) and _fits_in(sentence, part, other)]
    return Pair(part, wholes[0]) if len(wholes) == 1 else None


def _fits_in(sentence: Sentence, part: int, whole: int) -> bool:
    one, other = sentence.figures[part], sentence.figures[whole]
    return can_pair(one, other) and one.value <= other.value


def _next_sentence(previous: Sentence, sentence: Sentence) -> Iterator[Finding]:
    """A sentence that opens with the rate of the pair the one before ended with."""
    last = pairs(previous)[-1:]
    if not last or last[0].whole != len(previous) - 1 or not is_share(sentence.figures[0]):
        return
    if re.fullmatch(r" ?(?:đạt|chiếm|bằng)(?: tỷ lệ)? ?", sentence.gaps[0]):
        joined = Sentence(
            [*previous.figures, sentence.figures[0]],
            [*previous.gaps[:-1], ", đạt ", sentence.gaps[1]],
            [*previous.brackets, previous.brackets[-1]],
        )
        yield from _held(joined, len(previous), last[0])


def _held(sentence: Sentence, place: int, pair: Pair) -> Iterator[Finding]:
    stated, part, whole = (sentence.figures[each] for each in (place, pair.part, pair.whole))
    verdict = check_rate(stated.value, part.value, whole.value, qualifier=stated.qualifier)
    if verdict.ok or _within_reach(stated, part, whole):
        return
    if _is_loose(sentence, place, pair) and not explained_by_one_digit(stated, part, whole):
        return
    yield finding(verdict, (stated, part, whole), _odd_term(sentence, stated, pair))


def _is_loose(sentence: Sentence, place: int, pair: Pair) -> bool:
    """Whether the percentage may speak of something else: of a plan, of other people, of what each part reached."""
    stated, whole = sentence.figures[place], sentence.figures[pair.whole]
    if _COMPARED.match(sentence.gaps[place + 1]):
        return True
    if place < pair.part:
        return False
    link = sentence.between(pair.whole, place)
    if not _PLAIN_LINK.fullmatch(link):
        return True
    spoken = whole.unit is not None and (stated.counted or "").removeprefix("số ").startswith(whole.unit.split(" ")[0])
    unpaused = not re.search(r"[,;:(=|]| [–-]", link)
    return (bool(stated.counted) and not spoken) or (unpaused and (stated.value == 100 or stated.qualifier is not None))


def explained_by_one_digit(stated: Figure, part: Figure, whole: Figure) -> bool:
    """Whether one wrong digit, in the rate or in a term, accounts for it. Whole percentages are too coarse to say."""
    if int(stated.value.as_tuple().exponent) >= 0 or stated.qualifier:
        return False
    rates = ((value, part.value, whole.value) for value in _variants(stated))
    parts = ((stated.value, value, whole.value) for value in _variants(part))
    wholes = ((stated.value, part.value, value) for value in _variants(whole))
    return any(three[2] and _is_exact(check_rate(*three)) for group in (rates, parts, wholes) for three in group)


def _is_exact(verdict: Verdict) -> bool:
    return verdict.ok and not verdict.rounded


def _variants(figure: Figure) -> Iterator[Decimal]:
    """The values the figure has with one of its digits, as written, replaced by another."""
    digits = _DIGITS.match(figure.text)
    plain = digits is not None and numeral(digits[0]) == figure.value
    written = digits[0] if digits is not None and plain else write(figure.value)
    for place, char in enumerate(written):
        if char.isdigit():
            others = (written[:place] + other + written[place + 1 :] for other in "0123456789" if other != char)
            yield from (value for other in others if (value := numeral(other)) is not None)


def _within_reach(stated: Figure, part: Figure, whole: Figure) -> bool:
    """With hơn, gần, khoảng on a term the rate can be anything between the extremes."""
    if not ({part.qualifier, whole.qualifier} - {None, "trên"}):
        return False
    parts, wholes = interval(part.value, part.qualifier), interval(whole.value, whole.qualifier)
    meant = interval(stated.value, stated.qualifier or "khoảng")
    high = None if parts.high is None or not wholes.low else parts.high * 100 / wholes.low
    low = parts.low * 100 / wholes.high if wholes.high else Decimal(0)
    return (high is None or meant.low <= high) and (meant.high is None or low <= meant.high)


def _odd_term(sentence: Sentence, stated: Figure, pair: Pair) -> str:
    """Names the term that looks mistyped: another figure of the sentence, one digit away, would make the rate right."""
    part, whole = sentence.figures[pair.part], sentence.figures[pair.whole]
    for other in sentence.figures:
        if other is whole or not same_unit(other, whole) or not one_digit_apart(int(other.value), int(whole.value)):
            continue
        if check_rate(stated.value, part.value, other.value).ok:
            return f" Với {write(other.value)} (nêu ở chỗ khác) thì đúng; kiểm tra lại số {write(whole.value)}."
    return ""


def finding(verdict: Verdict, figures: Sequence[Figure], hint: str = "") -> Finding:
    spans = tuple(sorted((figure.start, figure.end) for figure in figures))
    return Finding("rate", verdict.message + hint, verdict.stated, verdict.computed, spans)
