"""Who signs for a unit, where that is beyond doubt."""

from datetime import date
from uuid import UUID

from danvan.units.access import in_force
from danvan.units.models import Holding
from danvan.units.roles import ROLES, Permission

SIGNING = [key for key, role in ROLES.items() if role.may(Permission.SHEET_SIGN)]


def signer_of(unit_id: UUID, title: str, on: date) -> str:
    """The full name of the one person who signs for a unit that day, in a post of this title (`Chủ tịch`).

    Empty where nobody sits there, where several could sign, where the post is a deputy's or an acting head's, and where
    it was delegated: a name suggested for a paper of State is right or is not suggested.
    """
    holdings = Holding.objects.filter(in_force(on), in_force(on, "post__"), post__unit_id=unit_id,
                                      post__role__in=SIGNING, account__is_active=True)  # fmt: skip
    rows = list(holdings.select_related("post", "account")[:2])
    if len(rows) != 1 or rows[0].on_behalf_of_id is not None:
        return ""
    (row,) = rows
    return str(row.account.full_name) if row.post.title.casefold().startswith(title.casefold()) else ""
