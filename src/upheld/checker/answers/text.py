"""The answer as people read it in a terminal."""

import textwrap
from collections.abc import Iterator

from upheld.checker.model import Checked, Claim, Severity, Verdict

_ORDER = (Severity.MATERIAL, Severity.MINOR, Severity.RISK)
_HEADINGS = {
    Severity.MATERIAL: "Wrong, and it matters",
    Severity.MINOR: "Wrong, and small",
    Severity.RISK: "Could identify somebody",
}


def as_text(checked: Checked) -> str:
    """What is wrong, the worst first; what could not be told; and how much was looked at."""
    return "\n".join(_lines(checked)) + "\n"


def _lines(checked: Checked) -> Iterator[str]:
    yield checked.file
    yield "=" * len(checked.file)
    for severity in _ORDER:
        claims = [claim for claim in checked.wrong if claim.severity is severity]
        if claims:
            yield ""
            yield f"{_HEADINGS[severity]} ({len(claims)})"
            for claim in claims:
                yield ""
                yield from _claim(claim)
    yield ""
    yield summary(checked)
    yield coverage(checked)


def _claim(claim: Claim) -> Iterator[str]:
    yield from _wrapped(f"“{claim.quote}”", "  ", "   ")
    yield from _wrapped(claim.place.words, "    ", "    ")
    yield from _wrapped(f"stated: {claim.stated}", "    ", "      ")
    if claim.computed is not None:
        yield from _wrapped(f"should be: {claim.computed}", "    ", "      ")
    yield from _wrapped(f"how: {claim.why}", "    ", "      ")
    if claim.cause is not None:
        yield from _wrapped(f"likely cause: {claim.cause}", "    ", "      ")


def _wrapped(text: str, first: str, rest: str) -> list[str]:
    return textwrap.wrap(text, 110, initial_indent=first, subsequent_indent=rest, break_long_words=False)


def summary(checked: Checked) -> str:
    """How many claims came out how."""
    counts = {verdict: sum(claim.verdict is verdict for claim in checked.claims) for verdict in Verdict}
    claims = f"{len(checked.claims)} claim{'' if len(checked.claims) == 1 else 's'}"
    return (
        f"{claims}: {counts[Verdict.RIGHT]} right, {counts[Verdict.WRONG]} wrong, "
        f"{counts[Verdict.CANNOT_TELL]} of which the report does not say enough."
    )


def coverage(checked: Checked) -> str:
    """How much was looked at."""
    c = checked.coverage
    return (
        f"{c.numbers} numbers, of which {c.bound} are bound to what they count and {c.checked} could be checked; "
        f"{c.tables} table{'' if c.tables == 1 else 's'}; {c.not_figures} more are dates, stages, limits and "
        f"references."
    )
