"""A million made-up stage facts, with the shape of a country's: many councils, five years, all stages.

Everything is drawn by hashing the row's number, inside DuckDB, so the same files come out every time.
"""

from pathlib import Path

import duckdb

from upheld.facts.model import PointFact, StageFact
from upheld.figures.compile import columns_of
from upheld.figures.period import Quarter

STAGES = 1_000_000
COUNCILS = 150
DAYS = 1826  # 1 April 2015 to 31 March 2020
QUARTER = Quarter.parse("Q3 2019/20")

_DRAWN = f"""
SELECT
  i,
  -- Council after council, each from its first day to its last: as pooled files are.
  (i // ({STAGES} // {COUNCILS}))::INTEGER AS council,
  DATE '2015-04-01' + ((i % ({STAGES} // {COUNCILS})) * {DAYS} // ({STAGES} // {COUNCILS}))::INTEGER AS received_on,
  CASE WHEN drawn(i, 'stage', 100) < 80 THEN 'stage-1' WHEN drawn(i, 'stage', 100) < 93 THEN 'stage-2'
       WHEN drawn(i, 'stage', 100) < 96 THEN 'stage-3' ELSE 'ombudsman' END AS stage
FROM range({STAGES}) AS numbers(i)
"""

_DATED = """
SELECT *,
  received_on + CASE stage WHEN 'stage-1' THEN 14 WHEN 'stage-2' THEN 35 WHEN 'stage-3' THEN 78 ELSE 28 END AS due,
  drawn(i, 'extended', 100) < 15 AND stage IN ('stage-1', 'stage-2') AS extended,
  drawn(i, 'withdrawn', 100) < 5 AS withdrawn,
  received_on + (3 + drawn(i, 'days', CASE stage WHEN 'stage-1' THEN 35 WHEN 'stage-2' THEN 120 ELSE 100 END))::INTEGER
    AS answered
FROM facts_drawn
"""

_STAGE = """
SELECT
  'case-' || i || ':' || stage || ':1' AS stage_key,
  'case-' || i AS case_key,
  'children-england-2006' AS procedure,
  stage,
  1::BIGINT AS occurrence,
  received_on,
  received_on AS start_on,
  'received' AS start_basis,
  CASE WHEN stage <> 'ombudsman' OR drawn(i, 'asked', 10) > 0 THEN due END AS due_on,
  CASE WHEN stage = 'ombudsman' AND drawn(i, 'asked', 10) = 0 THEN NULL
       WHEN extended AND drawn(i, 'valid', 10) > 2 THEN due + CASE stage WHEN 'stage-1' THEN 14 ELSE 56 END
       ELSE due END AS due_in_force_on,
  CASE stage WHEN 'stage-1' THEN due + 14 WHEN 'stage-2' THEN due + 56 WHEN 'stage-3' THEN due END AS longest_due_on,
  CASE WHEN NOT extended THEN 'none' WHEN drawn(i, 'valid', 10) > 2 THEN 'valid' ELSE 'invalid' END AS extension,
  CASE WHEN extended THEN received_on + 10 END AS extension_on,
  CASE WHEN stage = 'stage-3' THEN received_on + 42 END AS panel_due_on,
  CASE WHEN stage = 'stage-3' AND NOT withdrawn THEN received_on + (20 + drawn(i, 'panel', 40))::INTEGER END
    AS panel_held_on,
  CASE WHEN stage = 'stage-3' AND NOT withdrawn THEN received_on + (27 + drawn(i, 'panel', 40))::INTEGER END
    AS panel_report_due_on,
  CASE WHEN stage = 'stage-3' AND NOT withdrawn
       THEN received_on + (22 + drawn(i, 'panel', 40) + drawn(i, 'report', 8))::INTEGER END AS panel_report_sent_on,
  CASE WHEN stage = 'stage-3' AND NOT withdrawn THEN received_on + (30 + drawn(i, 'panel', 40))::INTEGER END
    AS recommendations_on,
  CASE WHEN NOT withdrawn AND drawn(i, 'never', 200) > 0 THEN answered END AS answered_on,
  CASE WHEN withdrawn THEN received_on + 6 END AS withdrawn_on,
  CASE WHEN NOT withdrawn THEN (answered - received_on) * 5 // 7 END::BIGINT AS working_days,
  CASE WHEN withdrawn THEN NULL WHEN drawn(i, 'outcome', 100) < 27 THEN 'upheld'
       WHEN drawn(i, 'outcome', 100) < 45 THEN 'partly-upheld' WHEN drawn(i, 'outcome', 100) < 92 THEN 'not-upheld'
       ELSE 'no-finding' END AS outcome,
  CASE WHEN NOT withdrawn THEN answered END AS outcome_on,
  'service-' || drawn(i, 'team', 12) % 4 AS service,
  'council-' || council || '-team-' || drawn(i, 'team', 12) AS team,
  'theme-' || drawn(i, 'theme', 15) AS theme,
  1 + (drawn(i, 'points', 10) > 6)::BIGINT AS points,
  ['email', 'web-form', 'telephone', 'letter'][1 + drawn(i, 'channel', 4)] AS channel,
  ['parent', 'child', 'relative', 'foster-carer'][1 + drawn(i, 'complainant', 4)] AS complainant,
  ['0-4', '5-9', '10-15', '16-17'][1 + drawn(i, 'age', 4)] AS age_band,
  drawn(i, 'oral', 20) = 0 AS oral,
  'not-recorded' AS advocate
FROM facts_dated ORDER BY i
"""

_POINT = """
SELECT stage_fact.*, point.number AS point,
  'theme-' || drawn(point.number, stage_key, 15) AS point_theme,
  outcome AS finding
FROM stage_fact, (SELECT unnest([1, 2])::BIGINT AS number) AS point
WHERE point.number <= points
"""


def make_facts(folder: Path) -> tuple[Path, Path]:
    """Write the stage and point facts to Parquet files in `folder`, and say where."""
    stage, point = folder / "stage.parquet", folder / "point.parquet"
    with duckdb.connect(":memory:") as connection:
        connection.execute("CREATE MACRO drawn(row, salt, below) AS (hash(row, salt) % below)::BIGINT")
        connection.execute(f"CREATE TEMP TABLE facts_drawn AS {_DRAWN}")
        connection.execute(f"CREATE TEMP TABLE facts_dated AS {_DATED}")
        for name, select, row, path in (
            ("stage_fact", _STAGE, StageFact, stage),
            ("point_fact", _POINT, PointFact, point),
        ):
            connection.execute(f"CREATE TEMP TABLE {name} AS {select}")
            made = connection.table(name)
            if list(made.columns) != list(columns_of(row)):
                raise RuntimeError(f"the columns made up for {name} are not those of {row.__name__}")
            made.write_parquet(str(path), compression="zstd")
    return stage, point
