"""What must hold between figures, as data: checked when a sheet is looked at and again when it is signed."""

from collections.abc import Mapping
from dataclasses import dataclass

from danvan.rules.numbers import write

Values = Mapping[str, int]


@dataclass(frozen=True)
class Identity:
    """The sum on the left equals the sum on the right, or with `at_most` does not exceed it. A part nobody counted
    makes the identity silent: unknown is not zero.
    """

    key: str
    sentence: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    at_most: bool = False

    def broken(self, values: Values) -> str:
        """Why it does not hold, in one sentence with both sums; empty where it holds or cannot be told."""
        if any(name not in values for name in (*self.left, *self.right)):
            return ""
        left, right = (sum(values[name] for name in side) for side in (self.left, self.right))
        if left == right or (self.at_most and left < right):
            return ""
        sign = ">" if self.at_most else "≠"
        return f"{self.sentence}: {_sum(values, self.left)} {sign} {_sum(values, self.right)}."


@dataclass(frozen=True)
class CarryOver:
    """What is carried into a period is what was left at the end of the one before."""

    key: str
    sentence: str
    opening: str
    closing: str


def _sum(values: Values, names: tuple[str, ...]) -> str:
    parts = [write(values[name]) for name in names]
    total = write(sum(values[name] for name in names))
    return total if len(parts) == 1 else f"{' + '.join(parts)} = {total}"


def _flow(group: str) -> tuple[Identity, ...]:
    def of(*names: str) -> tuple[str, ...]:
        return tuple(f"{group}.{name}" for name in names)

    return (
        Identity(f"{group}.balance",
                 "Chuyển sang + tiếp nhận + nhận chuyển đến = đã trả lời + rút, hủy + chuyển đi + chuyển kỳ sau",
                 of("carried", "received", "handed-in"), of("answered", "dropped", "handed-out", "unresolved")),
        Identity(f"{group}.timeliness", "Đúng hạn + quá hạn = đã trả lời", of("on-time", "late"), of("answered")),
    )  # fmt: skip


IDENTITIES: tuple[Identity, ...] = (
    *_flow("opinions"),
    *_flow("petitions"),
    *_flow("reviews"),
    Identity("petitions.kinds", "Phản ánh + kiến nghị + khiếu nại + tố cáo = tiếp nhận trong kỳ",
             ("petitions.reflection", "petitions.recommendation", "petitions.complaint", "petitions.denunciation"),
             ("petitions.received",)),
    Identity("meetings.part", "Trả lời ngay tại buổi không vượt số ý kiến tại các buổi",
             ("meetings.on-the-spot",), ("meetings.opinions",), at_most=True),
    Identity("receptions.part", "Số đoàn đông người không vượt số lượt tiếp",
             ("receptions.groups",), ("receptions.turns",), at_most=True),
    Identity("receptions.persons", "Số lượt tiếp không vượt số người được tiếp",
             ("receptions.turns",), ("receptions.persons",), at_most=True),
)  # fmt: skip

CARRY_OVERS: tuple[CarryOver, ...] = tuple(
    CarryOver(f"{group}.carry-over", "Kỳ trước chuyển sang = chưa trả lời cuối kỳ trước", f"{group}.carried",
              f"{group}.unresolved")
    for group in ("opinions", "petitions", "reviews")
)  # fmt: skip
