"""Uploads and imports in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from upheld.cases.models import RegisterImport
from upheld.intake.enums import State
from upheld.intake.models import Upload, UploadProgress
from upheld.register.model import About
from upheld.web.formats import format_date_time

STATES: Mapping[State, tuple[str, str]] = {
    State.READING: ("Being read", "blue"),
    State.UNREADABLE: ("Cannot be read", "red"),
    State.QUESTIONS: ("Questions for you", "yellow"),
    State.FAULTY: ("Rows refused", "red"),
    State.NEW_TEAMS: ("Unknown teams", "yellow"),
    State.READY: ("Ready to import", "green"),
    State.IMPORTING: ("Being imported", "blue"),
    State.IMPORTED: ("Imported", "green"),
    State.UNCHANGED: ("Nothing new", "grey"),
    State.WITHDRAWN: ("Given up", "grey"),
    State.EXPIRED: ("Forgotten", "grey"),
}
_BY_COMMAND = "The command line"
_REMARKS: Mapping[About, str] = {
    About.DUPLICATE: "May be one complaint under two references",
    About.SPELLING: "Names that may be misspelt",
    About.IN_TIME: "The file’s own word on being in time differs from its dates, which are what counts",
    About.GONE: "In the file when it was last imported, and in it no more. The record keeps them",
    About.LEFT_OUT: "Left out",
}


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """An upload that is not decided."""

    id: UUID
    file_name: str
    status: str
    colour: str
    by: str
    when: str


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """A register that was imported."""

    file_name: str
    by: str
    when: str
    rows: int
    new_cases: int
    changed_cases: int
    entries: int


@dataclass(frozen=True, slots=True)
class ProgressShown:
    """How far a job is: in words, and in hundredths where that is known."""

    words: str
    percent: int | None


def waiting_row(upload: Upload, names: Mapping[UUID, str]) -> WaitingRow:
    """An upload for the list."""
    status, colour = STATES[State(upload.state)]
    return WaitingRow(
        upload.id, upload.file_name, status, colour, names.get(upload.uploaded_by, ""),
        format_date_time(upload.uploaded_at),
    )  # fmt: skip


def imported_row(done: RegisterImport, names: Mapping[UUID, str]) -> ImportedRow:
    """An import for the list."""
    by = _BY_COMMAND if done.recorded_by is None else names.get(done.recorded_by, "")
    return ImportedRow(
        done.file_name, by, format_date_time(done.recorded_at), done.rows, done.new_cases, done.changed_cases,
        done.events,
    )  # fmt: skip


def progress_of(noted: UploadProgress | None) -> ProgressShown:
    """How far the job is with an upload."""
    if noted is None:
        return ProgressShown("Waiting for its turn", None)
    if not noted.total:
        return ProgressShown(noted.step, None)
    percent = min(100, noted.done * 100 // noted.total)
    what = "rows" if noted.step == "Reading the file" else "cases"
    return ProgressShown(f"{noted.step}: {noted.done:,} of {noted.total:,} {what}", percent)


def remarks_by_kind(remarks: Sequence[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """What is worth knowing of a file, under headings."""
    grouped = []
    for about, heading in _REMARKS.items():
        texts = [text for kind, text in remarks if kind == about.value]
        if texts:
            grouped.append((heading, texts))
    return grouped


def size(count: int) -> str:
    """The size of a file for people."""
    if count < 1024 * 1024:
        return f"{max(1, round(count / 1024)):,} KB"
    return f"{count / 1024 / 1024:.1f} MB"
