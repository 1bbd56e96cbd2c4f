"""Accounts: opening one, handing out a new password, stopping and resuming."""

import re
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q

from danvan.base.clock import day_of
from danvan.base.errors import Absent, Forbidden, Invalid, Refused
from danvan.rules.text import nfc
from danvan.units.access import Actor, ids_cared_for, require
from danvan.units.actions.log import named, record
from danvan.units.actions.posts import give_post
from danvan.units.kinds import AdminVerb
from danvan.units.models import Account, Holding
from danvan.units.roles import Permission

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")
_EASY_TO_READ_OUT = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class Seat:
    """A post to sit in, and from when to when (half-open)."""

    unit_id: UUID
    title: str
    role: str
    valid_from: date | None = None
    valid_to: date | None = None


@transaction.atomic
def add_account(
    *, username: str, full_name: str, password: str, by: Actor, at: datetime, email: str = "",
    is_temporary: bool = False,
) -> Account:  # fmt: skip
    """A new account without any post, hence without any right; refuses taken names and weak passwords."""
    if not by.is_system:
        require(by, Permission.ACCOUNT_MANAGE)
    account = Account(
        username=_username(username), full_name=_full_name(full_name), email=_email(email),
        password_is_temporary=is_temporary,
    )  # fmt: skip
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise Invalid("weak-password", " ".join(error.messages), "password") from error
    account.set_password(password)
    account.save()
    record(verb=AdminVerb.ACCOUNT_ADDED, subject=named(account), by=by, at=at)
    return account


@transaction.atomic
def open_account(
    *, username: str, full_name: str, seat: Seat, by: Actor, at: datetime, email: str = ""
) -> tuple[Account, str]:
    """An account with its first post, and the temporary password: the only time anybody sees it."""
    password = new_password()
    account = add_account(
        username=username, full_name=full_name, email=email, password=password, is_temporary=True, by=by, at=at
    )
    give_post(
        account=account, unit_id=seat.unit_id, title=seat.title, role=seat.role, valid_from=seat.valid_from,
        valid_to=seat.valid_to, by=by, at=at,
    )  # fmt: skip
    return account, password


@transaction.atomic
def reset_password(*, account_id: int, by: Actor, at: datetime, without_second_step: bool = False) -> str:
    """A temporary password for somebody who forgot theirs; who is signed in with the old one is signed out.

    `without_second_step` also takes the second step away, for a lost telephone. Refuses for people who hold a post
    elsewhere too: whoever hands out the password could act in that post.
    """
    account = _cared_for(account_id, by, at)
    password = new_password()
    account.set_password(password)
    account.password_is_temporary = True
    account.save()
    if without_second_step:
        Authenticator.objects.filter(user=account).delete()
    detail = "kèm tắt xác thực hai lớp" if without_second_step else ""
    record(verb=AdminVerb.PASSWORD_RESET, subject=named(account), detail=detail, by=by, at=at)
    return password


@transaction.atomic
def stop_account(*, account_id: int, by: Actor, at: datetime) -> Account:
    """Lets nobody sign in with the account; its posts stay, so that it can be resumed. Not one's own account."""
    account = _cared_for(account_id, by, at)
    if account.pk == by.account_id:
        raise Refused("own-account", "Không tự ngừng tài khoản của chính mình.")
    return _switched(account, AdminVerb.ACCOUNT_STOPPED, by, at)


@transaction.atomic
def resume_account(*, account_id: int, by: Actor, at: datetime) -> Account:
    return _switched(_cared_for(account_id, by, at), AdminVerb.ACCOUNT_RESUMED, by, at)


def _switched(account: Account, verb: AdminVerb, by: Actor, at: datetime) -> Account:
    account.is_active = verb is AdminVerb.ACCOUNT_RESUMED
    account.save()
    record(verb=verb, subject=named(account), by=by, at=at)
    return account


def _cared_for(account_id: int, by: Actor, at: datetime) -> Account:
    """The account, where every post it holds or will hold is looked after by this operator."""
    require(by, Permission.ACCOUNT_MANAGE)
    cared = ids_cared_for(by, day_of(at))
    held = Holding.objects.filter(account_id=account_id)
    if not held.filter(post__unit__in=cared).exists():
        raise Absent
    alive = held.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day_of(at)))
    if alive.exclude(post__unit__in=cared).exists():
        raise Forbidden(
            "Người này còn giữ chức vụ ở đơn vị ngoài phạm vi của bạn; việc này do người vận hành cấp trên làm.",
            "held-elsewhere",
        )
    return Account.objects.get(pk=account_id)


def new_password() -> str:
    """Four groups of four, to be read out on the telephone: about 79 bits, no two letters that look alike."""
    return "-".join("".join(secrets.choice(_EASY_TO_READ_OUT) for _ in range(4)) for _ in range(4))


def _username(typed: str) -> str:
    username = typed.strip().lower()
    if not USERNAME.fullmatch(username):
        told = "Tên đăng nhập gồm từ 2 đến 60 chữ cái không dấu, chữ số, dấu chấm, gạch; ví dụ nam.tv."
        raise Invalid("bad-username", told, "username")
    if Account.objects.filter(username=username).exists():
        raise Invalid("username-taken", "Tên đăng nhập đã có người dùng.", "username")
    return username


def _full_name(typed: str) -> str:
    name = " ".join(nfc(typed).split())
    if not name or len(name) > 120:
        raise Invalid("bad-name", "Ghi họ và tên, nhiều nhất 120 ký tự.", "full_name")
    return name


def _email(typed: str) -> str:
    if typed:
        try:
            validate_email(typed)
        except ValidationError as error:
            raise Invalid("bad-email", "Địa chỉ thư điện tử chưa đúng, ví dụ nam@coquan.gov.vn.", "email") from error
    return typed.strip()
