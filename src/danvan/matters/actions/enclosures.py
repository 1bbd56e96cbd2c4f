"""What goes with a matter besides its words: files in, notices out."""

from collections.abc import Iterable
from datetime import datetime

from danvan.base.errors import Invalid
from danvan.base.files import put
from danvan.base.papers import Enclosure
from danvan.commitments.models import Step
from danvan.matters.kinds import ReplyBy
from danvan.matters.models import Attachment, Matter
from danvan.outreach.actions import tell
from danvan.outreach.kinds import Channel, Template

MOST_ENCLOSURES = 60


def in_order(enclosures: Iterable[Enclosure]) -> list[Enclosure]:
    """Photos first: pages count on it when they number what came together."""
    return sorted(enclosures, key=lambda enclosure: not enclosure.media_type.startswith("image/"))


def attach(matter: Matter, enclosure: Enclosure, step: Step | None, at: datetime) -> None:
    """Keeps a photo or paper with its matter; one that is there already stays where it was.

    A matter takes in so many and no more, so that nobody can fill the disk one addition at a time.
    """
    kept = Attachment.objects.filter(home_area=matter.home_area, matter=matter)
    number = kept.count() + 1
    if number > MOST_ENCLOSURES:
        raise Invalid("enclosures-many", f"Mỗi việc nhận nhiều nhất {MOST_ENCLOSURES} ảnh và giấy tờ.", "photos")
    kept.get_or_create(
        home_area=matter.home_area, matter=matter, digest=put(enclosure.data),
        defaults={"number": number, "step": step, "media_type": enclosure.media_type, "bytes": len(enclosure.data),
                  "width": enclosure.width, "height": enclosure.height, "added_at": at},
    )  # fmt: skip


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
