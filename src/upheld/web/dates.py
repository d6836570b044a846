"""A date in a form: day, month and year in boxes of their own, as GOV.UK asks for it."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms


class DateParts(forms.MultiWidget):
    """The three boxes. Drawn by `upheld.web.fields`."""

    PARTS: ClassVar[tuple[str, str, str]] = ("Day", "Month", "Year")

    def __init__(self) -> None:
        super().__init__([forms.TextInput() for _ in self.PARTS])

    def decompress(self, value: date | None) -> list[int | None]:
        """Take a date apart."""
        return [value.day, value.month, value.year] if value else [None, None, None]

    @classmethod
    def typed(cls, value: date | Sequence[Any] | None) -> list[Any]:
        """What stands in the boxes: of a date, or as somebody typed it."""
        if isinstance(value, date) or value is None:
            return cls().decompress(value)
        return list(value)


class DateField(forms.MultiValueField):
    """A date typed as day, month and year. `missing` is said where a date is required and none was typed."""

    widget = DateParts

    def __init__(self, *, missing: str = "Enter the date", **options: Any) -> None:
        boxes = tuple(forms.CharField(required=False, max_length=9) for _ in DateParts.PARTS)
        options["error_messages"] = {"required": missing, **options.get("error_messages", {})}
        super().__init__(boxes, require_all_fields=False, **options)

    def compress(self, data_list: list[str]) -> date | None:
        """Put the date together. Raises `ValidationError` for what is no date."""
        typed = [part.strip() for part in data_list or []]
        if not any(typed):
            return None
        try:
            day, month, year = (int(part) for part in typed)
            # Two digits could mean either century.
            if year < 1000:
                raise ValueError
            return date(year, month, day)
        except ValueError as error:
            raise forms.ValidationError(
                f"{self.label} is not a date. Give day, month and year in numbers, like 27 3 2030"
            ) from error
