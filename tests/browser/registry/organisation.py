"""The organisation's pages, figures in its structures, and those published before the record."""

from typing import Any

from tests.browser.pages import PageToSee

MANAGER, DIRECTOR = "complaints-manager", "director"


def send_nothing(page: Any) -> None:
    """Send the form as it is."""
    page.get_by_role("button", name="Record it").click()
    page.wait_for_load_state()


PAGES = (
    PageToSee("organisation", "/organisation/", MANAGER),
    PageToSee("organisation-of-a-day", "/organisation/?on=2018-12-31", DIRECTOR),
    PageToSee("organisation-no-day", "/organisation/?on=yesterday", DIRECTOR, status=400),
    PageToSee("organisation-team", "/organisation/team/lac/", DIRECTOR),
    PageToSee("organisation-what-happened", "/organisation/record/", MANAGER),
    PageToSee("organisation-what-happened-wrong", "/organisation/record/?what=", MANAGER, status=400),
    PageToSee("organisation-merge", "/organisation/record/merge/team/", MANAGER),
    PageToSee("organisation-split-wrong", "/organisation/record/split/team/", MANAGER, prepare=send_nothing),
    PageToSee("organisation-withdraw", "/organisation/", MANAGER, find="a[href*='/withdraw/']"),
    PageToSee("past-totals", "/reports/published/", DIRECTOR),
    PageToSee("past-totals-add-wrong", "/reports/published/add/", MANAGER, prepare=send_nothing),
    PageToSee("dashboard-in-a-structure", "/?quarter=2018-19-q3&structure=2023-04-03", MANAGER),
    PageToSee("report-in-a-structure", "/reports/2018-19-q3/?structure=2023-04-03", DIRECTOR),
)
