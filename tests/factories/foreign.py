"""The same complaints as other systems and councils would hand them over, in layouts that are not ours.

`ticket_export` is what a general case system exports: a case for every stage, linked to the one before, with the
organisation's other cases among them, its own words, times beside the dates, and a word on the target. `wide_sheet` is
what a team keeps by hand: a row for each complaint, groups of columns for the stages, three rows of headings with
merged cells.
"""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

from tests.factories.workbooks import xlsx_bytes
from upheld.register.example import ExampleRow

Case = list[ExampleRow]
InTime = Callable[[ExampleRow], bool | None]

TICKET_HEADINGS = (
    "Case ID", "Case Type", "Current Status", "Date Logged", "Target Date", "Date Closed", "Response Sent", "Channel",
    "Relationship To Service User", "Allocated Team", "Category", "Resolution", "Within SLA", "Linked Case",
    "Handling Officer", "Complex Until Decided", "Verbal",
)  # fmt: skip
_TYPES = {
    "stage-1": "CSC Statutory Stage 1", "stage-2": "CSC Statutory Stage 2", "stage-3": "CSC Review Panel",
    "ombudsman": "Ombudsman Investigation",
}  # fmt: skip
_RESOLUTIONS = {
    "upheld": "Justified", "partly-upheld": "Partially Justified", "not-upheld": "Not Justified",
    "no-finding": "Inconclusive", "resolved": "Resolved Informally",
}  # fmt: skip
_CHANNELS = {
    "email": "E-mail", "web-form": "Self service", "telephone": "Telephone", "letter": "Letter", "in-person": "Walk in",
    "text-message": "App", "through-advocate": "Advocate", "through-councillor": "Councillor",
}  # fmt: skip
_RELATIONS = {
    "child": "Self", "care-leaver": "Care leaver", "parent": "Mother/Father", "person-with-pr": "Person with PR",
    "foster-carer": "Foster carer", "special-guardian": "SGO holder", "adoption": "Adoption", "relative": "Relative",
    "other": "Other", "anonymous": "Anonymous",
}  # fmt: skip

_MAPPINGS = Path(__file__).parent / "mappings"
TICKET_MAPPING = (_MAPPINGS / "ticket_export.toml").read_text(encoding="utf-8")
WIDE_MAPPING = (_MAPPINGS / "wide_sheet.toml").read_text(encoding="utf-8")


def ticket_cases(rows: Sequence[ExampleRow]) -> list[Case]:
    """The cases as far as the export can hold them, with the references that it gives."""
    lacking = {
        "service": "Children's social care", "age_band": None, "extended_to": None, "due": None, "panel_held": None,
        "panel_report_sent": None, "recommendations_received": None,
    }  # fmt: skip
    cases = [[_plain(row, themes=row.themes[:1], **lacking) for row in case] for case in _cases(rows)]
    numbers = count(70_000, 7)
    for case in cases:
        first = f"CAS-{next(numbers)}"
        case[:] = [replace(row, reference=first) for row in case]
        for _ in case[1:]:
            next(numbers)  # each later stage has a number of its own in the export
    return cases


def ticket_export(cases: Sequence[Case], in_time: InTime = lambda _: None) -> bytes:
    """The cases as a general case system exports them: CSV with semicolons, in Windows' own encoding."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(TICKET_HEADINGS)
    others = count(900_000)
    for at, case in enumerate(cases):
        number, before = int(case[0].reference.removeprefix("CAS-")), ""
        for step, row in enumerate(case):
            own = f"CAS-{number + 7 * step}"
            writer.writerow(_ticket(own, before, row, in_time(row)))
            before = own
        if at % 3 == 0:
            stamp = _stamp(case[0].received)
            writer.writerow([f"CAS-{next(others)}", "Highways Stage 1", "Closed", stamp, *["-"] * 13])
    return buffer.getvalue().encode("cp1252")


def _ticket(reference: str, before: str, row: ExampleRow, met: bool | None) -> list[str]:
    closed = _stamp(row.withdrawn or row.answered)
    return [
        reference, _TYPES[row.stage], "Closed" if closed else "Open", _stamp(row.received), "-", closed,
        _stamp(row.answered), _CHANNELS[row.channel] if row.channel else "",
        _RELATIONS[row.complainant] if row.complainant else "", row.team, f"Children > Social care > {row.themes[0]}",
        "Cancelled" if row.withdrawn else _RESOLUTIONS.get(row.outcome, row.outcome) if row.outcome else "-",
        {True: "In SLA", False: "Out of SLA", None: ""}[met], before, "A. Person", _stamp(row.extension_decided),
        {True: "1", False: "0", None: ""}[row.spoken],
    ]  # fmt: skip


def _stamp(day: date | None) -> str:
    return f"{day:%d %b %y} 14:05" if day else ""


_SHARED = ("No.", "Service", "Team", "Nature of complaint", "How made", "Made by", "Age")
# For each stage its title, its columns of dates and those of results, each with the field of a row that it holds.
_WIDE: tuple[tuple[str, str, tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]], ...] = (
    (
        "stage-1", "Stage 1", (("Date received", "received"), ("Date of response", "closed")),
        (("Decision", "decision"), ("In timescale?", "in_time")),
    ),
    (
        "stage-2", "Stage 2 (investigation)",
        (("Requested on", "received"), ("Delay letter", "extension_decided"), ("New date", "extended_to"),
         ("Adjudication sent", "closed")),
        (("Decision", "decision"),),
    ),
    (
        "stage-3", "Stage 3 (panel)",
        (("Requested on", "received"), ("Panel met", "panel_held"), ("Panel report", "panel_report_sent"),
         ("Recommendations", "recommendations_received"), ("Response sent", "closed")),
        (("Decision", "decision"),),
    ),
    (
        "ombudsman", "LGSCO", (("Enquiry", "received"), ("Reply due", "due"), ("Replied", "closed")),
        (("Decision", "decision"),),
    ),
)  # fmt: skip
_DECISIONS = {
    "upheld": "U", "partly-upheld": "PU", "not-upheld": "NU", "no-finding": "NF", "resolved": "Resolved",
}  # fmt: skip


def wide_cases(rows: Sequence[ExampleRow]) -> list[Case]:
    """The cases as far as the sheet can hold them: those that begin at stage 1, and nothing of one stage in another."""
    cases = [
        [_plain(row, spoken=None, **({"extension_decided": None} if row.stage == "stage-1" else {})) for row in case]
        for case in _cases(rows)
        if len({row.stage for row in case}) == len(case)
    ]
    for case in cases:
        first = case[0]
        names = ("service", "team", "themes", "channel", "complainant", "age_band")
        shared = {name: getattr(first, name) for name in names}
        case[:] = [replace(row, **shared) for row in case]
    return cases


def wide_sheet(cases: Sequence[Case], in_time: InTime = lambda _: None) -> bytes:
    """The cases as a team keeps them by hand: a workbook with a row for each, and groups of columns for the stages."""
    top: list[object] = ["", "About the complaint"]
    kinds: list[object] = [None] * len(_SHARED)
    names: list[object] = list(_SHARED)
    top += [None] * (len(_SHARED) - 2)
    merges = [(1, 1, 1, len(_SHARED) - 1)]
    for _, title, dates, results in _WIDE:
        start = len(names)
        top += [title, *[None] * (len(dates) + len(results) - 1)]
        kinds += ["Dates", *[None] * (len(dates) - 1), "Result", *[None] * (len(results) - 1)]
        names += [name for name, _ in (*dates, *results)]
        merges += [(1, 1, start, len(names) - 1), (2, 2, start, start + len(dates) - 1)]
        if len(results) > 1:
            merges.append((2, 2, start + len(dates), len(names) - 1))
    rows: list[list[object]] = [["Complaints log, children's services"], top, kinds, names]
    rows += [_wide(case, in_time) for case in cases]
    return xlsx_bytes(rows, sheet="All years", merges=merges, more={"Lists": [["Open"], ["Closed"]]})


def _wide(case: Case, in_time: InTime) -> list[object]:
    first = case[0]
    by_stage = {row.stage: row for row in case}
    cells: list[object] = [
        first.reference, first.service, first.team, ", ".join(first.themes), first.channel, first.complainant,
        first.age_band,
    ]  # fmt: skip
    for stage, _, dates, results in _WIDE:
        row = by_stage.get(stage)
        cells += [None if row is None else _field(row, field, in_time) for _, field in (*dates, *results)]
    return cells


def _field(row: ExampleRow, field: str, in_time: InTime) -> object:
    if field == "closed":
        return row.withdrawn or row.answered
    if field == "decision":
        return "WD" if row.withdrawn else _DECISIONS.get(row.outcome or "", row.outcome)
    if field == "in_time":
        return {True: "Y", False: "N", None: None}[in_time(row)]
    value: object = getattr(row, field)
    return value


def _cases(rows: Sequence[ExampleRow]) -> list[Case]:
    cases: dict[str, Case] = {}
    for row in rows:
        cases.setdefault(row.reference, []).append(row)
    return list(cases.values())


def _plain(row: ExampleRow, **changed: object) -> ExampleRow:
    """The row without what neither layout has a column for."""
    return replace(
        row, findings=(), record_final=None, interest_decided=None, later_start=None, stage_1_skipped=None,
        advocate=None, advocate_appointed=None, response_received=None, child_name="", complainant_name="", **changed,
    )  # fmt: skip
