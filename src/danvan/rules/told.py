"""Every label and sentence of the rules that a citizen may read: what a translation has to cover."""

from collections.abc import Iterator

from danvan.rules.calendar import WEEKDAYS, Kind, shipped
from danvan.rules.clock import all_rules
from danvan.rules.clock.explanation import IN_EXCHANGE, SENTENCES
from danvan.rules.clock.table import LENGTH, UNITS
from danvan.rules.ledger import MOVES
from danvan.rules.procedure import ACTS, PHASE_NAMES, STAGES


def told_to_citizens() -> list[str]:
    """Read off the tables, so that a new act, stage, step, clock or holiday is in it from the start; each once.

    Citations, ids and the reasons an office types are told as they are written.
    """
    return list(dict.fromkeys([*_of_procedures(), *(move.done for move in MOVES.values()), *_of_clocks(), *_of_days()]))


def _of_procedures() -> Iterator[str]:
    yield from PHASE_NAMES.values()
    yield from (act.done for act in ACTS.values())
    yield from (stage.title for stages in STAGES.values() for stage in stages.values())


def _of_clocks() -> Iterator[str]:
    yield from SENTENCES.values()
    yield from (*UNITS.values(), LENGTH)
    for rule in all_rules():
        told = (rule.title, rule.starts_on_text, rule.quota, rule.alternative, rule.alternative and rule.note)
        yield from filter(None, told)


def _of_days() -> Iterator[str]:
    yield from (*WEEKDAYS, *IN_EXCHANGE.values())
    for entry in shipped().days.values():
        if entry.kind is Kind.OFF and not entry.reason.startswith(tuple(IN_EXCHANGE)):
            yield entry.reason


if __name__ == "__main__":
    print("\n".join(f"gettext_noop({sentence!r})" for sentence in told_to_citizens()))  # noqa: T201
