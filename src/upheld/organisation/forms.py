"""The forms with which what happened to the structure is recorded: text into an entry, or words about what is wrong."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django import forms

from upheld.organisation.changes import ChangeKind, Level, StructureFault, as_share
from upheld.organisation.entry import Entry, From, Into
from upheld.organisation.structure import Timeline
from upheld.web.dates import DateField

WHAT = {
    ChangeKind.MERGE: "Several became one, or one was taken over by another",
    ChangeKind.SPLIT: "One was divided between several",
    ChangeKind.RENAME: "It has another name",
    ChangeKind.MOVE: "It belongs to another part of the council",
    ChangeKind.OPEN: "A new one opened, and took over from nobody",
    ChangeKind.CLOSE: "One closed, and nobody took over its work",
}


class WhatForm(forms.Form):
    """What happened, and to what: the first step."""

    what = forms.ChoiceField(
        label="What happened?",
        widget=forms.RadioSelect,
        choices=[(kind.value, words) for kind, words in WHAT.items()],
        error_messages={"required": "Choose what happened", "invalid_choice": "Choose what happened"},
    )
    level = forms.ChoiceField(
        label="To what?",
        widget=forms.RadioSelect,
        choices=[("team", "Teams"), ("service", "Services"), ("directorate", "Directorates")],
        error_messages={"required": "Choose what it happened to", "invalid_choice": "Choose what it happened to"},
    )

    def clean(self) -> dict[str, Any]:
        """A directorate belongs to nothing that it could move to."""
        cleaned = super().clean() or {}
        if cleaned.get("what") == ChangeKind.MOVE and cleaned.get("level") == Level.DIRECTORATE:
            self.add_error("level", "A directorate belongs to nothing above it, so it cannot move")
        return cleaned


class ChangeForm(forms.Form):
    """One change of a kind and level: the fields that it needs, in the order in which one would tell it."""

    def __init__(self, *args: Any, kind: ChangeKind, level: Level, timeline: Timeline, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kind, self._level = kind, level
        units = [(v.name, v.name) for v in timeline.present(level)]
        above = [(v.name, v.name) for v in timeline.present(level.above)] if level.above is not None else []
        for name, field in _fields(kind, level, units, above).items():
            self.fields[name] = field

    @property
    def entry(self) -> Entry:
        """What was entered. Only of a form that is valid."""
        given = self.cleaned_data
        sources: tuple[From, ...] = ()
        targets: tuple[Into, ...] = ()
        above = given.get("above", "")
        match self._kind:
            case ChangeKind.OPEN:
                targets = (Into(given["name"], parent=above),)
            case ChangeKind.CLOSE:
                sources = (From(given["unit"]),)
            case ChangeKind.RENAME:
                sources, targets = (From(given["unit"]),), (Into(given["name"]),)
            case ChangeKind.MOVE:
                sources, targets = (From(given["unit"]),), (Into(above),)
            case ChangeKind.MERGE:
                back: Mapping[str, Fraction] = given["back"]
                sources = tuple(From(name, back.get(name)) for name in given["units"])
                targets = (Into(given["name"], parent=above),)
            case ChangeKind.SPLIT:
                sources = (From(given["unit"]),)
                targets = tuple(Into(name, share, above) for name, share in given["parts"].items())
        return Entry(self._kind, self._level, given["on"], sources, targets, given["reference"])


class SharesField(forms.CharField):
    """Names with their shares, one a line: "Leaving Care = 2/5"."""

    widget = forms.Textarea

    def to_python(self, value: object) -> Any:
        """The shares by name. Raises ValidationError for a line that is not a name and a share."""
        shares: dict[str, Fraction] = {}
        for line in (super().to_python(value) or "").splitlines():
            if not line.strip():
                continue
            name, equals, share = line.rpartition("=")
            if not equals or not name.strip():
                raise forms.ValidationError(f"“{line.strip()}”: write a name, an equals sign and a share on each line")
            try:
                shares[" ".join(name.split())] = as_share(share)
            except StructureFault as fault:
                raise forms.ValidationError(str(fault)) from fault
        return shares


class WithdrawForm(forms.Form):
    """Why a change is taken back."""

    reason = forms.CharField(
        label="Why is it wrong?",
        max_length=500,
        widget=forms.Textarea,
        help_text="This is kept beside the change. Do not name people.",
        error_messages={"required": "Say why it is wrong"},
    )


Choices = Sequence[tuple[str, str]]


def _fields(kind: ChangeKind, level: Level, units: Choices, above: Choices) -> dict[str, forms.Field]:
    each, parent = level.value, level.above.value if level.above is not None else ""
    one = forms.ChoiceField(
        label=f"Which {each}?",
        choices=[("", f"Choose a {each}"), *units],
        error_messages={"required": f"Choose the {each}"},
    )
    several = forms.MultipleChoiceField(
        label=f"Which {each}s?",
        choices=units,
        widget=forms.CheckboxSelectMultiple,
        help_text="Where one that goes on has taken over another, choose the one that ended.",
        error_messages={"required": f"Choose at least one {each}"},
    )
    name = forms.CharField(max_length=200, error_messages={"required": "Enter the name"})
    needs_parent = kind is ChangeKind.MOVE or (kind is ChangeKind.OPEN and level is Level.TEAM)
    over = forms.ChoiceField(
        label=f"Which {parent} does it belong to?",
        required=needs_parent,
        choices=[("", "None" if kind is ChangeKind.OPEN else f"Choose a {parent}" if needs_parent else "The same"),
                 *above],
        error_messages={"required": f"Choose the {parent}"},
    )  # fmt: skip
    found: dict[str, forms.Field] = {}
    match kind:
        case ChangeKind.OPEN:
            name.label = "What is it called?"
            found = {"name": name}
        case ChangeKind.CLOSE:
            found = {"unit": one}
        case ChangeKind.RENAME:
            name.label = "What is it called now?"
            found = {"unit": one, "name": name}
        case ChangeKind.MOVE:
            found = {"unit": one}
        case ChangeKind.MERGE:
            name.label = f"Into which {each}?"
            name.help_text = "The name of one that is there, or of a new one."
            back = SharesField(
                label="Shares on the way back (optional)",
                required=False,
                help_text="If you know how the work since would have been divided before, one a line, as in "
                "“Assessments = 4/5”. Without it, later figures cannot be shown in the earlier structure.",
            )
            found = {"units": several, "name": name, "back": back}
        case ChangeKind.SPLIT:
            parts = SharesField(
                label="Into what?",
                help_text="One a line, each with its share of the work, as in “Leaving Care = 2/5”. The shares add up "
                "to 1. Where it goes on with a part of its work, name it as well.",
                error_messages={"required": "Say what became of it"},
            )
            found = {"unit": one, "parts": parts}
    if parent and kind not in (ChangeKind.CLOSE, ChangeKind.RENAME):
        found["above"] = over
    found["on"] = DateField(
        label="From which day?", help_text="The first day on which it was so", missing="Enter the day"
    )
    found["reference"] = forms.CharField(
        label="Where is it written?",
        max_length=300,
        help_text="The decision or notice that says so, such as a report to cabinet with its date",
        error_messages={"required": "Say where it is written"},
    )
    return found
