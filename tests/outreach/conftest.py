"""A contact to tell things to, and a mail server that answers as it is told."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

import pytest
from pytest_django import Settings

from danvan.outreach.actions import tell
from danvan.outreach.kinds import Channel, Template
from danvan.outreach.models import Notice
from danvan.people.actions import keep
from danvan.people.kinds import Purpose
from danvan.people.models import Contact
from tests.world import AT, MAU, Citizen, World

CODE = "DV99-7K3M-92QFH"
Teller = Callable[..., Notice]


@pytest.fixture
def contact(db: None, hoa: Citizen) -> Contact:
    kept = keep(home_area=MAU, purpose=Purpose.ANSWER, name=hoa.name, phone=hoa.phone, email=hoa.email, at=AT)
    assert kept is not None
    return kept


@pytest.fixture
def told(world: World, contact: Contact) -> Teller:
    """Tells bà Hoa something, in the name of xã Bình An; by e-mail unless another channel is named."""

    def telling(
        channel: Channel = Channel.EMAIL, template: Template = Template.RECEIPT, code: str = CODE, at: datetime = AT
    ) -> Notice:
        return tell(
            template=template,
            code=code,
            contact=contact,
            channel=channel,
            unit_id=world.ubnd_binh_an.id,
            home_area=MAU,
            at=at,
        )

    return telling


@dataclass
class MailServer:
    answer_to_recipient: str = "250 ok"
    letters: list[str] = field(default_factory=list)


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[MailServer]:
    """Speaks as much SMTP as a letter needs, on a port of its own."""
    told = MailServer()

    class Session(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 mail.example")
            for line in self.rfile:
                verb = line[:4].upper()
                if verb == b"DATA":
                    self.say("354 go on")
                    told.letters.append(b"".join(iter(self.rfile.readline, b".\r\n")).decode())
                self.say(told.answer_to_recipient if verb == b"RCPT" else "221 bye" if verb == b"QUIT" else "250 ok")
                if verb == b"QUIT":
                    return

        def say(self, answer: str) -> None:
            self.wfile.write(f"{answer}\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.socket.getsockname()
        settings.EMAIL_USE_TLS = False
        yield told
        server.shutdown()
