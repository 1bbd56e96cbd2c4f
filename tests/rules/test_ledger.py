from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.rules import clock, ledger
from danvan.rules.calendar import shipped
from danvan.rules.clock import Extension, Pause
from danvan.rules.ledger import (
    ACTOR_NAMES,
    FINAL,
    MOVES,
    STATE_NAMES,
    Actor,
    NotAllowed,
    Standing,
    State,
    Step,
    Track,
)

CLERK, HOLDER, SUPERVISOR, ASKER, SYSTEM = Actor
DAY = date(2026, 3, 2)


def step(verb: str, day: int, by: Actor, *, unit: str = "", days: int = 0) -> Step:
    return Step(verb, DAY + timedelta(days=day), by, text=True, unit=unit, days=days)


def opened(*steps: Step) -> Standing:
    return ledger.fold([step("open", 0, CLERK, unit="xã Bình An"), *steps])


def lodged(*steps: Step) -> Standing:
    return ledger.fold([step("lodge", 0, CLERK, unit="xã Bình An"), *steps])


PLACES = [
    (Track.PLAIN, state)
    for state in (
        State.NEW, State.OPEN, State.PAUSED, State.ANSWERED, State.CONFIRMED, State.DISPUTED, State.LAPSED,
        State.WITHDRAWN, State.CANCELLED,
    )
] + [
    (Track.FORMAL, state)
    for state in (
        State.OPEN, State.SUSPENDED, State.WITHDRAWN, State.CANCELLED, State.DONE, State.SETTLED, State.TERMINATED
    )
]  # fmt: skip
"""Where a commitment can stand, by track."""


def standing_at(track: Track, state: State) -> Standing:
    if track is Track.PLAIN:
        return standing_in(state)
    ways = {
        State.OPEN: lodged(),
        State.SUSPENDED: lodged(step("suspend", 3, SUPERVISOR)),
        State.WITHDRAWN: lodged(step("retract", 2, HOLDER)),
        State.CANCELLED: lodged(step("cancel", 2, SUPERVISOR)),
        State.DONE: lodged(step("fulfil", 2, HOLDER)),
        State.SETTLED: lodged(step("settle", 2, HOLDER)),
        State.TERMINATED: lodged(step("terminate", 2, SUPERVISOR)),
    }
    return ways[state]


def standing_in(state: State) -> Standing:
    answered = step("answer", 9, HOLDER)
    ways = {
        State.NEW: ledger.fold([]),
        State.OPEN: opened(),
        State.PAUSED: opened(step("ask", 3, HOLDER)),
        State.ANSWERED: opened(answered),
        State.CONFIRMED: opened(answered, step("confirm", 10, ASKER)),
        State.DISPUTED: opened(answered, step("dispute", 10, ASKER)),
        State.LAPSED: opened(answered, step("lapse", 40, SYSTEM)),
        State.WITHDRAWN: opened(step("withdraw", 2, ASKER)),
        State.CANCELLED: opened(step("cancel", 2, SUPERVISOR)),
    }
    return ways[state]


# ------------------------------------------------------------------ who may do what, when

FORMAL_TABLE = {
    (State.OPEN, HOLDER): ["accept", "transfer", "record", "fulfil", "settle", "retract"],
    (State.OPEN, CLERK): ["add"],
    (State.OPEN, ASKER): ["add"],
    (State.OPEN, SUPERVISOR): ["transfer", "suspend", "extend", "re-date", "re-base", "urge", "terminate", "cancel"],
    (State.OPEN, SYSTEM): ["take-over", "re-date"],
    (State.SUSPENDED, HOLDER): ["record", "retract"],
    (State.SUSPENDED, CLERK): ["add"],
    (State.SUSPENDED, ASKER): ["add"],
    (State.SUSPENDED, SUPERVISOR): ["continue", "re-date", "urge", "terminate", "cancel"],
    (State.SUSPENDED, SYSTEM): ["take-over", "re-date"],
}
TABLE = {
    (State.OPEN, HOLDER): ["accept", "hand-over", "ask", "answer"],
    (State.OPEN, CLERK): ["add"],
    (State.OPEN, ASKER): ["add", "withdraw"],
    (State.OPEN, SUPERVISOR): ["hand-over", "extend", "re-date", "urge", "cancel"],
    (State.OPEN, SYSTEM): ["take-over", "re-date"],
    (State.PAUSED, HOLDER): ["hand-over", "resume"],
    (State.PAUSED, CLERK): ["reply"],
    (State.PAUSED, ASKER): ["reply", "withdraw"],
    (State.PAUSED, SUPERVISOR): ["hand-over", "re-date", "urge", "cancel"],
    (State.PAUSED, SYSTEM): ["take-over", "resume", "re-date"],
    (State.ANSWERED, ASKER): ["confirm", "dispute", "withdraw"],
    (State.ANSWERED, SUPERVISOR): ["confirm"],
    (State.ANSWERED, SYSTEM): ["take-over", "lapse"],
}


@pytest.mark.parametrize(("track", "state"), PLACES)
@pytest.mark.parametrize("actor", Actor)
def test_everybody_may_do_exactly_what_the_table_says(track: Track, state: State, actor: Actor) -> None:
    offered = [move.verb for move in ledger.choices(standing_at(track, state), [actor])]
    assert offered == (TABLE if track is Track.PLAIN else FORMAL_TABLE).get((state, actor), [])


@pytest.mark.parametrize(("track", "state"), PLACES)
@pytest.mark.parametrize("actor", Actor)
def test_what_is_offered_is_what_is_accepted(track: Track, state: State, actor: Actor) -> None:
    standing = standing_at(track, state)
    accepted = [
        verb
        for verb, move in MOVES.items()
        if State.NEW not in move.sources and is_accepted(standing, step(verb, 99, actor, unit="x", days=5))
    ]
    assert accepted == [move.verb for move in ledger.choices(standing, [actor])]


def is_accepted(standing: Standing, one: Step) -> bool:
    try:
        ledger.apply(standing, one)
    except NotAllowed:
        return False
    return True


def test_somebody_in_two_capacities_is_offered_each_move_once_in_the_order_of_the_table() -> None:
    offered = [move.verb for move in ledger.choices(opened(), [SUPERVISOR, HOLDER])]
    assert offered == ["accept", "hand-over", "ask", "extend", "re-date", "urge", "answer", "cancel"]


def test_nobody_closes_their_own_promise_except_by_an_act_of_a_legal_procedure() -> None:
    closing = [move for move in MOVES.values() if move.target in FINAL and move.by & {HOLDER, CLERK}]
    assert {move.track for move in closing} == {Track.FORMAL}


def test_every_state_can_be_reached_on_the_track_it_belongs_to() -> None:
    assert all(standing_at(track, state).state is state for track, state in PLACES)
    assert {state for _track, state in PLACES} == set(State)


def test_the_first_step_decides_the_track_and_no_move_of_the_other_is_taken() -> None:
    assert (opened().track, lodged().track) == (Track.PLAIN, Track.FORMAL)
    with pytest.raises(NotAllowed, match="“Trả lời” không thuộc thủ tục giải quyết đơn"):
        ledger.apply(lodged(), step("answer", 1, HOLDER))
    with pytest.raises(NotAllowed, match="“Tạm đình chỉ” không thuộc việc trả lời thường"):
        ledger.apply(opened(), step("suspend", 1, SUPERVISOR))


def test_a_suspension_stops_the_clock_until_the_procedure_goes_on() -> None:
    standing = lodged(step("suspend", 3, SUPERVISOR), step("continue", 8, SUPERVISOR))
    assert (standing.state, standing.pauses) == (State.OPEN, (Pause(date(2026, 3, 5), date(2026, 3, 10)),))


def test_only_the_one_it_is_owed_to_says_that_it_is_not_settled() -> None:
    assert MOVES["dispute"].by == {ASKER}


@pytest.mark.parametrize(("track", "state"), [place for place in PLACES if place[1] in FINAL])
def test_an_ended_commitment_is_not_opened_again(track: Track, state: State) -> None:
    assert ledger.choices(standing_at(track, state), Actor) == []


@pytest.mark.parametrize(("track", "state"), [place for place in PLACES if place[1] not in FINAL | {State.NEW}])
def test_every_commitment_can_come_to_every_end_of_its_track(track: Track, state: State) -> None:
    seen, ahead = set(), {state}
    while ahead:
        here = ahead.pop()
        seen.add(here)
        moves = [move for move in MOVES.values() if ledger.on_track(move, track)]
        ahead |= {move.target or here for move in moves if here in move.sources} - seen
    ends = {end for on, end in PLACES if on is track and end in FINAL}
    assert seen & FINAL == ends - ({State.CANCELLED} if state is State.ANSWERED else set())


# ------------------------------------------------------------------ what is refused, and in which words


@pytest.mark.parametrize(
    ("before", "refused", "sentence"),
    [
        (State.OPEN, step("bury", 1, HOLDER), "Không có bước “bury”."),
        (State.NEW, step("answer", 1, HOLDER), "Không thể “Trả lời” khi việc ở trạng thái “mới lập”."),
        (State.OPEN, step("open", 1, CLERK), "Không thể “Tiếp nhận” khi việc ở trạng thái “đang giải quyết”."),
        (
            State.PAUSED,
            step("answer", 4, HOLDER),
            "Không thể “Trả lời” khi việc ở trạng thái “chờ người dân bổ sung”.",
        ),
        (
            State.CONFIRMED,
            step("dispute", 11, ASKER),
            "Không thể “Chưa đồng ý” khi việc ở trạng thái “người dân đồng ý”.",
        ),
        (State.OPEN, step("extend", 1, HOLDER, days=5), "Đơn vị giải quyết không được “Gia hạn”."),
        (State.ANSWERED, step("confirm", 10, HOLDER), "Đơn vị giải quyết không được “Đồng ý”."),
        (State.OPEN, Step("answer", DAY, HOLDER), "“Trả lời” còn thiếu: nội dung hoặc lý do."),
        (State.OPEN, step("extend", 1, SUPERVISOR), "“Gia hạn” còn thiếu: số ngày."),
        (State.OPEN, step("extend", 1, SUPERVISOR, days=-5), "“Gia hạn” còn thiếu: số ngày."),
        (
            State.OPEN,
            Step("hand-over", DAY, HOLDER),
            "“Chuyển đơn vị khác” còn thiếu: nội dung hoặc lý do, đơn vị nhận.",
        ),
        (State.PAUSED, step("reply", 2, ASKER), "Bước mới không thể có ngày trước bước liền trước."),
    ],
)
def test_a_step_that_the_table_does_not_have_is_refused_in_a_sentence(
    before: State, refused: Step, sentence: str
) -> None:
    with pytest.raises(NotAllowed) as refusal:
        ledger.apply(standing_in(before), refused)
    assert refusal.value.sentence == sentence


def test_states_and_actors_all_have_a_vietnamese_name() -> None:
    assert (set(STATE_NAMES), set(ACTOR_NAMES)) == (set(State), set(Actor))


# ------------------------------------------------------------------ clock


def test_a_new_commitment_has_no_clock() -> None:
    assert ledger.fold([]) == Standing()


def test_opening_starts_the_clock_at_the_receiving_unit() -> None:
    assert opened() == Standing(state=State.OPEN, started=DAY, last=DAY, holder="xã Bình An")


def test_a_question_stops_the_clock_until_it_is_answered() -> None:
    standing = opened(step("ask", 3, HOLDER), step("reply", 8, ASKER))
    assert (standing.state, standing.pauses) == (State.OPEN, (Pause(date(2026, 3, 5), date(2026, 3, 10)),))


def test_an_unanswered_question_keeps_the_clock_stopped() -> None:
    assert opened(step("ask", 3, HOLDER)).pauses == (Pause(date(2026, 3, 5), None),)


def test_a_question_answered_the_same_day_costs_no_day() -> None:
    assert opened(step("ask", 3, HOLDER), step("reply", 3, ASKER)).pauses == ()


def test_two_questions_make_two_pauses() -> None:
    standing = opened(
        step("ask", 1, HOLDER), step("reply", 2, ASKER), step("ask", 2, HOLDER), step("resume", 7, HOLDER)
    )
    assert standing.pauses == (
        Pause(date(2026, 3, 3), date(2026, 3, 4)),
        Pause(date(2026, 3, 4), date(2026, 3, 9)),
    )


@pytest.mark.parametrize(("verb", "by"), [("withdraw", ASKER), ("cancel", SUPERVISOR)])
def test_ending_while_the_clock_stands_ends_the_pause_too(verb: str, by: Actor) -> None:
    standing = opened(step("ask", 3, HOLDER), step(verb, 8, by))
    assert (standing.pauses, standing.stopped) == (
        (Pause(date(2026, 3, 5), date(2026, 3, 10)),),
        date(2026, 3, 10),
    )


def test_extensions_add_up() -> None:
    standing = opened(step("extend", 5, SUPERVISOR, days=10), step("extend", 6, SUPERVISOR, days=5))
    assert standing.extensions == (Extension(10), Extension(5))


def test_the_clock_stops_with_the_answer_and_not_with_what_is_said_of_it() -> None:
    standing = opened(step("answer", 9, HOLDER), step("confirm", 12, ASKER))
    assert (standing.stopped, standing.ended) == (date(2026, 3, 11), date(2026, 3, 14))


def test_withdrawing_after_the_answer_leaves_the_day_of_the_answer() -> None:
    standing = opened(step("answer", 9, HOLDER), step("withdraw", 12, ASKER))
    assert (standing.state, standing.stopped) == (State.WITHDRAWN, date(2026, 3, 11))


@pytest.mark.parametrize("verb", ["accept", "add", "urge", "re-date"])
def test_a_word_in_between_moves_neither_state_nor_clock(verb: str) -> None:
    by, day = min(MOVES[verb].by), DAY + timedelta(days=4)
    taken_up = day if by is HOLDER else None
    assert opened(step(verb, 4, by)) == replace(opened(), last=day, accepted=taken_up)


def test_the_first_thing_a_holder_does_takes_the_commitment_up_and_a_hand_over_puts_it_down_again() -> None:
    asked = opened(step("ask", 3, HOLDER), step("reply", 9, ASKER), step("accept", 10, HOLDER))
    assert asked.accepted == DAY + timedelta(days=3)
    assert ledger.apply(asked, step("hand-over", 11, HOLDER, unit="Sở Xây dựng")).accepted is None


def test_a_stage_that_began_with_an_act_of_its_holder_is_taken_up_with_it() -> None:
    begun = ledger.apply(Standing(), step("begin", 0, CLERK, unit="xã Bình An"))
    taken_up = ledger.apply(Standing(), step("take-up", 0, CLERK, unit="xã Bình An"))
    assert (begun.accepted, taken_up.accepted) == (DAY, None)


def test_pauses_and_extensions_reach_the_due_day() -> None:
    """Fifteen working days from Monday 02/03/2026 end on 23/03; six held days and five granted ones come on top."""
    rule, calendar = clock.rule_by_id("NOI-YK", DAY), shipped()
    standing = opened(step("ask", 3, HOLDER), step("reply", 9, ASKER), step("extend", 10, SUPERVISOR, days=5))
    plain = clock.due(rule, DAY, calendar)
    moved = clock.due(rule, DAY, calendar, pauses=standing.pauses, extensions=standing.extensions)
    assert (plain.due_rolled, moved.due_rolled) == (date(2026, 3, 23), date(2026, 4, 3))


# ------------------------------------------------------------------ one unit at a time


def test_a_hand_over_changes_the_holder_and_counts_as_a_hop() -> None:
    standing = opened(step("hand-over", 1, HOLDER, unit="Sở Xây dựng"), step("hand-over", 2, HOLDER, unit="xã Bình An"))
    assert (standing.holder, standing.hops, standing.started) == ("xã Bình An", 2, DAY)


def test_a_hand_over_to_the_unit_that_has_it_is_no_hop() -> None:
    assert opened(step("hand-over", 1, SUPERVISOR, unit="xã Bình An")).hops == 0


def test_a_hand_over_while_waiting_for_the_citizen_keeps_waiting() -> None:
    standing = opened(step("ask", 3, HOLDER), step("hand-over", 4, HOLDER, unit="Sở Xây dựng"))
    assert (standing.state, standing.pauses) == (State.PAUSED, (Pause(date(2026, 3, 5), None),))


def test_the_successor_of_an_ended_unit_takes_over_with_the_clock_intact() -> None:
    before = opened(step("answer", 9, HOLDER))
    after = ledger.apply(before, step("take-over", 10, SYSTEM, unit="xã Phú Lộc"))
    assert after == replace(before, holder="xã Phú Lộc", last=DAY + timedelta(days=10), accepted=None)


# ------------------------------------------------------------------ walks

UNITS = st.sampled_from(["xã Bình An", "xã Phú Lộc", "Sở Xây dựng"])


@st.composite
def walks(draw: st.DrawFn) -> list[Step]:
    """Up to twenty steps, each one that the table offers at that point."""
    first = draw(st.sampled_from([verb for verb, move in MOVES.items() if State.NEW in move.sources]))
    steps = [step(first, 0, draw(st.sampled_from(sorted(MOVES[first].by))), unit=draw(UNITS))]
    day = 0
    for _ in range(draw(st.integers(0, 20))):
        open_ways = [(move.verb, by) for by in Actor for move in ledger.choices(ledger.fold(steps), [by])]
        if not open_ways:
            break
        verb, by = draw(st.sampled_from(open_ways))
        needs = MOVES[verb].needs
        day += draw(st.integers(0, 30))
        steps.append(
            step(
                verb,
                day,
                by,
                unit=draw(UNITS) if "unit" in needs else "",
                days=draw(st.integers(1, 30)) if "days" in needs else 0,
            )
        )
    return steps


@given(walks())
def test_no_walk_over_the_table_leaves_it(steps: list[Step]) -> None:
    standing = ledger.fold(steps)
    assert standing.started == DAY
    assert standing.last == steps[-1].on
    assert (standing.ended is not None) == (standing.state in FINAL)
    assert (standing.stopped is not None) == (standing.state in FINAL | {State.ANSWERED})


@given(walks())
def test_at_most_the_last_pause_runs_and_only_while_waiting(steps: list[Step]) -> None:
    standing = ledger.fold(steps)
    assert all(pause.end is not None for pause in standing.pauses[:-1])
    assert any(pause.end is None for pause in standing.pauses) == (standing.state in {State.PAUSED, State.SUSPENDED})


@given(walks())
def test_pauses_never_overlap_and_each_holds_at_least_a_day(steps: list[Step]) -> None:
    days = [day for pause in ledger.fold(steps).pauses for day in (pause.start, pause.end or date.max)]
    assert days == sorted(days)
    assert all(pause.end is None or pause.start < pause.end for pause in ledger.fold(steps).pauses)


@given(walks())
def test_extensions_and_hops_are_those_of_the_steps(steps: list[Step]) -> None:
    standing = ledger.fold(steps)
    holders = [one.unit for one in steps if one.unit]
    assert [extension.days for extension in standing.extensions] == [s.days for s in steps if s.verb == "extend"]
    assert standing.holder == holders[-1]
    assert standing.hops <= sum(one.verb == "hand-over" for one in steps)


@given(walks(), st.sampled_from(sorted(MOVES)), st.sampled_from(Actor), st.booleans(), st.integers(-3, 3))
def test_whatever_comes_next_is_taken_as_the_table_says_or_refused(
    steps: list[Step], verb: str, by: Actor, text: bool, later: int
) -> None:
    standing, move = ledger.fold(steps), MOVES[verb]
    one = Step(verb, steps[-1].on + timedelta(days=later), by, text=text)
    fits = (
        standing.state in move.sources
        and ledger.on_track(move, standing.track)
        and by in move.by
        and move.needs <= one.carries()
        and later >= 0
    )
    assert is_accepted(standing, one) == fits
    assert not fits or ledger.apply(standing, one).state == (move.target or standing.state)


# ------------------------------------------------------------------ diagram


def test_the_diagram_shows_every_move_from_every_state_once() -> None:
    title, *arrows = ledger.diagram().rstrip().splitlines()
    drawn = {tuple(arrow.replace(" -->", ":").split(": ")) for arrow in arrows}
    expected = {
        (f"    {source}", move.target or source, move.verb) for move in MOVES.values() for source in move.sources
    }
    assert (title, drawn, len(arrows)) == ("stateDiagram-v2", expected, len(expected))
