import pytest
from django import forms
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from upheld.web.fields import error_summary, field


class Form(forms.Form):
    name = forms.CharField(label="Name", help_text="As <b>written</b>", error_messages={"required": "Enter the name"})
    email = forms.EmailField(
        label="Email", widget=forms.EmailInput(attrs={"autocomplete": "email", "placeholder": "x"})
    )
    days = forms.IntegerField(label="Days", required=False)
    code = forms.CharField(label="Code", widget=forms.PasswordInput)
    text = forms.CharField(label="Text", widget=forms.Textarea(attrs={"rows": 3}))
    team = forms.ChoiceField(label="Team", choices=[("Group", [("n", "North")]), ("s", "South")])
    stage = forms.ChoiceField(
        label="Stage",
        widget=forms.RadioSelect,
        choices=[("1", "One"), ("2", "Two")],
        error_messages={"required": "Choose a stage"},
    )
    themes = forms.MultipleChoiceField(
        label="Themes", widget=forms.CheckboxSelectMultiple, choices=[("a", "A"), ("b", "B")]
    )
    agreed = forms.BooleanField(label="Agreed", help_text="In writing", error_messages={"required": "Tick the box"})
    letter = forms.FileField(label="Letter")
    secret = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> None:
        raise forms.ValidationError("Something about all of it")


VALUES = {
    "name": "<Sam>", "email": "a@example.invalid", "days": "3", "code": "hidden", "text": "Two\nlines", "team": "s",
    "stage": "2", "themes": ["b"], "agreed": "on", "secret": "s",
}  # fmt: skip


def drawn(name: str, form: forms.Form | None = None, **options: object) -> HTMLParser:
    return HTMLParser(field((form or Form(VALUES))[name], **options))


def test_a_text_field_has_its_label_hint_value_and_name() -> None:
    html = drawn("name", Form(initial={"name": "<Sam>"}))
    assert html.css_first("input").attributes == {
        "class": "govuk-input",
        "id": "id_name",
        "name": "name",
        "type": "text",
        "value": "<Sam>",
        "aria-describedby": "id_name-hint",
    }
    assert html.css_first("label").attributes["for"] == "id_name"
    assert html.css_first("label").text(strip=True) == "Name"
    assert html.css_first(".govuk-hint").text(strip=True) == "As <b>written</b>"


def test_an_error_stands_with_its_field_and_in_the_summary() -> None:
    form = Form({})
    html = drawn("name", form)
    assert html.css_first(".govuk-error-message").text(strip=True) == "Error:Enter the name"
    assert "govuk-input--error" in html.css_first("input").attributes["class"]
    links = HTMLParser(error_summary(form)).css(".govuk-error-summary__list a")
    assert {(link.text(), link.attributes["href"]) for link in links} >= {
        ("Enter the name", "#id_name"),
        ("Choose a stage", "#id_stage"),
        ("Tick the box", "#id_agreed"),
    }
    assert HTMLParser(error_summary(form)).css_first("li").text(strip=True) == "Something about all of it"


@pytest.mark.parametrize("name", [name for name in Form.base_fields if name != "secret"])
def test_the_summary_leads_to_something_that_is_on_the_page(name: str) -> None:
    form = Form({})
    links = HTMLParser(error_summary(form)).css("a")
    targets = {link.attributes["href"] for link in links}
    if f"#id_{name}" in targets:
        assert drawn(name, form).css_first(f"#id_{name}") is not None
    else:
        assert name == "days"


def test_there_is_no_summary_without_errors() -> None:
    assert error_summary(Form()) == ""


def test_the_kind_of_an_input_is_kept_and_a_placeholder_is_not() -> None:
    attributes = drawn("email").css_first("input").attributes
    assert attributes["type"] == "email"
    assert attributes["autocomplete"] == "email"
    assert "placeholder" not in attributes
    assert "required" not in attributes


def test_a_number_is_typed_and_not_spun() -> None:
    attributes = drawn("days").css_first("input").attributes
    assert (attributes["type"], attributes["inputmode"], attributes["value"]) == ("text", "numeric", "3")


def test_a_password_is_never_written_back() -> None:
    html = drawn("code")
    assert html.css_first(".govuk-password-input input").attributes.get("value") is None
    assert "hidden" not in (html.css_first("input").attributes.get("value") or "")


def test_a_text_area_keeps_its_lines() -> None:
    area = drawn("text").css_first("textarea")
    assert (area.attributes["rows"], area.text()) == ("3", "Two\nlines")


def test_a_list_has_the_choices_of_its_groups_and_the_chosen_one() -> None:
    options = drawn("team").css("option")
    assert [(one.attributes["value"], one.text(), "selected" in one.attributes) for one in options] == [
        ("n", "North", False),
        ("s", "South", True),
    ]


@pytest.mark.parametrize(("name", "chosen"), [("stage", ["2"]), ("themes", ["b"])])
def test_a_group_has_a_legend_and_what_is_chosen(name: str, chosen: list[str]) -> None:
    html = drawn(name)
    assert html.css_first("legend").text(strip=True) == Form.base_fields[name].label
    assert [box.attributes["value"] for box in html.css("input") if "checked" in box.attributes] == chosen


def test_one_box_is_its_own_label() -> None:
    html = drawn("agreed")
    assert html.css_first("legend") is None
    assert html.css_first("label").text(strip=True) == "Agreed"
    assert html.css_first(".govuk-checkboxes__hint").text(strip=True) == "In writing"
    assert "checked" in html.css_first("input").attributes


def test_a_file_is_chosen() -> None:
    assert drawn("letter").css_first("input[type=file]").attributes["name"] == "letter"


def test_what_is_hidden_stays_hidden() -> None:
    html = drawn("secret")
    assert html.css_first("label") is None
    assert html.css_first("input[type=hidden]").attributes["value"] == "s"


def test_options_of_the_page_win_and_none_leaves_one_out() -> None:
    html = drawn("name", label={"text": "Full name"}, hint=None, classes="govuk-input--width-10")
    assert html.css_first("label").text(strip=True) == "Full name"
    assert html.css_first(".govuk-hint") is None
    assert "govuk-input--width-10" in html.css_first("input").attributes["class"]


def test_a_widget_without_a_component_is_an_error() -> None:
    class Odd(forms.Form):
        when = forms.DateField(widget=forms.SelectDateWidget)

    with pytest.raises(TypeError, match=r"^No component draws SelectDateWidget, the widget of the field when\.$"):
        field(Odd()["when"])
