"""The quarter's figures as an analyst makes them in a notebook: pandas, with the columns needed and Arrow's types."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from bench.answers import AS_AT, COUNTS, OF_STAGES, OF_TEAMS, QUARTERS, STAGES, Answers, put
from bench.facts import QUARTER

_STAGE_COLUMNS = [
    "stage", "team", "received_on", "due_on", "due_in_force_on", "panel_due_on", "panel_held_on",
    "panel_report_due_on", "panel_report_sent_on", "answered_on", "withdrawn_on", "outcome", "outcome_on",
]  # fmt: skip
_POINT_COLUMNS = ["stage_key", "stage", "received_on", "point_theme"]


def prepare(folder: Path) -> Callable[[], Answers]:
    """What is given back reads the files and answers."""

    def answer() -> Answers:
        return _answers(*read(folder))

    return answer


def prepare_in_memory(folder: Path) -> Callable[[], Answers]:
    """Read the files; what is given back answers once."""
    stage, point = read(folder)

    def answer() -> Answers:
        return _answers(stage, point)

    return answer


def read(folder: Path) -> tuple[Any, Any]:
    """Both tables, the needed columns of them."""
    import pandas as pd

    return (
        pd.read_parquet(folder / "stage.parquet", columns=_STAGE_COLUMNS, dtype_backend="pyarrow"),
        pd.read_parquet(folder / "point.parquet", columns=_POINT_COLUMNS, dtype_backend="pyarrow"),
    )


def _answers(stage: Any, point: Any) -> Answers:
    answers: Answers = {}
    recent = _judged(_received(stage, QUARTER.back(6)[0].start))
    by_stage = recent.groupby(["quarter", "stage"])[list(COUNTS)].sum()
    stages = {group: dict(zip(COUNTS, map(int, row), strict=True)) for group, *row in by_stage.itertuples()}
    for quarter in QUARTERS:
        for code in STAGES:
            put(answers, OF_STAGES, quarter, [code], stages.get((quarter, code), {}))
    of_quarter = recent[(recent["quarter"] == QUARTER.index) & (recent["stage"] == "stage-1")]
    for team, *row in of_quarter.groupby("team")[list(COUNTS)].sum().itertuples():
        put(answers, OF_TEAMS, QUARTER.index, ["stage-1", team], dict(zip(COUNTS, map(int, row), strict=True)))
    points = _received(point[point["stage"] == "stage-1"], QUARTER.previous.start)
    by_theme = points.groupby(["quarter", "point_theme"])["stage_key"].nunique()
    themes = {group: int(count) for group, count in by_theme.items()}
    for theme in {theme for _, theme in themes}:
        for period in (QUARTER.previous, QUARTER):
            received = {"received": themes.get((period.index, theme), 0)}
            put(answers, ("received",), period.index, ["stage-1", theme], received)
    return answers


def _received(table: Any, first: date) -> Any:
    """The rows received from `first` to the quarter's end, with their quarter."""
    rows = table[(table["received_on"] >= first) & (table["received_on"] <= QUARTER.end)]
    day = rows["received_on"].dt
    return rows.assign(quarter=((day.year * 12 + day.month - 4) // 3).astype("int64"))


def _judged(rows: Any) -> Any:
    """The rows with a column of true or false for each count."""
    day = date.fromisoformat(AS_AT)

    def by(column: str) -> Any:
        return (rows[column] <= day).fillna(False)

    def met(due: str, done: str) -> Any:
        return (rows[done] <= rows[due]).fillna(False)

    def missed(due: str, done: str) -> Any:
        return (rows[due] < day).fillna(False) & ~met(due, done)

    answered, decided = by("answered_on"), by("outcome_on")
    withdrawn = by("withdrawn_on") & ~answered
    is_open = ~answered & ~withdrawn
    overdue = is_open & (
        missed("due_in_force_on", "answered_on")
        | missed("panel_due_on", "panel_held_on")
        | missed("panel_report_due_on", "panel_report_sent_on")
    )
    in_time = (
        answered
        & met("due_in_force_on", "answered_on")
        & (rows["panel_due_on"].isna() | met("panel_due_on", "panel_held_on"))
        & (rows["panel_report_due_on"].isna() | met("panel_report_due_on", "panel_report_sent_on"))
    )
    return rows.assign(
        received=True,
        answered=answered,
        withdrawn=withdrawn,
        open=is_open,
        overdue=overdue,
        in_time=in_time,
        in_initial_time=in_time & met("due_on", "answered_on"),
        timed=(answered & rows["due_in_force_on"].notna()) | overdue,
        decided=decided & rows["outcome"].isin(["upheld", "partly-upheld", "not-upheld"]).fillna(False),
        upheld=decided & (rows["outcome"] == "upheld").fillna(False),
        partly_upheld=decided & (rows["outcome"] == "partly-upheld").fillna(False),
    )
