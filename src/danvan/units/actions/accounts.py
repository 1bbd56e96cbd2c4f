"""Accounts, posts, delegations and machine tokens."""

import hashlib
import secrets
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from danvan.base.errors import Invalid, Refused
from danvan.rules.text import nfc
from danvan.units.access import Actor, require
from danvan.units.models import Account, ApiToken, Holding, Post
from danvan.units.roles import ROLES, Permission


@transaction.atomic
def add_account(*, username: str, full_name: str, password: str, by: Actor, email: str = "") -> Account:
    """A new account without any post, hence without any right; refuses taken names and weak passwords."""
    if not by.is_system:
        require(by, Permission.ACCOUNT_MANAGE)
    if Account.objects.filter(username__iexact=username).exists():
        raise Invalid("username-taken", "Tên đăng nhập đã có người dùng.", "username")
    account = Account(username=username.strip().lower(), full_name=nfc(full_name).strip(), email=email)
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise Invalid("weak-password", " ".join(error.messages), "password") from error
    account.set_password(password)
    account.save()
    return account


@transaction.atomic
def give_post(
    *, account: Account, unit_id: UUID, title: str, role: str, by: Actor, valid_from: date | None = None,
    valid_to: date | None = None,
) -> Holding:  # fmt: skip
    """Seats a person in a post of a unit, making the post where it is new; refuses unknown roles."""
    if not by.is_system:
        require(by, Permission.ACCOUNT_MANAGE)
    if role not in ROLES:
        raise Invalid("unknown-role", f"Không có vai trò “{role}”.", "role")
    post, _made = Post.objects.get_or_create(unit_id=unit_id, title=nfc(title), role=role, valid_to=None)
    return Holding.objects.create(account=account, post=post, valid_from=valid_from, valid_to=valid_to)


@transaction.atomic
def delegate(*, holding: Holding, to: Account, valid_from: date, valid_to: date, reason: str, by: Actor) -> Holding:
    """Lets another person act in a post between two days (half-open), by the one who holds it or an account manager.

    Refuses a delegation without end or reason, to oneself, and of what is itself delegated.
    """
    if by.holding_id != holding.pk and not by.is_system:
        require(by, Permission.ACCOUNT_MANAGE)
    if valid_to <= valid_from:
        raise Invalid("ends-before", "Ngày kết thúc phải sau ngày bắt đầu.", "valid_to")
    if not reason.strip():
        raise Invalid("reason-missing", "Ghi lý do ủy quyền.", "reason")
    if to.pk == holding.account_id or holding.on_behalf_of_id:
        raise Refused("no-delegation", "Không thể ủy quyền cho chính mình hoặc ủy quyền lại.")
    return Holding.objects.create(
        account=to, post=holding.post, on_behalf_of=holding, valid_from=valid_from, valid_to=valid_to, reason=reason
    )


@transaction.atomic
def issue_token(*, holding: Holding, name: str, expires_on: date, by: Actor, at: datetime) -> str:
    """A machine's key to a holding, shown once; only its hash is kept."""
    if by.holding_id != holding.pk and not by.is_system:
        require(by, Permission.ACCOUNT_MANAGE)
    token = secrets.token_urlsafe(32)
    digest = hashlib.sha256(token.encode()).hexdigest()
    ApiToken.objects.create(holding=holding, name=name, digest=digest, created_at=at, expires_on=expires_on)
    return token
