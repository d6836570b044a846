"""The one door to every format: a report and a format in, bytes out."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from upheld.documents.charts import Drawing
from upheld.documents.style import HouseStyle
from upheld.errors import UpheldError
from upheld.narrative.report import Report


class Format(StrEnum):
    """A format that a report is written in; its value is the file's extension."""

    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"

    @property
    def media_type(self) -> str:
        """As servers name it."""
        return _MEDIA_TYPES[self]


class UnknownFormat(UpheldError):
    """A format was asked for that reports are not written in."""


_MEDIA_TYPES = {
    Format.HTML: "text/html; charset=utf-8",
    Format.PDF: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}

_Charts = Mapping[str, Drawing] | None


def parse_format(text: str) -> Format:
    """The format that a person names: "pdf", "PDF", ".docx". Raises UnknownFormat for anything else."""
    try:
        return Format(text.strip().lower().removeprefix("."))
    except ValueError:
        known = ", ".join(Format)
        raise UnknownFormat(f"Reports are not written as “{text}”. Ask for one of: {known}.") from None


def render(
    report: Report,
    format: Format,  # noqa: A002 - what it is
    *,
    style: HouseStyle | None = None,
    charts: Mapping[str, Drawing] | None = None,
    template: bytes | None = None,
) -> bytes:
    """Write `report` in `format`. The same report gives the same bytes.

    `charts` are the report's drawings where they are drawn already (`charts.draw_all`), so that several formats
    draw them once. `template` is a council's own .docx, used for Word alone.

    Raises BadReport where the report's tables and charts do not hold together, or it has no slides for a PowerPoint
    file, and FontsMissing where the assets
    were not built.
    """
    return _RENDERERS[format](report, style or HouseStyle(), charts, template)


# Each format's libraries are heavy: they are loaded when the format is asked for.


def _html(report: Report, style: HouseStyle, charts: _Charts, _template: bytes | None) -> bytes:
    from upheld.documents import html

    return html.page(report, style=style, charts=charts)


def _pdf(report: Report, style: HouseStyle, charts: _Charts, _template: bytes | None) -> bytes:
    from upheld.documents import pdf

    return pdf.render(report, style=style, charts=charts)


def _docx(report: Report, style: HouseStyle, charts: _Charts, template: bytes | None) -> bytes:
    from upheld.documents import word

    return word.render(report, style=style, charts=charts, template=template)


def _xlsx(report: Report, style: HouseStyle, charts: _Charts, _template: bytes | None) -> bytes:
    from upheld.documents import excel

    return excel.render(report, style=style, charts=charts)


def _pptx(report: Report, style: HouseStyle, charts: _Charts, _template: bytes | None) -> bytes:
    from upheld.documents import slides

    return slides.render(report, style=style, charts=charts)


_RENDERERS: Mapping[Format, Callable[[Report, HouseStyle, _Charts, bytes | None], bytes]] = {
    Format.HTML: _html,
    Format.PDF: _pdf,
    Format.DOCX: _docx,
    Format.XLSX: _xlsx,
    Format.PPTX: _pptx,
}
