"""Check the whole record: chains, reasons, certificates and seals."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from upheld.cases.chain import words_digest
from upheld.cases.keys import Keys
from upheld.cases.seals import Certificate
from upheld.cases.verification.chains import KeptEntry, check_case
from upheld.cases.verification.findings import About, Finding, Verified
from upheld.cases.verification.reading import KeptCase, count_entries, kept_cases, one_look
from upheld.cases.verification.sealed import certificates, check_certificate, check_seals
from upheld.procedure import EventKind

Progress = Callable[[int, int], None]
NO_KEY = "no public key is at hand, so nobody knows who made the seals"


def verify_record(keys: Keys, *, copies: Path | None = None, progress: Progress | None = None) -> Verified:
    """Check every chain, reason, certificate and seal. `keys` are those whose signatures are believed.

    `copies` is the file with the seals that were made. `progress` is told how many entries of how many are checked.
    Nothing is written. Where there are no keys at all, signatures are not checked and `unchecked` says so.
    """
    with one_look():
        total = count_entries() if progress is not None else 0
        seals = check_seals(keys, copies)
        findings = list(seals.findings)
        waiting = certificates()
        certificate = next(waiting, None)
        cases = entries = disposed = unsealed = 0
        for kept in kept_cases():
            while certificate is not None and str(certificate[0].case) < kept.case:
                findings += _checked(certificate, KeptCase(str(certificate[0].case), None, [], [], {}), keys)
                disposed += 1
                certificate = next(waiting, None)
            sealed = [seal for seal in kept.sealed if seal.seal in seals.sound]
            entries += len(kept.entries)
            if certificate is not None and str(certificate[0].case) == kept.case:
                findings += _checked(certificate, kept._replace(sealed=sealed), keys)
                disposed += 1
                certificate = next(waiting, None)
            else:
                if kept.version is None and not kept.entries and not sealed:
                    continue  # heads of seals that are not believed accuse nobody
                cases += 1
                findings += check_case(kept.case, kept.entries, kept.version, sealed)
                unsealed += max(0, len(kept.entries) - max((seal.version for seal in sealed), default=0))
                findings += _reasons(kept)
            if progress is not None:
                progress(entries, total)
        while certificate is not None:
            findings += _checked(certificate, KeptCase(str(certificate[0].case), None, [], [], {}), keys)
            disposed += 1
            certificate = next(waiting, None)
        return Verified(
            cases=cases,
            entries=entries,
            disposed=disposed,
            seals=seals.count,
            last_sealed=seals.last_sealed,
            unsealed=unsealed,
            unchecked=NO_KEY if not keys and (seals.count or disposed) else "",
            findings=tuple(findings),
        )


def _checked(certificate: tuple[Certificate, bytes], kept: KeptCase, keys: Keys) -> tuple[Finding, ...]:
    return check_certificate(*certificate, entries=len(kept.entries), sealed=kept.sealed, keys=keys)


def _reasons(kept: KeptCase) -> Iterator[Finding]:
    """The words of corrections that are not as they were, or belong to none."""
    named = set()
    for entry in kept.entries:
        if entry.kind != EventKind.ENTRY_STRUCK.value:
            continue
        id_, digest = _named(entry)
        if id_ is None:
            continue
        named.add(id_)
        if id_ not in kept.reasons:
            words = "is missing"
        elif words_digest(*kept.reasons[id_]) != digest:
            words = "was changed"
        else:
            continue
        said = f"Case {kept.case}, entry {entry.sequence}: the text that says why it corrects another {words}."
        yield Finding(About.REASON, said, kept.case, entry.sequence)
    for id_ in kept.reasons:
        if id_ not in named:
            yield Finding(About.REASON, f"Case {kept.case}: a reason belongs to none of its corrections.", kept.case)


def _named(entry: KeptEntry) -> tuple[str | None, str | None]:
    data = json.loads(entry.data)
    return (data.get("reason_id"), data.get("reason_digest")) if isinstance(data, dict) else (None, None)
