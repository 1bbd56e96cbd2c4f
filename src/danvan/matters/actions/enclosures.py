"""What goes with a matter besides its words: files in, notices out."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from danvan.base.errors import Invalid
from danvan.base.files import put
from danvan.base.papers import Enclosure, clean_enclosure
from danvan.commitments.models import Step
from danvan.matters.kinds import ReplyBy
from danvan.matters.models import Act, Attachment, Matter, Placement, Point
from danvan.outreach.actions import tell
from danvan.outreach.kinds import Channel, Template

MOST_ENCLOSURES = 60
MOST_AT_ONCE = 20
"""Files of one step or act, wherever they go; together they weigh no more than one full sending of photos."""

Chosen = Mapping[str, Sequence[bytes]]
"""Files as they were sent, by the field in which they were chosen."""
Cleaned = Mapping[str, Sequence[Enclosure]]
EVIDENCE = "evidence-"
"""The field of a point's evidence begins so and ends with the ordinal of the point."""


def chosen(field: str, files: Sequence[bytes], evidence: Mapping[int, Sequence[bytes]]) -> Chosen:
    """The files of one step or act by field: those of its words, then those of each point."""
    given = {field: files} | {f"{EVIDENCE}{ordinal}": some for ordinal, some in sorted(evidence.items())}
    return {name: some for name, some in given.items() if some}


def cleaned(matter: Matter, given: Chosen) -> Cleaned:
    """Every file as it may be kept. One that may not, or does not fit, refuses all of them at its field, before
    anything is written.
    """
    refuse_many({field: [len(data) for data in some] for field, some in given.items()})
    clean = {field: in_order(_cleaned(data, field) for data in some) for field, some in given.items()}
    known = set(Attachment.objects.filter(home_area=matter.home_area, matter=matter).values_list("digest", flat=True))
    for field, some in clean.items():
        known |= {digest_of(enclosure) for enclosure in some}
        if len(known) > MOST_ENCLOSURES:
            raise _overfull(field)
    return clean


def refuse_many(sizes: Mapping[str, Sequence[int]]) -> None:
    """Refuses, at the field where it is too much, more files or bytes than one step or act takes; asked with what a
    browser announces before anything is read.
    """
    many = weight = 0
    for field, some in sizes.items():
        many, weight = many + len(some), weight + sum(some)
        if len(some) > settings.MAX_PHOTOS:
            sentence = _("Mỗi lần gửi được nhiều nhất %(most)d tệp. Hãy chọn lại.") % {"most": settings.MAX_PHOTOS}
            raise Invalid("photos-many", sentence, field)
        if many > MOST_AT_ONCE:
            sentence = _("Mỗi lần ghi kèm nhiều nhất %(most)d tệp ở mọi ô. Hãy bớt tệp.") % {"most": MOST_AT_ONCE}
            raise Invalid("files-many", sentence, field)
        most = settings.MAX_PHOTOS * settings.MAX_PHOTO_BYTES
        if weight > most:
            sentence = _("Các tệp cộng lại lớn hơn %(most)d MB. Hãy bớt tệp.") % {"most": most // (1024 * 1024)}
            raise Invalid("files-heavy", sentence, field)


def _cleaned(data: bytes, field: str) -> Enclosure:
    try:
        return clean_enclosure(data)
    except Invalid as error:
        raise Invalid(error.code, error.sentence, field) from None


def _overfull(field: str) -> Invalid:
    return Invalid("enclosures-many", f"Mỗi việc nhận nhiều nhất {MOST_ENCLOSURES} ảnh và giấy tờ.", field)


def digest_of(enclosure: Enclosure) -> str:
    return hashlib.sha256(enclosure.data).hexdigest()


def said_by(files: Cleaned) -> list[str]:
    """What the ledger is told of files: the field of each, and its SHA-256."""
    return [f"{field}\x1f{digest_of(enclosure)}" for field, some in sorted(files.items()) for enclosure in some]


def in_order(enclosures: Iterable[Enclosure]) -> list[Enclosure]:
    """Photos first: pages count on it when they number what came together."""
    return sorted(enclosures, key=lambda enclosure: not enclosure.media_type.startswith("image/"))


def attach(
    matter: Matter, enclosure: Enclosure, step: Step | None, at: datetime, *, with_act: bool = False
) -> Attachment:  # fmt: skip
    """Keeps a photo or paper with its matter; one that is there already stays where it was.

    A matter takes in so many and no more, so that nobody can fill the disk one addition at a time.
    """
    kept = Attachment.objects.filter(home_area=matter.home_area, matter=matter)
    if there := kept.filter(digest=digest_of(enclosure)).first():
        return there
    number = kept.count() + 1
    if number > MOST_ENCLOSURES:
        raise _overfull("photos")
    attachment = Attachment(
        home_area=matter.home_area, matter=matter, digest=put(enclosure.data), number=number, step=step,
        with_act=with_act, media_type=enclosure.media_type, bytes=len(enclosure.data), width=enclosure.width,
        height=enclosure.height, added_at=at,
    )  # fmt: skip
    attachment.save(force_insert=True)
    return attachment


def put_with_step(matter: Matter, enclosures: Sequence[Enclosure], step: Step, at: datetime) -> None:
    for enclosure in enclosures:
        kept = attach(matter, enclosure, step, at)
        if kept.step_id != step.pk:
            _place(kept, step=step, point=None, act=None)


def put_at_points(
    matter: Matter, given: Cleaned, step: Step, at: datetime, act: Act | None = None
) -> None:  # fmt: skip
    """Hangs the evidence in `given` on its points, as what came with this step."""
    for field, some in given.items():
        if field.startswith(EVIDENCE):
            for enclosure in some:
                kept = attach(matter, enclosure, step, at, with_act=act is not None)
                _place(kept, step=step, point=int(field.removeprefix(EVIDENCE)), act=act)


def put_with_act(matter: Matter, enclosures: Sequence[Enclosure], act: Act, at: datetime) -> None:
    """Keeps the files of an act with the matter its case hangs on."""
    for enclosure in enclosures:
        kept = attach(matter, enclosure, act.step, at, with_act=True)
        _place(kept, step=act.step, point=None, act=act)


def _place(kept: Attachment, *, step: Step | None, point: int | None, act: Act | None) -> None:
    Placement.objects.get_or_create(
        home_area=kept.home_area, matter_id=kept.matter_id, number=kept.number, step=step, point=point,
        case=act.case if act else None, act=act.ordinal if act else None,
    )  # fmt: skip


def refuse_strange_points(evidence: Mapping[int, Sequence[bytes]], points: Sequence[Point]) -> None:
    """Refuses, at its field, evidence for a point that the matter does not have, or that was withdrawn."""
    there = {point.ordinal: point for point in points}
    for ordinal in evidence:
        if ordinal not in there:
            raise Invalid("point-unknown", f"Việc này không có điểm {ordinal}.", f"{EVIDENCE}{ordinal}")
        if there[ordinal].withdrawn_on is not None:
            raise Invalid("point-withdrawn", f"Nội dung {ordinal} đã được rút.", f"{EVIDENCE}{ordinal}")


TEMPLATES = {
    "ask": Template.QUESTION,
    "answer": Template.ANSWERED,
    "extend": Template.EXTENDED,
    "hand-over": Template.HANDED_OVER,
}


def tell_sender(matter: Matter, template: Template, at: datetime) -> None:
    """Puts a notice into the outbox where the sender left a way to be reached; at the office only answers wait."""
    if matter.reply_by == ReplyBy.NONE or matter.contact is None:
        return
    channel = Channel(matter.reply_by)
    if channel == Channel.OFFICE and template != Template.ANSWERED:
        return
    tell(template=template, code=matter.code, contact=matter.contact, channel=channel,
         unit_id=matter.current.owed_by_id, home_area=matter.home_area, at=at)  # fmt: skip
