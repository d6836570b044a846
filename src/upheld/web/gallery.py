"""Examples for the component gallery. Every name and number in them is made up."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from markupsafe import Markup


class ExampleForm(forms.Form):
    """One field of each kind."""

    reference = forms.CharField(
        label="Reference", help_text="For example, C-0001", error_messages={"required": "Enter the reference"}
    )
    opened = forms.IntegerField(label="Working days since it was received", required=False)
    stage = forms.ChoiceField(label="Stage", choices=[("stage-1", "Stage 1"), ("stage-2", "Stage 2")])
    outcome = forms.ChoiceField(
        label="Outcome",
        widget=forms.RadioSelect,
        choices=[("upheld", "Upheld"), ("not-upheld", "Not upheld")],
        error_messages={"required": "Choose the outcome"},
    )
    themes = forms.MultipleChoiceField(
        label="Themes",
        widget=forms.CheckboxSelectMultiple,
        choices=[("contact", "Contact"), ("placement", "Placement"), ("delay", "Delay")],
        help_text="Choose all that apply",
    )
    agreed = forms.BooleanField(label="The complainant has agreed to the extension", required=False)
    reason = forms.CharField(label="Reason", widget=forms.Textarea(attrs={"rows": 4}), required=False)
    letter = forms.FileField(label="The letter", required=False)
    password = forms.CharField(label="Password", widget=forms.PasswordInput, required=False)


@dataclass(frozen=True, slots=True)
class Examples:
    """What the gallery's components are drawn with."""

    chart: Markup
    columns: list[dict[str, Any]]
    rows: list[list[dict[str, Any]]]
    total: list[dict[str, Any]]
    timeline: list[dict[str, Any]]
    navigation: list[dict[str, Any]]
    selected: list[dict[str, Any]]
    page: Page


def example_form() -> ExampleForm:
    """A form that was sent with mistakes in it, so that its errors show."""
    return ExampleForm(
        {"reference": "", "stage": "stage-2", "themes": ["contact"], "reason": "As agreed by telephone."}
    )


def examples() -> Examples:
    """Make the examples."""
    counts = {"Q1 2040/41": 12, "Q2 2040/41": 31, "Q3 2040/41": 24, "Q4 2040/41": 18}
    return Examples(
        chart=_bars(counts),
        columns=[
            {"text": "Quarter"},
            {"text": "Received", "numeric": True},
            {"text": "Upheld", "numeric": True},
            {"text": "Within the limit of 10 working days", "numeric": True},
        ],
        rows=[
            [
                {"text": quarter, "sort": place},
                {"text": count},
                {"text": count // 4},
                {"text": f"{count // 2} of {count}"},
            ]
            for place, (quarter, count) in enumerate(counts.items())
        ],
        total=[{"text": "All"}, {"text": sum(counts.values())}, {"text": 20}, {"text": "42 of 85"}],
        timeline=[
            {
                "title": "Stage 1 complaint received",
                "by": "Example complaints officer",
                "at": "2040-04-03",
                "when": "3 April 2040",
                "text": "By telephone. The limit is 17 April 2040.",
            },
            {"title": "Extended by 10 working days", "by": "", "at": "2040-04-16", "when": "16 April 2040", "text": ""},
        ],
        navigation=[
            {"text": "Case", "href": "#navigation", "current": True},
            {"text": "Documents", "href": "#navigation", "current": False},
            {"text": "Actions", "href": "#navigation", "current": False},
        ],
        selected=[
            {
                "heading": "Stage",
                "items": [{"text": "Stage 1", "href": "#filters"}, {"text": "Stage 2", "href": "#filters"}],
            },
            {"heading": "Team", "items": [{"text": "Example Team North", "href": "#filters"}]},
        ],
        page=Paginator(range(1204), 50).page(7),
    )


def _bars(counts: dict[str, int]) -> Markup:
    """A plain bar chart: enough to see a figure's frame around."""
    width, height, gap = 720, 260, 20
    bar = (width - gap) / len(counts) - gap
    highest = max(counts.values())
    shapes = []
    for place, (quarter, count) in enumerate(counts.items()):
        left = gap + place * (bar + gap)
        tall = count / highest * (height - 70)
        shapes.append(
            Markup('<rect x="{:.0f}" y="{:.0f}" width="{:.0f}" height="{:.0f}" fill="#1d4f5c"/>').format(
                left, height - 30 - tall, bar, tall
            )
            + Markup('<text x="{:.0f}" y="{:.0f}" text-anchor="middle" font-size="18">{}</text>').format(
                left + bar / 2, height - 38 - tall, count
            )
            + Markup('<text x="{:.0f}" y="{:.0f}" text-anchor="middle" font-size="16">{}</text>').format(
                left + bar / 2, height - 8, quarter
            )
        )
    frame = Markup('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="presentation">{}</svg>')
    return frame.format(width, height, Markup().join(shapes))
