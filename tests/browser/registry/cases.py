"""The list of cases and a case, as the complaints team sees them; and that others do not."""

from tests.browser.pages import PageToSee

MANAGER = "complaints-manager"
DIRECTOR = "director"
QUARTER = "quarter=2018-19-q3"

PAGES = (
    PageToSee("cases", "/cases/", MANAGER),
    PageToSee("cases-behind-a-number", f"/cases/?{QUARTER}&figure=in_time&stage=stage-1&sort=answered", MANAGER),
    PageToSee("cases-none", f"/cases/?{QUARTER}&figure=long_open_at_end&stage=stage-1&channel=letter", MANAGER),
    PageToSee("cases-errors", "/cases/?figure=upheld&team=nowhere", MANAGER, status=400),
    PageToSee("cases-not-allowed", "/cases/", DIRECTOR, status=403),
    PageToSee("case", f"/cases/?{QUARTER}&stage=stage-1", MANAGER, find="main table tbody th a"),
    PageToSee("case-with-a-panel", "/cases/?stage=stage-3&sort=received", MANAGER, find="main table tbody th a"),
    PageToSee("case-not-found", "/cases/00000000-0000-4000-8000-000000000000/", MANAGER, status=404),
)
