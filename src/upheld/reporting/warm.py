"""What takes long the first time, done before the first person asks: libraries loaded, statements made, a chart drawn.

`upheld.config.wsgi` starts it in each process of the server. It reads no database and no setting, so commands and
tests that never serve a page pay nothing for it.
"""

import threading
from datetime import date
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from upheld.figures.source import Described, Engine, FactTables

log = structlog.stdlib.get_logger("upheld.reporting")


def warm_up_in_background(*, today: date) -> threading.Thread:
    """Warm up beside the server's start: requests are answered meanwhile, those for figures as slowly as without it."""
    thread = threading.Thread(target=_warm_up_safely, args=(today,), name="warm-up", daemon=True)
    thread.start()
    return thread


def warm_up(today: date) -> None:
    """Make what the dashboard of today needs: its statements, from no facts, and a chart of the same kind."""
    from upheld.documents.style import HouseStyle
    from upheld.figures.calculate import quarters_recorded
    from upheld.figures.period import Quarter
    from upheld.reporting.assemble import counted
    from upheld.reporting.charts import drawn
    from upheld.reporting.dashboard import Dashboard, Selection, asked_for
    from upheld.reporting.stages import quarters_chart

    source, selection = _NoFacts(), Selection(Quarter.containing(today), today)
    quarters_recorded(source, as_at=today)
    figures = counted(source, asked_for(selection), as_at=today)
    drawn(quarters_chart(Dashboard(selection, figures, (), ())), HouseStyle())


class _NoFacts:
    """A source that asks in the record's own SQL, and never finds anything."""

    engine: "Engine" = "postgres"

    @property
    def tables(self) -> "FactTables":
        from upheld.figures.source import FactTables

        return FactTables("stage_fact", "point_fact", versioned=True)

    def describe(self) -> "Described":
        from upheld.figures.source import Described

        return Described("nothing", "", "children-england-2006")

    def fetch(self, sql: str) -> list[tuple[object, ...]]:  # noqa: ARG002 - a FactSource's own argument
        return []


def _warm_up_safely(today: date) -> None:
    try:
        warm_up(today)
    except Exception as error:  # noqa: BLE001 - the site works without; the first page is slower
        log.warning("warming up failed", error=type(error).__name__)
