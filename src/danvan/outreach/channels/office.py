from danvan.outreach.channels.outcome import Outcome
from danvan.outreach.kinds import Delivery
from danvan.outreach.models import Notice
from danvan.people.models import Contact


def send(notice: Notice, contact: Contact) -> Outcome:
    """The person comes to the office, or an officer finds another way: either is a to-do of the notice's unit."""
    del notice, contact
    return Outcome(Delivery.TO_DO)
