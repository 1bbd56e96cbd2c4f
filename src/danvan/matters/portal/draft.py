"""What somebody has filled in so far. It lies in the server's session only, sealed as a whole, and not for long."""

import base64
import dataclasses
import json
import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from danvan.base import files
from danvan.base.encryption import CannotOpen, keyring
from danvan.base.errors import Absent, Refused
from danvan.base.papers import clean_enclosure, file_name, media_type_of
from danvan.matters.actions import MIN_CONTENT, NOT_NAMED, CaseSaid, Said, Sender
from danvan.matters.forms.fields import bytes_of
from danvan.matters.kinds import Field, Kind, ReplyBy
from danvan.rules.text import shorten

NAME = "draft"
LASTS = timedelta(hours=2)
REVIEW = "matter-send-review"
PLAIN = ("matter-send", "matter-send-place", "matter-send-content", "matter-send-reply", REVIEW)
PATHS: dict[str, tuple[str, ...]] = {
    Kind.COMPLAINT: ("matter-send", "matter-send-place", "matter-send-decision", "matter-send-content",
                     "matter-send-requests", "matter-send-who", "matter-send-reply", REVIEW),
    Kind.DENUNCIATION: ("matter-send", "matter-send-place", "matter-send-content", "matter-send-named", REVIEW),
}  # fmt: skip
"""What the law wants of a complaint and of a denunciation is asked for; everything else takes the plain path."""
ASKS = {"matter-send": "kind", "matter-send-place": "area_id", "matter-send-requests": "requests",
        "matter-send-reply": "reply_by"}  # fmt: skip
"""What each page cannot do without."""


@dataclasses.dataclass(frozen=True)
class Enclosed:
    """One uploaded file, shown under a neutral name."""

    number: int
    digest: str
    is_photo: bool
    name: str


@dataclasses.dataclass
class Draft:
    """`key` also guards against sending twice; `photos` are digests of photos and papers already cleaned and stored."""

    key: str = dataclasses.field(default_factory=lambda: secrets.token_urlsafe(16))
    kind: str = ""
    area_id: str = ""
    place: str = ""
    content: str = ""
    field: str = ""
    photos: list[str] = dataclasses.field(default_factory=list)
    reply_by: str = ""
    name: str = dataclasses.field(default="", repr=False)
    phone: str = dataclasses.field(default="", repr=False)
    email: str = dataclasses.field(default="", repr=False)
    address: str = dataclasses.field(default="", repr=False)
    against: str = ""
    decision: str = ""
    known_on: str = ""
    requests: str = ""
    is_named: bool | None = None

    @property
    def path(self) -> tuple[str, ...]:
        """The pages that this kind is asked on, in turn."""
        return PATHS.get(self.kind, PLAIN)

    @property
    def next_step(self) -> str:
        """The name of the first page that still lacks something; the last page when nothing does."""
        return next((page for page in self.path if not self._has(page)), REVIEW)

    def _has(self, page: str) -> bool:
        match page:
            case "matter-send-content":
                return len(self.content.strip()) >= MIN_CONTENT
            case "matter-send-decision":
                return bool(self.decision and self.known_on)
            case "matter-send-who":
                return bool(self.name and self.address)
            case "matter-send-named":
                return self.is_named is not None
            case "matter-send-review":
                return False
            case _:
                return bool(getattr(self, ASKS[page]))

    @property
    def is_denunciation(self) -> bool:
        return self.kind == Kind.DENUNCIATION

    @property
    def room(self) -> int:
        """How many more photos and papers it takes."""
        return settings.MAX_PHOTOS - len(self.photos)

    def said(self, sealed: Sequence[bytes] = ()) -> Said:
        """`sealed`: the files of a denunciation, which never lie in a draft."""
        complains = self.kind == Kind.COMPLAINT
        told = [self.decision, self.content] if complains else [self.content]
        return Said(
            content="\n\n".join(told),
            area_id=UUID(self.area_id),
            kind=Kind(self.kind),
            field=Field(self.field or Field.OTHER),
            place=self.place,
            reply_by=ReplyBy.NONE if self.is_denunciation else ReplyBy(self.reply_by or ReplyBy.NONE),
            sender=self._sender(),
            points=[line for line in self.requests.splitlines() if line.strip()] if complains else (),
            photos=sealed if self.is_denunciation else [stored(digest) for digest in self.photos],
            case=self._case() if complains else CaseSaid(),
        )

    def _sender(self) -> Sender:
        """What this kind was asked for; what an earlier choice of another kind left in the draft is not sent."""
        if self.is_denunciation:
            named = Sender(name=self.name, phone=self.phone, address=self.address)
            return named if self.is_named else NOT_NAMED
        address = self.address if self.kind == Kind.COMPLAINT else ""
        return Sender(name=self.name, phone=self.phone, email=self.email, address=address)

    def _case(self) -> CaseSaid:
        known_on = date.fromisoformat(self.known_on) if self.known_on else None
        return CaseSaid(against_text=self.against, known_on=known_on, subject=shorten(self.decision, 300))

    @property
    def enclosed(self) -> list["Enclosed"]:
        """What was uploaded so far, numbered from 1."""
        kinds = [_kind_of(digest) for digest in self.photos]
        rows = enumerate(zip(self.photos, kinds, strict=True), 1)
        return [Enclosed(n, digest, kind.startswith("image/"), file_name(kind, n)) for n, (digest, kind) in rows]

    def add_photos(self, uploads: Iterable[UploadedFile[bytes]]) -> list[str]:
        """Keeps every photo and paper that is one; a sentence for each that is not, and one where they are too many."""
        refused: list[str] = []
        for number, upload in enumerate(uploads, 1):
            if not self.room:
                return [*refused, _("Chỉ gửi được %(most)d tệp; các tệp sau đó chưa được nhận.") % _most()]
            try:
                digest = files.put(clean_enclosure(bytes_of(upload)).data)
            except Refused as error:
                refused.append(_("Tệp thứ %(number)d: %(why)s") % {"number": number, "why": error.sentence})
            else:
                self.photos = list(dict.fromkeys([*self.photos, digest]))
        return refused

    def drop_photo(self, number: str) -> None:
        """Takes away the file of that number, counted from 1; nothing where there is none."""
        self.photos = [digest for n, digest in enumerate(self.photos, 1) if str(n) != number]


def _most() -> dict[str, int]:
    return {"most": settings.MAX_PHOTOS}


def _kind_of(digest: str) -> str:
    """A file that got lost is told of when it is to be sent, not while pages are shown."""
    try:
        return media_type_of(stored(digest))
    except Absent:
        return "image/jpeg"


def stored(digest: str) -> bytes:
    with files.open(digest) as file:
        return file.read()


def draft_of(request: HttpRequest, at: datetime) -> Draft | None:
    """The draft of this session, while it lasts and opens."""
    kept = request.session.get(NAME)
    if not kept or datetime.fromisoformat(kept["touched"]) + LASTS < at:
        return None
    try:
        plain = keyring().open(base64.b64decode(kept["sealed"]), _context(kept["key"]))
    except CannotOpen:
        return None
    return Draft(**json.loads(plain))


def keep_draft(request: HttpRequest, draft: Draft, at: datetime) -> None:
    """Seals the draft into the session; with the first one the session gets a new key, so that nobody who planted the
    old one reads along.
    """
    if NAME not in request.session:
        request.session.cycle_key()
    sealed = keyring().seal(json.dumps(dataclasses.asdict(draft)), _context(draft.key))
    request.session[NAME] = {
        "key": draft.key,
        "sealed": base64.b64encode(sealed).decode(),
        "touched": at.isoformat(),
    }


def discard_draft(request: HttpRequest) -> None:
    request.session.pop(NAME, None)


def _context(key: str) -> str:
    return f"matters.draft:{key}"
