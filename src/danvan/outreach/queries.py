from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string

from danvan.outreach.kinds import FOR_AN_OFFICER
from danvan.outreach.models import Notice


@dataclass(frozen=True)
class Message:
    """What is sent, and what an officer reads out on the telephone."""

    subject: str
    body: str


def to_do(unit_id: UUID) -> QuerySet[Notice]:
    """Whom the officers of this unit still have to reach, oldest first."""
    return Notice.objects.filter(unit_id=unit_id, state__in=FOR_AN_OFFICER).order_by("created_at", "id")


def of_code(home_area: int, code: str) -> QuerySet[Notice]:
    """Everything that was told about one code, oldest first."""
    return Notice.objects.filter(home_area=home_area, code=code).order_by("created_at", "id")


def message_of(notice: Notice) -> Message:
    """The code, the state, the link and the hotline; never a word of what the person wrote or was answered."""
    context = {"code": notice.code, "link": tracking_link(notice.code), "hotline": settings.HOTLINE}
    subject, _, body = render_to_string(f"outreach/{notice.template}.txt", context).partition("\n")
    return Message(subject.strip(), body.strip() + "\n")


def tracking_link(code: str) -> str:
    """Where the holder of a code follows it; it asks for the PIN, which is in no notice."""
    return f"{settings.PUBLIC_URL.rstrip('/')}/tra-cuu/{quote(code)}"
