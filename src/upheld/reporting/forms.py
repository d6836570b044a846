"""The dashboard's filters: text of an address into a choice, or words about what is wrong with it."""

from collections.abc import Sequence
from datetime import date

from django import forms

from upheld.cases.forms import QuarterField
from upheld.figures.period import Quarter
from upheld.organisation.queries import PresentService
from upheld.reporting.dashboard import Selection
from upheld.web.formats import format_date


class StructureField(forms.ChoiceField):
    """The structure of a day, from a list; any other day means the one in force on it."""

    def to_python(self, value: object) -> str:
        """The first day of the structure in force; what is no day stays as it is, and is then refused."""
        text = super().to_python(value)
        days = [str(code) for code, _ in self.choices if code] if isinstance(self.choices, list) else []
        try:
            day = date.fromisoformat(text).isoformat() if text else ""
        except ValueError:
            return text
        if not day or not days:
            return day
        return max((each for each in days if each <= day), default=min(days))


def structure_choices(days: Sequence[date]) -> list[tuple[str, str]]:
    """What can be chosen: the team of each complaint's own day, or the structure before or since one of these days."""
    if not days:
        return []
    spans = zip(days, [*days[1:], None], strict=True)
    return [
        ("", "Of each complaint’s own day"),
        *((first.isoformat(), f"Of {format_date(first)}" + (" and since" if last is None else f" to {_before(last)}"))
          for first, last in reversed(list(spans))),
        (_day_before(days[0]).isoformat(), f"Of {_before(days[0])} and earlier"),
    ]  # fmt: skip


def structure_asked(text: str, days: Sequence[date]) -> date | None:
    """The structure that an address asks for; None for each complaint's own day, and for what is no day."""
    field = StructureField(choices=structure_choices(days), required=False)
    try:
        return date.fromisoformat(field.clean(text) or "")
    except (ValueError, forms.ValidationError):
        return None


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def _before(day: date) -> str:
    return format_date(_day_before(day))


class FilterForm(forms.Form):
    """A quarter from the first that has data to the present one, a service or all of them, and a structure."""

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
        structures: Sequence[date] = (),
    ) -> None:
        # Nothing chosen is the latest quarter that has anything in it: on the first days of a quarter, the last one.
        super().__init__({"quarter": max(recorded).slug, **{k: v for k, v in asked.items() if v}}, auto_id="filter-%s")
        self._as_at = as_at
        present = Quarter.containing(as_at)
        quarters = present.back(present.index - min(recorded).index + 1)
        known = frozenset(recorded)
        self._choose("quarter", [(q.slug, _named(q, known, as_at)) for q in reversed(quarters)])
        self._choose("service", [("", "All services"), *((s.code, s.name) for s in services)])
        if structures:
            self.fields["structure"] = StructureField(
                label="Services and teams",
                required=False,
                choices=structure_choices(structures),
                error_messages={"invalid_choice": "“%(value)s” is not a day. Choose from the list."},
            )

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = choices

    @property
    def selection(self) -> Selection:
        """What was chosen. Only of a form that is valid."""
        chosen = self.cleaned_data
        structure = chosen.get("structure")
        return Selection(
            Quarter.parse(chosen["quarter"]),
            self._as_at,
            chosen["service"],
            date.fromisoformat(structure) if structure else None,
        )


def _named(quarter: Quarter, recorded: frozenset[Quarter], as_at: date) -> str:
    if quarter not in recorded:
        return f"{quarter.label} (no data)"
    return f"{quarter.label} (so far)" if as_at < quarter.end else quarter.label
