"""The quarter's figures as somebody good at SQL writes them for DuckDB, by hand, for this report alone."""

from collections.abc import Callable
from pathlib import Path

from bench.answers import AS_AT, COUNTS, OF_STAGES, OF_TEAMS, QUARTERS, STAGES, Answers, put
from bench.facts import QUARTER

_DAY = f"DATE '{AS_AT}'"
_QUARTER = "(year(received_on) * 12 + month(received_on) - 4) // 3"

_COUNTS = f"""
  count(*),
  count(*) FILTER (answered),
  count(*) FILTER (withdrawn_on <= {_DAY} AND NOT answered),
  count(*) FILTER (open),
  count(*) FILTER (overdue),
  count(*) FILTER (in_time),
  count(*) FILTER (in_time AND answered_on <= due_on),
  count(*) FILTER (answered AND due_in_force_on IS NOT NULL OR overdue),
  count(*) FILTER (decided AND outcome IN ('upheld', 'partly-upheld', 'not-upheld')),
  count(*) FILTER (decided AND outcome = 'upheld'),
  count(*) FILTER (decided AND outcome = 'partly-upheld')
"""

_JUDGED = f"""
SELECT *,
  coalesce(answered_on <= {_DAY}, false) AS answered,
  outcome_on <= {_DAY} AS decided,
  NOT answered AND NOT coalesce(withdrawn_on <= {_DAY}, false) AS open,
  open AND (
    due_in_force_on < {_DAY} AND NOT coalesce(answered_on <= due_in_force_on, false)
    OR panel_due_on < {_DAY} AND NOT coalesce(panel_held_on <= panel_due_on, false)
    OR panel_report_due_on < {_DAY} AND NOT coalesce(panel_report_sent_on <= panel_report_due_on, false)
  ) AS overdue,
  answered AND answered_on <= due_in_force_on
    AND (panel_due_on IS NULL OR panel_held_on <= panel_due_on)
    AND (panel_report_due_on IS NULL OR panel_report_sent_on <= panel_report_due_on) AS in_time
FROM stage_fact
WHERE received_on BETWEEN DATE '{{first}}' AND DATE '{{last}}'
"""

_FIRST = QUARTER.back(6)[0]
BY_STAGE = f"""
SELECT {_QUARTER} AS quarter, stage, {_COUNTS}
FROM ({_JUDGED.format(first=_FIRST.start, last=QUARTER.end)}) GROUP BY ALL
"""
BY_TEAM = f"""
SELECT team, {_COUNTS}
FROM ({_JUDGED.format(first=QUARTER.start, last=QUARTER.end)} AND stage = 'stage-1') GROUP BY ALL
"""
BY_THEME = f"""
SELECT {_QUARTER} AS quarter, point_theme, count(DISTINCT stage_key)
FROM point_fact
WHERE stage = 'stage-1' AND received_on BETWEEN DATE '{QUARTER.previous.start}' AND DATE '{QUARTER.end}'
GROUP BY ALL
"""


def prepare(folder: Path) -> Callable[[], Answers]:
    """Open the files; what is given back answers once."""
    import duckdb

    connection = duckdb.connect(":memory:")
    for name in ("stage", "point"):
        connection.read_parquet(str(folder / f"{name}.parquet")).create_view(f"{name}_fact")

    def answer() -> Answers:
        answers: Answers = {}
        stages = {(q, s): n for q, s, *n in connection.execute(BY_STAGE).fetchall()}
        for quarter in QUARTERS:
            for stage in STAGES:
                counts = dict(zip(COUNTS, stages.get((quarter, stage), ()), strict=False))
                put(answers, OF_STAGES, quarter, [stage], counts)
        for team, *numbers in connection.execute(BY_TEAM).fetchall():
            put(answers, OF_TEAMS, QUARTER.index, ["stage-1", team], dict(zip(COUNTS, numbers, strict=True)))
        themes = {(q, t): n for q, t, n in connection.execute(BY_THEME).fetchall()}
        for theme in {t for _, t in themes}:
            for period in (QUARTER.previous, QUARTER):
                received = {"received": themes.get((period.index, theme), 0)}
                put(answers, ("received",), period.index, ["stage-1", theme], received)
        return answers

    return answer
