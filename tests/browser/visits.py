"""Going to the registered pages in a real browser, as the people whom they are for."""

import re
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.pages import STRANGER, WIDTHS, PageToSee, Registry
from tests.support.example_site import ExampleSite

TITLE = re.compile(r"^(Error: )?\S.* – Upheld$")
# WCAG 2.2 to level AA, and what axe knows to be good practice besides.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What passed is counted and not listed: long pages would spend most of their time on the list.
OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
RUN_AXE = "options => axe.run(document, options).then(results => results.violations)"
HEIGHT = 900


@dataclass
class Visit:
    """A page as it stands in the browser, and what went wrong on the way."""

    page: Any
    status: int
    faults: list[str] = field(default_factory=list)

    def at(self, width: int) -> None:
        """Make the window this wide."""
        self.page.set_viewport_size({"width": width, "height": HEIGHT})


class Visits:
    """Visits to one site. Each kind of visitor signs in once, and keeps their browser context."""

    def __init__(self, browser: Any, site: ExampleSite, registered: Registry) -> None:
        self.browser = browser
        self.site = site
        self._visitors = registered.visitors
        self._contexts: dict[str, Any] = {}

    def go(self, wanted: PageToSee) -> Visit:
        """Open a page, as narrow as can be, prepared as it is registered."""
        page = self.context_of(wanted.visitor).new_page()
        page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})
        visit = Visit(page, 0)
        page.on("pageerror", lambda error: visit.faults.append(f"script failed: {error}"))
        page.on("console", lambda message: self._listen(visit, message, wanted))
        page.on("requestfailed", lambda request: visit.faults.append(f"could not load {request.url}"))
        try:
            response = page.goto(wanted.path)
            if wanted.find:
                response = page.goto(page.locator(wanted.find).first.get_attribute("href"))
            if wanted.prepare is not None:
                wanted.prepare(page)
            page.wait_for_load_state("load")
            page.evaluate("document.fonts.ready.then(() => true)")
        except BaseException:
            page.close()
            raise
        visit.status = response.status
        return visit

    def new_context(self, **options: Any) -> Any:
        """A browser context of its own memory, with this site's address as its base."""
        context = self.browser.new_context(
            base_url=self.site.url, locale="en-GB", timezone_id="Europe/London", reduced_motion="reduce", **options
        )
        context.set_default_timeout(20_000)
        return context

    def context_of(self, visitor: str) -> Any:
        """The browser context of a kind of visitor, signed in when first asked for."""
        if visitor not in self._contexts:
            if visitor in self._visitors:
                made = self._visitors[visitor](self)
            else:
                made = self.new_context()
                if visitor != STRANGER:
                    self._sign_in_as_example(made, visitor)
            self._contexts[visitor] = made
        return self._contexts[visitor]

    def close(self) -> None:
        """Close every context."""
        for context in self._contexts.values():
            context.close()

    def _sign_in_as_example(self, context: Any, role: str) -> None:
        """Sign in as somebody made up, reading how from the sign-in page as a person would."""
        page = context.new_page()
        page.goto("/account/login/")
        email = page.locator(".app-demo-accounts td", has_text=f"{role}@").inner_text()
        password = page.locator("main p strong").inner_text()
        sign_in(page, email, password)
        page.close()

    @staticmethod
    def _listen(visit: Visit, message: Any, wanted: PageToSee) -> None:
        # The browser reports the status of an error page as an error of its own.
        expected = wanted.status != 200 and message.location.get("url") == visit.page.url
        if message.type in {"error", "warning"} and not expected:
            visit.faults.append(f"console: {message.text}")


def sign_in(page: Any, email: str, password: str) -> None:
    """Fill in the sign-in page and send it."""
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_load_state()


def faults_of(visit: Visit, wanted: PageToSee) -> list[str]:
    """Everything that is wrong with a page that is open, at each width: nothing, if all is well."""
    page = visit.page
    found = []
    if visit.status != wanted.status:
        found.append(f"answered with {visit.status}, not {wanted.status}")
    if not TITLE.match(page.title()):
        found.append(f"its title is “{page.title()}”, not “… – Upheld”")
    headings = page.locator("h1").count()
    if headings != 1:
        found.append(f"it has {headings} first-level headings")
    page.evaluate(AXE_SCRIPT)
    for width in WIDTHS:
        visit.at(width)
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.append(f"at {width} pixels it is {wide} wide, and scrolls sideways")
        for violation in page.evaluate(RUN_AXE, OPTIONS):
            places = "; ".join(str(node["html"])[:200] for node in violation["nodes"][:3])
            found.append(f"at {width} pixels, axe: {violation['id']}: {violation['help']}: {places}")
    return found + visit.faults
