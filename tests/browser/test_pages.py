"""Every registered page, as wide as a phone, a tablet and a desk: nothing for axe to find, no sideways scrolling."""

import pytest

from tests.browser.pages import PageToSee, registry
from tests.browser.visits import Visits, faults_of


@pytest.mark.parametrize("wanted", registry().pages, ids=lambda page: page.name)
def test_page(visits: Visits, wanted: PageToSee) -> None:
    visit = visits.go(wanted)
    try:
        assert faults_of(visit, wanted) == []
    finally:
        visit.page.close()
