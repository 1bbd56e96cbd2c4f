"""Signatures of matters, written with them, by which letters sent again are found (`queries.likeness`)."""

from collections.abc import Iterable

from danvan.matters.kinds import Kind
from danvan.matters.models import LikenessMark, Matter
from danvan.rules.likeness import signature

BATCH = 2_000


def marks(matters: Iterable[Matter]) -> list[LikenessMark]:
    """Not yet written; a denunciation leaves no trace outside itself."""
    return [
        LikenessMark(home_area=matter.home_area, matter_id=matter.id, area_id=matter.area_id, mark=number,
                     received_on=matter.received_on)
        for matter in matters
        if matter.kind != Kind.DENUNCIATION
        for number in signature(matter.content)
    ]  # fmt: skip


def mark(matters: Iterable[Matter]) -> None:
    """One statement for some hundreds of matters already written."""
    LikenessMark.objects.bulk_create(marks(matters), batch_size=BATCH)
