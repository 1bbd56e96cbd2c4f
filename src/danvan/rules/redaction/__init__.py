"""Proposes what to hide before anything people wrote is published.

    spans = propose(text, names=("Nguyễn Thị Hoa",))
    shown = redacted(text, spans)

A proposal, never a guarantee: names without a title in front, nicknames and descriptions (“nhà đầu hẻm có cây mận”)
cannot be told from other words, so a person reads the whole text before it goes out.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from danvan.rules.composed import composed
from danvan.rules.redaction.addresses import addresses
from danvan.rules.redaction.names import called_names, given_names, names_in
from danvan.rules.redaction.numbers import numbers
from danvan.rules.redaction.span import LABELS, Confidence, Hit, Kind, Span

__all__ = ["LABELS", "Confidence", "Kind", "Span", "propose", "redacted"]


def propose(text: str, names: Sequence[str] = ()) -> tuple[Span, ...]:
    """Spans in reading order that do not overlap; `names` are those the caller knows, such as the sender's."""
    read = composed(text)
    found = chain(given_names(read, names), numbers(read), addresses(read), names_in(read), called_names(read, names))
    return tuple(Span(hit.kind, *read.given(hit.start, hit.end), hit.confidence) for hit in _apart(found))


def redacted(text: str, spans: Iterable[Span]) -> str:
    """The text with each span replaced by what stood there, in brackets; overlapping spans are hidden together."""
    return "".join(_pieces(text, sorted(spans, key=lambda span: (span.start, -span.end))))


def _pieces(text: str, spans: Sequence[Span]) -> Iterator[str]:
    shown_to = 0
    for span in spans:
        if span.start >= shown_to:
            yield text[shown_to : span.start]
            yield f"[{LABELS[span.kind]}]"
        shown_to = max(shown_to, span.end)
    yield text[shown_to:]


def _apart(hits: Iterable[Hit]) -> list[Hit]:
    """The first to claim a place keeps it."""
    kept: list[Hit] = []
    for hit in hits:
        if all(hit.end <= other.start or hit.start >= other.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)
