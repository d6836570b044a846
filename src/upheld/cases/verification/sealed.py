"""Seals and certificates against their own content, their signatures and each other."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from upheld.cases.keys import Keys
from upheld.cases.queries.seals import all_certificates, all_seals
from upheld.cases.seals import BEFORE_THE_FIRST_SEAL, Certificate, Seal, canonical_bytes, head_line
from upheld.cases.verification.chains import SealedAt
from upheld.cases.verification.findings import About, Finding
from upheld.cases.verification.reading import streamed

_HEADS = "SELECT seal_id, case_id::text, version, head FROM cases_sealedhead ORDER BY seal_id, case_id"


@dataclass(slots=True)
class SealsChecked:
    """Which seals were found and which of them can be believed."""

    count: int = 0
    last_sealed: datetime | None = None
    sound: set[int] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)


def check_seals(keys: Keys, copies: Path | None) -> SealsChecked:
    """Check every seal. `copies` is the file with those that were made, where there is one."""
    checked = SealsChecked()
    before, place = BEFORE_THE_FIRST_SEAL, 0
    numbers: dict[int, bytes] = {}
    heads = _digests()
    digest = next(heads, None)
    for seal in all_seals():
        checked.count += 1
        checked.last_sealed = seal.sealed_at
        numbers[seal.number] = seal.content
        for missing in range(place + 1, seal.number):
            checked.findings.append(_finding(missing, "is missing"))
        while digest is not None and digest[0] < seal.number:
            digest = next(heads, None)
        named = digest if digest is not None and digest[0] == seal.number else (seal.number, sha256().digest(), 0)
        problems = list(_problems(seal, before if seal.number == place + 1 else None, named, keys))
        checked.findings += [_finding(seal.number, problem) for problem in problems[:1]]
        if not problems:
            checked.sound.add(seal.number)
        before, place = seal.hash, seal.number
    if copies is not None and copies.exists():
        checked.findings += _copies(copies, numbers, keys, checked.findings)
    return checked


def _problems(seal: Seal, before: bytes | None, named: tuple[int, bytes, int], keys: Keys) -> Iterator[str]:
    if seal.key not in keys:
        if keys:
            yield f"is forged, or its key is not among those given: it names the key {seal.key}"
    elif not keys[seal.key].signed(seal.content, seal.signature):
        yield "was changed or forged: its signature is not of what it says"
    if before is not None and seal.previous != before:
        yield "does not follow the seal before it"
    if named[1:] != (seal.heads, seal.moved):
        yield "holds other heads than were signed"


def _digests() -> Iterator[tuple[int, bytes, int]]:
    """For each seal that has heads, their digest and number."""
    for seal, rows in groupby(streamed(_HEADS), key=itemgetter(0)):
        digest, count = sha256(), 0
        for _, case, version, head in rows:
            digest.update(head_line(case, version, bytes(head)))
            count += 1
        yield seal, digest.digest(), count


def _copies(path: Path, numbers: dict[int, bytes], keys: Keys, found: Sequence[Finding]) -> Iterator[Finding]:
    """The seals that were made and are not in the database, or not as they were made."""
    told = {finding.seal for finding in found}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            copy = _copy(line, keys)
            if copy is None:
                continue
            number, content = copy
            if number in told or numbers.get(number) == content:
                continue
            told.add(number)
            gone = "is missing" if number not in numbers else "is another than the one that was made"
            yield _finding(number, f"{gone}: its copy is in {path}")


def _copy(line: str, keys: Keys) -> tuple[int, bytes] | None:
    """The number and content of a copy that its key signed; None for anything else."""
    try:
        read: dict[str, Any] = json.loads(line)
        content, signature = canonical_bytes(read["seal"]), bytes.fromhex(read["signature"])
        key, number = keys[read["seal"]["key"]], read["seal"]["number"]
    except (ValueError, KeyError, TypeError):
        return None
    return (int(number), content) if key.signed(content, signature) else None


def _finding(number: int, words: str) -> Finding:
    return Finding(About.SEAL, f"Seal {number}: it {words}.", seal=number)


def certificates() -> Iterator[tuple[Certificate, bytes]]:
    """Every certificate, in the order of cases."""
    return all_certificates()


def check_certificate(
    certificate: Certificate, head: bytes, *, entries: int, sealed: Sequence[SealedAt], keys: Keys
) -> tuple[Finding, ...]:
    """What is wrong with the certificate of a case, which has so many entries still."""
    case = str(certificate.case)
    problem = next(_certificate_problems(certificate, head, entries, sealed, keys), None)
    if problem is None:
        return ()
    return (Finding(About.CERTIFICATE, f"Case {case}, disposed of: {problem}.", case),)


def _certificate_problems(
    certificate: Certificate, head: bytes, entries: int, sealed: Sequence[SealedAt], keys: Keys
) -> Iterator[str]:
    if keys and certificate.key not in keys:
        yield f"its certificate is forged, or its key is not among those given ({certificate.key})"
    elif keys and not keys[certificate.key].signed(certificate.content, certificate.signature):
        yield "its certificate was changed or forged: its signature is not of what it says"
    heads = certificate.heads()
    if heads[-1] != head:
        yield "its certificate was changed: the chain does not end where it says"
    for seal in sealed:
        if seal.version > len(heads) or heads[seal.version - 1] != seal.head:
            yield f"its certificate does not stand for what was there: seal {seal.seal} has another head"
    if entries:
        yield f"there are entries of it again ({entries})"
