"""Who answers, and where. Everything that names a unit or an area is dated, half-open [valid_from, valid_to).

`Area` and `Unit` carry nothing but a stable id; names, codes, levels and parents are versions. The closure tables
hold the trees with the dates between which each pair of ancestor and descendant stood, so that no query recurses.
"""

from datetime import date, timedelta
from typing import Any, ClassVar, NoReturn
from uuid import UUID, uuid5

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danvan.rules.text import fold, sort_key
from danvan.units.kinds import AdminVerb, Confidence, Event, Level, Tree
from danvan.units.roles import ROLES

NAMESPACE = UUID("5d1c1c1e-6a5b-4a0e-9f0a-0d5d6f2f7c11")


def catalogue_id(kind: str, key: str) -> UUID:
    """The id of a catalogue row follows from its key, so that two instances agree on it."""
    return uuid5(NAMESPACE, f"{kind}:{key}")


def dated(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
        name=f"{name}_ends_after_it_begins",
    )


class Dated(models.Model):
    """`valid_from` empty: since before our records; `valid_to` empty: still."""

    valid_from = models.DateField(_("từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("đến trước ngày"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def last_day(self) -> date | None:
        """As people say it: until the end of that day."""
        return self.valid_to - timedelta(days=1) if self.valid_to else None


class Area(models.Model):
    id = models.UUIDField(primary_key=True, editable=False)
    key = models.CharField(max_length=40, unique=True)


class AreaVersion(Dated):
    area = models.ForeignKey(Area, models.CASCADE, related_name="versions")
    level = models.CharField(max_length=10, choices=Level.choices)
    code = models.CharField(max_length=10)
    prefix = models.CharField(max_length=30)
    name = models.CharField(max_length=120)
    full_name = models.CharField(max_length=160)
    parent = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    fold = models.CharField(max_length=160)
    sort_key = models.CharField(max_length=400)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "valid_from"], name="area_version_once", nulls_distinct=False),
            dated("area_version"),
        ]
        indexes = [models.Index(fields=["parent", "sort_key"]), models.Index(fields=["level", "sort_key"])]


class AreaAlias(models.Model):
    """Another name people use for an area: shortened, spelt otherwise, or of a unit it had absorbed."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="aliases")
    alias = models.CharField(max_length=160)
    fold = models.CharField(max_length=160)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "alias"], name="area_alias_once")]


class AreaSuccession(models.Model):
    """What became of an area; `share` is the declared part of the predecessor, empty where nobody declared it."""

    before = models.ForeignKey(Area, models.CASCADE, related_name="became")
    after = models.ForeignKey(Area, models.CASCADE, related_name="came_from")
    on = models.DateField()
    event = models.CharField(max_length=10, choices=Event.choices)
    share = models.DecimalField(max_digits=7, decimal_places=6, null=True)
    default = models.BooleanField(default=False)
    source = models.CharField(max_length=120)
    confidence = models.CharField(max_length=12, choices=Confidence.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["before", "after", "on"], name="area_succession_once"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | (Q(share__gt=0) & Q(share__lte=1)), name="area_share_is_a_part"
            ),
        ]


class AreaClosure(Dated):
    ancestor = models.ForeignKey(Area, models.CASCADE, related_name="+")
    descendant = models.ForeignKey(Area, models.CASCADE, related_name="+")
    depth = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["ancestor", "descendant"]), models.Index(fields=["descendant", "ancestor"])]


class HomeArea(Dated):
    """The frozen shard codes and the province each stood for, by date; never re-numbered."""

    shard = models.SmallIntegerField()
    area = models.ForeignKey(Area, models.PROTECT, related_name="shards")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "valid_from"], name="home_area_once", nulls_distinct=False),
            models.CheckConstraint(condition=Q(shard__gte=0) & Q(shard__lte=4095), name="home_area_fits_12_bits"),
        ]


class Unit(models.Model):
    id = models.UUIDField(primary_key=True, editable=False)
    key = models.CharField(max_length=80, unique=True)


class UnitVersion(Dated):
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="versions")
    tree = models.CharField(max_length=12, choices=Tree.choices)
    level = models.CharField(max_length=10, choices=Level.choices)
    name = models.CharField(_("tên đơn vị"), max_length=160)
    short_name = models.CharField(_("tên gọn"), max_length=60, blank=True)
    symbol = models.CharField(_("ký hiệu văn bản"), max_length=30, blank=True)
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="units")
    fold = models.CharField(max_length=160)
    sort_key = models.CharField(max_length=400)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "valid_from"], name="unit_version_once", nulls_distinct=False),
            dated("unit_version"),
        ]
        indexes = [models.Index(fields=["area", "tree"]), models.Index(fields=["parent", "sort_key"])]


class UnitSuccession(models.Model):
    """Who took over the duties of an ended unit; exactly one edge per ended unit is the default taker."""

    before = models.ForeignKey(Unit, models.CASCADE, related_name="became")
    after = models.ForeignKey(Unit, models.CASCADE, related_name="came_from")
    on = models.DateField()
    event = models.CharField(max_length=10, choices=Event.choices)
    default = models.BooleanField(default=True)
    source = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["before", "after", "on"], name="unit_succession_once"),
            models.UniqueConstraint(fields=["before"], condition=Q(default=True), name="unit_one_default_taker"),
        ]


class UnitClosure(Dated):
    ancestor = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    descendant = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    depth = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["ancestor", "descendant"]), models.Index(fields=["descendant", "ancestor"])]


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, username: str, password: str | None = None, **fields: object) -> "Account":
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A person who signs in. What they may do comes from the posts they hold, never from the account.

    While the password is one that somebody else handed out, nothing can be done but to change it.
    """

    username = models.CharField(_("tên đăng nhập"), max_length=60, unique=True)
    full_name = models.CharField(_("họ và tên"), max_length=120)
    email = models.EmailField(_("thư điện tử"), blank=True)
    is_active = models.BooleanField(_("đang hoạt động"), default=True)
    password_is_temporary = models.BooleanField(default=False)
    fold = models.CharField(max_length=190, editable=False)
    sort_key = models.CharField(max_length=400, editable=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    objects = AccountManager()

    class Meta:
        verbose_name = _("tài khoản")
        indexes = [models.Index(fields=["sort_key", "id"], name="accounts_by_name")]

    def __str__(self) -> str:
        return self.full_name or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Lists go by the given name, which comes last, as lists of officers do."""
        family, _space, given = self.full_name.strip().rpartition(" ")
        self.fold = fold(f"{self.full_name} {self.username}")[:190]
        self.sort_key = sort_key(f"{given} {family}")[:400]
        super().save(*args, **kwargs)


class Post(Dated):
    """A seat in a unit. Steps are signed by posts; it ends with its unit."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    title = models.CharField(_("chức vụ"), max_length=120)
    role = models.CharField(_("vai trò"), max_length=20, choices=[(r.key, r.title) for r in ROLES.values()])

    class Meta:
        constraints = [
            dated("post"),
            models.CheckConstraint(condition=Q(role__in=sorted(ROLES)), name="post_role_is_known"),
        ]


class Holding(Dated):
    """Who sits in a post, and from when to when; a delegation is a holding `on_behalf_of` another with its reason."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="holdings")
    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings")
    on_behalf_of = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="delegations")
    reason = models.CharField(_("lý do ủy quyền"), max_length=200, blank=True)

    class Meta:
        constraints = [
            dated("holding"),
            models.CheckConstraint(
                condition=Q(on_behalf_of__isnull=True) | (Q(valid_to__isnull=False) & ~Q(reason="")),
                name="delegation_has_an_end_and_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["account", "valid_to"])]


class ApiToken(models.Model):
    """A machine's key to one holding; only its hash is kept."""

    holding = models.ForeignKey(Holding, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_on = models.DateField()


class AppendOnly(models.QuerySet["AdminEvent"]):
    def update(self, **_values: Any) -> NoReturn:
        raise TypeError(KEPT)

    def delete(self) -> NoReturn:
        raise TypeError(KEPT)


KEPT = "lines of the log are kept as they were written"


class AdminEvent(models.Model):
    """What was done to a unit, an account, a post or the calendar, and by whom, in the words of that day.

    No foreign keys: nothing that is removed takes a line with it. `unit_ref` is the unit concerned; whoever sees that
    unit may read the line.
    """

    at = models.DateTimeField()
    post = models.CharField(max_length=290)
    account = models.CharField(max_length=190, blank=True)
    verb = models.CharField(max_length=20, choices=AdminVerb.choices)
    subject = models.CharField(max_length=300)
    detail = models.CharField(max_length=500, blank=True)
    unit_ref = models.UUIDField(null=True)

    objects = AppendOnly.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(verb__in=AdminVerb.values), name="admin_event_verb_known"),
            models.CheckConstraint(condition=~Q(subject="") & ~Q(post=""), name="admin_event_says_who_and_what"),
        ]
        indexes = [models.Index(fields=["unit_ref", "id"], name="admin_events_of_a_unit")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(KEPT)
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise TypeError(KEPT)
