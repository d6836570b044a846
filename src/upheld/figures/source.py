"""Where fact rows are read from. The shell runs the SQL on its own connection; this room only compiles it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from upheld.figures.model import Grain

Engine = Literal["duckdb", "postgres"]


@dataclass(frozen=True, slots=True)
class FactTables:
    """The names of the fact tables in a source, and whether their rows are versions with recorded_from and _to."""

    stage: str
    point: str
    versioned: bool = False

    def of(self, grain: Grain) -> str:
        """The table of a grain."""
        return self.stage if grain is Grain.STAGE else self.point


@dataclass(frozen=True, slots=True)
class Described:
    """What a source says of itself for a report's provenance."""

    name: str
    digest: str  # SHA-256 that changes when a fact row does
    pack: str
    labels: Mapping[tuple[str, str], str] = field(default_factory=dict)  # (dimension, code) -> words for people


class FactSource(Protocol):
    """A connection to fact tables."""

    @property
    def engine(self) -> Engine:
        """Which SQL it speaks."""

    @property
    def tables(self) -> FactTables:
        """Its tables."""

    def describe(self) -> Described:
        """What it is, for provenance and labels."""

    def fetch(self, sql: str) -> list[tuple[object, ...]]:
        """Run one SELECT and return its rows."""
