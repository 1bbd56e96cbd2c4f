from django.utils.translation import gettext as _

from danvan.outreach.channels.outcome import Outcome
from danvan.outreach.kinds import Delivery
from danvan.outreach.models import Notice
from danvan.people.models import Contact


def send(notice: Notice, contact: Contact) -> Outcome:
    """No machine calls people: an officer of the notice's unit does."""
    del notice
    if contact.phone is None:
        return Outcome(Delivery.FAILED, _("Người gửi không để lại số điện thoại."))
    return Outcome(Delivery.TO_DO)
