import re
from pathlib import Path

import govuk_frontend_jinja
import pytest
from jinja2 import StrictUndefined

from upheld.web import govuk

COMPONENTS = govuk.components()
NOT_OURS = {"cookie-banner", "exit-this-page", "footer", "generic-header", "header"}


def test_every_component_of_the_package_is_ours_to_use_or_left_out_on_purpose() -> None:
    folder = Path(govuk_frontend_jinja.__file__).parent / "templates/components"
    assert {path.name for path in folder.iterdir() if path.is_dir()} == {*govuk.COMPONENTS, *NOT_OURS}


ENOUGH = {
    "govukAccordion": {"id": "a", "items": []},
    "govukBreadcrumbs": {"items": []},
    "govukCheckboxes": {"items": [], "name": "c"},
    "govukLabel": {"text": "Name"},
    "govukRadios": {"items": [], "name": "r"},
    "govukTaskList": {"items": []},
}


@pytest.mark.parametrize("name", sorted(COMPONENTS))
def test_every_component_can_be_drawn(name: str) -> None:
    drawn = COMPONENTS[name]({"classes": "of-ours", **ENOUGH.get(name, {})})
    assert re.search(rf'class="[^"]*\bgovuk-{COMPONENTS[name].slug}\b', drawn)
    assert " of-ours" in drawn


def test_a_component_escapes_what_it_is_given() -> None:
    assert "&lt;b&gt;" in COMPONENTS["govukButton"]({"text": "<b>"})


def test_an_option_that_a_component_does_not_have_is_an_error() -> None:
    with pytest.raises(
        govuk.UnknownOptionError, match=r"^govukButton has no option txet; it has attributes, classes, "
    ):
        COMPONENTS["govukButton"]({"txet": "Save"})


@pytest.mark.parametrize(
    ("options", "place"),
    [
        ({"rows": StrictUndefined(name="rows")}, "options.rows"),
        ({"rows": [{"key": {"text": StrictUndefined(name="x")}}]}, r"options.rows\[0\].key.text"),
        ({"rows": ({"key": StrictUndefined(name="x")},)}, r"options.rows\[0\].key"),
    ],
)
def test_something_undefined_is_an_error_however_deep_it_hides(options: dict[str, object], place: str) -> None:
    with pytest.raises(govuk.UnknownOptionError, match=f"^govukSummaryList was given something undefined as {place}.$"):
        COMPONENTS["govukSummaryList"](options)


def test_options_that_are_read_by_subscript_are_known() -> None:
    assert "items" in COMPONENTS["govukRadios"].options
