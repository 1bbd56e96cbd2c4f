"""The last months in Hà Tĩnh as its communes would know them: matters in every state, receptions, signed sheets."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from random import Random
from uuid import UUID

from danvan.base.clock import VIETNAM, day_of
from danvan.base.errors import Refused
from danvan.commitments.actions import lapse_unconfirmed
from danvan.matters.actions import Said, Sender, Words, act, citizen_act, give_verdict, receive
from danvan.matters.kinds import Field, Intake, Kind, ReplyBy, Settled
from danvan.matters.models import Matter, ReceptionDay
from danvan.rules.calendar import shipped
from danvan.units.access import CITIZEN, Actor, in_force
from danvan.units.kinds import Level, Tree
from danvan.units.models import Post, UnitVersion
from danvan.units.roles import ROLES
from danvan.web.demo import answers, reception
from danvan.web.demo.plan import Illustration, illustrations

DAYS_BACK = 75
MANY = 99
FOCUS = "thanh sen"
"""The ward whose officers the demo accounts are: it gets far more than the others."""
FRESH = (0, 0, 1, 2, 9, 11, 12, 13)
"""How many days ago the ward received what is still new, or nearly due and not yet answered."""


class Office:
    """One commune: its government, its police, and somebody to act for each."""

    def __init__(self, version: UnitVersion) -> None:
        self.version = version
        self.unit_id: UUID = version.unit_id
        self.area_id: UUID = version.area_id  # type: ignore[assignment]  # every commune has one

    def actor(self, role: str, title: str) -> Actor:
        post, _made = Post.objects.get_or_create(unit_id=self.unit_id, title=title, role=role, valid_to=None)
        return Actor(label=title, role=ROLES[role], unit_id=self.unit_id, post_id=post.pk)


def offices(tree: Tree, on: date) -> list[Office]:
    rows = UnitVersion.objects.filter(in_force(on), tree=tree, level=Level.COMMUNE).order_by("sort_key", "unit_id")
    return [Office(row) for row in rows]


def load(at: datetime) -> None:
    """Works through the days in order, so that every step lies after the one before it."""
    rng = Random(42)  # noqa: S311 -- the same demonstration on every machine
    today = day_of(at)
    government = {o.area_id: o for o in offices(Tree.GOVERNMENT, today)}
    police = {o.area_id: o for o in offices(Tree.POLICE, today)}
    for area_id, office in government.items():
        count = 46 if FOCUS in office.version.fold else 3 + rng.randrange(4)
        fresh = list(FRESH) if FOCUS in office.version.fold else []
        for each in illustrations(rng, count, security_share=0.25):
            holder = police[area_id] if each.field == Field.SECURITY else office
            if fresh and holder is office:
                _matter(each, area_id, holder, _days_ago(fresh.pop(), today, rng), at, rng, steps=1)
            else:
                _matter(each, area_id, holder, _days_ago(rng.randrange(DAYS_BACK), today, rng), at, rng)
    _receptions(list(government.values()), today, rng)
    reception.load(next(o for o in government.values() if FOCUS in o.version.fold), at)
    lapse_unconfirmed(at=at)
    ward = next(o for o in government.values() if FOCUS in o.version.fold)
    answers.load(ward.unit_id, ward.actor("officer", "Cán bộ tiếp công dân"), at)


def _days_ago(days: int, today: date, rng: Random) -> datetime:
    day = today - timedelta(days=days)
    while not shipped().is_working(day):
        day -= timedelta(days=1)
    return datetime.combine(day, time(7 + rng.randrange(3), rng.randrange(60)), VIETNAM)


_INTAKES = (Intake.PORTAL, Intake.PORTAL, Intake.OFFICE, Intake.PHONE, Intake.PAPER, Intake.ZALO)
_KINDS = (Kind.REFLECTION, Kind.REFLECTION, Kind.RECOMMENDATION, Kind.OPINION)


def _matter(
    each: Illustration, area_id: UUID, holder: Office, received: datetime, now: datetime, rng: Random,
    steps: int = MANY,
) -> None:  # fmt: skip
    clerk = holder.actor("officer", "Cán bộ tiếp công dân")
    intake = rng.choice(_INTAKES)
    reply_by = rng.choice((ReplyBy.NONE, ReplyBy.NONE, ReplyBy.PHONE, ReplyBy.OFFICE))
    said = Said(
        content=f"{each.said} Mong sớm được trả lời.",
        area_id=area_id,
        kind=rng.choice(_KINDS),
        field=Field(each.field),
        place=each.place,
        intake=intake,
        reply_by=reply_by,
        sender=Sender(name="Người gửi minh họa", phone="0912345678") if reply_by != ReplyBy.NONE else Sender(),
        unit_id=holder.unit_id,
        received_at=received,
        is_illustration=True,
    )
    matter = receive(said=said, by=CITIZEN if intake == Intake.PORTAL else clerk, at=received).matter
    for verb, words, by, moment in islice(_story(each, holder, clerk, received, rng), steps):
        if moment >= now or not _taken(matter, verb, words, by, moment):
            return


_Turn = tuple[str, Words, Actor, datetime]


def _story(each: Illustration, holder: Office, clerk: Actor, received: datetime, rng: Random) -> Iterator[_Turn]:
    """What happens to a matter, as far as the days allow: most are answered in time, some late, some asked back."""
    leader = holder.actor("leader", "Lãnh đạo đơn vị")
    at = received + timedelta(days=1, hours=1)
    yield "accept", Words(), clerk, at
    turn = rng.random()
    if turn < 0.12:
        at += timedelta(days=2)
        yield "ask", Words(text="Xin ông/bà cho biết rõ vị trí và số điện thoại để cán bộ đến xem."), clerk, at
        if turn < 0.05:
            return
        at += timedelta(days=4)
        yield "reply", Words(text="Vị trí ở đầu ngõ, gần nhà văn hóa; tôi có mặt buổi chiều."), CITIZEN, at
    if 0.12 <= turn < 0.18:
        at += timedelta(days=4)
        text = "Phải mời cơ quan chuyên môn cùng khảo sát, xin lùi thời hạn và báo để ông/bà biết."
        yield "extend", Words(text=text, days=5), leader, at
    if 0.18 <= turn < 0.27:
        return
    at += timedelta(days=25 if turn > 0.93 else 3 + rng.randrange(8))
    yield "answer", Words(text=each.answer), clerk, at
    verdict = "settled" if rng.random() < 0.62 else "unsettled" if rng.random() < 0.2 else ""
    if verdict:
        yield verdict, Words(text="Việc vẫn chưa làm xong như đã trả lời."), CITIZEN, at + timedelta(days=2)


def _taken(matter: Matter, verb: str, words: Words, by: Actor, at: datetime) -> bool:
    try:
        if verb in {"settled", "unsettled"}:
            settled = Settled.YES if verb == "settled" else Settled.NO
            give_verdict(matter=matter, settled=settled, score=5 if verb == "settled" else 2, text=words.text, at=at)
        elif by.is_citizen:
            citizen_act(matter=matter, verb=verb, words=words, at=at)
        else:
            act(matter_id=matter.id, verb=verb, words=words, by=by, at=at)
    except Refused:
        return False
    return True


def _receptions(everywhere: list[Office], today: date, rng: Random) -> None:
    """Two reception days a month by the chair, ordinary ones between; the ward keeps its last weeks in the register."""
    rows = []
    for office in everywhere:
        newest = reception.DAYS_BACK + 7 if FOCUS in office.version.fold else 0
        for back in (each for each in range(3, DAYS_BACK, 12) if each >= newest):
            day = shipped().roll(today - timedelta(days=back))
            turns = 2 + rng.randrange(7)
            rows.append(
                ReceptionDay(home_area=42, unit_id=office.unit_id, held_on=day, turns=turns,
                             persons=turns + rng.randrange(3), cases=max(1, turns - rng.randrange(2)),
                             led_by_head=back % 24 < 12, is_illustration=True,
                             recorded_at=datetime.combine(day, time(17), VIETNAM))
            )  # fmt: skip
    ReceptionDay.objects.bulk_create(rows)
