"""What a person may ask about their own data: a copy of it, and its erasure. Each asking leaves a record.

The faces that call this have made sure who asks: by code and PIN, or by an officer in front of whom the person stands.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from danvan.base.clock import VIETNAM, day_of
from danvan.base.errors import Absent, Forbidden, Invalid, Refused
from danvan.people.access import require_opening
from danvan.people.kinds import DataRequestKind, DataRequestOutcome, OwnCopy, OwnSection, Purpose
from danvan.people.models import Contact, ContactOpening, DataRequest
from danvan.people.vault import open_contact
from danvan.units.access import Actor

LONGEST_REASON = 300


@sensitive_variables()
@transaction.atomic
def export_own(
    *, contact_ids: Iterable[UUID], by: Actor, at: datetime, unit_id: UUID | None = None,
    sections: Sequence[OwnSection] = (),
) -> OwnCopy:  # fmt: skip
    """Everything kept about how to reach a person, what for, until when, and who read it; as a page and as JSON.

    `sections` is what the caller keeps besides: the words of the matter, its answers. `unit_id` is the unit that
    holds the matter where an officer does this for the person. An erased contact is told as erased.
    """
    _require(by, unit_id, at)
    contacts = list(Contact.objects.filter(pk__in=list(contact_ids)).order_by("created_at", "id"))
    whole = [part for contact in contacts for part in _told(contact)] + list(sections)
    for contact in contacts:
        _record(DataRequestKind.EXPORT, DataRequestOutcome.DONE, contact, _("Xin bản sao dữ liệu của mình"), by, at)
    made = f"{at.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
    parts = [{"title": part.title, "rows": [{"label": a, "value": b} for a, b in part.rows]} for part in whole]
    return OwnCopy(
        html=render_to_string("people/own_data.html", {"sections": whole, "made": made}),
        json=json.dumps({"made_at": at.isoformat(), "sections": parts}, ensure_ascii=False, indent=1),
    )


@transaction.atomic
def erase_on_request(
    *, contact_id: UUID, reason: str, by: Actor, at: datetime, unit_id: UUID | None = None, must_keep: str = ""
) -> DataRequest:
    """Erases a contact because the person asks for it, and records that; who read it before stays on record.

    `must_keep` names the rule under which the caller has to keep it (a complaint that is being resolved): then
    nothing is erased, and the record says why. Look at `outcome` of what is returned. Refuses at `reason`, and a
    contact that is erased already.
    """
    _require(by, unit_id, at)
    contact = Contact.objects.select_for_update().filter(pk=contact_id).first()
    if contact is None:
        raise Absent
    if contact.erased_at is not None:
        raise Refused("contact-erased", _("Thông tin liên hệ đã được xóa trước đó."))
    reason = _reason(reason)
    if must_keep:
        told = _("%(reason)s. Chưa xóa được: %(rule)s") % {"reason": reason, "rule": must_keep}
        return _record(DataRequestKind.ERASE, DataRequestOutcome.REFUSED, contact, told[:LONGEST_REASON], by, at)
    contact.name = contact.phone = contact.email = contact.address = contact.id_number = None
    contact.phone_key = contact.email_key = ""
    contact.erased_at = at
    contact.save()
    return _record(DataRequestKind.ERASE, DataRequestOutcome.DONE, contact, reason, by, at)


def _require(by: Actor, unit_id: UUID | None, at: datetime) -> None:
    if by.is_citizen:
        return
    if unit_id is None:
        raise Forbidden
    require_opening(by, unit_id, day_of(at))


def _reason(typed: str) -> str:
    reason = " ".join(typed.split())
    if not reason:
        raise Invalid("reason-missing", _("Ghi lý do."), "reason")
    if len(reason) > LONGEST_REASON:
        raise Invalid("reason-too-long", _("Dài quá %(most)s ký tự.") % {"most": LONGEST_REASON}, "reason")
    return reason


@sensitive_variables()
def _told(contact: Contact) -> list[OwnSection]:
    if contact.erased_at is not None:
        told = [(_("Đã xóa"), f"{contact.erased_at.astimezone(VIETNAM):%d/%m/%Y}")]
    else:
        plain = open_contact(contact)
        told = [(_("Họ tên"), plain.name), (_("Điện thoại"), plain.phone), (_("Thư điện tử"), plain.email),
                (_("Địa chỉ"), plain.address), (_("Số định danh"), plain.id_number)]  # fmt: skip
    told = [(label, value) for label, value in told if value]
    told.append((_("Dùng để"), str(Purpose(contact.purpose).label)))
    told.append((_("Giữ từ"), f"{contact.created_at.astimezone(VIETNAM):%d/%m/%Y}"))
    if contact.erased_at is None:
        told.append((_("Xóa vào"), f"{contact.expires_on:%d/%m/%Y}"))
    rows = ContactOpening.objects.filter(contact_ref=contact.pk).order_by("at", "id")
    readings = tuple((f"{row.at.astimezone(VIETNAM):%d/%m/%Y %H:%M}", f"{row.label}: {row.reason}") for row in rows)
    return [OwnSection(_("Thông tin liên hệ"), tuple(told)), OwnSection(_("Ai đã xem thông tin liên hệ"), readings)]


def _record(
    kind: DataRequestKind, outcome: DataRequestOutcome, contact: Contact, reason: str, by: Actor, at: datetime
) -> DataRequest:
    return DataRequest.objects.create(
        home_area=contact.home_area, kind=kind, outcome=outcome, contact_ref=contact.pk, reason=reason, label=by.label,
        at=at,
    )  # fmt: skip
