"""What is signed of a seal and of a certificate: a constant content, each joined to what came before."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

import pytest

from upheld.cases.chain import link
from upheld.cases.seals import BEFORE_THE_FIRST_SEAL, Certificate, Seal, head_line

CASE = UUID("0f5b1a6e-6f9e-4a4b-9a51-3a9f0b6a1c11")
AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SEAL = Seal(1, AT, 1, 3, 1, sha256(head_line(CASE, 3, bytes(32))).digest(), BEFORE_THE_FIRST_SEAL, "ab12", b"signed")
CERTIFICATE = Certificate(CASE, "retention", CASE, AT, UUID(int=1), AT, bytes(range(64)), "ab12", b"signed")


def test_the_content_of_a_seal_is_this_for_ever() -> None:
    assert SEAL.content == (
        b'{"cases":1,"entries":3,"form":1,'
        b'"heads":"' + sha256(f"{CASE} 3 {'00' * 32}\n".encode()).hexdigest().encode() + b'",'
        b'"key":"ab12","moved":1,"number":1,"previous":"' + b"00" * 32 + b'",'
        b'"sealed_at":"2026-11-22T09:30:00.000000Z"}'
    )
    assert SEAL.hash == sha256(SEAL.content + b"signed").digest()


@pytest.mark.parametrize(
    "change",
    [{"number": 2}, {"cases": 2}, {"entries": 4}, {"moved": 2}, {"heads": b"x"}, {"previous": b"x"}, {"key": "x"},
     {"sealed_at": AT.replace(microsecond=1)}],
    ids=str,
)  # fmt: skip
def test_everything_that_a_seal_says_is_signed(change: dict[str, object]) -> None:
    other = replace(SEAL, **change)  # type: ignore[arg-type]
    assert other.content != SEAL.content
    assert other.hash != SEAL.hash


def test_the_signature_is_in_the_hash_that_the_next_seal_names() -> None:
    other = replace(SEAL, signature=b"another")
    assert other.content == SEAL.content
    assert other.hash != SEAL.hash


def test_a_certificate_joins_the_chain_where_the_last_entry_did() -> None:
    first = link(bytes(32), bytes(range(32)))
    last = link(first, bytes(range(32, 64)))
    assert CERTIFICATE.entries == 2
    assert CERTIFICATE.heads() == (first, last, link(last, sha256(CERTIFICATE.content).digest()))


@pytest.mark.parametrize(
    "change",
    [{"case": UUID(int=2)}, {"ground": "x"}, {"requested_by": UUID(int=3)}, {"requested_at": AT.replace(second=1)},
     {"approved_by": UUID(int=4)}, {"approved_at": AT.replace(second=2)}, {"contents": bytes(32)}, {"key": "x"}],
    ids=str,
)  # fmt: skip
def test_everything_that_a_certificate_says_is_signed(change: dict[str, object]) -> None:
    assert replace(CERTIFICATE, **change).content != CERTIFICATE.content  # type: ignore[arg-type]
