"""A few answers of the ward put before everybody, and one letter that was sent again."""

from datetime import datetime, timedelta
from uuid import UUID

from danvan.matters.actions import Link, Said, ToPublish, publish_answer, receive_linked
from danvan.matters.kinds import Field, Intake, LinkWhy
from danvan.matters.models import Entry, Matter
from danvan.matters.queries.published import draft_of
from danvan.rules.ledger import State
from danvan.units.access import Actor

MANY = 6


def load(unit_id: UUID, clerk: Actor, at: datetime) -> None:
    """In words without anything found that leads to somebody, as an officer would have left them."""
    held = Matter.objects.filter(is_illustration=True, current__owed_by_id=unit_id).select_related("current")
    for matter in held.filter(current__state=State.CONFIRMED).order_by("received_on", "id")[:MANY]:
        answer = Entry.objects.filter(home_area=matter.home_area, matter=matter, step__verb="answer").latest("id")
        words = ToPublish(draft_of(matter.content).hidden, draft_of(answer.text).hidden, confirmed=True)
        publish_answer(matter_id=matter.pk, words=words, by=clerk, at=at)
    earlier = held.filter(current__state=State.OPEN).order_by("-received_on", "-id").first()
    if earlier is not None:
        again = Said(content=f"Kính gửi phường. {earlier.content}", area_id=earlier.area_id, field=Field(earlier.field),
                     intake=Intake.PAPER, unit_id=unit_id, received_at=at - timedelta(minutes=5),
                     is_illustration=True)  # fmt: skip
        link = Link(earlier.code, LinkWhy.SAME_CASE, "Hai hộ cạnh nhau cùng phản ánh")
        receive_linked(said=again, link=link, by=clerk, at=at)
