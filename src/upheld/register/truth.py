"""What cannot be true of one row. What merely breaks the law is never refused: it is what is to be counted."""

from collections.abc import Mapping, Sequence
from datetime import date

from upheld.register.model import Refusal
from upheld.register.rows import RegisterRow

EARLIEST = date(2006, 9, 1)  # the regulations came into force (SI 2006/1738 reg 1)

Days = Mapping[str, date]

# A date in the first column cannot come before the one in the second.
_AFTER: Mapping[str, str] = {
    "answered": "received",
    "withdrawn": "received",
    "extension_decided": "received",
    "extended_to": "extension_decided",
    "record_final": "received",
    "interest_decided": "received",
    "later_start": "received",
    "stage_1_skipped": "received",
    "response_received": "answered",
    "panel_held": "received",
    "panel_report_sent": "panel_held",
    "recommendations_received": "panel_report_sent",
    "due": "received",
}
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


def problems_of_row(row: RegisterRow, today: date) -> Sequence[Refusal]:
    """Every statement of the row that cannot be true together with another, or with the calendar."""
    days = {column: value for column, value in row.values.items() if isinstance(value, date)}
    return [*_calendar(row, days, today), *_order(row, days), *_place(row, days), *_outcome(row)]


def _refuse(row: RegisterRow, column: str, reason: str) -> Refusal:
    value = row.values.get(column)
    shown = value.isoformat() if isinstance(value, date) else str(value or "")
    return row.refuse(column, shown, reason)


def _calendar(row: RegisterRow, days: Days, today: date) -> list[Refusal]:
    refusals = []
    for column, day in days.items():
        if day > today and column not in _MAY_LIE_AHEAD:
            reason = f"{_day(day)} has not come yet. Leave the cell empty until it happens."
            refusals.append(_refuse(row, column, reason))
        elif day < EARLIEST:
            reason = f"{_day(day)} is before 1 September 2006, when this procedure began. Check the year."
            refusals.append(_refuse(row, column, reason))
    return refusals


def _order(row: RegisterRow, days: Days) -> list[Refusal]:
    refusals = []
    for later in days:
        earlier = _AFTER.get(later)
        if earlier is not None and earlier in days and days[later] < days[earlier]:
            reason = f"{_day(days[later])} is before the date in “{row.heading(earlier)}”, {_day(days[earlier])}."
            refusals.append(_refuse(row, later, reason))
    if "panel_report_sent" in days and "panel_held" not in days:
        refusals.append(_refuse(row, "panel_report_sent", "A panel's report needs the date on which the panel met."))
    return refusals


def _place(row: RegisterRow, days: Days) -> list[Refusal]:
    stage = row.text("stage")
    return [
        _refuse(row, column, f"“{row.heading(column)}” does not belong to this stage. Empty the cell.")
        for column in days
        if column in _ONLY_AT and stage not in _ONLY_AT[column]
    ]


def _outcome(row: RegisterRow) -> list[Refusal]:
    outcome, answered, withdrawn = row.text("outcome"), row.day("answered"), row.day("withdrawn")
    findings = row.items("findings")
    refusals = []
    if (outcome or findings) and answered is None:
        no_date = f"but no date in “{row.heading('answered')}”. Give the date."
        if outcome:
            refusals.append(_refuse(row, "outcome", f"There is an outcome {no_date}"))
        if findings:
            refusals.append(_refuse(row, "findings", f"There are findings {no_date}"))
    if withdrawn is not None and (outcome or (answered is not None and answered < withdrawn)):
        reason = "A stage that was answered or has an outcome cannot also have been withdrawn."
        refusals.append(_refuse(row, "withdrawn", reason))
    if outcome in _OMBUDSMAN_ONLY and row.text("stage") != "ombudsman":
        refusals.append(_refuse(row, "outcome", "Only the Ombudsman closes a case in this way."))
    if findings and len(findings) != len(row.items("themes")):
        reason = (
            f"There are {len(findings)} findings for {len(row.items('themes'))} themes. Give one for each, in the same "
            "order."
        )
        refusals.append(_refuse(row, "findings", reason))
    if "advocate_appointed" in row.values and row.text("advocate") not in ("", "appointed"):
        reason = f"An advocate was appointed on this date: “{row.heading('advocate')}” must say so."
        refusals.append(_refuse(row, "advocate_appointed", reason))
    return refusals


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
