"""Charts, each drawn once for as long as its numbers stay the same."""

from collections.abc import Mapping
from functools import lru_cache

from upheld.documents.charts import Drawing, draw
from upheld.documents.style import HouseStyle
from upheld.narrative.report import Chart, Report


@lru_cache(maxsize=256)
def drawn(chart: Chart, style: HouseStyle) -> Drawing:
    """The chart as a drawing. It takes a tenth of a second or so; the same numbers are the same drawing."""
    return draw(chart, style)


def all_drawn(report: Report, style: HouseStyle) -> Mapping[str, Drawing]:
    """Every chart of a report, by id."""
    return {chart.id: drawn(chart, style) for chart in report.charts()}
