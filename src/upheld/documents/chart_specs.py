"""Charts as declarations, in Altair's terms: grouped columns, bars for names, lines.

A value that is missing is said in words where it would stand.
"""

import textwrap
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from upheld.documents import words
from upheld.documents.style import HouseStyle
from upheld.narrative.report import Chart, ChartKind, Point, Role

if TYPE_CHECKING:
    import altair as alt

WIDTH = 680  # CSS pixels; 18 cm on paper
HEIGHT = 300
# A name longer than this is broken over lines beside its bar.
_NAME_CHARACTERS = 38
LINE_HEIGHT = 14


def declare(chart: Chart, style: HouseStyle) -> "alt.LayerChart":
    """The chart in Altair's terms."""
    import altair as alt

    layers = _KINDS[chart.kind](chart, style)
    layered = alt.LayerChart(layer=layers).properties(
        width=WIDTH,
        height=_height(chart),
        autosize=alt.AutoSizeParams(type="fit", contains="padding"),
        padding={"left": 2, "right": 10, "top": 6, "bottom": 2},
        background="#ffffff",
    )
    # The name of an upright axis stands over it, between the legend and the drawing.
    return _configured(layered, style, offset=10 if chart.kind is ChartKind.BARS else 30)


def _configured(layered: "alt.LayerChart", style: HouseStyle, *, offset: int) -> "alt.LayerChart":
    configured: alt.LayerChart = (
        layered.configure(font=style.font_stack)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=style.ink,
            titleColor=style.ink,
            labelFontSize=12,
            titleFontSize=12,
            titleFontWeight="normal",
            gridColor="#e2e7ea",
            domainColor=style.muted,
            tickColor=style.muted,
        )
        .configure_legend(
            title=None, orient="top", labelFontSize=12, labelColor=style.ink, symbolSize=150, symbolStrokeWidth=1.5,
            labelLimit=0, columnPadding=18, offset=offset,
        )
    )  # fmt: skip
    return configured


def _height(chart: Chart) -> int:
    if chart.kind is not ChartKind.BARS:
        return HEIGHT
    lines = max((len(_lines(label)) for label in _labels(chart)), default=1)
    legend = 30 if len(chart.series) > 1 else 0
    return 56 + legend + len(_labels(chart)) * max(10 + 20 * len(chart.series), 8 + LINE_HEIGHT * lines)


def _columns(chart: Chart, style: HouseStyle) -> "list[alt.Chart]":
    import altair as alt

    x = alt.X(
        "label:N", scale=alt.Scale(domain=_labels(chart), paddingInner=0.18, paddingOuter=0.08), axis=_period_axis()
    )
    y = _value(alt.Y, chart, titleAngle=0, titleAlign="left", titleBaseline="bottom", titleX=0, titleY=-12)
    offset = alt.XOffset("series:N", scale=alt.Scale(domain=_names(chart)))
    bars = _chart(_rows(chart)).mark_bar(strokeWidth=1.25, aria=False)
    labels = _chart(_rows(chart)).mark_text(baseline="bottom", dy=-3, fontSize=12, color=style.ink)
    layers = [
        bars.encode(x=x, xOffset=offset, y=y, **_painted(chart, style)),
        labels.encode(x=x, xOffset=offset, y=y, text="text:N", description="id:N"),
    ]
    whole, single = _gaps(chart)
    note: dict[str, Any] = {"fontSize": 12, "color": style.muted, "aria": False}
    if whole:
        layers.append(
            _chart(whole).mark_text(baseline="bottom", dy=-5, **note).encode(x=x, y=alt.datum(0), text="text:N")
        )
    if single:
        turned = _chart(single).mark_text(angle=270, align="left", baseline="middle", dx=5, **note)
        layers.append(turned.encode(x=x, xOffset=offset, y=alt.datum(0), text="text:N"))
    return layers


def _bars(chart: Chart, style: HouseStyle) -> "list[alt.Chart]":
    import altair as alt

    axis = alt.Axis(
        title=None, ticks=False, domain=True, labelPadding=8, labelLimit=0, labelExpr="split(datum.label, '\\n')",
        labelLineHeight=LINE_HEIGHT,
    )  # fmt: skip
    y = alt.Y("name:N", scale=alt.Scale(domain=_wrapped(chart), paddingInner=0.38, paddingOuter=0.16), axis=axis)
    x = _value(alt.X, chart)
    offset = alt.YOffset("series:N", scale=alt.Scale(domain=_names(chart)))
    bars = _chart(_rows(chart)).mark_bar(strokeWidth=1.25, aria=False)
    labels = _chart(_rows(chart)).mark_text(align="left", baseline="middle", dx=4, fontSize=12, color=style.ink)
    layers = [
        bars.encode(y=y, yOffset=offset, x=x, **_painted(chart, style)),
        labels.encode(y=y, yOffset=offset, x=x, text="text:N", description="id:N"),
    ]
    whole, single = _gaps(chart)
    said = whole + single
    if said:
        note = _chart(said).mark_text(align="left", baseline="middle", dx=4, fontSize=12, color=style.muted, aria=False)
        layers.append(note.encode(y=y, yOffset=offset, x=alt.datum(0), text="text:N"))
    return layers


def _line(chart: Chart, style: HouseStyle) -> "list[alt.Chart]":
    import altair as alt

    names = _names(chart)
    paints = [style.paint(i) for i in range(len(names))]
    x = alt.X("label:N", scale=alt.Scale(type="point", domain=_labels(chart), padding=0.4), axis=_period_axis())
    y = _value(alt.Y, chart, titleAngle=0, titleAlign="left", titleBaseline="bottom", titleX=0, titleY=-12)
    legend = alt.Legend() if len(names) > 1 else None
    dashes = [list(p.dash) or [1, 0] for p in paints]
    stroke = alt.Stroke("series:N", scale=alt.Scale(domain=names, range=[p.line for p in paints]), legend=legend)
    dash = alt.StrokeDash("series:N", scale=alt.Scale(domain=names, range=dashes), legend=None)
    shape = alt.Shape("series:N", scale=alt.Scale(domain=names, range=[p.shape for p in paints]), legend=legend)
    fill = alt.Fill("series:N", scale=alt.Scale(domain=names, range=[p.fill for p in paints]), legend=legend)
    everything = _rows(chart, with_gaps=True)
    lines = _chart(everything).mark_line(strokeWidth=2.25, aria=False, invalid="break-paths-show-domains")
    points = _chart(_rows(chart)).mark_point(size=62, strokeWidth=1.5, aria=False, opacity=1)
    layers = [
        lines.encode(x=x, y=y, stroke=stroke, strokeDash=dash),
        points.encode(x=x, y=y, stroke=stroke, fill=fill, shape=shape),
    ]
    above, below = _sides(chart)
    over = _chart(above).mark_text(baseline="bottom", dy=-8, fontSize=12, color=style.ink)
    under = _chart(below).mark_text(baseline="top", dy=9, fontSize=12, color=style.ink)
    layers += [text.encode(x=x, y=y, text="text:N", description="id:N") for text in (over, under)]
    whole, _ = _gaps(chart)
    if whole:
        note = _chart(whole).mark_text(baseline="bottom", dy=-5, fontSize=12, color=style.muted, aria=False)
        layers.append(note.encode(x=x, y=alt.datum(0), text="text:N"))
    return layers


def _chart(rows: list[dict[str, Any]]) -> "alt.Chart":
    import altair as alt

    return alt.Chart(alt.InlineData(values=rows))


def _painted(chart: Chart, style: HouseStyle) -> dict[str, Any]:
    import altair as alt

    names = _names(chart)
    legend = alt.Legend(symbolType="square") if len(names) > 1 else None
    paints = [style.paint(i) for i in range(len(names))]
    return {
        "fill": alt.Fill("series:N", scale=alt.Scale(domain=names, range=[p.fill for p in paints]), legend=legend),
        "stroke": alt.Stroke("series:N", scale=alt.Scale(domain=names, range=[p.line for p in paints]), legend=legend),
    }


def _value(channel: Any, chart: Chart, **axis: Any) -> Any:
    """The axis of values: from nothing up, whole numbers or per cent."""
    import altair as alt

    numbers = [p.number for s in chart.series for p in s.points if p.number is not None]
    percent = bool(numbers) and all(n.source.denominator is not None and n.role is Role.VALUE for n in numbers)
    scale = alt.Scale(domain=[0, 100]) if percent else alt.Scale(zero=True, nice=True)
    if not any(n.value for n in numbers):
        scale = alt.Scale(domain=[0, 100 if percent else 1])
    if percent:
        axis["labelExpr"] = "datum.label + '%'"
    look = alt.Axis(
        title=chart.axis, tickMinStep=1, tickCount=5, format=",d", domain=False, ticks=False, labelPadding=6, **axis
    )  # fmt: skip
    return channel("value:Q", scale=scale, axis=look)


def _period_axis() -> Any:
    """A horizontal axis of names. "Q3 2018/19" takes two lines: the quarter over its year."""
    import altair as alt

    return alt.Axis(
        title=None, labelAngle=0, ticks=False, labelPadding=8, labelLimit=0, labelLineHeight=15,
        labelExpr="split(datum.label, ' ')",
    )  # fmt: skip


# Rows


def _labels(chart: Chart) -> list[str]:
    return list(dict.fromkeys(point.label for series in chart.series for point in series.points))


def _names(chart: Chart) -> list[str]:
    return [series.name for series in chart.series]


def _lines(label: str) -> list[str]:
    width = max(_NAME_CHARACTERS, len(label) // 2 + 6)  # two lines, and three only where words are long
    return textwrap.wrap(label, width, break_long_words=False) or [""]


def _wrapped(chart: Chart) -> list[str]:
    return ["\n".join(_lines(label)) for label in _labels(chart)]


def _row(series: str, point: Point) -> dict[str, Any]:
    number = point.number
    return {
        "label": point.label,
        "name": "\n".join(_lines(point.label)),
        "series": series,
        "value": number.value if number else None,
        "text": number.text if number else words.NO_DATA,
        "id": number.id if number else "",
    }


def _rows(chart: Chart, *, with_gaps: bool = False) -> list[dict[str, Any]]:
    """What is drawn; with gaps, also the values that are missing, so that a line breaks there."""
    return [_row(s.name, p) for s in chart.series for p in s.points if with_gaps or p.number]


def _gaps(chart: Chart) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What is missing: labels where no series has a value (said once), and single values."""
    present = {p.label for s in chart.series for p in s.points if p.number}
    whole: dict[str, dict[str, Any]] = {}
    single: list[dict[str, Any]] = []
    for series in chart.series:
        for point in series.points:
            if point.number is None and point.label in present:
                single.append(_row(series.name, point))
            elif point.number is None:
                whole.setdefault(point.label, _row(series.name, point))
    return list(whole.values()), single


def _sides(chart: Chart) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows whose value is written above their point, and below it: the lowest of a label goes below where it fits."""
    rows = _rows(chart)
    room = max((row["value"] for row in rows), default=0) * 0.15
    above: list[dict[str, Any]] = []
    below: list[dict[str, Any]] = []
    for label in _labels(chart):
        here = sorted((row for row in rows if row["label"] == label), key=lambda row: row["value"], reverse=True)
        lowest = here.pop() if len(here) > 1 and here[-1]["value"] > room else None
        above += here
        below += [lowest] if lowest else []
    return above, below


_KINDS: "Mapping[ChartKind, Callable[[Chart, HouseStyle], list[alt.Chart]]]" = {
    ChartKind.COLUMNS: _columns,
    ChartKind.BARS: _bars,
    ChartKind.LINE: _line,
}
