"""The council's colour, and the colours that follow from it so that text on and in them can always be read."""

import hashlib

WHITE, BLACK = "#ffffff", "#000000"
# WCAG 2.2, 1.4.3: text needs this contrast with what is behind it.
READABLE = 4.5


def style_sheet(brand: str) -> str:
    """Write the style sheet that carries the council's colour into the components.

    `brand` is # and six hexadecimal digits. The names are GOV.UK Frontend's own, and those of
    assets/styles/_brand.scss.
    """
    ink = darkened(brand)
    colours = {
        "--govuk-brand-colour": brand,
        "--govuk-template-background-colour": mixed(brand, WHITE, 0.94),
        "--govuk-surface-background-colour": mixed(brand, WHITE, 0.94),
        "--govuk-surface-border-colour": mixed(brand, WHITE, 0.6),
        "--app-brand-text-colour": text_on(brand),
        "--app-brand-ink-colour": ink,
        "--app-brand-ink-hover-colour": mixed(ink, BLACK, 0.25),
        "--app-brand-ink-shadow-colour": mixed(ink, BLACK, 0.55),
    }
    lines = "".join(f"  {name}: {value};\n" for name, value in colours.items())
    return f":root {{\n{lines}}}\n"


def version(brand: str) -> str:
    """Name this version of the style sheet, so that a browser keeps it exactly as long as it is right."""
    return hashlib.sha256(style_sheet(brand).encode()).hexdigest()[:12]


def text_on(background: str) -> str:
    """Say whether white or black text reads better on `background`; one of them always reaches 4.5 to 1."""
    return WHITE if contrast(WHITE, background) >= contrast(BLACK, background) else BLACK


def darkened(colour: str) -> str:
    """Darken `colour` just as far as it takes to be read on the palest of our backgrounds, and white on it."""
    backgrounds = (WHITE, mixed(colour, WHITE, 0.94))
    for step in range(101):
        candidate = mixed(colour, BLACK, step / 100)
        if all(contrast(candidate, background) >= READABLE for background in backgrounds):
            return candidate
    return BLACK


def mixed(colour: str, other: str, share: float) -> str:
    """Mix `share` (0 to 1) of `other` into `colour`."""
    channels = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in channels)


def contrast(one: str, two: str) -> float:
    """The contrast between two colours as WCAG defines it, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in _channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
