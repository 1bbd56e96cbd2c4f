"""The ways to reach a person: one file each, every one with `send(notice, contact) -> Outcome`."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from danvan.base.encryption import CannotOpen
from danvan.outreach.channels import email, office, phone
from danvan.outreach.channels.outcome import Outcome
from danvan.outreach.kinds import Channel, Delivery
from danvan.outreach.models import Notice
from danvan.people.models import Contact

SENDERS: dict[Channel, Callable[[Notice, Contact], Outcome]] = {
    Channel.EMAIL: email.send,
    Channel.PHONE: phone.send,
    Channel.OFFICE: office.send,
}


def send(notice: Notice) -> Outcome:
    """Tries once. Raises nothing that knows the person: what went wrong is in the outcome."""
    contact = notice.contact
    if contact is None or contact.erased_at is not None:
        return Outcome(Delivery.FAILED, _("Thông tin liên hệ đã được xóa."))
    try:
        return SENDERS[Channel(notice.channel)](notice, contact)
    except CannotOpen:
        return Outcome(Delivery.FAILED, _("Không mở được thông tin liên hệ: khóa không khớp."))
