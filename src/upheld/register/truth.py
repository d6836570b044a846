"""What cannot be true of one row. What merely breaks the law is never refused: it is what is to be counted."""

from datetime import date

from upheld.register.layout import BY_ID
from upheld.register.model import Refusal
from upheld.register.rows import RegisterRow

EARLIEST = date(2006, 9, 1)  # the regulations came into force (SI 2006/1738 reg 1)

# A date in the first column cannot come before the one in the second.
_ORDER = (
    ("answered", "received"),
    ("withdrawn", "received"),
    ("extension_decided", "received"),
    ("extended_to", "extension_decided"),
    ("record_final", "received"),
    ("interest_decided", "received"),
    ("later_start", "received"),
    ("stage_1_skipped", "received"),
    ("response_received", "answered"),
    ("panel_held", "received"),
    ("panel_report_sent", "panel_held"),
    ("recommendations_received", "panel_report_sent"),
    ("due", "received"),
)
# Dates that are plans, so they may lie ahead of today.
_MAY_LIE_AHEAD = frozenset({"due", "extended_to", "later_start"})
_ONLY_AT = {
    "interest_decided": ("stage-1",),
    "later_start": ("stage-1",),
    "extension_decided": ("stage-1", "stage-2"),
    "extended_to": ("stage-2",),
    "stage_1_skipped": ("stage-2",),
    "record_final": ("stage-1", "stage-2"),
    "panel_held": ("stage-3",),
    "panel_report_sent": ("stage-3",),
    "recommendations_received": ("stage-3",),
    "due": ("ombudsman",),
}
_OMBUDSMAN_ONLY = frozenset(
    {"referred-back", "closed-after-initial-enquiries", "incomplete-or-invalid", "advice-given"}
)


def problems_of_row(row: RegisterRow, today: date) -> list[Refusal]:
    """Every statement of the row that cannot be true together with another, or with the calendar."""
    return [
        *_calendar(row, today),
        *_order(row),
        *_place(row),
        *_outcome(row),
    ]


def _refuse(row: RegisterRow, column: str, reason: str) -> Refusal:
    value = row.values.get(column)
    shown = value.isoformat() if isinstance(value, date) else str(value or "")
    return Refusal(row.number, BY_ID[column].heading, shown, reason)


def _calendar(row: RegisterRow, today: date) -> list[Refusal]:
    refusals = []
    for column, value in row.values.items():
        if not isinstance(value, date):
            continue
        if value > today and column not in _MAY_LIE_AHEAD:
            refusals.append(
                _refuse(row, column, f"{_day(value)} has not come yet. Leave the cell empty until it happens.")
            )
        elif value < EARLIEST:
            refusals.append(
                _refuse(
                    row,
                    column,
                    f"{_day(value)} is before 1 September 2006, when this procedure began. Check the year.",
                )
            )
    return refusals


def _order(row: RegisterRow) -> list[Refusal]:
    refusals = []
    for later, earlier in _ORDER:
        a, b = row.day(later), row.day(earlier)
        if a is not None and b is not None and a < b:
            heading = BY_ID[earlier].heading.lower()
            refusals.append(_refuse(row, later, f"{_day(a)} is before the date in “{heading}”, {_day(b)}."))
    held, report = row.day("panel_held"), row.day("panel_report_sent")
    if report is not None and held is None:
        refusals.append(_refuse(row, "panel_report_sent", "A panel's report needs the date on which the panel met."))
    return refusals


def _place(row: RegisterRow) -> list[Refusal]:
    stage = row.text("stage")
    return [
        _refuse(row, column, f"“{BY_ID[column].heading}” does not belong to this stage. Empty the cell.")
        for column, stages in _ONLY_AT.items()
        if row.day(column) is not None and stage not in stages
    ]


def _outcome(row: RegisterRow) -> list[Refusal]:
    refusals = []
    outcome, answered, withdrawn = row.text("outcome"), row.day("answered"), row.day("withdrawn")
    if outcome and answered is None:
        refusals.append(_refuse(row, "outcome", "There is an outcome but no date in “Answered”. Give the date."))
    if withdrawn is not None and (outcome or (answered is not None and answered < withdrawn)):
        refusals.append(
            _refuse(row, "withdrawn", "A stage that was answered or has an outcome cannot also have been withdrawn.")
        )
    if outcome in _OMBUDSMAN_ONLY and row.text("stage") != "ombudsman":
        refusals.append(_refuse(row, "outcome", "Only the Ombudsman closes a case in this way."))
    findings, themes = row.items("findings"), row.items("themes")
    if findings and len(findings) != len(themes):
        refusals.append(
            _refuse(
                row,
                "findings",
                f"There are {len(findings)} findings for {len(themes)} themes. Give one for each, in the same order.",
            )
        )
    if findings and answered is None:
        refusals.append(_refuse(row, "findings", "There are findings but no date in “Answered”. Give the date."))
    if row.day("advocate_appointed") is not None and row.text("advocate") not in ("", "appointed"):
        refusals.append(
            _refuse(row, "advocate_appointed", "An advocate was appointed on this date: “Advocate” must say so.")
        )
    return refusals


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
