"""Signatures of matters, written with them, by which letters sent again are found (`queries.likeness`)."""

from collections.abc import Iterable

from danvan.matters.kinds import Kind
from danvan.matters.models import LikenessMark, Matter
from danvan.rules.likeness import signature

BATCH = 2_000


def mark(matters: Iterable[Matter]) -> None:
    """One statement for however many; a denunciation leaves no trace outside itself."""
    LikenessMark.objects.bulk_create(
        (
            LikenessMark(home_area=matter.home_area, matter=matter, area_id=matter.area_id, mark=number,
                         received_on=matter.received_on)
            for matter in matters
            if matter.kind != Kind.DENUNCIATION
            for number in signature(matter.content)
        ),
        batch_size=BATCH,
    )  # fmt: skip
