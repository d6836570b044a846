import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from upheld.web import branding

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
STYLES = Path(__file__).parents[3] / "assets/styles/_brand.scss"


def variables(style_sheet: str) -> dict[str, str]:
    return dict(re.findall(r"(--[a-z-]+): (#[0-9a-f]{6});", style_sheet))


@given(COLOURS)
def test_text_can_be_read_whatever_the_councils_colour(colour: str) -> None:
    made = variables(branding.style_sheet(colour))
    ink = made["--app-brand-ink-colour"]
    assert branding.contrast(made["--app-brand-text-colour"], colour) >= 4.5
    assert branding.contrast(ink, "#ffffff") >= 4.5
    assert branding.contrast(ink, made["--govuk-surface-background-colour"]) >= 4.5
    assert branding.contrast("#ffffff", made["--app-brand-ink-hover-colour"]) >= 4.5


def test_a_dark_colour_is_used_as_it_is() -> None:
    assert branding.style_sheet("#1d4f5c") == (
        ":root {\n"
        "  --govuk-brand-colour: #1d4f5c;\n"
        "  --govuk-template-background-colour: #f1f4f5;\n"
        "  --govuk-surface-background-colour: #f1f4f5;\n"
        "  --govuk-surface-border-colour: #a5b9be;\n"
        "  --app-brand-text-colour: #ffffff;\n"
        "  --app-brand-ink-colour: #1d4f5c;\n"
        "  --app-brand-ink-hover-colour: #163b45;\n"
        "  --app-brand-ink-shadow-colour: #0d2429;\n"
        "}\n"
    )


def test_a_pale_colour_carries_black_text_and_is_darkened_for_ink() -> None:
    made = variables(branding.style_sheet("#ffdd00"))
    assert made["--govuk-brand-colour"] == "#ffdd00"
    assert made["--app-brand-text-colour"] == "#000000"
    assert branding.contrast(made["--app-brand-ink-colour"], "#ffffff") >= 4.5


def test_contrast_is_that_of_wcag() -> None:
    assert branding.contrast("#000000", "#ffffff") == 21
    assert branding.contrast("#777777", "#777777") == 1
    assert round(branding.contrast("#767676", "#ffffff"), 2) == 4.54


def test_the_version_changes_with_the_colour() -> None:
    assert branding.version("#1d4f5c") == branding.version("#1d4f5c")
    assert branding.version("#1d4f5c") != branding.version("#1d4f5d")


def test_the_style_sheets_of_the_build_know_the_same_names() -> None:
    built_in = set(re.findall(r"^  (--app-[a-z-]+):", STYLES.read_text(), re.MULTILINE))
    assert built_in == {name for name in variables(branding.style_sheet("#123456")) if name.startswith("--app-")}
