"""The keys that sign seals and certificates: Ed25519, in files of the installation and never in the database.

They are in the folder `keys` of UPHELD_HOME: `seal-key.pem`, which signs and which only its owner may read, and for it
and for each key before it a file with the public half, `seal-key-FINGERPRINT.pub`, which may go anywhere.
"""

import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from upheld.errors import UpheldError

KEY_FILE = "seal-key.pem"
_FINGERPRINT_DIGITS = 16


class NoSealKey(UpheldError):
    """There is no key to sign with."""


class BadSealKey(UpheldError):
    """A key file cannot be used; the text says which and why."""


@dataclass(frozen=True, slots=True)
class SealKey:
    """A key that signs."""

    private: Ed25519PrivateKey

    @property
    def public(self) -> "PublicKey":
        """Its public half."""
        return PublicKey(self.private.public_key())

    @property
    def fingerprint(self) -> str:
        """The first digits of the SHA-256 of the public key."""
        return self.public.fingerprint

    def sign(self, content: bytes) -> bytes:
        """The signature of some content."""
        return self.private.sign(content)


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The half of a key that tells whether it signed."""

    key: Ed25519PublicKey

    @property
    def fingerprint(self) -> str:
        """The first digits of the SHA-256 of the key."""
        return sha256(self.key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:_FINGERPRINT_DIGITS]

    @property
    def pem(self) -> bytes:
        """The key as a file holds it."""
        return self.key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def signed(self, content: bytes, signature: bytes) -> bool:
        """Whether this key signed the content."""
        try:
            self.key.verify(signature, content)
        except InvalidSignature:
            return False
        return True


Keys = Mapping[str, PublicKey]  # by fingerprint


def make_key(folder: Path, *, replace: bool = False) -> SealKey:
    """Make a key and keep it in `folder`. Raises BadSealKey where there is one and it is not to be replaced.

    The public halves of earlier keys stay, so what they signed can still be checked.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / KEY_FILE
    if path.exists() and not replace:
        raise BadSealKey(f"There is a key already: {path}. Another takes its place with: upheld audit key --replace")
    key = SealKey(Ed25519PrivateKey.generate())
    (folder / f"seal-key-{key.fingerprint}.pub").write_bytes(key.public.pem)
    building = path.with_name(f"{KEY_FILE}.new-{secrets.token_hex(4)}")
    with os.fdopen(os.open(building, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    building.replace(path)
    return key


def signing_key(folder: Path) -> SealKey:
    """The key that signs. Raises NoSealKey or BadSealKey."""
    path = folder / KEY_FILE
    try:
        mode, content = path.stat().st_mode, path.read_bytes()
    except FileNotFoundError:
        raise NoSealKey(f"There is no key to sign seals with in {folder}. Make one: upheld audit key") from None
    except OSError as error:
        raise BadSealKey(f"{path} cannot be read: {error.strerror}.") from error
    if os.name == "posix" and mode & 0o077:
        raise BadSealKey(f"{path} can be read by others than its owner. Put that right: chmod 600 {path}")
    try:
        key = load_pem_private_key(content, password=None)
    except (ValueError, TypeError) as error:
        raise BadSealKey(f"{path} holds no key. Put it back from a safe copy, or make another.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise BadSealKey(f"{path} holds a key of another kind; seals are signed with Ed25519.")
    return SealKey(key)


def public_keys(files: Iterable[Path]) -> Keys:
    """The public keys in some files. Raises BadSealKey."""
    return {key.fingerprint: key for key in map(_public_key, files)}


def trusted_keys(folder: Path) -> Keys:
    """The public halves of every key that this installation has had; none where it had none. Raises BadSealKey."""
    return public_keys(sorted(folder.glob("seal-key-*.pub")))


def _public_key(path: Path) -> PublicKey:
    try:
        key = load_pem_public_key(path.read_bytes())
    except OSError as error:
        raise BadSealKey(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise BadSealKey(f"{path} holds no public key. “upheld audit key --public FILE” writes one.") from error
    if not isinstance(key, Ed25519PublicKey):
        raise BadSealKey(f"{path} holds a key of another kind; seals are signed with Ed25519.")
    return PublicKey(key)
