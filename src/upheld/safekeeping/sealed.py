"""A stream of bytes sealed against reading and change, in bounded memory.

It is cut into chunks, each sealed with ChaCha20-Poly1305 under a number of its own and a mark for the last, so that one
changed, removed, moved or cut off is found. The key comes from the passphrase by scrypt, with a salt for each archive.
"""

import json
import os
from collections.abc import Iterator
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from upheld.errors import UpheldError

MAGIC = b"upheld backup 1\n"
CHUNK = 1024 * 1024  # bytes before sealing
SHORTEST_PASSPHRASE = 15  # characters
_TAG = 16
_MOST_HEADER = 512
# What an attacker has to spend on each guess: about 128 MB of memory and a third of a second.
_SCRYPT = {"n": 2**17, "r": 8, "p": 1}


class BadArchive(UpheldError):
    """The file is no backup, was changed or cut off, or the passphrase is another one."""


class SealingWriter:
    """Seals what is written to it into a file. `close` ends it; what is not closed cannot be read."""

    def __init__(self, file: IO[bytes], passphrase: str) -> None:
        salt = os.urandom(16)
        self._header = MAGIC + json.dumps({"kdf": "scrypt", **_SCRYPT, "salt": salt.hex()}).encode() + b"\n"
        self._cipher = ChaCha20Poly1305(_key(passphrase, salt))
        self._file = file
        self._number = 0
        self._buffer = bytearray()
        file.write(self._header)

    def write(self, data: bytes) -> None:
        """Add some bytes."""
        self._buffer += data
        while len(self._buffer) > CHUNK:  # the last chunk is never empty but where everything is
            self._seal(bytes(self._buffer[:CHUNK]), last=False)
            del self._buffer[:CHUNK]

    def close(self) -> None:
        """Seal the last chunk. The file itself stays open."""
        self._seal(bytes(self._buffer), last=True)
        self._buffer.clear()

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last=last), chunk, self._header))
        self._number += 1


def unsealed(file: IO[bytes], passphrase: str) -> Iterator[bytes]:
    """The bytes that were sealed, chunk by chunk. Raises BadArchive as soon as something is wrong, at the end too."""
    header = file.readline(_MOST_HEADER)
    if header != MAGIC:
        raise BadArchive("This file is no backup of Upheld, or one of a later version.")
    line = file.readline(_MOST_HEADER)
    cipher = ChaCha20Poly1305(_key(passphrase, _salt_in(line)))
    header += line
    number, chunk = 0, file.read(CHUNK + _TAG)
    while chunk:
        following = file.read(CHUNK + _TAG)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), chunk, header)
        except InvalidTag:
            raise BadArchive(_what_is_wrong(number, last=not following)) from None
        number, chunk = number + 1, following
    if not number:
        raise BadArchive("This backup was cut off: nothing stands after its first lines. Use another copy of it.")


def _what_is_wrong(number: int, *, last: bool) -> str:
    if number == 0:
        return "The passphrase is not the one that this backup was made with, or the file was changed."
    where = f"after {number:,} MB"
    if last:
        return f"This backup was cut off or changed {where}. Use another copy of it; nothing was restored."
    return f"This backup was changed {where}. Use another copy of it; nothing was restored."


def _salt_in(line: bytes) -> bytes:
    try:
        told = json.loads(line)
        salt = bytes.fromhex(told.pop("salt"))
    except (ValueError, AttributeError, KeyError, TypeError):
        raise BadArchive("The first lines of this backup were changed. Use another copy of it.") from None
    # Fixed, so that a made-up file cannot have this computer spend all its memory.
    if told != {"kdf": "scrypt", **_SCRYPT} or len(salt) != 16:
        raise BadArchive("The first lines of this backup were changed, or it is of a later version.")
    return salt


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, **_SCRYPT).derive(passphrase.encode())


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
