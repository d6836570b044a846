"""The page of jobs."""

from tests.browser.pages import PageToSee

ADMINISTRATOR = "system-administrator"

PAGES = (
    PageToSee("jobs", "/jobs/", ADMINISTRATOR),
    PageToSee("jobs-failed", "/jobs/?status=failed", ADMINISTRATOR),
    PageToSee("jobs-not-allowed", "/jobs/", "analyst", status=403),
)
