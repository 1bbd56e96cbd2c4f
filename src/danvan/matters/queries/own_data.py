"""What is kept about the sender of a matter besides the matter: the reception at which it was opened, and how to reach
them.
"""

from uuid import UUID

from danvan.matters.models import Matter, Reception


def own_turns(matter: Matter) -> list[Reception]:
    """The entry of the reception at which this matter was opened: who came was given its code and PIN.

    An entry that only points to the matter may be of somebody else, who came about the same thing, and one struck out
    may name the wrong person: neither is theirs.
    """
    rows = Reception.objects.filter(home_area=matter.home_area, matter=matter, opens_matter=True, struck_at=None)
    return list(rows.order_by("received_on", "number"))


def own_contacts(matter: Matter) -> list[UUID]:
    """Every contact kept of the sender, the erased ones too."""
    kept = [matter.contact_id, *(turn.contact_id for turn in own_turns(matter))]
    return [contact_id for contact_id in kept if contact_id is not None]
