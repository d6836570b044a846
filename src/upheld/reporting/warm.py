"""What takes long the first time, done before the first person asks: libraries loaded, a chart drawn.

`upheld.config.wsgi` starts it in each process of the server. It reads no database and no setting, so commands and
tests that never serve a page pay nothing for it.
"""

import threading
from datetime import date

import structlog

log = structlog.stdlib.get_logger("upheld.reporting")


def warm_up_in_background() -> threading.Thread:
    """Warm up beside the server's start: requests are answered meanwhile, those for figures as slowly as without it."""
    thread = threading.Thread(target=_warm_up_safely, name="warm-up", daemon=True)
    thread.start()
    return thread


def warm_up() -> None:
    """Load what figures and charts are made with, and use each once."""
    from upheld.documents.style import HouseStyle
    from upheld.figures.compile import Question, compile_question
    from upheld.figures.model import FigureRef, FigureValue, Kind
    from upheld.figures.period import Quarter
    from upheld.figures.source import FactTables
    from upheld.narrative.report import Chart, ChartKind, Number, Point, Role, Series
    from upheld.reporting.charts import drawn

    quarter = Quarter.containing(date(2018, 12, 31))
    asked = Question(("received",), (quarter,), quarter.end, ("stage",))
    compile_question(asked, "postgres", FactTables("stage_fact", "point_fact", versioned=True))
    value = FigureValue(FigureRef("received", quarter), Kind.COUNT, 1)
    point = Point(quarter.label, Number("1", 1, value, Role.VALUE))
    drawn(Chart("warm-up", ChartKind.COLUMNS, "", "", (Series("", (point,)),), (), ""), HouseStyle())


def _warm_up_safely() -> None:
    try:
        warm_up()
    except Exception as error:  # noqa: BLE001 - the site works without; the first page is slower
        log.warning("warming up failed", error=type(error).__name__)
