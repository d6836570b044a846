"""The quarter's figures as Upheld makes them: questions of the quarterly report, compiled by Ibis, run on DuckDB."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from bench.answers import AS_AT, Answers, key
from bench.facts import QUARTER


def prepare(folder: Path) -> Callable[[], Answers]:
    """Open the files; what is given back answers once."""
    from upheld.figures.calculate import calculate
    from upheld.figures.duck import DuckFacts
    from upheld.figures.questions import stages_of
    from upheld.narrative.quarterly import asked_for

    pack = "children-england-2006"
    source = DuckFacts.of_parquet(folder / "stage.parquet", folder / "point.parquet", pack=pack)
    groups = {"stage": stages_of(pack)}

    def answer() -> Answers:
        values = calculate(source, asked_for(QUARTER), as_at=date.fromisoformat(AS_AT), groups=groups)
        return {
            key(v.ref.figure, v.ref.period.index, [code for _, code in v.ref.by]): (v.numerator, v.denominator)
            for v in values
        }

    return answer
