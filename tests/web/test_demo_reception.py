"""The reception of the demonstration: the same rows each time, all marked, the chair's days published."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from danvan.matters.models import Reception, ReceptionSlot
from danvan.units.access import Actor
from danvan.units.models import Post
from danvan.units.roles import ROLES
from danvan.web.demo import reception
from tests.world import AT, TODAY


@dataclass
class Ward:
    unit_id: UUID
    area_id: UUID

    def actor(self, role: str, title: str) -> Actor:
        post, _made = Post.objects.get_or_create(unit_id=self.unit_id, title=title, role=role)
        return Actor(label=title, role=ROLES[role], unit_id=self.unit_id, post_id=post.pk)


def test_the_ward_has_a_register_a_calendar_and_somebody_still_to_be_told(world):
    reception.load(Ward(world.ubnd_trung_tam.id, world.phuong_trung_tam.id), AT)
    rows = list(Reception.objects.order_by("received_on", "number"))
    assert [row.summary for row in rows] == [summary for *_rest, summary, _told in reception.TURNS]
    assert (all(row.is_illustration for row in rows), sum(not row.told for row in rows)) == (True, 5)
    assert min(row.received_on for row in rows) >= TODAY - timedelta(days=reception.DAYS_BACK + 7)
    slots = ReceptionSlot.objects.filter(published_at__isnull=False, is_illustration=True)
    assert [f"{slot.on:%d/%m}" for slot in slots.order_by("on")] == ["05/03", "19/03", "06/04", "20/04"]
