"""What is found in an uploaded register: how it is understood, what is refused, and what an import would do."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from upheld.cases.actions.record_register import ImportResult, RegisterRefused, record_register
from upheld.cases.presenters.corrections import effect_lines
from upheld.cases.queries.imports import stages_of_file
from upheld.cases.queries.labels import labels
from upheld.errors import UpheldError
from upheld.files import Told, UnreadableFile, read_sheets_bytes
from upheld.intake.enums import State
from upheld.intake.findings import Findings, Understood
from upheld.intake.models import Upload
from upheld.intake.progress import Progress
from upheld.intake.sealing import unseal
from upheld.organisation.queries import team_names_ever
from upheld.register.dates import DateOrder
from upheld.register.gone import gone
from upheld.register.mapping import RegisterMapping, mapping_of
from upheld.register.model import Refusal, Register, Remark
from upheld.register.opening import Opened, Unsettled, open_register
from upheld.register.refusals import refusals_workbook
from upheld.register.spellings import strangers
from upheld.register.understanding import (
    UNKNOWN,
    About,
    Understanding,
    settled,
    survey,
    survey_of_sheet,
    taken_by,
    understand,
    understood_columns,
    understood_notes,
)
from upheld.web.formats import format_date

if TYPE_CHECKING:
    from upheld.accounts.models import User

CONTENT = "content"
MOST_CORRECTIONS = 200  # that are shown one by one
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z“])")
_COMMAND = re.compile(r"“upheld |(?<=\s)--[a-z]")


@dataclass(frozen=True, slots=True)
class Read:
    """How an upload stands after reading it, what was found, and the workbook of what is refused."""

    state: State
    findings: Findings
    refused: bytes | None = None


def content_of(upload: Upload) -> bytes:
    """The uploaded file. Raises CannotUnseal."""
    return unseal(upload.content or b"", upload=upload.id, what=CONTENT)


def mapping_in(upload: Upload) -> RegisterMapping | None:
    """The layout that the file is read in; None where it explains itself. Raises BadMapping."""
    return mapping_of(upload.mapping, "the layout that you chose") if upload.mapping else None


def opened(upload: Upload, content: bytes, *, today: date, progress: Progress) -> Opened:
    """The register in the file. Raises as open_register does."""
    mapping, found = mapping_in(upload), None
    if mapping is None and upload.sheet:
        found = understand(content, upload.file_name, today=today, told=Told(sheet=upload.sheet))
        if found.questions:
            raise Unsettled(found)
        mapping = settled(found)
    return open_register(content, upload.file_name, today=today, mapping=mapping, progress=progress)


def read_upload(upload: Upload, *, by: "User", today: date, at: datetime, noting: Callable[[str], Progress]) -> Read:
    """Read an upload whole and try its import; nothing is recorded."""
    try:
        content = content_of(upload)
        found = opened(upload, content, today=today, progress=noting("Reading the file"))
    except Unsettled as error:
        return Read(State.QUESTIONS, _unsettled(upload, content, error.understanding))
    except UnreadableFile as error:
        return Read(State.UNREADABLE, Findings(problem=str(error)))
    except UpheldError as error:
        return Read(State.UNREADABLE, Findings(problem=_without_commands(str(error)), **_surveyed(upload, content)))
    return _tried(upload, found, by=by, at=at, progress=noting("Comparing it with the record"))


def _tried(upload: Upload, found: Opened, *, by: "User", at: datetime, progress: Progress) -> Read:
    register = found.register
    shown: dict[str, Any] = {
        "rows": register.rows,
        "cases": len(register.cases),
        "understood": _understood(found.understanding) if found.understanding else None,
        "remarks": tuple((remark.about.value, remark.text) for remark in (*register.remarks, *_gone(register))),
        **_layout_of(upload, found),
    }
    if register.refusals:
        return _faulty(found, register.refusals, shown)
    known = team_names_ever()
    if known and not upload.new_teams and (unknown := strangers(register, known)):
        return Read(State.NEW_TEAMS, Findings(**shown, teams=tuple((team.name, team.like) for team in unknown)))
    try:
        with transaction.atomic():
            result = record_register(register, by=by, at=at, progress=progress, **how(upload))
            transaction.set_rollback(True)
    except RegisterRefused as refused:
        return _faulty(found, refused.refusals, shown)
    state = State.READY if result.import_id is not None else State.UNCHANGED
    return Read(state, Findings(**shown, trial=summary(result)))


def _gone(register: Register) -> list[Remark]:
    """The rows that came from files of this name, and are in this one no more."""
    return gone(register, stages_of_file(register.source)) if register.cases else []


def how(upload: Upload) -> dict[str, Any]:
    """How somebody has said that the import is to go about what people recorded by hand."""
    return {"over_people": upload.over_people}


def _faulty(found: Opened, refusals: tuple[Refusal, ...], shown: Mapping[str, Any]) -> Read:
    told = tuple(replace(refusal, reason=_without_commands(refusal.reason)) for refusal in refusals)
    by_hand = any("--accept-corrections" in refusal.reason for refusal in refusals)
    return Read(
        State.FAULTY,
        Findings(**shown, refusals=told, by_hand=by_hand),
        refusals_workbook(found.sheet, found.head, told),
    )


def summary(result: ImportResult) -> dict[str, Any]:
    """What an import did or would do: counts and names of teams and themes, and the cells that it corrects."""
    corrected = [
        {
            "reference": case.reference,
            "row": change.row,
            "column": change.column,
            "before": _day_in_words(change.before),
            "after": _day_in_words(change.after),
        }
        for case in result.corrected
        for correction in case.corrections
        for change in correction.changes
    ]
    names = labels()
    moves = [
        line
        for case in result.corrected
        if case.moved is not None
        for line in effect_lines(case.reference, case.moved, names)
    ]
    return {
        "rows": result.rows,
        "new_rows": result.new_rows,
        "added_to_rows": result.added_to_rows,
        "same_rows": result.same_rows,
        "new_cases": result.new_cases,
        "changed_cases": result.changed_cases,
        "events": result.events,
        "new_services": list(result.new_services),
        "new_teams": list(result.new_teams),
        "new_themes": list(result.new_themes),
        "corrected_cases": len(result.corrected),
        "corrections": corrected[:MOST_CORRECTIONS],
        "more_corrections": max(len(corrected) - MOST_CORRECTIONS, 0),
        "moves": moves[:MOST_CORRECTIONS],
    }


def _day_in_words(text: str) -> str:
    try:
        return format_date(date.fromisoformat(text))
    except ValueError:
        return text


def _unsettled(upload: Upload, content: bytes, found: Understanding) -> Findings:
    return Findings(rows=found.rows, understood=_understood(found), **_surveyed(upload, content, found))


def _understood(found: Understanding) -> Understood:
    return Understood(
        columns=understood_columns(found),
        notes=understood_notes(found),
        questions=tuple(question.text for question in found.questions),
        left_out=tuple((left.heading, left.why) for left in found.left_out),
    )


def _surveyed(upload: Upload, content: bytes, found: Understanding | None = None) -> dict[str, Any]:
    """What the form for the layout begins with, for a file that could not be read; nothing where it has no table."""
    told = Told(sheet=upload.sheet or None)
    try:
        sheets = read_sheets_bytes(content, upload.file_name, told=told)
        table = survey(sheets)
        if found is None:
            found = understand(content, upload.file_name, today=date.max, told=told)
    except UpheldError:
        return {}
    if table is None:
        return {}
    return {"survey": survey(sheets, taken_by(found, table.columns)), **_of_understanding(found)}


def _of_understanding(found: Understanding) -> dict[str, Any]:
    asked = any(question.about is About.ORDER for question in found.questions)
    return {
        "order": "" if asked else (found.order or DateOrder.DAY_FIRST).value,
        "separator": found.separator,
        "empty": found.empty,
        "words": {
            column: {theirs: ours for theirs, ours in words.items() if ours != UNKNOWN}
            for column, words in found.words.items()
        },
    }


def _layout_of(upload: Upload, found: Opened) -> dict[str, Any]:
    """What the form for the layout begins with, for a file that was read."""
    table = survey_of_sheet(found.sheet, found.head, found.taken)
    if found.understanding is not None:
        return {"survey": table, **_of_understanding(found.understanding)}
    mapping = mapping_in(upload)
    if mapping is None:
        return {"survey": table}
    return {
        "survey": table,
        "order": mapping.dates.order.value,
        "separator": mapping.separator,
        "empty": tuple(sorted(mapping.empty)),
    }


def _without_commands(text: str) -> str:
    """A refusal without the sentences that tell of the command line: the page has its own ways."""
    lines = [
        " ".join(part for part in _SENTENCES.split(line) if not _COMMAND.search(part)) for line in text.split("\n")
    ]
    return "\n".join(line for line in lines if line) or text
