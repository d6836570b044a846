"""Parts of the Word file beside its text: embedded type, the list of figures, settings, lists."""

import hashlib
from typing import Any
from xml.etree import ElementTree as ET

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml

from upheld.documents import figure_list
from upheld.documents.figure_list import FIGURES_NAMESPACE
from upheld.documents.style import HouseStyle, own_font
from upheld.documents.word_xml import figure_key, w
from upheld.narrative.report import Report

_FIGURES_ITEM = "{6D2A4B7E-52C7-4F0C-9C35-0B6E4A7C9F11}"
_CUSTOM_XML = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
_CUSTOM_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps"
_DATA_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_FONT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_WEIGHTS = (
    ("embedRegular", "400Regular"),
    ("embedBold", "700Bold"),
    ("embedItalic", "400Regular_Italic"),
    ("embedBoldItalic", "700Bold_Italic"),
)


def add_figures(document: Document, report: Report) -> None:
    """Add the list that says which figure each content control holds: one entry for each id, with its counts."""
    ET.register_namespace("", FIGURES_NAMESPACE)
    root = ET.Element(f"{{{FIGURES_NAMESPACE}}}figures")
    seen: set[str] = set()
    for number in report.numbers():
        if number.id in seen:
            continue
        seen.add(number.id)
        entry = figure_list.entry(number)
        groups = entry.pop("by")
        entry.pop("text")  # it stands in the control, and may be in words in one place and in digits in another
        attributes = {name: str(value) for name, value in entry.items() if value is not None}
        node = ET.SubElement(root, f"{{{FIGURES_NAMESPACE}}}figure", {"key": figure_key(number.id), **attributes})
        for dimension, label in groups.items() if isinstance(groups, dict) else ():
            ET.SubElement(node, f"{{{FIGURES_NAMESPACE}}}by", {"dimension": dimension}).text = label
    package = document.part.package
    name = package.next_partname("/customXml/item%d.xml")
    number_of_item = name.filename.removeprefix("item").removesuffix(".xml")
    item = Part(name, "application/xml", ET.tostring(root, encoding="utf-8", xml_declaration=True), package)
    properties = Part(
        PackURI(f"/customXml/itemProps{number_of_item}.xml"),
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
        f'<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<ds:datastoreItem ds:itemID="{_FIGURES_ITEM}" '
        f'xmlns:ds="{_DATA_STORE}"><ds:schemaRefs><ds:schemaRef ds:uri="{FIGURES_NAMESPACE}"/></ds:schemaRefs>'
        "</ds:datastoreItem>".encode(),
        package,
    )
    item.relate_to(properties, _CUSTOM_PROPERTIES)
    document.part.relate_to(item, _CUSTOM_XML)


def embed_type(document: Document, style: HouseStyle) -> None:
    """Embed the typeface, so that the document looks the same where it is not installed.

    Word wants an embedded font's first 32 bytes mixed with a key (ECMA-376 part 1, 17.8.1); the key is made from the
    font, so that the same font gives the same file.
    """
    package = document.part.package
    table = document.part.part_related_by(RT.FONT_TABLE)
    root = parse_xml(table.blob)
    for old in list(root):
        root.remove(old)
    font = w("font", w("altName", val=style.fallback_fonts[0]), w("family", val="swiss"), name=style.font)
    for index, (slot, weight) in enumerate(_WEIGHTS, start=1):
        data = own_font(weight)
        guid = _guid(data)
        part = Part(
            PackURI(f"/word/fonts/font{index}.odttf"),
            "application/vnd.openxmlformats-officedocument.obfuscatedFont",
            _mixed(data, guid),
            package,
        )
        link = w(slot, fontKey=f"{{{guid}}}")
        link.set(qn("r:id"), table.relate_to(part, _FONT))
        font.append(link)
    root.append(font)
    table._blob = serialize_part_xml(root)  # python-docx has no public way to change this part


def _guid(data: bytes) -> str:
    digest = hashlib.sha256(data).hexdigest()[:32].upper()
    return "-".join((digest[:8], digest[8:12], digest[12:16], digest[16:20], digest[20:]))


def _mixed(data: bytes, guid: str) -> bytes:
    key = bytes.fromhex(guid.replace("-", ""))[::-1]
    return bytes(byte ^ key[i % 16] for i, byte in enumerate(data[:32])) + data[32:]


def settle_settings(document: Document) -> None:
    """British English, the present file format, type embedded; nothing left of the blank document it began as."""
    settings = document.settings.element
    for tag in ("w:zoom", "w:proofState", "w:savePreviewPicture", "w:rsids", "w:compat", "w:themeFontLang",
                "w:decimalSymbol", "w:listSeparator"):  # fmt: skip
        for old in settings.findall(qn(tag)):
            settings.remove(old)
    settings.insert(0, w("zoom", percent=100))
    settings.insert(1, w("embedTrueTypeFonts"))
    after = settings.find(qn("w:characterSpacingControl"))
    uri = "http://schemas.microsoft.com/office/word"
    modern = ("overrideTableStyleFontSizeAndJustification", "enableOpenTypeFeatures", "doNotFlipMirrorIndents",
              "differentiateMultirowTableHeaders")  # fmt: skip
    compat = w("compat", w("compatSetting", name="compatibilityMode", uri=uri, val=15))
    for name in modern:
        compat.append(w("compatSetting", name=name, uri=uri, val=1))
    after.addnext(compat)
    schemes = settings.find(qn("w:clrSchemeMapping"))
    schemes.addprevious(w("themeFontLang", val="en-GB"))


def drop_leftovers(document: Document) -> None:
    """Take out the parts of python-docx's blank document that say nothing here: a picture of it, a bibliography."""
    part = document.part
    package = part.package
    gone = (RT.THUMBNAIL, RT.CUSTOM_XML, "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects")
    for holder in (package, part):
        for key in [key for key, rel in holder.rels.items() if rel.reltype in gone]:
            del holder.rels[key]


class Lists:
    """The document's numbered lists and bullets: each list of its own, so that each numbering begins at 1."""

    _LEVEL = (
        '<w:abstractNum {ns} w:abstractNumId="{id}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        '<w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="357" w:hanging="357"/></w:pPr><w:rPr><w:b/><w:color w:val="{colour}"/></w:rPr></w:lvl>'
        "</w:abstractNum>"
    )

    def __init__(self, document: Document, style: HouseStyle) -> None:
        self._root = self._numbering(document)
        taken = [int(n.get(qn("w:abstractNumId"))) for n in self._root.findall(qn("w:abstractNum"))]
        self._bullets, self._numbers = max(taken, default=-1) + 1, max(taken, default=-1) + 2
        colour = style.accent.lstrip("#")
        for key, kind, text in ((self._bullets, "bullet", "•"), (self._numbers, "decimal", "%1.")):
            level = parse_xml(self._LEVEL.format(ns=nsdecls("w"), id=key, format=kind, text=text, colour=colour))
            first = self._root.find(qn("w:num"))
            if first is None:
                self._root.append(level)
            else:
                first.addprevious(level)
        self._bullet_list = self._add(self._bullets)

    def bullets(self) -> Any:
        """Properties of a paragraph with a bullet."""
        return _numbered(self._bullet_list)

    def numbers(self) -> Any:
        """Properties of the paragraphs of one more numbered list; use a copy for each."""
        number_id = self._add(self._numbers)
        override = w("lvlOverride", w("startOverride", val=1), ilvl=0)
        self._root.findall(qn("w:num"))[-1].append(override)
        return _numbered(number_id)

    def _add(self, abstract: int) -> int:
        taken = [int(n.get(qn("w:numId"))) for n in self._root.findall(qn("w:num"))]
        number_id = max(taken, default=0) + 1
        self._root.append(w("num", w("abstractNumId", val=abstract), numId=number_id))
        return number_id

    @staticmethod
    def _numbering(document: Document) -> Any:
        try:
            return document.part.numbering_part.element
        except NotImplementedError:  # python-docx finds none and cannot make one
            name = PackURI("/word/numbering.xml")
            kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
            part = XmlPart(name, kind, parse_xml(f"<w:numbering {nsdecls('w')}/>"), document.part.package)
            document.part.relate_to(part, RT.NUMBERING)
            return part.element


def _numbered(number_id: int) -> Any:
    return w("numPr", w("ilvl", val=0), w("numId", val=number_id))
