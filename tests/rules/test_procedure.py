from datetime import date

import pytest

from danvan.rules.clock import rule_by_id
from danvan.rules.ledger import MOVES, State, Track
from danvan.rules.procedure import (
    ACTS,
    CLOSED,
    COMPLAINTS,
    DENUNCIATIONS,
    LEADERS,
    NEEDED,
    PHASE_NAMES,
    STAGES,
    Given,
    Phase,
    Procedure,
    acts_open,
    first_stage,
    ping_pong,
    refusal,
)

EVERYTHING = Given(frozenset(NEEDED))
TODAY = date(2026, 11, 21)


def names(procedure: Procedure, phase: Phase, *running: str) -> list[str]:
    return [act.key for act in acts_open(procedure, phase, running)]


def test_every_procedure_belongs_to_complaints_or_to_denunciations() -> None:
    assert COMPLAINTS | DENUNCIATIONS == set(Procedure) == set(STAGES)
    assert set() == COMPLAINTS & DENUNCIATIONS


def test_every_phase_has_a_vietnamese_name() -> None:
    assert set(PHASE_NAMES) == set(Phase)


@pytest.mark.parametrize("procedure", Procedure)
def test_every_stage_has_a_rule_in_force_today(procedure: Procedure) -> None:
    assert [rule_by_id(stage.rule_id, TODAY).n > 0 for stage in STAGES[procedure].values()] == [True] * len(
        STAGES[procedure]
    )


@pytest.mark.parametrize(
    ("procedure", "on", "version", "days"),
    [
        (Procedure.COMPLAINT, date(2026, 6, 30), "KN-27a", "10 ngày làm việc"),
        (Procedure.COMPLAINT, date(2026, 7, 1), "KN-27b", "7 ngày làm việc"),
        (Procedure.SECOND_COMPLAINT, date(2026, 7, 1), "KN-36b", "7 ngày làm việc"),
        (Procedure.DISCIPLINARY, date(2026, 7, 1), "KN-50b", "7 ngày làm việc"),
        (Procedure.DENUNCIATION, date(2026, 7, 1), "TC-24", "7 ngày làm việc"),
        (Procedure.FURTHER_DENUNCIATION, date(2026, 7, 1), "TC-37", "20 ngày"),
    ],
)
def test_accepting_follows_the_law_of_the_day_of_receipt(procedure, on, version, days) -> None:
    rule = rule_by_id(first_stage(procedure).rule_id, on)
    assert (rule.id, rule.length) == (version, days)


def test_every_act_takes_a_formal_step_that_the_ledger_knows() -> None:
    verbs = {act.verb for act in ACTS.values() if act.verb}
    assert all(MOVES[verb].track in {Track.FORMAL, None} for verb in verbs)


def test_what_a_leader_decides_is_a_supervisors_step_in_the_ledger() -> None:
    supervised = {act.key for act in ACTS.values() if act.verb and "holder" not in MOVES[act.verb].by}
    assert supervised == LEADERS


@pytest.mark.parametrize("act", ACTS.values(), ids=lambda act: act.key)
def test_every_act_opens_only_stages_of_its_procedures(act) -> None:
    wanted = {*act.opens, *([act.stage] if act.stage else [])}
    assert all(wanted <= STAGES[procedure].keys() for procedure in act.procedures)


@pytest.mark.parametrize("act", [act for act in ACTS.values() if act.target], ids=lambda act: act.key)
def test_a_phase_stands_where_its_main_clock_does(act) -> None:
    """A case that closes stops its clock for good; one that goes on has a clock that runs."""
    if not act.verb:
        assert act.opens
        return
    ends = MOVES[act.verb].target in {State.SETTLED, State.TERMINATED, State.WITHDRAWN}
    assert ends == (act.target in CLOSED | {Phase.DECIDED})


@pytest.mark.parametrize("procedure", Procedure)
def test_every_phase_can_be_reached_and_every_case_can_be_decided(procedure: Procedure) -> None:
    stages = tuple(STAGES[procedure])
    seen, ahead = set(), {Phase.SORTING}
    while ahead:
        here = ahead.pop()
        seen.add(here)
        ahead |= {act.target for act in acts_open(procedure, here, stages) if act.target} - seen
    missing = {Phase.CHECKED} if procedure in COMPLAINTS else {Phase.GUIDED}
    assert seen == set(Phase) - missing


def test_a_complaint_is_accepted_refused_guided_or_passed_on_first() -> None:
    assert names(Procedure.COMPLAINT, Phase.SORTING, "accept") == [
        "accept", "refuse", "guide", "transfer", "forward", "join", "ask", "withdraw-part", "withdraw", "restore-part",
        "re-base",
    ]  # fmt: skip


def test_an_anonymous_denunciation_with_evidence_can_always_be_passed_to_inspection() -> None:
    assert "check" in names(Procedure.DENUNCIATION, Phase.SORTING, "accept")
    assert "check" not in names(Procedure.COMPLAINT, Phase.SORTING, "accept")


def test_after_a_conclusion_only_its_duties_are_left_until_none_is() -> None:
    assert names(Procedure.DENUNCIATION, Phase.DECIDED, "send", "publish", "execute") == ["send", "publish", "execute"]
    assert names(Procedure.DENUNCIATION, Phase.DECIDED) == []


@pytest.mark.parametrize(
    ("key", "phase", "given", "refused"),
    [
        ("accept", Phase.SORTING, EVERYTHING, None),
        ("accept", Phase.RESOLVING, EVERYTHING, ("", "Không thể “Thụ lý” khi vụ việc đã thụ lý, đang giải quyết.")),
        ("conclude", Phase.RESOLVING, EVERYTHING, ("", "“Kết luận nội dung tố cáo” không có trong trình tự này.")),
        ("accept", Phase.SORTING, Given(frozenset({"text"})), ("number", "Hãy ghi số, ký hiệu văn bản.")),
        ("refuse", Phase.SORTING, Given(frozenset({"text", "number"})), ("reason", "Hãy chọn lý do theo luật.")),
        (
            "decide",
            Phase.RESOLVING,
            Given(frozenset(NEEDED), unfound=2),
            ("findings", "Còn 2 nội dung chưa có kết luận riêng."),
        ),
    ],
)
def test_an_act_is_refused_at_the_part_it_lacks(key, phase, given, refused) -> None:
    assert refusal(ACTS[key], Procedure.COMPLAINT, phase, given) == refused


@pytest.mark.parametrize(
    ("passed", "third"),
    [
        ([], False),
        ([("xã", "sở")], False),
        ([("xã", "sở"), ("sở", "xã")], True),
        ([("xã", "sở"), ("sở", "ban"), ("ban", "xã")], False),
        ([("sở", "xã"), ("xã", "sở"), ("sở", "ban"), ("ban", "xã")], True),
    ],
)
def test_a_third_hand_over_between_two_units_needs_who_stands_above_both(passed, third) -> None:
    assert ping_pong(passed, "xã", "sở") == third
