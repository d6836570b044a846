from tests.browser.pages import PageToSee

MANAGER = "complaints-manager"

PAGES = (
    PageToSee("start", "/start/", MANAGER),
    PageToSee("accessibility", "/accessibility/"),
    PageToSee("privacy", "/privacy/"),
    PageToSee("components", "/components/", MANAGER),
    PageToSee("error-404", "/nowhere/", MANAGER, status=404),
)
