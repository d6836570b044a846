"""The forms of an import: the file, which column is which, what the words mean, a name for the layout."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings

from upheld.intake.findings import Findings
from upheld.intake.layout_tables import IN_COLUMNS, IN_ROWS, first_layout, lacking, options, place_name, place_of
from upheld.intake.models import SavedMapping
from upheld.register.dates import DateOrder
from upheld.register.layout import BY_ID
from upheld.register.mapping import BadMapping, mapping_of
from upheld.register.mapping.model import EXTRA_COLUMNS, IN_TIME, LEAVE_OUT, WITHDRAWN
from upheld.register.understanding import UNKNOWN
from upheld.register.understanding.words import options_of
from upheld.web.formats import count_of

MOST_TOML = 256 * 1024  # bytes; a layout has a few thousand


class UploadForm(forms.Form):
    """A register to upload, and the layout to read it in."""

    file = forms.FileField(
        label="Your register",
        max_length=200,
        error_messages={
            "required": "Choose a file",
            "empty": "The file is empty. Choose one that has a table in it",
            "missing": "Choose a file",
            "invalid": "Choose a file",
            "max_length": "The file’s name is too long. Give it a name of up to 200 characters",
        },
    )
    layout = forms.ModelChoiceField(
        label="Layout",
        queryset=SavedMapping.objects.none(),
        required=False,
        empty_label="Work it out from the file",
        help_text="Layouts that you or a colleague saved when importing an earlier file.",
    )

    def __init__(self, *args: Any, saved: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = settings.ENVIRONMENT.upload_megabytes
        self.fields["file"].help_text = f"CSV, XLSX, XLS or ODS, up to {most} MB."
        chosen: forms.ModelChoiceField = self.fields["layout"]  # type: ignore[assignment]
        chosen.queryset = saved
        if not saved:
            del self.fields["layout"]

    def too_large(self) -> None:
        """Say that the file was not taken in for its size."""
        most = settings.ENVIRONMENT.upload_megabytes
        self.errors.pop("file", None)
        self.add_error("file", f"The file is larger than {most} MB. Split it by year, or remove pictures from it")


class ColumnsForm(forms.Form):
    """Which column of the file is which of ours."""

    layout = forms.ChoiceField(
        label="How stages stand in the file",
        widget=forms.RadioSelect,
        choices=[
            (IN_ROWS, "One row for each stage"),
            (IN_COLUMNS, "One row for each complaint, with columns for each stage"),
        ],
        error_messages={"required": "Say how stages stand in the file"},
    )
    order = forms.ChoiceField(
        label="Dates such as 03/04/2018",
        widget=forms.RadioSelect,
        choices=[
            (DateOrder.DAY_FIRST.value, "The day comes first: 3 April 2018"),
            (DateOrder.MONTH_FIRST.value, "The month comes first: 4 March 2018"),
        ],
        error_messages={"required": "Say whether the day or the month comes first"},
    )

    def __init__(self, data: Any = None, *, findings: Findings, choices: Mapping[str, Any]) -> None:
        survey = findings.survey
        assert survey is not None  # noqa: S101 - for the type checker: the form is for files with a table
        self.survey = survey
        layout = str(choices.get("layout") or first_layout(survey))
        initial: dict[str, Any] = {"layout": layout, "order": choices.get("order") or findings.order}
        taken = {str(index): place_name(*place) for index, place in survey.taken.items()}
        chosen = choices.get("columns", taken)
        super().__init__(data, initial=initial)
        self.groups = options(str(data.get("layout") or layout) if data is not None else layout)
        known = [("", "Not read"), *(option for _, group in self.groups for option in group)]
        for column in survey.columns:
            name = f"column_{column.index}"
            shown = ", ".join(f"“{example}”" for example in column.examples)
            self.fields[name] = forms.ChoiceField(
                label=column.heading, choices=known, required=False, help_text=shown and f"For example {shown}"
            )
            value = chosen.get(str(column.index), "")
            self.initial[name] = value if value in dict(known) else _moved(value, dict(known))

    def column_fields(self) -> list[Any]:
        """The fields of the file's columns, in its order."""
        return [self[f"column_{column.index}"] for column in self.survey.columns]

    def clean(self) -> dict[str, Any]:
        """Check that what every row needs is there."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        places = [place_of(name) for name in self.choices()["columns"].values()]
        for problem in lacking(places, cleaned["layout"]):
            self.add_error(None, problem)
        return cleaned

    def choices(self) -> dict[str, Any]:
        """What was chosen, to be kept."""
        columns = {
            str(column.index): self.cleaned_data[f"column_{column.index}"]
            for column in self.survey.columns
            if self.cleaned_data.get(f"column_{column.index}")
        }
        return {"layout": self.cleaned_data["layout"], "order": self.cleaned_data["order"], "columns": columns}


def _moved(value: str, known: Mapping[str, str]) -> str:
    """A column chosen under the other layout, as this one calls it."""
    _, column = place_of(value)
    return next((name for name in (column, f"stage-1:{column}") if name in known), "")


_MEANINGS = {
    WITHDRAWN: "Withdrawn, so there is no outcome",
    LEAVE_OUT: "No stage of ours: leave the row out",
    "": "Nothing: leave it empty",
    "yes": "Yes",
    "no": "No",
}


class WordsForm(forms.Form):
    """What the file's own words mean, and what is the same in every row."""

    def __init__(
        self,
        data: Any = None,
        *,
        words: Mapping[str, Mapping[str, tuple[str, int]]],
        constants: list[str],
        paths: list[tuple[str, str]],
        before: Mapping[str, Any],
    ) -> None:
        super().__init__(data)
        self._places: dict[str, tuple[str, str]] = {}
        self._constants, self._paths = constants, paths
        # A layout that leaves rows out need not say what the words in them mean; one that is read after all is refused.
        self._may_leave = bool(before.get("rows"))
        for column in constants:
            self._add_constant(column, str(before.get("always", {}).get(column, "")))
        for column, example in paths:
            self.fields[f"path_{column}"] = forms.ChoiceField(
                label=f"{heading_of(column)}: in “{example}”, which part is the name?",
                widget=forms.RadioSelect,
                choices=[("last", "The last part"), ("all", "All of it")],
                initial="last",
                error_messages={"required": f"Say which part of {heading_of(column)} is the name"},
            )
        for column, told in words.items():
            for number, (word, (meaning, count)) in enumerate(told.items()):
                self._add_word(column, number, word, meaning, count)

    def _add_constant(self, column: str, initial: str) -> None:
        missing = f"Say which {heading_of(column).lower()} holds for every row"
        label = f"{heading_of(column)}, for every row"
        field: forms.Field
        if column == "stage":
            choices = [("", "Choose a stage"), *((words, words) for words in BY_ID["stage"].choices.values())]
            field = forms.ChoiceField(label=label, choices=choices, error_messages={"required": missing})
        else:
            hint = "No column says it. You can write “Not recorded”." if column == "themes" else "No column says it."
            field = forms.CharField(label=label, help_text=hint, max_length=200, error_messages={"required": missing})
        field.initial = initial
        self.fields[f"always_{column}"] = field

    def _add_word(self, column: str, number: int, word: str, meaning: str, count: int) -> None:
        choices = [(UNKNOWN, "Choose what it means")]
        choices += [(option or "-", _MEANINGS.get(option, option)) for option in options_of(column)]
        name = f"word_{column}_{number}"
        self._places[name] = (column, word)
        self.fields[name] = forms.ChoiceField(
            label=f"“{word}”", choices=choices, initial=meaning or "-", help_text=count_of(count, "row")
        )

    def clean(self) -> dict[str, Any]:
        """Check that every word was told."""
        cleaned = super().clean() or {}
        for name, (_, word) in self._places.items():
            if cleaned.get(name) == UNKNOWN and not self._may_leave:
                self.add_error(name, f"Choose what “{word}” means")
        return cleaned

    def word_groups(self) -> list[tuple[str, list[Any]]]:
        """The fields of words, by column."""
        groups: dict[str, list[Any]] = {}
        for name, (column, _) in self._places.items():
            groups.setdefault(heading_of(column), []).append(self[name])
        return list(groups.items())

    def constant_fields(self) -> list[Any]:
        """The fields of what is the same in every row."""
        return [self[f"always_{column}"] for column in self._constants]

    def path_fields(self) -> list[Any]:
        """The fields that say which part of a path counts."""
        return [self[f"path_{column}"] for column, _ in self._paths]

    def words(self) -> dict[str, dict[str, str]]:
        """What each word means, by column: empty for nothing."""
        told: dict[str, dict[str, str]] = {}
        for name, (column, word) in self._places.items():
            if (value := self.cleaned_data[name]) == UNKNOWN:
                continue
            told.setdefault(column, {})[word] = "" if value == "-" else value
        return told

    def always(self) -> dict[str, str]:
        """What is the same in every row."""
        return {column: self.cleaned_data[f"always_{column}"] for column in self._constants}

    def last_part(self) -> dict[str, str]:
        """The columns of which the last part of a path counts, with what parts it."""
        return {column: ">" for column, _ in self._paths if self.cleaned_data[f"path_{column}"] == "last"}


def heading_of(column: str) -> str:
    """What people call a column."""
    if column == IN_TIME:
        return "In time"
    return BY_ID[column].heading if column in BY_ID else EXTRA_COLUMNS[column]


class SaveLayoutForm(forms.Form):
    """A name for the layout, for the next file."""

    name = forms.CharField(
        label="Save this layout for the next file, as",
        help_text="For example the name of the system that the file comes from. A layout of that name is replaced.",
        max_length=100,
        error_messages={"required": "Enter a name for the layout"},
    )


class LayoutFileForm(forms.Form):
    """A layout written as a TOML file, for the command or by a colleague elsewhere, to be kept here."""

    name = forms.CharField(
        label="Name",
        help_text="For example the name of the system that the files come from. A layout of that name is replaced.",
        max_length=100,
        error_messages={"required": "Enter a name for the layout"},
    )
    file = forms.FileField(
        label="Layout",
        help_text="A TOML file, as “upheld register understand” writes it.",
        error_messages={"required": "Choose a file", "empty": "The file is empty", "invalid": "Choose a file"},
    )

    def toml(self) -> str:
        """The layout's text, checked. Raises BadMapping, in words that name the file."""
        given = self.cleaned_data["file"]
        try:
            text = given.read(MOST_TOML).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise BadMapping(f"{given.name} is not UTF-8 text. A layout is a TOML file; save it as UTF-8.") from None
        mapping_of(text, given.name)
        return text
