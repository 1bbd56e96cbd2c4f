"""Lists an officer keeps under a name."""

from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from django.db import transaction

from danvan.base.errors import Absent, Invalid
from danvan.matters.models import SavedView
from danvan.rules.text import nfc
from danvan.units.access import Actor, require
from danvan.units.roles import Permission

PARTS = frozenset({"folder", "unit", "area", "q", "field", "kind", "month", "intake"})
"""What a list's address may say; the page one stood on is not kept."""
MOST = 30


@transaction.atomic
def save_view(*, name: str, query: str, by: Actor, at: datetime) -> SavedView:
    """Keeps a narrowed list under a name of the account's own; an equal name is written over."""
    require(by, Permission.MATTER_READ)
    name, kept = nfc(name).strip()[:60], _narrowing(query)
    if not name:
        raise Invalid("name-missing", "Hãy đặt tên cho danh sách.", "name")
    if not kept:
        raise Invalid("query-empty", "Danh sách này chưa lọc gì nên không cần lưu.", "query")
    account_id = _account(by)
    own = SavedView.objects.filter(account_id=account_id)
    if own.count() >= MOST and not own.filter(name=name).exists():
        raise Invalid("views-many", f"Mỗi người lưu nhiều nhất {MOST} danh sách.", "name")
    made, _new = SavedView.objects.update_or_create(
        account_id=account_id, name=name, defaults={"query": kept, "saved_at": at}
    )
    return made


@transaction.atomic
def drop_view(*, view_id: int, by: Actor) -> None:
    """Somebody else's is told as absent."""
    if not SavedView.objects.filter(pk=view_id, account_id=_account(by)).delete()[0]:
        raise Absent


def _account(by: Actor) -> int:
    """Lists are a person's; a machine and a citizen keep none."""
    if by.account_id is None:
        raise Absent
    return by.account_id


def _narrowing(query: str) -> str:
    parts = [(key, value) for key, value in parse_qsl(query.removeprefix("?")) if key in PARTS and value]
    written = urlencode(sorted(set(parts)))
    if len(written) > 400:
        raise Invalid("query-long", "Bộ lọc quá dài để lưu.", "query")
    return written
