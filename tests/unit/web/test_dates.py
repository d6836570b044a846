from datetime import date

import pytest
from django import forms
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from upheld.web.dates import DateField
from upheld.web.fields import error_summary, field


class Form(forms.Form):
    start = DateField(label="First day", missing="Enter the first day", help_text="Like 27 3 2030")
    end = DateField(label="Last day", required=False)


def typed(start: tuple[str, str, str], end: tuple[str, str, str] = ("", "", "")) -> Form:
    parts = {f"start_{place}": text for place, text in enumerate(start)}
    return Form(parts | {f"end_{place}": text for place, text in enumerate(end)})


def test_three_boxes_make_a_date() -> None:
    form = typed((" 27", "3 ", "2030"), ("29", "2", "2028"))
    assert form.is_valid()
    assert form.cleaned_data == {"start": date(2030, 3, 27), "end": date(2028, 2, 29)}


def test_a_date_that_is_not_required_may_be_left_out() -> None:
    form = typed(("27", "3", "2030"))
    assert form.is_valid()
    assert form.cleaned_data["end"] is None


@pytest.mark.parametrize(
    "parts",
    [
        ("31", "2", "2030"),
        ("", "3", "2030"),
        ("1", "1", "30"),
        ("x", "1", "2030"),
        ("1", "13", "2030"),
        ("0", "1", "2030"),
    ],
)
def test_what_is_no_date_is_said(parts: tuple[str, str, str]) -> None:
    form = typed(("1", "1", "2030"), parts)
    assert form.errors == {"end": ["Last day is not a date. Give day, month and year in numbers, like 27 3 2030"]}


def test_a_missing_date_is_asked_for() -> None:
    form = typed(("", "", ""))
    assert form.errors == {"start": ["Enter the first day"]}
    assert HTMLParser(error_summary(form)).css_first("a").attributes["href"] == "#id_start_0"


def test_the_boxes_keep_what_was_typed() -> None:
    html = HTMLParser(field(typed(("31", "2", "2030"))["start"]))
    boxes = html.css("input")
    assert [(box.attributes["name"], box.attributes["id"], box.attributes["value"]) for box in boxes] == [
        ("start_0", "id_start_0", "31"),
        ("start_1", "id_start_1", "2"),
        ("start_2", "id_start_2", "2030"),
    ]
    assert html.css_first("legend").text(strip=True) == "First day"
    assert html.css_first(".govuk-hint").text(strip=True) == "Like 27 3 2030"
    assert html.css_first(".govuk-error-message") is not None


def test_a_date_given_beforehand_stands_in_the_boxes() -> None:
    html = HTMLParser(field(Form(initial={"start": date(2030, 3, 7)})["start"]))
    assert [box.attributes["value"] for box in html.css("input")] == ["7", "3", "2030"]
    assert [label.text(strip=True) for label in html.css("label")] == ["Day", "Month", "Year"]
