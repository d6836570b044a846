"""Form fields as GOV.UK components: a page writes one line a field, and the field's widget knows its component."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from markupsafe import Markup

from upheld.web import govuk
from upheld.web.dates import DateParts

_COMPONENTS = govuk.components()


def field(bound: BoundField, **options: Any) -> Markup:
    """Draw a field of a Django form with its label, hint and error.

    `options` are those of the GOV.UK component and win over what the field says itself; None leaves one out. Raises
    `TypeError` for a widget that has no component.
    """
    widget = bound.field.widget
    if isinstance(widget, forms.HiddenInput):
        return Markup(str(bound))  # noqa: S704 - Django's own widget, escaped by it
    for kind in type(widget).__mro__:
        if draw := _BY_WIDGET.get(kind):
            return draw(bound, options)
    raise TypeError(f"No component draws {type(widget).__name__}, the widget of the field {bound.name}.")


def error_summary(form: forms.BaseForm) -> Markup:
    """List a form's errors at the top of its page, each a link to its field; nothing where there are none."""
    if not form.errors:
        return Markup()
    items: list[dict[str, str]] = [{"text": str(message)} for message in form.non_field_errors()]
    for bound in form:
        items += [{"text": str(message), "href": f"#{_first_id(bound)}"} for message in bound.errors]
    return _COMPONENTS["govukErrorSummary"]({"titleText": "There is a problem", "errorList": items})


def _draw(macro: str, options: dict[str, Any]) -> Markup:
    return _COMPONENTS[macro]({name: value for name, value in options.items() if value is not None})


def _common(bound: BoundField) -> dict[str, Any]:
    """What every component takes: name, id, label, hint, error."""
    options: dict[str, Any] = {"name": bound.html_name, "label": {"text": str(bound.label)}}
    if bound.auto_id:
        options["id"] = bound.auto_id
    if bound.help_text:
        options["hint"] = {"text": str(bound.help_text)}
    if bound.errors:
        options["errorMessage"] = {"text": str(bound.errors[0])}
    return options


# Attributes that are options of the components, or that would speak against GOV.UK's way with forms: placeholders
# vanish as one types, and the browser's own messages for `required` are not read out by every screen reader.
_LEFT_OUT = {"placeholder", "required", "id", "class", "type", "name", "value", "autofocus", "aria-describedby"}
_OPTION_OF_ATTRIBUTE = {"autocomplete": "autocomplete", "inputmode": "inputmode", "spellcheck": "spellcheck"}


def _attributes(bound: BoundField) -> dict[str, Any]:
    """The widget's attributes, as the component's options."""
    given = bound.build_widget_attrs(bound.field.widget.attrs)
    rest = {
        name: {"value": value, "optional": True} if isinstance(value, bool) else value
        for name, value in given.items()
        if name not in _LEFT_OUT and name not in _OPTION_OF_ATTRIBUTE
    }
    options: dict[str, Any] = {option: given[name] for name, option in _OPTION_OF_ATTRIBUTE.items() if name in given}
    if rest:
        options["attributes"] = rest
    return options


def _input(bound: BoundField, options: dict[str, Any]) -> Markup:
    value = bound.value()
    made = {**_common(bound), **_attributes(bound), "type": getattr(bound.field.widget, "input_type", "text")}
    if made["type"] == "number":
        # GOV.UK's advice: number inputs change under a scroll wheel and are read out badly.
        made |= {"type": "text", "inputmode": "numeric"}
    if value not in (None, ""):
        made["value"] = str(value)
    return _draw("govukInput", made | options)


def _password(bound: BoundField, options: dict[str, Any]) -> Markup:
    made = {**_common(bound), **_attributes(bound)}
    made.setdefault("autocomplete", "current-password")
    return _draw("govukPasswordInput", made | options)


def _textarea(bound: BoundField, options: dict[str, Any]) -> Markup:
    value = bound.value()
    made = {**_common(bound), **_attributes(bound)}
    made.get("attributes", {}).pop("cols", None)
    rows = made.get("attributes", {}).pop("rows", None)
    if rows:
        made["rows"] = rows
    if value:
        made["value"] = str(value)
    return _draw("govukTextarea", made | options)


def _select(bound: BoundField, options: dict[str, Any]) -> Markup:
    made = _common(bound) | _attributes(bound)
    made["items"] = [
        {"value": str(value if value is not None else ""), "text": str(text), "selected": _is_chosen(bound, value)}
        for value, text in _choices(bound)
    ]
    return _draw("govukSelect", made | options)


def _radios(bound: BoundField, options: dict[str, Any]) -> Markup:
    return _draw("govukRadios", _group(bound) | options)


def _checkboxes(bound: BoundField, options: dict[str, Any]) -> Markup:
    return _draw("govukCheckboxes", _group(bound) | options)


def _checkbox(bound: BoundField, options: dict[str, Any]) -> Markup:
    """One box to tick. The field's label is the box's own, so there is no legend."""
    item = {"value": "on", "text": str(bound.label), "checked": bool(bound.value()), "id": bound.auto_id}
    if bound.help_text:
        item["hint"] = {"text": str(bound.help_text)}
    made: dict[str, Any] = {"name": bound.html_name, "items": [item]}
    if bound.errors:
        made["errorMessage"] = {"text": str(bound.errors[0])}
    return _draw("govukCheckboxes", made | options)


def _file(bound: BoundField, options: dict[str, Any]) -> Markup:
    return _draw("govukFileUpload", _common(bound) | _attributes(bound) | options)


def _date(bound: BoundField, options: dict[str, Any]) -> Markup:
    """Three boxes, since people type a date faster and with fewer mistakes than they pick it."""
    made = _common(bound)
    label = made.pop("label")
    made.pop("name")
    wrong = " govuk-input--error" if bound.errors else ""
    made["fieldset"] = {"legend": label, "role": "group"}
    made["items"] = [
        {
            "label": part,
            "name": f"{bound.html_name}_{place}",
            "id": f"{bound.auto_id}_{place}",
            "classes": f"govuk-input--width-{4 if part == 'Year' else 2}{wrong}",
            "value": value or "",
        }
        for place, (part, value) in enumerate(zip(DateParts.PARTS, DateParts.typed(bound.value()), strict=True))
    ]
    return _draw("govukDateInput", made | options)


def _group(bound: BoundField) -> dict[str, Any]:
    made = _common(bound)
    label = made.pop("label")
    made["idPrefix"] = made.pop("id", bound.html_name)
    made["fieldset"] = {"legend": label}
    made["items"] = [
        {"value": str(value), "text": str(text), "checked": _is_chosen(bound, value)} for value, text in _choices(bound)
    ]
    return made


def _choices(bound: BoundField) -> list[tuple[object, object]]:
    """The choices, the contents of groups in line."""
    flat: list[tuple[object, object]] = []
    for value, text in bound.field.widget.choices:
        flat += text if isinstance(text, list | tuple) else [(value, text)]
    return flat


def _is_chosen(bound: BoundField, value: object) -> bool:
    chosen = bound.value()
    several = chosen if isinstance(chosen, list | tuple | set) else [chosen]
    return str(value if value is not None else "") in {str(one if one is not None else "") for one in several}


def _first_id(bound: BoundField) -> str:
    """The id of what a link from the error summary takes the person to: a group's is that of its first box."""
    first = "_0" if isinstance(bound.field.widget, DateParts) else ""
    return f"{bound.auto_id or bound.html_name}{first}"


_BY_WIDGET: dict[type, Callable[[BoundField, dict[str, Any]], Markup]] = {
    forms.widgets.Input: _input,
    forms.PasswordInput: _password,
    forms.Textarea: _textarea,
    forms.Select: _select,
    forms.RadioSelect: _radios,
    forms.CheckboxSelectMultiple: _checkboxes,
    forms.CheckboxInput: _checkbox,
    forms.FileInput: _file,
    DateParts: _date,
}
