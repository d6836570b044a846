"""The look of slides: one layout, in the house's type and colours, wide, with the foot and number on every slide."""

from typing import Any

from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Emu, Inches, Pt

from upheld.documents.style import HouseStyle

TITLE_ONLY = "Title Only"
_WIDTH, _HEIGHT = Inches(13.333), Inches(7.5)
_SIDE = Inches(0.6)


def within(parent: Any, tag: str) -> Any:
    """A new last child, by its usual prefix: "a:ext"."""
    child = OxmlElement(tag)
    parent.append(child)
    return child


def fill(held: Any, colour: str) -> None:
    """Give what holds a colour (`#rrggbb`) this one."""
    within(held, "a:srgbClr").set("val", colour.lstrip("#"))


def look_of_the_house(deck: Any, style: HouseStyle, *, foot: str) -> None:
    """Make of python-pptx's blank file one with a single layout in the house style."""
    deck.slide_width, deck.slide_height = _WIDTH, _HEIGHT
    _drop_other_layouts(deck)
    layout = deck.slide_layouts.get_by_name(TITLE_ONLY)
    _theme(deck, style)
    for place in (deck.slide_master, layout):
        for shape in list(place.placeholders):
            if shape.placeholder_format.type is not None and shape.placeholder_format.idx != 0:
                shape._element.getparent().remove(shape._element)
        title = next(shape for shape in place.placeholders if shape.placeholder_format.idx == 0)
        title.left, title.top, title.width, title.height = _SIDE, Inches(0.35), Inches(12.13), Inches(0.9)
    _title_style(deck.slide_master, style)
    _furniture(layout, style, foot)


def _drop_other_layouts(deck: Any) -> None:
    for layout in list(deck.slide_layouts):
        if layout.name != TITLE_ONLY:
            deck.slide_layouts.remove(layout)


def _theme(deck: Any, style: HouseStyle) -> None:
    """Type and accent. A PowerPoint file cannot carry its typeface along, so it is one that every computer has."""
    part = next(r.target_part for r in deck.slide_master.part.rels.values() if r.reltype.endswith("/theme"))
    root = parse_xml(part.blob)
    for kind in ("majorFont", "minorFont"):
        root.find(f".//{qn(f'a:{kind}')}/{qn('a:latin')}").set("typeface", style.fallback_fonts[0])
    for name, colour in (("dk2", style.accent), ("accent1", style.accent), ("accent2", style.series[1].fill)):
        held = root.find(f".//{qn(f'a:{name}')}")
        for old in list(held):
            held.remove(old)
        fill(held, colour)
    part._blob = serialize_part_xml(root)  # python-pptx has no public way to change this part


def _title_style(master: Any, style: HouseStyle) -> None:
    frame = next(s for s in master.placeholders if s.placeholder_format.idx == 0)._element.find(f".//{qn('a:bodyPr')}")
    frame.set("lIns", "0")
    level = master._element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    level.set("algn", "l")
    properties = level.find(qn("a:defRPr"))
    properties.set("sz", "3200")
    properties.set("b", "1")
    held = properties.find(qn("a:solidFill"))
    for old in list(held):
        held.remove(old)
    fill(held, style.accent)


def _furniture(layout: Any, style: HouseStyle, foot: str) -> None:
    """A rule under the title; the foot and the slide's number."""
    rule = _box(101, "Rule", _SIDE, Inches(1.28), Inches(12.13), Emu(19_050))
    fill(within(rule.find(qn("p:spPr")), "a:solidFill"), style.accent)
    said = _box(102, "Foot", _SIDE, Inches(6.95), Inches(11.2), Inches(0.35))
    said.append(_text("r", foot, style, "l"))
    number = _box(103, "Slide number", Inches(11.93), Inches(6.95), Inches(0.8), Inches(0.35))
    number.append(_text("fld", "‹#›", style, "r"))
    layout.shapes._spTree.extend([rule, said, number])


def _box(number: int, name: str, left: Any, top: Any, width: Any, height: Any) -> Any:
    shape = OxmlElement("p:sp")
    about = within(shape, "p:nvSpPr")
    told = within(about, "p:cNvPr")
    told.set("id", str(number))
    told.set("name", name)
    within(about, "p:cNvSpPr")
    within(about, "p:nvPr").set("userDrawn", "1")
    properties = within(shape, "p:spPr")
    placed = within(properties, "a:xfrm")
    for tag, first, second in (("off", left, top), ("ext", width, height)):
        node = within(placed, f"a:{tag}")
        node.set("x" if tag == "off" else "cx", str(int(first)))
        node.set("y" if tag == "off" else "cy", str(int(second)))
    form = within(properties, "a:prstGeom")
    form.set("prst", "rect")
    within(form, "a:avLst")
    return shape


def _text(kind: str, text: str, style: HouseStyle, align: str) -> Any:
    body = OxmlElement("p:txBody")
    frame = within(body, "a:bodyPr")
    for side in ("lIns", "rIns"):
        frame.set(side, "0")
    within(body, "a:lstStyle")
    paragraph = within(body, "a:p")
    within(paragraph, "a:pPr").set("algn", align)
    run = within(paragraph, f"a:{kind}")
    if kind == "fld":
        run.set("id", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}")
        run.set("type", "slidenum")
    properties = within(run, "a:rPr")
    properties.set("lang", "en-GB")
    properties.set("sz", str(int(Pt(11).pt * 100)))
    fill(within(properties, "a:solidFill"), style.muted)
    within(run, "a:t").text = text
    return body
