"""The HTML page in a real browser: accessible, and never wider than the window."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe


@pytest.fixture(scope="module")
def address(html: bytes, tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_bytes(html)
    return path.as_uri()


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_page_is_accessible_and_fits(width: int, address: str, browser: Any) -> None:
    with browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=True) as context:
        asked: list[str] = []
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
        assert page.evaluate("document.fonts.check(\"16px 'Atkinson Hyperlegible'\")")


def test_wide_tables_scroll_by_keyboard(address: str, browser: Any) -> None:
    with browser.new_context(viewport={"width": 320, "height": 900}) as context:
        page = context.new_page()
        page.goto(address)
        box = page.locator("#stages-by-quarter .report-scroll")
        box.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("document.activeElement.scrollLeft > 0")
        caption = page.locator("#stages-by-quarter .report-caption").bounding_box()
        assert caption["x"] >= 0
        assert caption["x"] + caption["width"] <= 320


def test_in_print_everything_is_on_the_page(address: str, browser: Any) -> None:
    with browser.new_context(viewport={"width": 680, "height": 900}) as context:  # A4 between the margins
        page = context.new_page()
        page.goto(address)
        page.emulate_media(media="print")
        assert page.evaluate("document.documentElement.scrollWidth") <= 680
        assert not page.locator(".page-skip").is_visible()
