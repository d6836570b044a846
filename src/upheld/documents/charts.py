"""Charts: one declaration for every medium, drawn as SVG with no browser, and from that as a picture for Word.

A value that is missing is said in words where its bar would stand. Every value that is drawn carries the id of its
figure, as `data-figure` on the label.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from xml.etree import ElementTree as ET

from upheld.documents.chart_specs import LINE_HEIGHT, declare
from upheld.documents.style import HouseStyle
from upheld.narrative.report import Chart, Report, plain

_SVG = "http://www.w3.org/2000/svg"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart as drawn. `width` and `height` are in CSS pixels."""

    svg: str
    width: float
    height: float

    def png(self, scale: float = 2) -> bytes:
        """The same drawing as a picture, `scale` times as many pixels."""
        return _png(self.svg, scale)


@lru_cache(maxsize=32)
def _png(svg: str, scale: float) -> bytes:
    """Kept for a while: Word, Excel and PowerPoint ask for the same pictures."""
    import vl_convert

    return vl_convert.svg_to_png(svg, scale=scale)


def draw_all(report: Report, style: HouseStyle) -> Mapping[str, Drawing]:
    """Every chart of the report, by id."""
    return {chart.id: draw(chart, style) for chart in report.charts()}


def draw(chart: Chart, style: HouseStyle) -> Drawing:
    """Draw one chart. Nothing is fetched, and no font is used but those of the house style and plain fallbacks."""
    import altair
    import vl_convert

    for folder in style.folders():
        _register(folder)
    version = ".".join(altair.SCHEMA_VERSION.split(".")[:2])
    # Altair would check the declaration against the whole grammar, which takes longer than drawing it: tests do that.
    spec = declare(chart, style).to_dict(validate=False)
    return _finish(vl_convert.vegalite_to_svg(spec, vl_version=version, allowed_base_urls=[]), chart, style)


@cache
def _register(folder: Path) -> None:
    import vl_convert

    vl_convert.register_font_directory(str(folder))


_LONG_DECIMAL = re.compile(r"-?\d+\.\d{3,}")
_COORDINATES = frozenset({"d", "transform", "x", "y", "x2", "y2", "width", "height"})
_NOISE = ("aria-hidden", "aria-roledescription", "role", "class", "pointer-events", "opacity", "version")


def _finish(svg: str, chart: Chart, style: HouseStyle) -> Drawing:
    """Name the drawing for those who do not see it, give its labels their ids, and leave out what says nothing."""
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing, not a document from outside
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for node in root.iter():
        label = node.attrib.pop("aria-label", "")
        for noise in _NOISE:
            if noise != "opacity" or node.attrib.get(noise) == "1":
                node.attrib.pop(noise, None)
        for name in _COORDINATES & node.attrib.keys():
            node.set(name, _LONG_DECIMAL.sub(_rounded, node.attrib[name]))
        if "@" in label and node.tag == f"{{{_SVG}}}text":
            node.set("data-figure", label)
        if node.get("text-anchor") == "end" and len(node) > 1:  # the lines of a long name, about the middle of its bar
            node[0].set("dy", f"{-(len(node) - 1) * LINE_HEIGHT / 2:g}")
        if node.get("font-family") == style.font_stack:
            del node.attrib["font-family"]  # the root says it once
    _prune(root)
    title, description = ET.Element(f"{{{_SVG}}}title"), ET.Element(f"{{{_SVG}}}desc")
    title.set("id", f"{chart.id}-title")
    title.text = chart.title
    description.set("id", f"{chart.id}-desc")
    description.text = plain(chart.description)
    root[:0] = [title, description]
    root.attrib.update({"role": "img", "aria-labelledby": title.attrib["id"], "font-family": style.font_stack})
    ET.register_namespace("", _SVG)
    return Drawing(ET.tostring(root, encoding="unicode"), width, height)


def _rounded(found: re.Match[str]) -> str:
    return f"{float(found[0]):.2f}".rstrip("0").rstrip(".")


def _prune(node: ET.Element) -> None:
    """Leave out paths that draw nothing and groups that hold nothing."""
    for child in list(node):
        _prune(child)
        empty_path = child.tag == f"{{{_SVG}}}path" and (not child.get("d") or child.get("d") == "M0,0h0v0h0Z")
        unseen = child.tag == f"{{{_SVG}}}path" and "fill" not in child.attrib and "stroke" not in child.attrib
        empty_group = child.tag == f"{{{_SVG}}}g" and not len(child)
        if empty_path or unseen or empty_group:
            node.remove(child)
