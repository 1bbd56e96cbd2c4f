"""The arithmetic a report must satisfy. Nothing here corrects a figure: both numbers are stated and a person decides.

A rate is never stored in danvan; where one is *stated* (typed, imported, printed) it is held against its terms.
Half-up rounding is right; cutting the digits off instead is tolerated (`rounded`), more than that is wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from danvan.rules.numbers import percent, round_half_up, write

NEAR = Decimal("0.05")
OVER = Decimal("0.10")

_ABOVE = {"hơn", "trên", "quá", "vượt", "ngoài"}
_BELOW_NEAR = {"gần", "ngót", "suýt soát"}
_AROUND = {"khoảng", "chừng", "xấp xỉ", "ước", "ước đạt", "ước khoảng", "trên dưới", "khoảng chừng", "tầm", "cỡ", "độ"}
_AT_LEAST = {"ít nhất", "tối thiểu", "không dưới", "không ít hơn", "trở lên"}
_AT_MOST = {
    "dưới",
    "tối đa",
    "không quá",
    "chưa đến",
    "chưa tới",
    "chưa đầy",
    "nhiều nhất",
    "trở xuống",
    "không vượt quá",
}


@dataclass(frozen=True)
class Verdict:
    """`rounded` marks a stated figure that was cut off rather than rounded; it is still `ok`."""

    rule: str
    ok: bool
    message: str
    stated: Decimal
    computed: Decimal | None
    rounded: bool = False


@dataclass(frozen=True)
class Interval:
    """Closed on both sides; `high` None means no upper bound."""

    low: Decimal
    high: Decimal | None

    def holds(self, value: Decimal) -> bool:
        return self.low <= value and (self.high is None or value <= self.high)

    def meets(self, other: "Interval") -> bool:
        return (other.high is None or self.low <= other.high) and (self.high is None or other.low <= self.high)


def interval(value: Decimal, qualifier: str | None) -> Interval:
    """What a qualified figure can mean by convention: `gần` 5% down, `hơn` and `trên` 10% up, `khoảng` 5% both ways."""
    word = (qualifier or "").lower()
    if word in _ABOVE:
        return Interval(value, value * (1 + OVER))
    if word in _BELOW_NEAR:
        return Interval(value * (1 - NEAR), value)
    if word in _AROUND:
        return Interval(value * (1 - NEAR), value * (1 + NEAR))
    if word in _AT_LEAST:
        return Interval(value, None)
    if word in _AT_MOST:
        return Interval(Decimal(0), value)
    return Interval(value, value)


def rate(part: Decimal | int, whole: Decimal | int, digits: int = 2) -> Decimal | None:
    """`part`/`whole` in percent, half up; None where there is nothing to divide by."""
    return round_half_up(Decimal(part) * 100 / Decimal(whole), digits) if whole else None


def check_rate(stated: Decimal, part: Decimal, whole: Decimal, *, qualifier: str | None = None) -> Verdict:
    """Holds a stated percentage against its two terms, at the decimals it was stated with."""
    digits = _decimals(stated)
    computed = rate(part, whole, digits)
    if computed is None:
        message = f"Nêu {percent(stated, digits)} nhưng mẫu số bằng 0 nên không có tỷ lệ."
        return Verdict("rate", False, message, stated, None)
    exact = part * 100 / whole
    ok, rounded = _fits(stated, exact, digits, qualifier)
    shown = rate(part, whole, max(digits, 2)) or computed
    message = f"Nêu {_stated(stated, qualifier)} nhưng {write(part)}/{write(whole)} = {percent(shown, None)}."
    return Verdict("rate", ok, "" if ok else message, stated, computed if digits else shown, rounded)


def _fits(stated: Decimal, exact: Decimal, digits: int, qualifier: str | None) -> tuple[bool, bool]:
    if qualifier and interval(stated, qualifier).holds(exact):
        return True, False
    if round_half_up(exact, digits) == stated and (digits or not qualifier):
        return True, False
    if qualifier:
        return False, False
    step, distance = Decimal(1).scaleb(-digits), stated - exact
    cut_off = -step < distance < (step if digits else 0)
    return cut_off, cut_off


def _stated(value: Decimal, qualifier: str | None) -> str:
    return f"{qualifier} {percent(value, _decimals(value))}" if qualifier else percent(value, _decimals(value))


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def check_sum(total: Decimal, parts: Sequence[Decimal], *, unit: str = "") -> Verdict:
    """A whole against parts that are said to make it up."""
    computed = sum(parts, Decimal(0))
    sum_shown = " + ".join(write(part) for part in parts)
    message = f"Nêu tổng {_with(total, unit)} nhưng các phần cộng lại {sum_shown} = {write(computed)}."
    return Verdict("sum", computed == total, "" if computed == total else message, total, computed)


def child_not_above_parent(child: Decimal, parent: Decimal, *, unit: str = "") -> Verdict:
    """A part (`trong đó`) cannot exceed what it is part of."""
    message = f"Phần {_with(child, unit)} lớn hơn tổng {_with(parent, unit)}."
    return Verdict("part", child <= parent, "" if child <= parent else message, child, parent)


def check_carry_over(opening: Decimal, received: Decimal, resolved: Decimal, closing: Decimal) -> Verdict:
    """Tồn đầu kỳ + tiếp nhận − đã giải quyết = tồn cuối kỳ."""
    computed = opening + received - resolved
    ok = computed == closing
    sum_shown = f"{write(opening)} + {write(received)} − {write(resolved)} = {write(computed)}"
    message = f"Nêu tồn cuối kỳ {write(closing)} nhưng {sum_shown}."
    return Verdict("carry", ok, "" if ok else message, closing, computed)


def check_difference(stated: Decimal, now: Decimal, before: Decimal, *, unit: str = "") -> Verdict:
    """`tăng/giảm N so với M`: the size of the change, whatever its direction."""
    computed = abs(now - before)
    high, low = max(now, before), min(now, before)
    message = f"Nêu chênh lệch {_with(stated, unit)} nhưng {write(high)} − {write(low)} = {write(computed)}."
    return Verdict("change", computed == stated, "" if computed == stated else message, stated, computed)


def check_growth(stated: Decimal, now: Decimal, before: Decimal, *, qualifier: str | None = None) -> Verdict:
    """`tăng/giảm x% so với cùng kỳ`: the change over the earlier figure."""
    digits = _decimals(stated)
    if not before:
        return Verdict("change", False, f"Nêu {percent(stated, digits)} nhưng kỳ trước bằng 0.", stated, None)
    exact = abs(now - before) * 100 / before
    ok, rounded = _fits(stated, exact, digits, qualifier)
    shown = percent(round_half_up(exact, max(digits, 2)), None)
    verb = "tăng" if now >= before else "giảm"
    message = f"Nêu {_stated(stated, qualifier)} nhưng từ {write(before)} đến {write(now)} {verb} {shown}."
    return Verdict("change", ok, "" if ok else message, stated, round_half_up(exact, max(digits, 2)), rounded)


def check_times(stated: Decimal, now: Decimal, before: Decimal) -> Verdict:
    """`tăng 2,3 lần (10.302/4.429)`: usually now over before; the added multiples are accepted too."""
    digits = _decimals(stated)
    if not before:
        return Verdict("change", False, f"Nêu {write(stated)} lần nhưng kỳ trước bằng 0.", stated, None)
    ratio = now / before
    ok = any(_fits(stated, meant, digits, None)[0] for meant in (ratio, ratio - 1, before / now if now else ratio))
    computed = round_half_up(ratio, max(digits, 2))
    message = f"Nêu {write(stated)} lần nhưng {write(now)}/{write(before)} = {write(computed)} lần."
    return Verdict("change", ok, "" if ok else message, stated, computed)


def _with(value: Decimal, unit: str) -> str:
    return f"{write(value)}%" if unit == "%" else f"{write(value)} {unit}".rstrip()
