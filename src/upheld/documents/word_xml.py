"""Pieces of WordprocessingML that python-docx has no words for: numbers that keep their figure, fields, bookmarks."""

import hashlib
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from upheld.narrative.report import Number, Runs, Strong

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
# Word takes no more characters in a content control's tag or title.
_LONGEST_TITLE = 64


def w(tag: str, *children: Any, **attributes: str | int) -> Any:
    """An element in Word's namespace: `w("tag", val="x")` is `<w:tag w:val="x"/>`."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    for child in children:
        element.append(child)
    return element


def figure_key(figure_id: str) -> str:
    """The short name of a figure's id in tags, which may be 64 characters long; the figures part maps it back."""
    return "figure-" + hashlib.sha256(figure_id.encode()).hexdigest()[:16]


def run(text: str, *, bold: bool = False) -> Any:
    """A run of text."""
    words = w("t")
    words.text = text
    words.set(_SPACE, "preserve")
    return _set(w("r", words), bold=bold)


def _set(element: Any, *, bold: bool) -> Any:
    if bold:
        element.insert(0, w("rPr", w("b"), w("bCs")))
    return element


def number(shown: Number, control_id: int, *, bold: bool = False) -> Any:
    """A number in a content control that keeps its figure, and that cannot be typed over, only taken out whole.

    The control's tag is the key of the figure's id (see `figure_key`), its title says which figure it is.
    """
    ref = shown.source.ref
    title = ", ".join([ref.figure, ref.period.label, *(label for _, label in ref.by)])
    properties = w(
        "sdtPr",
        w("alias", val=title[:_LONGEST_TITLE]),
        w("tag", val=figure_key(shown.id)),
        w("id", val=control_id),
        w("lock", val="contentLocked"),
    )
    hidden = {f"{{{_W15}}}val": "hidden"}  # no frame round the number when it is pointed at
    properties.append(properties.makeelement(f"{{{_W15}}}appearance", hidden, nsmap={"w15": _W15}))
    return w("sdt", properties, w("sdtContent", run(shown.text, bold=bold)))


class ControlIds:
    """Numbers content controls, each once."""

    def __init__(self, first: int = 1) -> None:
        self._next = first

    def take(self) -> int:
        """The next id."""
        self._next += 1
        return self._next - 1


def runs(items: Runs, ids: ControlIds, *, bold: bool = False) -> list[Any]:
    """The runs of a paragraph, numbers in their content controls."""
    made = []
    for item in items:
        match item:
            case Number():
                made.append(number(item, ids.take(), bold=bold))
            case Strong():
                made.append(run(item.text, bold=True))
            case _:
                made.append(run(item, bold=bold))
    return made


def paragraph(style_id: str, *children: Any, properties: tuple[Any, ...] = ()) -> Any:
    """A paragraph in a style; `properties` follow the style in the paragraph's own properties."""
    return w("p", w("pPr", w("pStyle", val=style_id), *properties), *children)


def field(instruction: str, shown: str, *, bold: bool = False) -> list[Any]:
    """A field with what it shows until Word works it out again."""
    order = w("instrText")
    order.text = f" {instruction} "
    order.set(_SPACE, "preserve")
    begin, separate, end = (w("fldChar", fldCharType=kind) for kind in ("begin", "separate", "end"))
    # Each run is set alike: Word takes the first one's look when it works the field out again.
    return [_set(w("r", part), bold=bold) for part in (begin, order, separate)] + [
        run(shown, bold=bold),
        _set(w("r", end), bold=bold),
    ]


def bookmarked(name: str, mark_id: int, *children: Any) -> list[Any]:
    """Content that links and fields can point to by `name`."""
    return [w("bookmarkStart", id=mark_id, name=name), *children, w("bookmarkEnd", id=mark_id)]


def link(anchor: str, *children: Any) -> Any:
    """A link to a bookmark of the same document."""
    return w("hyperlink", *children, anchor=anchor, history=1)


def shading(colour: str) -> Any:
    """A background colour (`#rrggbb`)."""
    return w("shd", val="clear", color="auto", fill=colour.lstrip("#"))


def border(side: str, colour: str, eighths: int, space: int = 0) -> Any:
    """A line on one side, in eighths of a point."""
    return w(side, val="single", sz=eighths, space=space, color=colour.lstrip("#"))
