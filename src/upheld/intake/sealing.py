"""Uploaded files and what was found in them, unreadable in the database and in copies of it."""

import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from upheld.errors import UpheldError

_NONCE = 12  # bytes


class CannotUnseal(UpheldError):
    """Sealed with another key, or changed since."""


def seal(content: bytes, *, upload: UUID, what: str) -> bytes:
    """Seal `what` of an upload with a key drawn from the installation's secret key."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_derived(str(settings.SECRET_KEY))).encrypt(nonce, content, _about(upload, what))


def unseal(sealed: bytes | memoryview, *, upload: UUID, what: str) -> bytes:
    """Read back what was sealed. Former keys still read. Raises CannotUnseal."""
    sealed = bytes(sealed)
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return AESGCM(_derived(str(key))).decrypt(sealed[:_NONCE], sealed[_NONCE:], _about(upload, what))
        except InvalidTag:
            continue
    raise CannotUnseal(
        "This file was sealed with another secret key (UPHELD_SECRET_KEY), so it cannot be read. Upload it again."
    )


def _about(upload: UUID, what: str) -> bytes:
    return f"{upload} {what}".encode()


def _derived(secret_key: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"upheld uploaded registers").derive(secret_key.encode())
