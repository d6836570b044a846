"""Facts on DuckDB: rows folded from a register file, or Parquet files of a frozen snapshot."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from upheld.facts.model import CaseFacts, PointFact, StageFact
from upheld.figures.compile import columns_of
from upheld.figures.model import Grain, UnknownFigure
from upheld.figures.source import Described, Engine, FactTables

if TYPE_CHECKING:
    import duckdb

_DUCK_TYPES = {"string": "VARCHAR", "int64": "BIGINT", "boolean": "BOOLEAN", "date": "DATE"}
_BATCH = 20_000


class DuckFacts:
    """A FactSource on a DuckDB connection of its own, in memory."""

    engine: Engine = "duckdb"

    def __init__(self, connection: "duckdb.DuckDBPyConnection", tables: FactTables, described: Described) -> None:
        self._connection = connection
        self.tables = tables
        self._described = described

    @classmethod
    def of_cases(
        cls,
        cases: Iterable[CaseFacts],
        *,
        name: str,
        digest: str,
        pack: str,
        labels: Mapping[tuple[str, str], str],
    ) -> "DuckFacts":
        """Load the fact rows of cases into memory."""
        connection = _connect()
        tables = FactTables("stage_fact", "point_fact")
        connection.execute(_create("stage_fact", StageFact))
        connection.execute(_create("point_fact", PointFact))
        remaining = iter(cases)
        while batch := list(islice(remaining, _BATCH)):
            _insert(connection, "stage_fact", StageFact, [row for case in batch for row in case.stages])
            _insert(connection, "point_fact", PointFact, [row for case in batch for row in case.points])
        return cls(connection, tables, Described(name, digest, pack, labels))

    @classmethod
    def of_parquet(
        cls, stage: Path, point: Path, *, pack: str, labels: Mapping[tuple[str, str], str] | None = None
    ) -> "DuckFacts":
        """Read the fact tables of a snapshot. Raises UnknownFigure where a file lacks a column of the facts."""
        connection = _connect()
        digest = hashlib.sha256()
        for view, row, path in (("stage_fact", StageFact, stage), ("point_fact", PointFact, point)):
            relation = connection.read_parquet(str(path))
            missing = [column for column in columns_of(row) if column not in relation.columns]
            if missing:
                raise UnknownFigure(f"{path.name} is not a table of facts: it has no column {', '.join(missing)}.")
            relation.create_view(view)
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        described = Described(f"the snapshot {stage.name}", digest.hexdigest(), pack, labels or {})
        return cls(connection, FactTables("stage_fact", "point_fact"), described)

    def describe(self) -> Described:
        """What it was made from."""
        return self._described

    def fetch(self, sql: str) -> list[tuple[object, ...]]:
        """Run one SELECT and return its rows."""
        return self._connection.execute(sql).fetchall()

    def write_parquet(self, grain: Grain, path: Path) -> None:
        """Freeze one fact table into a Parquet file."""
        relation = self._connection.table(self.tables.of(grain))
        relation.write_parquet(str(path), compression="zstd")


def _connect() -> "duckdb.DuckDBPyConnection":
    import duckdb

    connection = duckdb.connect(":memory:")
    # Nothing outside the files named is ever read, and no extension is fetched.
    connection.execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
    return connection


def _create(table: str, row: type[StageFact]) -> str:
    columns = ", ".join(f'"{name}" {_DUCK_TYPES[kind]}' for name, kind in columns_of(row).items())
    return f"CREATE TABLE {table} ({columns})"


def _insert(
    connection: "duckdb.DuckDBPyConnection", table: str, row: type[StageFact], rows: Sequence[StageFact]
) -> None:
    """Column by column: one statement with a list for each column, not one for each row."""
    if not rows:
        return
    names = [field.name for field in fields(row)]
    kinds = columns_of(row)
    columns = ", ".join(f"unnest(?::{_DUCK_TYPES[kinds[name]]}[])" for name in names)
    values = [[getattr(fact, name) for fact in rows] for name in names]
    connection.execute(f"INSERT INTO {table} SELECT {columns}", values)
