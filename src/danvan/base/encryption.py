"""Encryption at rest and keyed look-up hashes, on the primitives of `cryptography` only.

Keys come from `DANVAN_VAULT_KEY` or the file named by `DANVAN_VAULT_KEY_FILE`; each line is `id:base64 of 32 bytes`.
The first key seals, all of them open, so that a key is replaced by putting a new line on top and re-sealing.
A sealed value is `version byte, key id, nonce, AES-256-GCM ciphertext`; the context it was sealed in is bound to it,
so that a value copied into another row or column does not open.
"""

import base64
import hashlib
import hmac
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

VERSION = 1
NONCE_BYTES = 12
KEY_BYTES = 32


class CannotOpen(Exception):
    """The value was changed, moved to another row, or sealed with a key that is not at hand."""


@dataclass(frozen=True)
class Keyring:
    keys: tuple[tuple[int, bytes], ...]

    @classmethod
    def read(cls, text: str) -> "Keyring":
        pairs = [line.strip().split(":", 1) for line in text.splitlines() if line.strip()]
        keys = tuple((int(number), base64.b64decode(value)) for number, value in pairs)
        if not keys or any(len(key) != KEY_BYTES or not 0 <= number <= 255 for number, key in keys):
            raise ValueError("a vault key is a line `number:base64 of 32 bytes`, number 0..255")
        return cls(keys)

    def seal(self, text: str, context: str) -> bytes:
        number, key = self.keys[0]
        nonce = os.urandom(NONCE_BYTES)
        sealed = AESGCM(key).encrypt(nonce, text.encode(), context.encode())
        return bytes([VERSION, number]) + nonce + sealed

    def open(self, sealed: bytes, context: str) -> str:
        """The text, or `CannotOpen`; never a guess."""
        sealed = bytes(sealed)
        key = dict(self.keys).get(sealed[1]) if len(sealed) > 2 + NONCE_BYTES and sealed[0] == VERSION else None
        if key is None:
            raise CannotOpen
        nonce, body = sealed[2 : 2 + NONCE_BYTES], sealed[2 + NONCE_BYTES :]
        try:
            return AESGCM(key).decrypt(nonce, body, context.encode()).decode()
        except InvalidTag as error:
            raise CannotOpen from error

    def look_up(self, text: str, context: str) -> str:
        """A keyed hash: equal texts of one context meet, and nobody without the key can try texts out.

        Made with the oldest key, which therefore stays on the ring for as long as look-ups must find old rows.
        """
        return hmac.new(self.keys[-1][1], f"{context}\0{text}".encode(), hashlib.sha256).hexdigest()


def new_key_line(number: int) -> str:
    return f"{number}:{base64.b64encode(os.urandom(KEY_BYTES)).decode()}\n"


_rings: dict[str, Keyring] = {}


def keyring() -> Keyring:
    """The configured ring, read once per distinct configuration."""
    text: str = settings.VAULT_KEYS
    if text not in _rings:
        _rings[text] = Keyring.read(text)
    return _rings[text]


def owner_only_file(path: Path, content: str) -> str:
    """Reads a secret file, making it first with mode 0600 where it is absent."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(content)
    return path.read_text()
