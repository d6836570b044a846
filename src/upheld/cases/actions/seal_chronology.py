"""Seal the chronology: sign the heads of all chains, so that what is removed or written anew whole is missed."""

import json
import os
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from upheld.cases.actions.copying import copy_seal
from upheld.cases.keys import SealKey, signing_key
from upheld.cases.queries.seals import all_seals, last_seal
from upheld.cases.seals import BEFORE_THE_FIRST_SEAL, Seal, head_line
from upheld.errors import UpheldError

# Any number, as long as nothing else in the database locks it: who seals waits for who seals.
SEAL_LOCK = 0x75_70_68_65_6C_64_02
COPY_FILE = "seals.jsonl"

# The heads that no seal has yet, with the number of entries that the last seal of the case had.
_MOVED = """
CREATE TEMPORARY TABLE moved_heads ON COMMIT DROP AS
SELECT h.case_id, h.version, h.head, coalesce(s.version, 0) AS before
FROM (
    SELECT c.id AS case_id, e.sequence AS version, e.hash AS head
    FROM cases_case c JOIN cases_event e ON e.case_id = c.id AND e.sequence = c.version
    UNION ALL
    SELECT case_id, octet_length(contents) / 32 + 1, hash FROM cases_certificate
) h
LEFT JOIN LATERAL (
    SELECT version, head FROM cases_sealedhead WHERE case_id = h.case_id ORDER BY seal_id DESC LIMIT 1
) s ON true
WHERE s.head IS DISTINCT FROM h.head
"""


class ClockBehindSeal(UpheldError):
    """The last seal is of a later moment than this one would be."""


def keys_folder() -> Path:
    """Where this installation keeps the keys that sign its seals."""
    home: Path = settings.ENVIRONMENT.home
    return home / "keys"


def seal_chronology(*, at: datetime | None = None, key: SealKey | None = None) -> Seal | None:
    """Seal every head that has moved since the last seal; None where none has. For the periodic job and the command.

    A copy of every seal is kept in UPHELD_HOME, so that one which is taken out of the database is missed. Raises
    NoSealKey or BadSealKey where there is no key to sign with, ClockBehindSeal where `at` is before the last seal.
    """
    key = key or signing_key(keys_folder())
    at = at or timezone.now()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEAL_LOCK])
        before = last_seal()
        if before is not None and at < before.sealed_at:
            raise ClockBehindSeal(
                f"Seal {before.number} is of {before.sealed_at:%Y-%m-%d %H:%M:%S %Z}, later than now. Put the clock of "
                "this computer right and try again."
            )
        # One look at the record, which the digest and the copy both read.
        cursor.execute("DROP TABLE IF EXISTS pg_temp.moved_heads")
        cursor.execute(_MOVED)
        seal = _seal(before, at, key)
        if seal is not None:
            copy_seal(seal)
            cursor.execute(
                "INSERT INTO cases_sealedhead (seal_id, case_id, version, head) "
                "SELECT %s, case_id, version, head FROM moved_heads",
                [seal.number],
            )
        transaction.on_commit(keep_copies)
    return seal


def keep_copies() -> None:
    """Write the seals that the copy in UPHELD_HOME has not got to its end."""
    path = settings.ENVIRONMENT.home / COPY_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = path.read_bytes().count(b"\n") if path.exists() else 0
    lines = [
        json.dumps({"seal": json.loads(seal.content), "signature": seal.signature.hex()}, sort_keys=True) + "\n"
        for seal in all_seals(after=kept)
    ]
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8") as file:
        file.writelines(lines)


def _seal(before: Seal | None, at: datetime, key: SealKey) -> Seal | None:
    digest = sha256()
    moved = cases = entries = 0
    with connection.chunked_cursor() as cursor:
        cursor.execute("SELECT case_id, version, head, before FROM moved_heads ORDER BY case_id")
        for case, version, head, sealed in cursor:
            digest.update(head_line(case, version, bytes(head)))
            moved += 1
            cases += not sealed
            entries += version - sealed
    if not moved:
        return None
    seal = Seal(
        number=1 if before is None else before.number + 1,
        sealed_at=at,
        cases=cases + (0 if before is None else before.cases),
        entries=entries + (0 if before is None else before.entries),
        moved=moved,
        heads=digest.digest(),
        previous=BEFORE_THE_FIRST_SEAL if before is None else before.hash,
        key=key.fingerprint,
    )
    return replace(seal, signature=key.sign(seal.content))
