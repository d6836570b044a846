"""The filters of the list of cases: the text of an address into a choice, or words about what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django import forms

from upheld.cases.queries.case_list import SortBy, Where
from upheld.cases.queries.labels import Labels
from upheld.figures.definitions import CATALOGUE
from upheld.figures.from_register import NOT_RECORDED
from upheld.figures.model import Kind
from upheld.figures.period import Quarter, UnknownPeriod

# Those that the page offers. Others are part of an address that leads here, and can be taken off one by one.
OFFERED = ("stage", "service", "team", "theme")
_ALL = {"stage": "All stages", "service": "All services", "team": "All teams", "theme": "All themes"}
RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which list was asked for. Without a quarter it is of everything received by the end of `as_at`.

    `came_from` is the quarter of the page that led here, where it is another one.
    """

    figure: str
    quarter: Quarter | None
    where: Where
    as_at: date
    sort: SortBy
    descending: bool
    came_from: Quarter | None = None


class QuarterField(forms.ChoiceField):
    """A quarter from a list, in any way of writing that the command line reads too."""

    def to_python(self, value: object) -> str:
        """The quarter as addresses write it; what names no quarter stays as it is, and is then refused."""
        text = super().to_python(value)
        try:
            return Quarter.parse(text).slug if text else text
        except UnknownPeriod:
            return text


class ListForm(forms.Form):
    """What is counted, in which quarter, in which groups, as at which day, and in which order."""

    quarter = QuarterField(required=False, label="Quarter")
    figure = forms.ChoiceField(required=False, label="Counted as")
    came_from = QuarterField(required=False, widget=forms.HiddenInput, label="Quarter before")
    as_at = forms.DateField(
        required=False,
        widget=forms.HiddenInput,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": "The day of the figures must be written as 2018-12-31."},
    )
    sort = forms.ChoiceField(
        required=False,
        widget=forms.HiddenInput,
        choices=[(f"{sign}{each}", each) for each in SortBy for sign in ("", "-")],
        error_messages={"invalid_choice": "The list cannot be sorted by “%(value)s”."},
    )

    def __init__(self, asked: Mapping[str, str], *, recorded: Sequence[Quarter], labels: Labels, today: date) -> None:
        super().__init__({name: value for name, value in asked.items() if value}, auto_id="filter-%s")
        self._today = today
        present = Quarter.containing(today)
        first = min((*recorded, present))
        quarters = [(q.slug, q.label) for q in reversed(present.back(present.index - first.index + 1))]
        counts = [(f.id, f.label) for f in CATALOGUE.figures.values() if f.kind is Kind.COUNT]
        self._choose("quarter", [("", "All quarters"), *quarters])
        self._choose("came_from", [("", ""), *quarters])
        self._choose("figure", counts)
        self.fields["figure"].initial = RECEIVED
        for dimension in CATALOGUE.dimensions.values():
            if dimension.id in OFFERED or dimension.id in self.data:
                groups = [(code, words) for (name, code), words in labels.items() if name == dimension.id]
                groups.sort(key=lambda group: group[0] == NOT_RECORDED)
                widget = forms.Select if dimension.id in OFFERED else forms.HiddenInput
                self.fields[dimension.id] = forms.ChoiceField(required=False, label=dimension.label, widget=widget)
                self._choose(dimension.id, [("", _ALL.get(dimension.id, "All")), *groups])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = choices
        field.error_messages["invalid_choice"] = (
            f"{field.label}: there is no “%(value)s” here. Choose one from the list."
        )

    def clean(self) -> dict[str, object]:
        """A figure is of a quarter; only what was received can be listed over all of them."""
        cleaned = super().clean() or {}
        if cleaned.get("figure") not in ("", None, RECEIVED) and not self.data.get("quarter"):
            self.add_error("quarter", "Choose a quarter: only what was received can be listed over all quarters.")
        return cleaned

    @property
    def selection(self) -> Selection:
        """What was chosen. Only of a form that is valid."""
        chosen = self.cleaned_data
        sort = chosen["sort"] or f"-{SortBy.RECEIVED}"
        return Selection(
            figure=chosen["figure"] or RECEIVED,
            quarter=Quarter.parse(chosen["quarter"]) if chosen["quarter"] else None,
            where=tuple((d, chosen[d]) for d in CATALOGUE.dimensions if chosen.get(d)),
            as_at=chosen["as_at"] or self._today,
            sort=SortBy(sort.removeprefix("-")),
            descending=sort.startswith("-"),
            came_from=Quarter.parse(chosen["came_from"]) if chosen["came_from"] else None,
        )
