"""A real browser: Chromium from the system, never a downloaded one."""

import shutil

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"]


def chromium() -> str:
    """The path of the browser. Without one the tests fail: pages that nobody looked at are not tested."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail(
            "Browser tests need Chromium. Install it, for example: sudo apt-get install chromium", pytrace=False
        )
    return found
