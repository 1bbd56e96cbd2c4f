"""The register of letters: a number in the book of the unit and year, and what the letter is as a paper."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max

from danvan.base.clock import day_of
from danvan.base.errors import Absent, Invalid
from danvan.base.ids import area_of
from danvan.matters.kinds import Flaw, Intake, Language, LetterWay, SameWhy, Writer
from danvan.matters.models import Letter
from danvan.rules.procedure import Phase
from danvan.rules.text import nfc
from danvan.units.access import Actor, sees
from danvan.units.models import Unit

MOST_SIGNERS = 100_000
WAYS = {Intake.PORTAL: LetterWay.PORTAL, Intake.PAPER: LetterWay.POST}
"""How a letter came that somebody took in as a matter; everything else was brought."""


@dataclass(frozen=True)
class LetterSaid:
    """A letter as the registrar sees it. `same_as_id` is an earlier letter that says the same."""

    way: LetterWay = LetterWay.DIRECT
    writer: Writer = Writer.PERSON
    signers: int = 1
    forwarded_by: str = ""
    language: Language = Language.VIETNAMESE
    is_translated: bool = False
    is_anonymous: bool = False
    flaw: Flaw | str = ""
    same_as_id: UUID | None = None
    same_why: SameWhy | str = ""
    note: str = ""
    source: str = ""
    is_illustration: bool = False


UNREGISTERED = LetterSaid()


def enter(letter: LetterSaid, unit_id: UUID, received_on: date, by: Actor, at: datetime, letter_id: UUID) -> Letter:
    """Writes a letter into the register of a unit, in the shard that its id names; its number is the next of the year
    in which it came.

    Refuses a group of one, a letter in a language of the country as foreign, and an earlier letter out of sight or
    of another province.
    """
    said = _checked(letter)
    Unit.objects.select_for_update().get(pk=unit_id)
    book = Letter.objects.filter(unit_id=unit_id, year=received_on.year)
    home_area = area_of(letter_id)
    row = Letter(
        id=letter_id,
        home_area=home_area,
        unit_id=unit_id,
        year=received_on.year,
        number=(book.aggregate(last=Max("number"))["last"] or 0) + 1,
        received_on=received_on,
        way=said.way,
        writer=said.writer,
        signers=said.signers,
        forwarded_by=nfc(said.forwarded_by).strip()[:200],
        language=said.language,
        is_translated=said.is_translated,
        is_anonymous=said.is_anonymous,
        flaw=said.flaw,
        same_as=_earlier(said, home_area, by, day_of(at)),
        same_why=said.same_why,
        note=nfc(said.note).strip()[:300],
        registered_by_id=by.post_id,
        registered_at=at,
        source=said.source,
        is_illustration=said.is_illustration,
    )
    row.save(force_insert=True)
    return row


def _checked(said: LetterSaid) -> LetterSaid:
    if not 1 <= said.signers <= MOST_SIGNERS:
        raise Invalid("signers", "Số người đứng tên phải từ 1 đến 100.000.", "signers")
    if said.writer == Writer.GROUP and said.signers == 1:
        raise Invalid("signers", "Đơn nhiều người đứng tên thì có ít nhất 2 người.", "signers")
    if said.writer == Writer.PERSON and said.signers > 1:
        raise Invalid("signers", "Nhiều người đứng tên thì chọn “Nhiều người cùng đứng tên”.", "writer")
    if said.flaw == Flaw.LANGUAGE and (said.language != Language.FOREIGN or said.is_translated):
        sentence = "Chỉ đơn bằng tiếng nước ngoài, không có bản dịch được chứng thực, mới không đủ điều kiện."
        raise Invalid("language", sentence, "flaw")
    if bool(said.same_as_id) != bool(said.same_why):
        raise Invalid("same-why", "Chọn đơn trước đó và lý do coi là trùng.", "same_why")
    return said


def _earlier(said: LetterSaid, home_area: int, by: Actor, on: date) -> Letter | None:
    if said.same_as_id is None:
        return None
    earlier = Letter.objects.filter(pk=said.same_as_id).first()
    if earlier is None or not sees(by, earlier.unit_id, on):
        raise Absent
    if earlier.home_area != home_area:
        sentence = "Đơn trước ở sổ của tỉnh, thành phố khác: hãy ghi số đơn đó vào ghi chú."
        raise Invalid("same-elsewhere", sentence, "same_as_id")
    return earlier


def mark_sorted(letter: Letter, on: date) -> None:
    """A letter is sorted once each of its contents has its direction."""
    waiting = letter.matters.filter(home_area=letter.home_area, led__phase=Phase.SORTING)
    if letter.sorted_on is None and not waiting.exists():
        letter.sorted_on = max(on, letter.received_on)
        letter.save(update_fields=["sorted_on"])
