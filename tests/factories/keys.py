"""Keys that sign seals in tests, made anew in each process."""

from functools import cache
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

if TYPE_CHECKING:
    from upheld.cases.keys import Keys, SealKey


def seal_key(name: str = "ours") -> "SealKey":
    """A key; another for another name."""
    from upheld.cases.keys import SealKey

    return SealKey(_private(name))


@cache
def _private(name: str) -> Ed25519PrivateKey:
    del name  # each has its own
    return Ed25519PrivateKey.generate()


def believed(*names: str) -> "Keys":
    """The public halves of some keys, of ours unless named."""
    return {key.fingerprint: key.public for key in map(seal_key, names or ("ours",))}
