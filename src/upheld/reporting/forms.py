"""The dashboard's filters: text of an address into a choice, or words about what is wrong with it."""

from collections.abc import Sequence
from datetime import date

from django import forms

from upheld.cases.forms import QuarterField
from upheld.figures.period import Quarter
from upheld.organisation.queries import PresentService
from upheld.reporting.dashboard import Selection


class FilterForm(forms.Form):
    """A quarter from the first that has data to the present one, and a service or all of them."""

    quarter = QuarterField(
        label="Quarter",
        error_messages={"invalid_choice": "There is no quarter “%(value)s” here. Choose one from the list."},
    )
    service = forms.ChoiceField(
        label="Service",
        required=False,
        error_messages={"invalid_choice": "There is no service “%(value)s” here. Choose one from the list."},
    )

    def __init__(
        self,
        asked: dict[str, str],
        *,
        recorded: Sequence[Quarter],
        services: Sequence[PresentService],
        as_at: date,
    ) -> None:
        # Nothing chosen is the latest quarter that has anything in it: on the first days of a quarter, the last one.
        super().__init__({"quarter": max(recorded).slug, **{k: v for k, v in asked.items() if v}}, auto_id="filter-%s")
        self._as_at = as_at
        present = Quarter.containing(as_at)
        quarters = present.back(present.index - min(recorded).index + 1)
        known = frozenset(recorded)
        self._choose("quarter", [(q.slug, _named(q, known, as_at)) for q in reversed(quarters)])
        self._choose("service", [("", "All services"), *((s.code, s.name) for s in services)])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = choices

    @property
    def selection(self) -> Selection:
        """What was chosen. Only of a form that is valid."""
        chosen = self.cleaned_data
        return Selection(Quarter.parse(chosen["quarter"]), self._as_at, chosen["service"])


def _named(quarter: Quarter, recorded: frozenset[Quarter], as_at: date) -> str:
    if quarter not in recorded:
        return f"{quarter.label} (no data)"
    return f"{quarter.label} (so far)" if as_at < quarter.end else quarter.label
