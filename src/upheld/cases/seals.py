"""Seals over the heads of all chains, and certificates of disposal: what is signed, and how. Pure but for the key file.

A seal's content is canonical JSON (`upheld.cases.chain`) and names the seal before it by its hash, so the seals are a
chain of their own. `heads` is the SHA-256 of one line for each case whose head has moved since the seal before, sorted
by the case's id: the id, the number of entries, and the head in hexadecimal, with spaces between and a line feed at
the end. What has not moved is in the seal before, or in one before that.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Protocol
from uuid import UUID

from upheld.cases.chain import HASH_BYTES, link

BEFORE_THE_FIRST_SEAL = bytes(HASH_BYTES)
FORM = 1


class Signs(Protocol):
    """A key that signs."""

    @property
    def fingerprint(self) -> str:
        """Which key it is."""

    def sign(self, content: bytes) -> bytes:
        """The signature of some content."""


@dataclass(frozen=True, slots=True)
class Seal:
    """One seal as it is kept. `cases` and `entries` are those of the whole record, `moved` those named in `heads`."""

    number: int
    sealed_at: datetime
    cases: int
    entries: int
    moved: int
    heads: bytes
    previous: bytes  # the hash of the seal before
    key: str  # the fingerprint of the key that signed it
    signature: bytes = b""

    @property
    def content(self) -> bytes:
        """What is signed."""
        return canonical_bytes(
            {
                "cases": self.cases,
                "entries": self.entries,
                "form": FORM,
                "heads": self.heads.hex(),
                "key": self.key,
                "moved": self.moved,
                "number": self.number,
                "previous": self.previous.hex(),
                "sealed_at": moment(self.sealed_at),
            }
        )

    @property
    def hash(self) -> bytes:
        """What the next seal names it by: it covers the signature too."""
        return sha256(self.content + self.signature).digest()


@dataclass(frozen=True, slots=True)
class Certificate:
    """What stands for a case that was disposed of. `contents` are the content hashes of its entries, one after another.

    It holds who asked, who approved and why, and nothing of what the case was about. It follows the last entry in the
    chain, so the case's head goes on from where it was.
    """

    case: UUID
    ground: str
    requested_by: UUID
    requested_at: datetime
    approved_by: UUID
    approved_at: datetime
    contents: bytes
    key: str
    signature: bytes = b""

    @property
    def entries(self) -> int:
        """How many entries there were."""
        return len(self.contents) // HASH_BYTES

    @property
    def content(self) -> bytes:
        """What is signed."""
        return canonical_bytes(
            {
                "approved_at": moment(self.approved_at),
                "approved_by": str(self.approved_by),
                "case": str(self.case),
                "contents": sha256(self.contents).hexdigest(),
                "entries": self.entries,
                "form": FORM,
                "ground": self.ground,
                "key": self.key,
                "requested_at": moment(self.requested_at),
                "requested_by": str(self.requested_by),
            }
        )

    def heads(self) -> tuple[bytes, ...]:
        """The head of the chain after each entry that there was, and last after the certificate."""
        heads: list[bytes] = []
        before = bytes(HASH_BYTES)
        for start in range(0, len(self.contents), HASH_BYTES):
            before = link(before, self.contents[start : start + HASH_BYTES])
            heads.append(before)
        return (*heads, link(before, sha256(self.content).digest()))


def head_line(case: UUID | str, version: int, head: bytes) -> bytes:
    """The line of one head."""
    return f"{case} {version} {head.hex()}\n".encode()


def canonical_bytes(content: dict[str, str | int]) -> bytes:
    """Canonical JSON."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def moment(at: datetime) -> str:
    """A moment as contents have it: in UTC with six decimals."""
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"
