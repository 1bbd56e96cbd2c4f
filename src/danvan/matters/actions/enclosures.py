"""What goes with a matter besides its words: files in, notices out."""

from datetime import datetime

from danvan.base.files import put
from danvan.base.photos import Photo
from danvan.commitments.models import Step
from danvan.matters.kinds import ReplyBy
from danvan.matters.models import Attachment, Matter
from danvan.outreach.actions import tell
from danvan.outreach.kinds import Channel, Template


def attach(matter: Matter, photo: Photo, step: Step | None, at: datetime) -> None:
    """Keeps a photo with its matter; one that is there already stays where it was."""
    kept = Attachment.objects.filter(home_area=matter.home_area, matter=matter)
    kept.get_or_create(
        home_area=matter.home_area, matter=matter, digest=put(photo.data),
        defaults={"number": kept.count() + 1, "step": step, "media_type": photo.media_type, "bytes": len(photo.data),
                  "width": photo.width, "height": photo.height, "added_at": at},
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
