"""The house style: one source of colours, type and the council's name for every format."""

from dataclasses import dataclass, field
from pathlib import Path

from upheld.errors import UpheldError

FONT_FOLDER = Path(__file__).parent / "fonts"


class FontsMissing(UpheldError):
    """The typeface that documents are set in is not there."""


@dataclass(frozen=True, slots=True)
class Paint:
    """How one series of a chart is drawn: told apart by lightness first, so that black and white is enough.

    `line` is at least 3:1 against white, so that a pale `fill` still has an edge that can be seen. `dash` is the
    pattern of its line (on and off, in pixels; empty is unbroken) and `shape` that of its points.
    """

    fill: str
    line: str
    dash: tuple[int, ...]
    shape: str


# Dark, middle, pale, white, grey: steps of lightness; blue-green against amber is safe for colour-blind readers.
_SERIES = (
    Paint("#1d4f63", "#1d4f63", (), "circle"),
    Paint("#e6a23c", "#8a5a0b", (7, 3), "square"),
    Paint("#cfe3ea", "#1d4f63", (2, 3), "triangle-up"),
    Paint("#ffffff", "#1a1a1a", (9, 3, 2, 3), "diamond"),
    Paint("#8a8f94", "#4a4e52", (4, 4), "cross"),
)


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """Colours (as `#rrggbb`), type and council for every format. Text colours are at least 7:1 on white.

    `font_folders` are searched before the type that comes with Upheld: a council's own typeface, or one for a script
    that Atkinson Hyperlegible does not draw, goes there. `council` is used where the report's cover names none.
    """

    council: str = ""
    accent: str = "#1d4f63"  # headings, rules, links
    accent_tint: str = "#e8f0f3"  # heads of tables, panels
    ink: str = "#1a1a1a"
    muted: str = "#4f5459"  # captions, bases, furniture
    rule: str = "#b6c2c8"
    warning: str = "#8a2d06"
    warning_tint: str = "#fdf1e7"
    series: tuple[Paint, ...] = _SERIES
    font: str = "Atkinson Hyperlegible"
    fallback_fonts: tuple[str, ...] = ("Arial", "Helvetica", "sans-serif")
    font_folders: tuple[Path, ...] = field(default=())

    @property
    def font_stack(self) -> str:
        """The typeface and what to use in its place, as CSS and SVG write it."""
        return ", ".join(f"'{name}'" if " " in name else name for name in (self.font, *self.fallback_fonts))

    def folders(self) -> tuple[Path, ...]:
        """Folders with font files, the council's own first. Raises FontsMissing where Upheld's own is empty."""
        if not any(FONT_FOLDER.glob("*.ttf")):
            raise FontsMissing(
                f"The typeface of the documents is not in {FONT_FOLDER}. Build the assets first: python "
                "tools/build_assets.py, which `make setup` runs."
            )
        return (*self.font_folders, FONT_FOLDER)

    def paint(self, index: int) -> Paint:
        """How the series at `index` is drawn; beyond the last paint they begin again."""
        return self.series[index % len(self.series)]


def own_font(weight: str) -> bytes:
    """The file of Atkinson Hyperlegible in `weight`: "400Regular", "700Bold", "400Regular_Italic", "700Bold_Italic"."""
    path = FONT_FOLDER / f"AtkinsonHyperlegible_{weight}.ttf"
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise FontsMissing(
            f"The font file {path.name} is not in {FONT_FOLDER}. Build the assets first: python "
            "tools/build_assets.py, which `make setup` runs."
        ) from None
