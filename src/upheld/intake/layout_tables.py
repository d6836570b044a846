"""A layout put together in the form, as the tables of a mapping."""

import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from upheld.intake.findings import Findings
from upheld.register.layout import BY_ID, COLUMNS, STAGES, Form
from upheld.register.mapping import written
from upheld.register.mapping.load import OF_A_STAGE
from upheld.register.mapping.model import IN_TIME, LINKED
from upheld.register.understanding import Survey, SurveyedColumn
from upheld.register.understanding.words import is_choice

IN_ROWS, IN_COLUMNS = "rows", "columns"  # a row for each stage, or columns for each stage in one row
CONSTANTS = ("stage", "service", "themes")  # what may be the same in every row
_KEPT = ("rows", "reference", "services")  # parts of a mapping that the form does not show

Choices = Mapping[str, Any]  # kept from the first page: layout, order, columns (number -> place)


def place_name(stage: str, column: str) -> str:
    """A place as a form names it: “received”, or “stage-2:received” in a group."""
    return f"{stage}:{column}" if stage else column


def place_of(name: str) -> tuple[str, str]:
    """The stage of the group, or empty, and the column of ours."""
    stage, _, column = name.rpartition(":")
    return stage, column


def options(layout: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a column of the file may be, in groups: by name and in words."""
    shared = [column for column in COLUMNS if layout == IN_ROWS or column.id not in OF_A_STAGE]
    if layout == IN_COLUMNS:
        shared = [column for column in shared if column.id != "stage"]
    every = [(column.id, column.heading) for column in shared]
    extra = [(LINKED, "Reference of the case that this one goes on from")]
    told = (IN_TIME, "In time, in the file's own words (compared, not recorded)")
    if layout == IN_ROWS:
        return [("Columns of the record", every), ("Only to read the file", [told, *extra])]
    groups = [("About the whole complaint", [*every, *extra])]
    for stage, words in STAGES.items():
        own = [(f"{stage}:{c.id}", f"{words}: {c.heading}") for c in COLUMNS if _belongs(c.id, stage)]
        groups.append((words, [*own, (f"{stage}:{IN_TIME}", f"{words}: {told[1]}")]))
    return groups


def _belongs(column: str, stage: str) -> bool:
    only = {
        "due": ("ombudsman",), "panel_held": ("stage-3",), "panel_report_sent": ("stage-3",),
        "recommendations_received": ("stage-3",), "extended_to": ("stage-2",),
        "extension_decided": ("stage-1", "stage-2"),
    }  # fmt: skip
    return column in OF_A_STAGE and stage in only.get(column, (stage,))


def first_layout(survey: Survey) -> str:
    """Whether a row seems to hold one stage or several."""
    return IN_COLUMNS if any(stage for stage, _ in survey.taken.values()) else IN_ROWS


def chosen_columns(survey: Survey, choices: Choices) -> list[tuple[SurveyedColumn, str, str]]:
    """The columns that were said to be ours: each with the stage of its group, or empty, and our column."""
    return [
        (column, *place_of(name)) for column in survey.columns if (name := choices["columns"].get(str(column.index)))
    ]


def lacking(places: Iterable[tuple[str, str]], layout: str) -> list[str]:
    """What every row needs and no column was said to be, in sentences."""
    found = set(places)
    needed = ["reference", "team", *(["received"] if layout == IN_ROWS else [])]
    problems = [f"Say which column is {BY_ID[c].heading}: every row needs it" for c in needed if ("", c) not in found]
    problems += [
        f"Say which column is {words}: Received"
        for stage, words in STAGES.items()
        if any(each == stage for each, _ in found) and (stage, "received") not in found
    ]
    if layout == IN_COLUMNS and not any(stage for stage, _ in found):
        problems.append("Say which column is Received for at least one stage, or choose “one row for each stage”")
    return problems


def constants_needed(survey: Survey, choices: Choices, kept: Mapping[str, Any]) -> list[str]:
    """The columns of which somebody must say one value for every row."""
    found = {column for _, _, column in chosen_columns(survey, choices)}
    return [
        each
        for each in CONSTANTS
        if each not in found
        and not (each == "stage" and choices["layout"] == IN_COLUMNS)
        and not (each == "service" and kept.get("services"))
    ]


def words_to_tell(
    findings: Findings, choices: Choices, known: Mapping[str, Any]
) -> dict[str, dict[str, tuple[str, int]]]:
    """For each column of choices the words that have to be told: what they mean as far as known, and how often."""
    assert findings.survey is not None  # noqa: S101 - for the type checker: the form is for files with a table
    found: dict[str, dict[str, tuple[str, int]]] = {}
    for surveyed, _, column in chosen_columns(findings.survey, choices):
        if not is_choice(column):
            continue
        marks = findings.separator if column in BY_ID and BY_ID[column].form is Form.CHOICE_LIST else ""
        counts = dict(surveyed.words)
        for word, meaning in surveyed.told(column, marks).items():
            told = known.get(column, {}).get(word, findings.words.get(column, {}).get(word, meaning))
            count = sum(n for text, n in counts.items() if word == text or (marks and word in text))
            before = found.setdefault(column, {}).get(word, ("", 0))
            found[column][word] = (told, before[1] + count)
    return found


def paths_to_tell(survey: Survey, choices: Choices) -> list[tuple[str, str]]:
    """Columns of ours whose cells are paths, each with an example."""
    return [
        (column, next((text for text in surveyed.examples if ">" in text), ">"))
        for surveyed, _, column in chosen_columns(survey, choices)
        if surveyed.holds_paths and column in ("themes", "team", "service")
    ]


def mapping_toml(
    findings: Findings,
    choices: Choices,
    *,
    words: Mapping[str, Mapping[str, str]],
    always: Mapping[str, str],
    last_part: Mapping[str, str],
    before: str,
    is_workbook: bool,
) -> str:
    """The whole as a mapping in TOML. `before` is the mapping that it replaces, whose other parts it keeps."""
    survey = findings.survey
    assert survey is not None  # noqa: S101 - for the type checker: the form is for files with a table
    kept = tomllib.loads(before) if before else {}
    shared: dict[str, Any] = {}
    stages: dict[str, dict[str, Any]] = {}
    for surveyed, stage, column in chosen_columns(survey, choices):
        place = stages.setdefault(stage, {}) if stage else shared
        place.setdefault(column, []).append(surveyed.name)
    file = {**kept.get("file", {}), "headings": list(survey.head)}
    if is_workbook:
        file["sheet"] = survey.sheet
    if findings.empty:
        file["empty"] = list(findings.empty)
    if findings.separator != ";":
        file["separator"] = findings.separator
    tables = {
        "file": file,
        "dates": {"order": choices["order"]},
        "columns": _single(shared),
        "stages": {stage: _single(stages[stage]) for stage in STAGES if stage in stages},
        "always": always,
        "words": words,
        "last_part": last_part,
        **{name: kept[name] for name in _KEPT if name in kept},
    }
    return written(tables)


def _single(columns: Mapping[str, list[str]]) -> dict[str, Any]:
    return {column: names[0] if len(names) == 1 else names for column, names in columns.items()}
