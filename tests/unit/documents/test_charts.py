"""Charts: what is drawn, what is said of what is missing, and that black and white is enough."""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from tests.factories import reports
from upheld.documents.chart_specs import declare
from upheld.documents.charts import Drawing, draw
from upheld.documents.style import FontsMissing, HouseStyle, own_font
from upheld.narrative.report import Chart, ChartKind, Number, Point, Report, Series

SVG = "{http://www.w3.org/2000/svg}"


def root(drawing: Drawing) -> ET.Element:
    return ET.fromstring(drawing.svg)  # noqa: S314


def texts(drawing: Drawing) -> list[str]:
    return ["".join(node.itertext()) for node in root(drawing).iter(f"{SVG}text")]


def labelled(drawing: Drawing) -> set[tuple[str, str]]:
    return {
        (node.attrib["data-figure"], "".join(node.itertext()))
        for node in root(drawing).iter(f"{SVG}text")
        if "data-figure" in node.attrib
    }


def drawn(chart: Chart) -> set[tuple[str, str]]:
    return {(p.number.id, p.number.text) for s in chart.series for p in s.points if p.number}


def chart(kind: ChartKind, *series: Series) -> Chart:
    return Chart("c", kind, "Title", "Axis", series, ("Says.",), "t")


def points(**values: int | None) -> tuple[Point, ...]:
    return tuple(
        Point(label, None if value is None else reports.shown(reports.count("received", value, team=label)))
        for label, value in values.items()
    )


@pytest.mark.parametrize("index", range(3), ids=["columns", "line", "bars"])
def test_every_value_is_written_with_its_figure(index: int, report: Report, charts: Mapping[str, Drawing]) -> None:
    declared = list(report.charts())[index]
    assert labelled(charts[declared.id]) == drawn(declared)


@pytest.mark.parametrize("kind", ChartKind)
def test_declarations_keep_to_the_grammar(kind: ChartKind, style: HouseStyle) -> None:
    """They are drawn unchecked, which is twice as fast."""
    series = Series("A", points(x=1, y=None)), Series("B", points(x=None, y=None)), Series("C", points(x=3, y=4))
    for declared in (chart(kind, *series), chart(kind, series[0]), chart(kind, Series("A", points(x=None)))):
        checked = declare(declared, style).to_dict(validate=True)
        assert checked == declare(declared, style).to_dict(validate=False)


def test_an_id_stays_as_it_is_whatever_is_in_it(style: HouseStyle) -> None:
    team = {"Team 1.23456 url(#x)": 3}
    declared = chart(ChartKind.BARS, Series("A", points(**team)))
    assert labelled(draw(declared, style)) == drawn(declared)


def test_a_gap_is_said_once_for_all_series(charts: Mapping[str, Drawing]) -> None:
    assert {name: texts(drawing).count("no data") for name, drawing in charts.items()} == {
        "stage-1-chart": 1, "rates-chart": 1, "teams-chart": 1,
    }  # fmt: skip


@pytest.mark.parametrize("kind", [ChartKind.COLUMNS, ChartKind.BARS])
def test_a_gap_in_one_series_is_said_where_its_bar_would_stand(kind: ChartKind, style: HouseStyle) -> None:
    drawing = draw(chart(kind, Series("A", points(x=1, y=2)), Series("B", points(x=None, y=3))), style)
    assert texts(drawing).count("no data") == 1


def test_a_line_breaks_at_a_gap(style: HouseStyle) -> None:
    whole = draw(chart(ChartKind.LINE, Series("A", points(a=1, b=2, c=3, d=4))), style)
    broken = draw(chart(ChartKind.LINE, Series("A", points(a=1, b=2, c=None, d=4, e=5))), style)
    moves = [
        sum(node.attrib["d"].count("M") for node in root(d).iter(f"{SVG}path") if node.get("stroke-width") == "2.25")
        for d in (whole, broken)
    ]
    assert moves == [1, 2]


@pytest.mark.parametrize("kind", ChartKind)
def test_nothing_at_all_is_drawn_as_nothing(kind: ChartKind, style: HouseStyle) -> None:
    drawing = draw(chart(kind, Series("A", points(x=0, y=0))), style)
    assert {text for _, text in labelled(drawing)} == {"0"}
    empty = draw(chart(kind, Series("A", points(x=None))), style)
    assert texts(empty).count("no data") == 1


def test_rates_go_up_to_a_hundred_per_cent(charts: Mapping[str, Drawing]) -> None:
    assert {"0%", "20%", "100%"} <= set(texts(charts["rates-chart"]))


def test_counts_are_on_an_axis_of_whole_numbers(style: HouseStyle) -> None:
    drawing = draw(chart(ChartKind.COLUMNS, Series("A", points(x=1, y=2))), style)
    axis = [text for text in texts(drawing) if re.fullmatch(r"[\d.]+", text)]
    assert set(axis) == {"0", "1", "2"}


def test_series_are_named_where_there_are_several(charts: Mapping[str, Drawing]) -> None:
    assert {"Received", "In time", "Upheld"} <= set(texts(charts["stage-1-chart"]))
    assert "Received" not in texts(charts["teams-chart"])


def test_long_names_take_several_lines_and_none_is_cut(charts: Mapping[str, Drawing]) -> None:
    said = texts(charts["teams-chart"])
    assert "Children with Disabilities and SpecialEducational Needs and Transitions Service" in said
    assert "=Early Help #1 <b>“North”</b> $5 \\[draft]_*" in said
    assert [text for text in said if "…" in text] == []


def test_labels_of_lines_stay_clear_of_the_axis_and_of_each_other(style: HouseStyle) -> None:
    drawing = draw(
        chart(ChartKind.LINE, Series("A", points(x=90, y=90)), Series("B", points(x=50, y=1)),
              Series("C", points(x=20, y=60))), style)  # fmt: skip
    heights = {
        node.attrib["data-figure"].partition("=")[2]: float(re.findall(r",([\d.]+)\)", node.attrib["transform"])[0])
        for node in root(drawing).iter(f"{SVG}text")
        if node.get("data-figure", "").endswith("team=y#value") and "".join(node.itertext()) == "1"
    }
    assert max(heights.values()) < 250  # over its point: there is no room under it


def test_a_drawing_is_named_and_described_for_those_who_do_not_see_it(
    report: Report, charts: Mapping[str, Drawing]
) -> None:
    for declared in report.charts():
        svg = root(charts[declared.id])
        assert svg.attrib["role"] == "img"
        title, description = svg[0], svg[1]
        assert (title.tag, title.text) == (f"{SVG}title", declared.title)
        assert description.tag == f"{SVG}desc"
        assert svg.attrib["aria-labelledby"] == title.attrib["id"]
        assert [n for n in svg.iter() if n is not svg and ({"role", "aria-label", "class"} & n.attrib.keys())] == []


def test_ids_of_several_charts_do_not_meet(charts: Mapping[str, Drawing]) -> None:
    ids = [node.attrib["id"] for drawing in charts.values() for node in root(drawing).iter() if "id" in node.attrib]
    assert len(ids) == len(set(ids)) >= 6


def test_nothing_is_fetched_and_nothing_is_scripted(charts: Mapping[str, Drawing]) -> None:
    for drawing in charts.values():
        tags = {node.tag.removeprefix(SVG) for node in root(drawing).iter()}
        assert tags <= {"svg", "title", "desc", "rect", "g", "line", "path", "text", "tspan"}
        assert re.findall(r'(?:href|src|style)="', drawing.svg) == []


def test_only_the_house_style_is_used(charts: Mapping[str, Drawing], style: HouseStyle) -> None:
    for drawing in charts.values():
        assert {n.attrib["font-family"] for n in root(drawing).iter() if "font-family" in n.attrib} == {
            style.font_stack
        }


def test_a_picture_has_twice_as_many_pixels(charts: Mapping[str, Drawing]) -> None:
    drawing = charts["stage-1-chart"]
    png = drawing.png()
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    size = int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
    assert size == (round(drawing.width * 2), round(drawing.height * 2))


def test_the_same_chart_is_the_same_drawing(style: HouseStyle) -> None:
    assert draw(reports.stage_chart(), style) == draw(reports.stage_chart(), style)


# Colours


def luminance(colour: str) -> float:
    def linear(part: str) -> float:
        value = int(part, 16) / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(colour[i : i + 2]) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_edge_can_be_seen_on_white(style: HouseStyle) -> None:
    assert [paint for paint in style.series if contrast(paint.line, "#ffffff") < 3] == []


def test_series_differ_in_lightness_enough_for_black_and_white(style: HouseStyle) -> None:
    """CIE lightness, from 0 to 100, of any two of the first four fills."""
    steps = sorted(116 * luminance(paint.fill) ** (1 / 3) - 16 for paint in style.series[:4])
    assert min(second - first for first, second in pairwise(steps)) > 10


def test_lines_differ_in_pattern_and_points_in_shape(style: HouseStyle) -> None:
    assert len({paint.dash for paint in style.series}) == len(style.series)
    assert len({paint.shape for paint in style.series}) == len(style.series)


def test_paints_begin_again_after_the_last(style: HouseStyle) -> None:
    assert style.paint(len(style.series)) == style.series[0]


def test_text_can_be_read(style: HouseStyle) -> None:
    for colour in (style.ink, style.accent, style.muted, style.warning):
        assert contrast(colour, "#ffffff") >= 7, colour
    assert contrast(style.ink, style.accent_tint) >= 7
    assert contrast(style.accent, style.accent_tint) >= 7
    assert contrast(style.warning, style.warning_tint) >= 7


def test_missing_type_is_said_with_what_to_do(
    style: HouseStyle, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setattr("upheld.documents.style.FONT_FOLDER", tmp_path_factory.mktemp("empty"))
    with pytest.raises(FontsMissing, match=r"Build the assets first: python tools/build_assets\.py"):
        style.folders()
    with pytest.raises(FontsMissing, match=r"The font file AtkinsonHyperlegible_700Bold\.ttf is not in"):
        own_font("700Bold")


def test_a_councils_own_folder_of_type_comes_first(style: HouseStyle, tmp_path_factory: pytest.TempPathFactory) -> None:
    own = tmp_path_factory.mktemp("type")
    assert replace(style, font_folders=(own,)).folders()[0] == own


def test_a_number_in_words_is_written_in_words(style: HouseStyle) -> None:
    four = Number("four", 4, reports.count("received", 4), reports.Role.VALUE)
    drawing = draw(chart(ChartKind.BARS, Series("A", (Point("x", four),))), style)
    assert labelled(drawing) == {("received@Q3 2018/19#value", "four")}
