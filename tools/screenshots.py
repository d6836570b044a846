"""Photograph every registered page at three widths, into screenshots/: `make screenshots`.

The pages are those of tests/browser/registry, on a site with the example data that is made for the purpose and gone
afterwards, or on one that is running already (`--url`, started by `upheld demo`).
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.pages import WIDTHS, PageToSee, registry
from tests.browser.visits import Visits
from tests.support.browser import NAMES, OPTIONS
from tests.support.example_site import ExampleSite, example_site

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Photograph the pages; the exit status is 1 where a page could not be."""
    parser = argparse.ArgumentParser(prog="python -m tools.screenshots", description=__doc__)
    parser.add_argument(
        "--url", default="", help="a site that `upheld demo` serves already, such as http://localhost:8000"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "screenshots", help="the folder to write to")
    parser.add_argument("names", nargs="*", help="the pages to photograph; all, unless given")
    given = parser.parse_args()
    registered = registry()
    strangers = sorted(set(given.names) - {page.name for page in registered.pages})
    if strangers:
        parser.error(f"no page is registered as {', '.join(strangers)}")
    wanted = [page for page in registered.pages if not given.names or page.name in given.names]
    browser_path = next((path for name in NAMES if (path := shutil.which(name))), None)
    if browser_path is None:
        parser.error("Chromium was not found. Install it, for example: sudo apt-get install chromium")
    if given.url:
        # People who must be made ready first need the installation itself, not only its address.
        wanted = [page for page in wanted if page.visitor not in registered.visitors]
    given.out.mkdir(parents=True, exist_ok=True)
    with site(given.url) as running, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=OPTIONS)
        failed = photograph(Visits(browser, running, registered), wanted, given.out)
        browser.close()
    report(f"{len(wanted) - len(failed)} pages at {len(WIDTHS)} widths are in {given.out}")
    return 1 if failed else 0


@contextmanager
def site(url: str) -> Iterator[ExampleSite]:
    """The site to photograph: the one that is running, or one of our own."""
    if url:
        yield ExampleSite(url.rstrip("/"), {})
        return
    report("Making the example …")
    with (
        tempfile.TemporaryDirectory(prefix="upheld-screenshots-") as folder,
        example_site(Path(folder) / "home") as made,
    ):
        yield made


def photograph(visits: Visits, wanted: list[PageToSee], out: Path) -> list[str]:
    """Photograph the pages; give the names of those that could not be."""
    failed = []
    for page in wanted:
        report(f"  {page.name}")
        try:
            visit = visits.go(page)
            for width in WIDTHS:
                visit.at(width)
                visit.page.screenshot(path=out / f"{page.name}-{width}.png", full_page=True)
            visit.page.close()
        except Exception as error:  # noqa: BLE001 - one page that fails is told of, and the others go on
            report(f"    could not be photographed: {error}")
            failed.append(page.name)
    return failed


def report(text: str) -> None:
    """Say how far it is."""
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
