"""The files of one matter and where each of them stands: with the matter, a step, a point or an act."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from danvan.base.gathered import Gathered, numbers_in
from danvan.matters.models import Act, Attachment, Matter, Placement
from danvan.rules.procedure import ACTS

BETWEEN_OFFICES = ("urge",)
"""Steps whose words and files pass between offices; that they were taken is shown to the sender."""
ANSWERING = ("answer", "settle")
"""Steps that answer the points of a matter; what hung on a point at an earlier one stands in the story."""


@dataclass(frozen=True)
class Numbers:
    """Files by the number under which they are fetched, photos apart: those are looked at in the page."""

    photos: tuple[int, ...] = ()
    papers: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.photos or self.papers)

    @property
    def every(self) -> list[int]:
        return sorted(self.photos + self.papers)


class Shown:
    """For lines of a story: their files, photos apart."""

    files: Numbers

    @property
    def photos(self) -> tuple[int, ...]:
        return self.files.photos

    @property
    def papers(self) -> tuple[int, ...]:
        return self.files.papers


@dataclass(frozen=True)
class Place:
    """`verb` is that of the step, `act` an ordinal in the case, `key` what was done there."""

    step_id: UUID | None
    verb: str | None
    point: int | None = None
    act: int | None = None
    key: str | None = None

    @property
    def is_inside(self) -> bool:
        return ACTS[self.key].inside if self.key else self.verb in BETWEEN_OFFICES


@dataclass(frozen=True)
class File:
    """`number` counts those that are shown, `kept` all there are. No places: it came with the matter itself."""

    number: int
    kept: int
    is_photo: bool
    places: tuple[Place, ...]
    is_own: bool = False

    @property
    def is_open(self) -> bool:
        """Somewhere it stands it is told to the sender."""
        return self.is_own or any(not place.is_inside for place in self.places)


@dataclass(frozen=True)
class Files:
    every: tuple[File, ...] = ()

    @property
    def own(self) -> Numbers:
        """What came with the matter itself."""
        return _numbers(file for file in self.every if file.is_own)

    def of_step(self, step_id: UUID) -> Numbers:
        """What came with a step, or with the act that took it, apart from what hangs on points."""
        return _numbers(file for file in self.every if _is_at(file, step_id))

    def of_points(self, step_id: UUID | None) -> dict[int, Numbers]:
        """What a step hung on each point."""
        hung: dict[int, list[File]] = {}
        for file in self.every:
            for place in file.places:
                if place.point is not None and place.step_id == step_id:
                    hung.setdefault(place.point, []).append(file)
        return {point: _numbers(hung[point]) for point in sorted(hung)}

    def of_act(self, ordinal: int) -> Numbers:
        """What came with an act as a whole."""
        return _numbers(file for file in self.every if (ordinal, None) in [(at.act, at.point) for at in file.places])

    @property
    def open(self) -> "Files":
        """What its sender may see, where it is told; numbered by itself, so that a gap tells nothing."""
        seen = [file for file in self.every if file.is_open]
        told = [tuple(place for place in file.places if not place.is_inside) for file in seen]
        return Files(tuple(replace(file, number=n, places=told[n - 1]) for n, file in enumerate(seen, 1)))


def files_of(matter: Matter) -> Files:
    """Every file of a matter; one query, a second one where some stand at points, acts or again with a later step."""
    kept = Attachment.objects.filter(home_area=matter.home_area, matter=matter).order_by("number")
    here = {"home_area": OuterRef("home_area"), "matter_id": OuterRef("matter_id"), "number": OuterRef("number")}
    rows: list[Any] = list(kept.annotate(verb=F("step__verb"), is_placed=Exists(Placement.objects.filter(**here))))
    places = _places(matter) if any(row.is_placed for row in rows) else {}
    return Files(tuple(_row(row, places) for row in rows))


def _row(row: Any, places: Mapping[int, list[Place]]) -> File:
    came = Place(row.step_id, row.verb) if row.step_id and not row.with_act else None
    is_own = row.step_id is None and not row.with_act
    return _file(row.number, row.media_type.startswith("image/"), came, places, is_own=is_own)


def with_files(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """Matters with what `files_gathered` needs, in columns."""
    files = Attachment.objects.filter(home_area=OuterRef("home_area"), matter_id=OuterRef("pk"))
    places = Placement.objects.filter(home_area=OuterRef("home_area"), matter_id=OuterRef("pk"))
    return matters.annotate(
        photo_numbers=_gathered(files.filter(media_type__startswith="image/")),
        own_numbers=_gathered(files.filter(step__isnull=True, with_act=False)),
        act_numbers=_gathered(files.filter(with_act=True)),
        has_places=Exists(places),
    )


def with_files_of_step() -> Subquery:
    """The same for a step."""
    files = Attachment.objects.filter(home_area=OuterRef("home_area"), step_id=OuterRef("pk"), with_act=False)
    return _gathered(files)


def _gathered(files: QuerySet[Attachment]) -> Subquery:
    return Subquery(files.order_by().values("home_area").annotate(found=Gathered("number")).values("found"))


def files_gathered(matter: Any, steps: Iterable[Any]) -> Files:
    """Every file of a matter read `with_files`; no query, one where some stand at points, acts or again with a later
    step.
    """
    photos, places = set(numbers_in(matter.photo_numbers)), _places(matter) if matter.has_places else {}
    found = [_file(number, number in photos, None, places, is_own=True) for number in numbers_in(matter.own_numbers)]
    found += [_file(number, number in photos, None, places) for number in numbers_in(matter.act_numbers)]
    for step in steps:
        came = Place(step.pk, step.verb)
        found += [_file(number, number in photos, came, places) for number in numbers_in(step.file_numbers)]
    return Files(tuple(sorted(found, key=lambda file: file.number)))


def _file(
    number: int, is_photo: bool, came: Place | None, places: Mapping[int, list[Place]], *, is_own: bool = False
) -> File:  # fmt: skip
    """`came`: with which step it came first; what hangs on a point of that very step stands there alone."""
    there = places.get(number, [])
    first = [came] if came and came.step_id not in {place.step_id for place in there} else []
    return File(number, number, is_photo, (*first, *there), is_own)


def _places(matter: Matter) -> dict[int, list[Place]]:
    acts = Act.objects.filter(home_area=OuterRef("home_area"), case_id=OuterRef("case_id"), ordinal=OuterRef("act"))
    rows = Placement.objects.filter(home_area=matter.home_area, matter_id=matter.pk).order_by("id")
    told = rows.annotate(key=Subquery(acts.values("key")))
    found: dict[int, list[Place]] = {}
    for number, *place in told.values_list("number", "step_id", "step__verb", "point", "act", "key"):
        found.setdefault(number, []).append(Place(*place))
    return found


def _is_at(file: File, step_id: UUID) -> bool:
    return any(place.step_id == step_id and place.point is None for place in file.places)


def _numbers(files: Iterable[File]) -> Numbers:
    every = list(files)
    photos = tuple(file.number for file in every if file.is_photo)
    return Numbers(photos, tuple(file.number for file in every if not file.is_photo))
