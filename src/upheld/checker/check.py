"""A report checked from beginning to end: read, understood, its claims found, each judged by its own numbers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from upheld.checker.binding import Index
from upheld.checker.checks.bases import check_bases
from upheld.checker.checks.parts import check_differences, check_parts, check_series, check_small_numbers
from upheld.checker.checks.shares import check_shares
from upheld.checker.checks.titles import check_titles
from upheld.checker.checks.totals import check_totals
from upheld.checker.claims.prose import claims_of
from upheld.checker.coverage import covered
from upheld.checker.model import Checked, Claim, Place, Severity, Verdict
from upheld.checker.outline import Outline, outlined
from upheld.checker.periods import Period
from upheld.checker.reading import Document, read_document
from upheld.checker.tables.model import Table
from upheld.checker.words import facets_of
from upheld.files import read_bytes


@dataclass(frozen=True, slots=True)
class Understood:
    """A report with its tables, the period that it is about, and what its tables say."""

    outline: Outline
    tables: tuple[Table, ...]
    now: Period | None
    index: Index


def check_file(path: Path, *, previous: Path | None = None) -> Checked:
    """Check the report in a file. Raises UnreadableFile."""
    earlier = (read_bytes(previous), previous.name) if previous is not None else None
    return check_bytes(read_bytes(path), path.name, previous=earlier)


def check_bytes(content: bytes, name: str, *, previous: tuple[bytes, str] | None = None) -> Checked:
    """Check a report; `previous` is the content and the name of the one before it. Raises UnreadableFile."""
    before = read_document(*previous) if previous is not None else None
    return check_document(read_document(content, name), before)


def check_document(document: Document, previous: Document | None = None) -> Checked:
    """Check a report that has been read."""
    report = understand(document)
    claims = [*_table_claims(report), *check_titles(report.outline, report.tables, report.now)]
    sentences = []
    for piece in report.outline.texts:
        for sentence, found in claims_of(piece.text, piece.place, facets_of(piece.heading), report.index, report.now):
            sentences.append(sentence)
            claims += found
    if previous is not None:
        from upheld.checker.checks.previous import check_previous

        claims += check_previous(report, understand(previous))
    claims = sorted(_one_rule(list(_once(claims))), key=_order)
    return Checked(document.name, covered(report.tables, sentences, claims), tuple(claims))


def understand(document: Document) -> Understood:
    """A report's tables, its period, and what its tables say."""
    outline = outlined(document)
    return Understood(outline, outline.tables, outline.now, Index(outline.tables, outline.now))


def _table_claims(report: Understood) -> Iterator[Claim]:
    for table in report.tables:
        yield from check_shares(table)
        yield from check_totals(table)
        yield from check_parts(table)
        yield from check_differences(table)
        yield from check_series(table)
        yield from check_small_numbers(table)
        yield from check_bases(table, report.index)


def _order(claim: Claim) -> tuple[int, int, int, int]:
    place = claim.place
    return (place.block, place.row or 0, place.column or 0, claim.start)


def _one_rule(claims: list[Claim]) -> list[Claim]:
    """A half that was rounded down is cut off, in a report that rounds halves up elsewhere."""
    if not any(claim.halves == "up" for claim in claims):
        return claims
    return [
        replace(
            claim,
            verdict=Verdict.WRONG,
            severity=Severity.MINOR,
            cause="cut off instead of rounded",
            why=f"{claim.why.removesuffix('.')}; elsewhere in this report halves are rounded up.",
        )
        if claim.halves == "even"
        else claim
        for claim in claims
    ]


def _once(claims: list[Claim]) -> Iterator[Claim]:
    """Each claim once, whichever way it was found."""
    seen: set[tuple[Place, int, int, str, str]] = set()
    for claim in claims:
        key = (claim.place, claim.start, claim.end, claim.kind.value, claim.stated)
        if key not in seen:
            seen.add(key)
            yield replace(claim)
