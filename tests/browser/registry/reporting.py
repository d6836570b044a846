"""The dashboard and reports, for those who see the cases behind the numbers and for those who do not."""

from typing import Any

from tests.browser.pages import PageToSee

MANAGER, DIRECTOR = "complaints-manager", "director"
PUBLISHED = "2018-19-q3"


def unfold(page: Any) -> None:
    """Open everything that is folded: the numbers of the chart, the definitions."""
    for summary in page.locator("main details > summary").all():
        summary.click()


PAGES = (
    PageToSee("dashboard", "/", MANAGER),
    PageToSee("dashboard-published-quarter", f"/?quarter={PUBLISHED}", MANAGER),
    PageToSee("dashboard-unfolded", f"/?quarter={PUBLISHED}", MANAGER, prepare=unfold),
    PageToSee("dashboard-without-cases", f"/?quarter={PUBLISHED}", DIRECTOR),
    PageToSee("dashboard-no-such-quarter", "/?quarter=2099-00-q1", MANAGER, status=400),
    PageToSee("reports", "/reports/", DIRECTOR),
    PageToSee("report", f"/reports/{PUBLISHED}/", DIRECTOR),
    PageToSee("report-of-an-unfinished-quarter", "/reports/", MANAGER, find=".app-report__title a"),
)
