"""What can happen to a commitment, in one table.

A commitment is owed BY a unit, TO someone, UNTIL a moment, for a reason. Its ledger is a list of steps; state, clock,
buttons, timeline, audit and statistics are read off the ledger. Validation, the API's `next`, the diagram in the
documentation and the random walks of the tests all come from `MOVES`.

There are two tracks. A plain commitment ends with an answer that its asker confirms or disputes. A formal one is a
stage of a procedure laid down by law: it ends with an act of the office, against which the law gives remedies of its
own. The first step decides: `open` begins a plain one, `lodge` the first stage of a procedure, `begin` every later
stage, `take-up` the first one at a unit to which another transferred it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from danvan.rules.clock import Extension, Pause


class State(StrEnum):
    NEW = "new"
    OPEN = "open"
    PAUSED = "paused"
    SUSPENDED = "suspended"
    ANSWERED = "answered"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    DONE = "done"
    SETTLED = "settled"
    TERMINATED = "terminated"


RUNNING = frozenset({State.OPEN, State.PAUSED, State.SUSPENDED})
REPLACED = frozenset({State.DISPUTED, State.DONE})
"""Ended, and another commitment stands for the same thing from then on."""
FINAL = REPLACED | {
    State.CONFIRMED,
    State.LAPSED,
    State.WITHDRAWN,
    State.CANCELLED,
    State.SETTLED,
    State.TERMINATED,
}
STATE_NAMES = {
    State.NEW: "mới lập",
    State.OPEN: "đang giải quyết",
    State.PAUSED: "chờ người dân bổ sung",
    State.SUSPENDED: "tạm đình chỉ",
    State.ANSWERED: "đã trả lời, chờ xác nhận",
    State.CONFIRMED: "người dân đồng ý",
    State.DISPUTED: "người dân chưa đồng ý",
    State.LAPSED: "hết hạn xác nhận",
    State.WITHDRAWN: "người dân rút",
    State.CANCELLED: "đã hủy",
    State.DONE: "đã xong bước này",
    State.SETTLED: "đã giải quyết theo thủ tục",
    State.TERMINATED: "đã đình chỉ",
}


class Actor(StrEnum):
    """In what capacity somebody acts on a commitment."""

    CLERK = "clerk"
    HOLDER = "holder"
    SUPERVISOR = "supervisor"
    ASKER = "asker"
    SYSTEM = "system"


ACTOR_NAMES = {
    Actor.CLERK: "nơi tiếp nhận",
    Actor.HOLDER: "đơn vị giải quyết",
    Actor.SUPERVISOR: "cấp có thẩm quyền",
    Actor.ASKER: "người gửi",
    Actor.SYSTEM: "hệ thống",
}


class Effect(StrEnum):
    """What a move does to the clock."""

    KEEP = "keep"
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    EXTEND = "extend"
    RETIME = "retime"


class Track(StrEnum):
    PLAIN = "plain"
    FORMAL = "formal"


@dataclass(frozen=True)
class Move:
    """One row of the table. `target` None leaves the state as it is; `needs` names what the step must carry; `track`
    None belongs to both tracks.
    """

    verb: str
    label: str
    done: str
    sources: frozenset[State]
    target: State | None
    by: frozenset[Actor]
    effect: Effect = Effect.KEEP
    needs: frozenset[str] = frozenset()
    track: Track | None = None


def _move(
    verb: str, label: str, done: str, sources: str, target: str, by: str, effect: str = "keep", needs: str = ""
) -> Move:
    return Move(
        verb,
        label,
        done,
        frozenset(State(s) for s in sources.split()),
        State(target) if target else None,
        frozenset(Actor(a) for a in by.split()),
        Effect(effect),
        frozenset(needs.split()),
    )


def _plain(*row: str) -> Move:
    return replace(_move(*row), track=Track.PLAIN)


def _formal(*row: str) -> Move:
    return replace(_move(*row), track=Track.FORMAL)


MOVES: dict[str, Move] = {
    move.verb: move
    for move in (
        _plain("open", "Tiếp nhận", "Đã tiếp nhận", "new", "open", "clerk asker system", "start"),
        _formal("lodge", "Thụ nhận đơn", "Đã tiếp nhận đơn", "new", "open", "clerk asker system", "start"),
        _formal("begin", "Bước tiếp theo", "Bắt đầu bước tiếp theo", "new", "open", "clerk asker system", "start"),
        _formal("take-up", "Nhận đơn chuyển đến", "Đã nhận đơn chuyển đến", "new", "open", "clerk system", "start"),
        _move("accept", "Nhận giải quyết", "Đã nhận giải quyết", "open", "", "holder"),
        _plain("hand-over", "Chuyển đơn vị khác", "Đã chuyển đơn vị khác", "open paused", "", "holder supervisor",
               "keep", "unit text"),
        _formal("transfer", "Chuyển nơi có thẩm quyền", "Đã chuyển nơi có thẩm quyền", "open", "done",
                "holder supervisor", "stop", "text"),
        _move("take-over", "Kế tiếp", "Đơn vị kế tiếp tiếp quản", "open paused suspended answered", "", "system",
              "keep", "unit text"),
        _plain("ask", "Hỏi thêm người gửi", "Đã hỏi thêm người gửi", "open", "paused", "holder", "pause", "text"),
        _move("add", "Bổ sung", "Đã bổ sung thông tin", "open suspended", "", "asker clerk", "keep", "text"),
        _plain("reply", "Trả lời câu hỏi", "Đã bổ sung theo câu hỏi", "paused", "open", "asker clerk", "resume",
               "text"),
        _plain("resume", "Thôi chờ", "Thôi chờ, tiếp tục giải quyết", "paused", "open", "holder system", "resume",
               "text"),
        _formal("record", "Ghi việc đã làm", "Đã ghi việc đã làm", "open suspended", "", "holder", "keep", "text"),
        _formal("suspend", "Tạm đình chỉ", "Đã tạm đình chỉ", "open", "suspended", "supervisor", "pause", "text"),
        _formal("continue", "Tiếp tục giải quyết", "Đã tiếp tục giải quyết", "suspended", "open", "supervisor",
                "resume", "text"),
        _move("extend", "Gia hạn", "Đã gia hạn", "open", "", "supervisor", "extend", "days text"),
        _move("re-date", "Tính lại hạn", "Đã tính lại hạn", "open paused suspended", "", "system supervisor", "retime",
              "text"),
        _formal("re-base", "Áp dụng quy định khác", "Đã chuyển sang áp dụng quy định khác", "open", "done",
                "supervisor", "stop", "text"),
        _move("urge", "Đôn đốc", "Đã đôn đốc", "open paused suspended", "", "supervisor", "keep", "text"),
        _plain("answer", "Trả lời", "Đã trả lời", "open", "answered", "holder", "stop", "text"),
        _plain("confirm", "Đồng ý", "Người gửi đồng ý", "answered", "confirmed", "asker supervisor"),
        _plain("dispute", "Chưa đồng ý", "Người gửi chưa đồng ý", "answered", "disputed", "asker", "keep", "text"),
        _plain("lapse", "Hết hạn xác nhận", "Hết hạn xác nhận", "answered", "lapsed", "system"),
        _formal("fulfil", "Xong bước này", "Đã xong bước này", "open", "done", "holder", "stop", "text"),
        _formal("settle", "Giải quyết xong", "Đã giải quyết theo thủ tục", "open", "settled", "holder", "stop", "text"),
        _formal("terminate", "Đình chỉ", "Đã đình chỉ", "open suspended", "terminated", "supervisor", "stop", "text"),
        _formal("retract", "Ghi nhận rút đơn", "Đã ghi nhận rút đơn", "open suspended", "withdrawn", "holder", "stop",
                "text"),
        _plain("withdraw", "Rút", "Người gửi đã rút", "open paused answered", "withdrawn", "asker", "stop", "text"),
        _move("cancel", "Hủy", "Đã hủy", "open paused suspended", "cancelled", "supervisor", "stop", "text"),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One line of a ledger as the rules see it. `unit` is the receiving unit of a hand-over, opaque here."""

    verb: str
    on: date
    by: Actor
    text: bool = False
    unit: str = ""
    days: int = 0

    def carries(self) -> frozenset[str]:
        given = {"text": self.text, "unit": bool(self.unit), "days": self.days > 0}
        return frozenset(name for name, there in given.items() if there)


@dataclass(frozen=True)
class Standing:
    """Where a commitment stands after its steps. Days are Vietnamese calendar days.

    `track`: given by the first step.
    `accepted`: the day on which the present holder first did something with it, be it only accepting it; a stage that
    began with an act of the holder is taken up with it.
    """

    state: State = State.NEW
    started: date | None = None
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()
    stopped: date | None = None
    ended: date | None = None
    last: date | None = None
    holder: str = ""
    hops: int = 0
    accepted: date | None = None
    track: Track = Track.PLAIN


class NotAllowed(ValueError):
    """The table has no such move from here for this actor; `sentence` says so in Vietnamese."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def apply(standing: Standing, step: Step) -> Standing:
    """The standing after one more step; refuses unknown verbs, wrong states, wrong actors and missing parts."""
    move = MOVES.get(step.verb)
    if move is None:
        raise NotAllowed(f"Không có bước “{step.verb}”.")
    if standing.state is not State.NEW and not on_track(move, standing.track):
        raise NotAllowed(f"“{move.label}” không thuộc {TRACK_NAMES[standing.track]}.")
    if standing.state not in move.sources:
        raise NotAllowed(f"Không thể “{move.label}” khi việc ở trạng thái “{STATE_NAMES[standing.state]}”.")
    if step.by not in move.by:
        raise NotAllowed(f"{ACTOR_NAMES[step.by].capitalize()} không được “{move.label}”.")
    if missing := move.needs - step.carries():
        raise NotAllowed(f"“{move.label}” còn thiếu: {', '.join(_NEED_NAMES[name] for name in sorted(missing))}.")
    if standing.last is not None and step.on < standing.last:
        raise NotAllowed("Bước mới không thể có ngày trước bước liền trước.")
    return _clocked(_moved(standing, move, step), move, step)


TRACK_NAMES = {
    Track.PLAIN: "việc trả lời thường",
    Track.FORMAL: "thủ tục giải quyết đơn",
}


def on_track(move: Move, track: Track) -> bool:
    return move.track in {None, track}


_NEED_NAMES = {"text": "nội dung hoặc lý do", "unit": "đơn vị nhận", "days": "số ngày"}


def _moved(standing: Standing, move: Move, step: Step) -> Standing:
    target = move.target or standing.state
    changed_hands = bool(step.unit) and step.unit != standing.holder
    begun = step.verb == "begin"
    touched = step.on if begun or step.by is Actor.HOLDER else None
    return replace(
        standing,
        state=target,
        last=step.on,
        ended=step.on if target in FINAL else None,
        holder=step.unit or standing.holder,
        hops=standing.hops + (step.verb == "hand-over" and changed_hands),
        accepted=None if changed_hands and not begun else standing.accepted or touched,
        track=move.track or standing.track if State.NEW in move.sources else standing.track,
    )


def _clocked(standing: Standing, move: Move, step: Step) -> Standing:
    match move.effect:
        case Effect.START:
            return replace(standing, started=step.on)
        case Effect.PAUSE:
            return replace(standing, pauses=(*standing.pauses, Pause(step.on, None)))
        case Effect.RESUME:
            return replace(standing, pauses=_closed(standing.pauses, step.on))
        case Effect.EXTEND:
            return replace(standing, extensions=(*standing.extensions, Extension(step.days, "")))
        case Effect.STOP:
            stopped = standing.stopped or step.on
            return replace(standing, stopped=stopped, pauses=_closed(standing.pauses, step.on))
        case _:
            return standing


def _closed(pauses: tuple[Pause, ...], on: date) -> tuple[Pause, ...]:
    """Ends the running pause; one that began the same day counts no day and is dropped."""
    if not pauses or pauses[-1].end is not None:
        return pauses
    if pauses[-1].start == on:
        return pauses[:-1]
    return (*pauses[:-1], Pause(pauses[-1].start, on))


def fold(steps: Iterable[Step]) -> Standing:
    standing = Standing()
    for step in steps:
        standing = apply(standing, step)
    return standing


def choices(standing: Standing, actors: Iterable[Actor]) -> list[Move]:
    """What these actors may do now, in the order of the table: the buttons, and the API's `next`."""
    those = frozenset(actors)
    return [
        move
        for move in MOVES.values()
        if standing.state in move.sources - {State.NEW} and move.by & those and on_track(move, standing.track)
    ]


def diagram() -> str:
    """A Mermaid state diagram of the whole table."""
    lines = [
        f"    {source} --> {move.target or source}: {move.verb}"
        for move in MOVES.values()
        for source in sorted(move.sources)
    ]
    return "\n".join(["stateDiagram-v2", *lines, ""])
