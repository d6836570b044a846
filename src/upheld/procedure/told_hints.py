"""What only the notes of a chronology point to: how a stage was conducted, advocates, forms, remedies.

A note is the source's remark in passing, so all of these are risks, each with what would settle it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from upheld.procedure.chronology import Told
from upheld.procedure.seen import Seen, ToldFault
from upheld.procedure.told_notes import (
    speaks_of_a_disputed_remedy,
    speaks_of_form,
    speaks_of_no_advocate,
    speaks_of_not_this_procedure,
    speaks_of_poor_conduct,
)

_STAGE_2 = (
    Told.STAGE_2_ACCEPTED,
    Told.IO_APPOINTED,
    Told.IO_REPLACED,
    Told.IP_APPOINTED,
    Told.STAGE_2_REPORT,
    Told.ADJUDICATION,
    Told.STAGE_2_RESPONSE,
)
_PANEL = (Told.PANEL_SCHEDULED, Told.PANEL_HELD, Told.PANEL_REPORT)
_REPLIES = (
    Told.STAGE_1_RESPONSE,
    Told.ADJUDICATION,
    Told.STAGE_2_RESPONSE,
    Told.RESPONSE_TO_PANEL,
    Told.FINAL_RESPONSE,
)
_RECEIPT = (Told.COMPLAINT_MADE, Told.COMPLAINT_ACKNOWLEDGED, Told.STAGE_1_ACCEPTED, Told.STAGE_1_RESPONSE)


@dataclass(frozen=True, slots=True)
class _Hint:
    """A fault that the notes of some kinds of event (of any, where none are named) may point to."""

    code: str
    speaks: Callable[[str], bool]
    why: str
    settles: str
    kinds: tuple[Told, ...] = ()


_HINTS = (
    _Hint(
        "stage-2-conduct",
        speaks_of_poor_conduct,
        "A note puts the conduct of stage 2 in question",
        "who took part, and what they looked at",
        _STAGE_2,
    ),
    _Hint(
        "stage-3-conduct",
        speaks_of_poor_conduct,
        "A note puts the conduct of the panel in question",
        "who sat on it, and what it looked at",
        _PANEL,
    ),
    _Hint(
        "advocacy",
        speaks_of_no_advocate,
        "A note tells of advocacy not offered or not given",
        "whether the complainant is a child or care leaver",
    ),
    _Hint(
        "accessible-format",
        speaks_of_form,
        "A note speaks of the form in which something was asked for or given",
        "what was asked for, and what was sent",
    ),
    _Hint(
        "remedy-adequacy",
        speaks_of_a_disputed_remedy,
        "A note tells of an offer that the complainant did not accept",
        "what the fault cost the complainant",
        (*_REPLIES, Told.UPDATE, Told.OMBUDSMAN_CONTACTED),
    ),
)


def hints(seen: Seen) -> Iterator[ToldFault]:
    """Every hint of a note, in the order of the list; one code may come several times."""
    for hint in _HINTS:
        for entry in seen.entries:
            if (not hint.kinds or entry.told in hint.kinds) and hint.speaks(entry.note):
                yield seen.fault(hint.code, f"{hint.why} ({entry.on.words()}): {hint.settles} would settle it.")
    if not seen.corporate:
        for entry in seen.entries:
            if entry.told in (*_RECEIPT, *_REPLIES) and speaks_of_not_this_procedure(entry.note):
                yield seen.fault(
                    "wrong-procedure",
                    f"A note of {entry.on.words()} says that the children's procedure was not used: which functions "
                    "each point is about would settle it.",
                )
