"""Keys of machines: each acts in one holding, expires, and is shown once."""

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.db import transaction

from danvan.base.clock import day_of
from danvan.base.errors import Absent, Invalid
from danvan.rules.text import nfc
from danvan.units.access import Actor, require, require_care
from danvan.units.actions.log import named, record
from danvan.units.kinds import AdminVerb
from danvan.units.models import ApiToken, Holding
from danvan.units.roles import Permission

LONGEST = 366
"""Days a key may be good for."""


@transaction.atomic
def issue_token(*, holding: Holding, name: str, expires_on: date, by: Actor, at: datetime) -> str:
    """A machine's key to a holding, shown once; only its hash is kept."""
    if by.holding_id != holding.pk and not by.is_system:
        require(by, Permission.ACCOUNT_MANAGE, holding.post.unit_id, day_of(at))
    title = nfc(name).strip()
    if not title or len(title) > 80:
        raise Invalid("name-missing", "Ghi tên máy hoặc phần mềm dùng mã, nhiều nhất 80 ký tự.", "name")
    if not day_of(at) < expires_on <= day_of(at) + timedelta(days=LONGEST):
        raise Invalid("bad-expiry", f"Mã có hạn từ ngày mai và không quá {LONGEST} ngày.", "expires_on")
    if ApiToken.objects.filter(holding=holding, name=title, expires_on__gte=day_of(at)).exists():
        raise Invalid("name-taken", "Đã có mã còn hạn mang tên này. Hãy thu hồi mã cũ hoặc đặt tên khác.", "name")
    token = secrets.token_urlsafe(32)
    digest = hashlib.sha256(token.encode()).hexdigest()
    row = ApiToken.objects.create(holding=holding, name=title, digest=digest, created_at=at, expires_on=expires_on)
    _record(AdminVerb.TOKEN_ISSUED, row, f"có hạn đến hết {expires_on:%d/%m/%Y}", by, at)
    return token


@transaction.atomic
def revoke_token(*, token_id: int, by: Actor, at: datetime) -> None:
    """The key opens nothing from this moment; the row stays to show that there was one."""
    row = ApiToken.objects.select_related("holding__post", "holding__account").filter(pk=token_id).first()
    if row is None:
        raise Absent
    if by.holding_id != row.holding_id and not by.is_system:
        require_care(by, Permission.ACCOUNT_MANAGE, row.holding.post.unit_id, day_of(at))
    row.expires_on = min(row.expires_on, day_of(at) - timedelta(days=1))
    row.save(update_fields=["expires_on"])
    _record(AdminVerb.TOKEN_REVOKED, row, "", by, at)


def _record(verb: AdminVerb, row: ApiToken, detail: str, by: Actor, at: datetime) -> None:
    holding = row.holding
    subject = f"“{row.name}” của {named(holding.account)} – {holding.post.title}"
    record(verb=verb, subject=subject, detail=detail, unit_id=holding.post.unit_id, by=by, at=at)
