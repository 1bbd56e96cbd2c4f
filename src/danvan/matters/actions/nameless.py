"""A case of a denunciation travels without the denouncer: its words are looked through before they are kept."""

import re
from collections.abc import Mapping
from typing import Protocol

from django.views.decorators.debug import sensitive_variables

from danvan.base.errors import Invalid
from danvan.rules.text import fold

SHORTEST_NAME = 2
"""Words of a name that are looked for together; a single given name is too common to mean one person."""


class Named(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def address(self) -> str: ...


@sensitive_variables()
def refuse_identity_in(sender: Named, texts: Mapping[str, str]) -> None:
    """Refuses, at its field, a text that still says who denounces; the sentence repeats nothing of it.

    Looked for with and without accents: the whole name, the number, the e-mail address, the whole postal address
    (Luật Tố cáo, Điều 9, 47, 56).
    """
    for field, text in texts.items():
        if found := _found(sender, text):
            raise Invalid("identity-in-text", SENTENCE % found, field)


SENTENCE = "Ở đây còn ghi %s của người tố cáo. Hãy bỏ đi: phần ấy được niêm phong riêng và không đi theo hồ sơ vụ việc."


def _found(sender: Named, text: str) -> str:
    plain, digits = f" {_words(text)} ", re.sub(r"\D", "", text)
    name, address, email = _words(sender.name), _words(sender.address), fold(sender.email).strip()
    phone = re.sub(r"\D", "", sender.phone)
    if name.count(" ") + 1 >= SHORTEST_NAME and f" {name} " in plain:
        return "họ tên"
    if len(phone) >= 9 and phone[-9:] in digits:
        return "số điện thoại"
    if email and email in fold(text):
        return "địa chỉ thư điện tử"
    if address.count(" ") + 1 >= SHORTEST_NAME and f" {address} " in plain:
        return "địa chỉ"
    return ""


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))
