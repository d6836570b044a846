"""What is said beside a marked claim: one wording for every medium."""

from upheld.checker.model import Claim, Severity, Verdict

LABELS = {Severity.MATERIAL: "Wrong", Severity.MINOR: "Wrong (small)", Severity.RISK: "Risk"}
RIGHT, CANNOT_TELL = "Right", "Cannot tell"


def label_of(claim: Claim) -> str:
    """The verdict in a word or two."""
    if claim.verdict is Verdict.RIGHT:
        return RIGHT
    if claim.severity is None:
        return CANNOT_TELL
    return LABELS[claim.severity]


def note_of(claim: Claim) -> str:
    """Stated, what it should be, how that was worked out, and the likely cause."""
    parts = [f"{label_of(claim)}: {claim.stated}."]
    if claim.is_wrong and claim.computed is not None:
        parts.append(f"Should be: {claim.computed}.")
    parts.append(claim.why)
    if claim.cause is not None:
        parts.append(f"Likely cause: {claim.cause}.")
    return " ".join(parts)
