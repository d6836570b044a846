"""What a file itself says about being in time, in the words that systems and officers use for it."""

from collections.abc import Mapping

from upheld.register.cells import CellProblem
from upheld.register.layout import normal

_MET = frozenset(
    normal(words)
    for words in (
        "yes", "y", "true", "1", "met", "achieved", "in time", "on time", "within time", "in timescale",
        "within timescale", "within timescales", "in target", "on target", "within target", "in sla", "within sla",
        "green", "in limit", "within limit", "compliant",
    )
)  # fmt: skip
_MISSED = frozenset(
    normal(words)
    for words in (
        "no", "n", "false", "0", "missed", "not met", "not achieved", "late", "overdue", "out of time", "not in time",
        "out of timescale", "outside timescale", "outside timescales", "over timescale", "out of target",
        "outside target", "off target", "out of sla", "outside sla", "breached", "breach", "red", "over limit",
        "outside limit", "non compliant", "exceeded",
    )
)  # fmt: skip
_NEITHER = frozenset(
    normal(words)
    for words in ("", "n/a", "na", "not applicable", "not due", "not yet due", "open", "ongoing", "pending", "tbc")
)


def stated_in_time(text: str, words: Mapping[str, str]) -> bool | None:
    """Whether a cell says that the stage was in time; None where it says nothing yet. `words` are the mapping's own.

    Raises CellProblem where it cannot be told.
    """
    told = words.get(normal(text))
    if told is not None:
        return None if not told else normal(told) == "yes"
    word = normal(text)
    if word in _NEITHER:
        return None
    if word in _MET or word in _MISSED:
        return word in _MET
    raise CellProblem("does not say whether it was in time. Say what it means under [words.in_time]")


def says_in_time(text: str) -> bool:
    """Whether a cell is one of the usual words about being in time."""
    return normal(text) in _MET | _MISSED | _NEITHER
