"""Sealing who denounced, at intake: with public keys only, so that whoever took it in cannot open it again.

No generator handles a secret here: its frame hides nothing from an error report once it has ended.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.debug import sensitive_variables

from danvan.base.clock import day_of
from danvan.base.errors import Invalid, Refused
from danvan.base.files import put
from danvan.people.envelope import Parts, new_parts, seal_body, seal_file, seal_share
from danvan.people.kinds import PlainIdentity, Side
from danvan.people.models import Custodian, IdentityShare, SealedFile, SealedIdentity
from danvan.people.queries.custody import Custody, custody_for
from danvan.people.written import (
    written_address,
    written_email,
    written_id_number,
    written_name,
    written_phone,
)

MOST_FILES = 10
NO_CUSTODY = gettext_noop(
    "Chưa niêm phong được danh tính: đơn vị này và các đơn vị cấp trên chưa có người giữ khóa ở cả hai bên. "
    "Chưa ghi gì vào hệ thống. Lãnh đạo đơn vị giao người giữ khóa ở trang “Giữ khóa danh tính”."
)


@sensitive_variables()
@transaction.atomic
def seal_identity(
    *, home_area: int, unit_id: UUID, plain: PlainIdentity, files: Sequence[bytes], at: datetime
) -> SealedIdentity:
    """Seals an identity and its letters to the nearest custody at or above the unit.

    Refuses where no such unit has a keyed custodian on both sides (ask `queries.custody_ready` before the form is
    shown), an identity that says nothing, and at `name`, `phone`, `email`, `address`, `id_number` or `files` what
    cannot be one, without repeating it. `files` are sealed byte for byte; nobody can clean what nobody may see.
    """
    custody = custody_for(unit_id, day_of(at))
    if custody is None:
        raise Refused("no-custody", _(NO_CUSTODY))
    written = PlainIdentity(
        name=written_name(plain.name),
        address=written_address(plain.address),
        phone=written_phone(plain.phone),
        email=written_email(plain.email),
        id_number=written_id_number(plain.id_number),
        files=_files([*plain.files, *files]),
    )
    if not written:
        raise Invalid("identity-empty", _("Ghi ít nhất họ tên, địa chỉ hoặc một tệp để niêm phong."), "name")
    parts, identity = new_parts(), SealedIdentity(home_area=home_area, custody_id=custody.unit_id, sealed_at=at)
    identity.body = seal_body(parts.key, written, body_context(identity))
    identity.save(force_insert=True)
    _keep_files(identity, parts, written.files)
    _keep_shares(identity, parts, custody)
    return identity


def _files(files: Sequence[bytes]) -> tuple[bytes, ...]:
    if len(files) > MOST_FILES:
        raise Invalid("too-many-files", _("Nhiều nhất %(most)s tệp.") % {"most": MOST_FILES}, "files")
    if any(len(data) > settings.MAX_PHOTO_BYTES for data in files):
        most = settings.MAX_PHOTO_BYTES // (1024 * 1024)
        raise Invalid("file-too-large", _("Có tệp lớn hơn %(most)s MB.") % {"most": most}, "files")
    if not all(files):
        raise Invalid("file-empty", _("Có tệp trống."), "files")
    return tuple(bytes(data) for data in files)


@sensitive_variables()
def _keep_files(identity: SealedIdentity, parts: Parts, files: tuple[bytes, ...]) -> None:
    made = [
        SealedFile(
            home_area=identity.home_area, identity=identity, number=number,
            digest=put(seal_file(parts.key, number, data, file_context(identity, number))),
        )
        for number, data in enumerate(files, start=1)
    ]  # fmt: skip
    SealedFile.objects.bulk_create(made)


@sensitive_variables()
def _keep_shares(identity: SealedIdentity, parts: Parts, custody: Custody) -> None:
    keepers = [(parts.first, one) for one in custody.first] + [(parts.second, one) for one in custody.second]
    IdentityShare.objects.bulk_create([share_for(identity, one, part) for part, one in keepers])


@sensitive_variables()
def share_for(identity: SealedIdentity, custodian: Custodian, part: bytes) -> IdentityShare:
    """The part of the custodian's side, sealed to the custodian; the caller saves."""
    assert custodian.public_key is not None  # noqa: S101 -- only keyed custodians are handed a share
    return IdentityShare(
        home_area=identity.home_area,
        identity=identity,
        custodian=custodian,
        account_ref=custodian.account_id,
        side=Side(custodian.side),
        sealed=seal_share(part, custodian.public_key, share_context(identity, custodian)),
    )


def body_context(identity: SealedIdentity) -> str:
    return f"people.sealedidentity.body:{identity.pk}"


def file_context(identity: SealedIdentity, number: int) -> str:
    return f"people.sealedfile.{number}:{identity.pk}"


def share_context(identity: SealedIdentity, custodian: Custodian) -> str:
    return f"people.identityshare.{custodian.side}:{identity.pk}:{custodian.pk}"
