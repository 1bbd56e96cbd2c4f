"""The only module that seals and opens a denouncer's identity; an import contract names who may call it.

A fresh key K seals the identity and, through keys derived from it, each file. K itself is kept nowhere: it is split
into K1 xor K2, each part alone pure chance, K1 sealed to the custodians of one side (HPKE, RFC 9180), K2 to those of
the other. A custodian's private key lies sealed under a passphrase (Argon2id) and nothing else. No key of the server
takes part, so that neither its owner nor a thief of both database and server keys can open anything.
"""

import json
import os
from dataclasses import asdict, dataclass, field

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.views.decorators.debug import sensitive_variables

from danvan.base.encryption import CannotOpen
from danvan.people.kinds import PlainIdentity
from danvan.rules.text import nfc

VERSION = b"\1"
KEY_BYTES = 32
NONCE_BYTES = 12
SALT_BYTES = 16
COST_BYTES = 6
BODY_STEP = 4096
SMALLEST_FILE = 1 << 16
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


class WrongPassphrase(Exception):
    """The passphrase does not open this custodian's key, or the key was changed."""


@dataclass(frozen=True)
class Parts:
    """A fresh key and the two parts it is split into."""

    key: bytes = field(repr=False)
    first: bytes = field(repr=False)
    second: bytes = field(repr=False)


def new_parts() -> Parts:
    key, first = os.urandom(KEY_BYTES), os.urandom(KEY_BYTES)
    return Parts(key, first, joined(key, first))


def joined(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


@sensitive_variables()
def new_key_pair(passphrase: str, context: str) -> tuple[bytes, bytes]:
    """The public half in the open and the private half under the passphrase."""
    private = X25519PrivateKey.generate()
    return private.public_key().public_bytes_raw(), seal_private(private, passphrase, context)


@sensitive_variables()
def seal_private(private: X25519PrivateKey, passphrase: str, context: str) -> bytes:
    """`version, time cost, lanes, memory in KiB, salt, nonce, ciphertext`: later costs do not lock out older keys."""
    passes, memory, lanes = settings.CUSTODY_ARGON2
    head = VERSION + bytes([passes, lanes]) + memory.to_bytes(4, "big") + os.urandom(SALT_BYTES)
    return head + _sealed(_stretched(passphrase, head), private.private_bytes_raw(), context, head)


@sensitive_variables()
def open_private(sealed: bytes, passphrase: str, context: str) -> X25519PrivateKey:
    sealed = bytes(sealed)
    head, body = sealed[: 1 + COST_BYTES + SALT_BYTES], sealed[1 + COST_BYTES + SALT_BYTES :]
    try:
        return X25519PrivateKey.from_private_bytes(_opened(_stretched(passphrase, head), body, context, head))
    except CannotOpen:
        raise WrongPassphrase from None


@sensitive_variables()
def seal_share(part: bytes, public_key: bytes | memoryview, context: str) -> bytes:
    public = X25519PublicKey.from_public_bytes(bytes(public_key))
    return VERSION + SUITE.encrypt(part, public, info=context.encode())


@sensitive_variables()
def open_share(sealed: bytes, private: X25519PrivateKey, context: str) -> bytes:
    sealed = bytes(sealed)
    if sealed[:1] != VERSION:
        raise CannotOpen
    try:
        return SUITE.decrypt(sealed[1:], private, info=context.encode())
    except (InvalidTag, ValueError):
        raise CannotOpen from None


@sensitive_variables()
def seal_body(key: bytes, plain: PlainIdentity, context: str) -> bytes:
    """Every field but the files. Padded: how long a name is, is no business of the database."""
    fields = {name: value for name, value in asdict(plain).items() if name != "files"}
    text = json.dumps(fields, ensure_ascii=False).encode()
    size = -(-(len(text) + 8) // BODY_STEP) * BODY_STEP
    return VERSION + _sealed(_derived(key, "body"), _padded(text, size), context)


@sensitive_variables()
def open_body(key: bytes, sealed: bytes, files: tuple[bytes, ...], context: str) -> PlainIdentity:
    fields = json.loads(_unpadded(_opened(_derived(key, "body"), _versioned(sealed), context)))
    return PlainIdentity(**fields, files=files)


@sensitive_variables()
def seal_file(key: bytes, number: int, data: bytes, context: str) -> bytes:
    """The bytes as they came, padded to a power of two, so that a known letter is not told by its size."""
    size = max(SMALLEST_FILE, 1 << (len(data) + 7).bit_length())
    return VERSION + _sealed(_derived(key, f"file {number}"), _padded(data, size), context)


@sensitive_variables()
def open_file(key: bytes, number: int, sealed: bytes, context: str) -> bytes:
    return _unpadded(_opened(_derived(key, f"file {number}"), _versioned(sealed), context))


def _stretched(passphrase: str, head: bytes) -> bytes:
    """One way of writing: another keyboard may compose Vietnamese letters differently."""
    secret = " ".join(nfc(passphrase).split()).encode()
    return hash_secret_raw(
        secret, head[1 + COST_BYTES :], time_cost=head[1], parallelism=head[2],
        memory_cost=int.from_bytes(head[3:7], "big"), hash_len=KEY_BYTES, type=Type.ID,
    )  # fmt: skip


def _derived(key: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"danvan sealed identity: {purpose}".encode()).derive(key)


def _sealed(key: bytes, data: bytes, context: str, head: bytes = b"") -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, data, head + context.encode())


def _opened(key: bytes, sealed: bytes, context: str, head: bytes = b"") -> bytes:
    nonce, body = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        return ChaCha20Poly1305(key).decrypt(nonce, body, head + context.encode())
    except (InvalidTag, ValueError):
        raise CannotOpen from None


def _versioned(sealed: bytes) -> bytes:
    sealed = bytes(sealed)
    if sealed[:1] != VERSION:
        raise CannotOpen
    return sealed[1:]


def _padded(data: bytes, size: int) -> bytes:
    return len(data).to_bytes(8, "big") + data + bytes(size - 8 - len(data))


def _unpadded(padded: bytes) -> bytes:
    return padded[8 : 8 + int.from_bytes(padded[:8], "big")]
