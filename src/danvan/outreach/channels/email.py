"""E-mail through the configured server; without one a letter on the disk, and an officer who sees to it."""

import smtplib
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from danvan.base.encryption import keyring
from danvan.outreach.channels.outcome import Outcome
from danvan.outreach.kinds import Delivery
from danvan.outreach.models import Notice
from danvan.outreach.queries import message_of
from danvan.people.models import Contact
from danvan.people.vault import open_contact

PATIENCE = 20
"""Seconds to wait for the mail server."""
TO_A_FILE = "django.core.mail.backends.filebased.EmailBackend"


@sensitive_variables()
def send(notice: Notice, contact: Contact) -> Outcome:
    """Sent, refused for good, or to be tried again; to do by an officer where there is no mail server."""
    address = open_contact(contact).email
    if not address:
        return Outcome(Delivery.FAILED, _("Người gửi không để lại địa chỉ thư điện tử."))
    message = message_of(notice)
    outcome = _mailed(EmailMessage(message.subject, message.body, to=[address], headers=_headers(notice)))
    if outcome.state is Delivery.SENT and settings.EMAIL_BACKEND == TO_A_FILE:
        return Outcome(Delivery.TO_DO, _("Chưa cấu hình máy chủ thư; thư đã ghi vào thư mục thư đi."))
    return outcome


def _headers(notice: Notice) -> dict[str, str]:
    """The same `Message-ID` at every attempt, so that a letter sent twice is seen once; made without showing the id."""
    name = keyring().look_up(str(notice.id), "outreach.notice.message-id")[:32]
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    return {"Message-ID": f"<{name}@{host}>", "Auto-Submitted": "auto-generated"}


@sensitive_variables()
def _mailed(letter: EmailMessage) -> Outcome:
    """What the mail library raises may quote the address, so it is turned into a code and dropped."""
    if settings.EMAIL_BACKEND == TO_A_FILE:
        Path(settings.EMAIL_FILE_PATH).mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        letter.message()  # refuses an address it cannot write before anything is opened
        letter.connection = get_connection(timeout=PATIENCE)
        letter.send()
    except smtplib.SMTPRecipientsRefused as refusal:
        code = max(code for code, _reason in refusal.recipients.values())
        state = Delivery.FAILED if code >= 500 else Delivery.WAITING
        return Outcome(state, _("Máy chủ thư từ chối địa chỉ người nhận (mã %(code)s).") % {"code": code})
    except smtplib.SMTPResponseException as answer:
        return Outcome(Delivery.WAITING, _("Máy chủ thư không nhận thư (mã %(code)s).") % {"code": answer.smtp_code})
    except (smtplib.SMTPException, OSError):
        return Outcome(Delivery.WAITING, _("Không liên lạc được với máy chủ thư."))
    except ValueError:
        return Outcome(Delivery.FAILED, _("Địa chỉ thư điện tử của người gửi không dùng được."))
    return Outcome(Delivery.SENT)
