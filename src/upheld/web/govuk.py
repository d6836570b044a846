"""GOV.UK Frontend's macros, callable from our own templates.

The macros read options that were never given, so they need an undefined value that answers to anything. Ours must not:
a misspelt name is to fail. They therefore live in an environment of their own, and what crosses the border is checked:
an option that a macro never looks at is an error here, where GOV.UK's would quietly draw nothing.
"""

from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import Any

from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader, Undefined, nodes
from jinja2.runtime import Macro
from markupsafe import Markup

# Ours to use: all but GOV.UK's own header and footer (the crown is not the council's) and the cookie banner (the only
# cookies are those without which nobody could sign in).
COMPONENTS = (
    "accordion",
    "back-link",
    "breadcrumbs",
    "button",
    "character-count",
    "checkboxes",
    "date-input",
    "details",
    "error-message",
    "error-summary",
    "fieldset",
    "file-upload",
    "hint",
    "input",
    "inset-text",
    "label",
    "notification-banner",
    "pagination",
    "panel",
    "password-input",
    "phase-banner",
    "radios",
    "select",
    "service-navigation",
    "skip-link",
    "summary-list",
    "table",
    "tabs",
    "tag",
    "task-list",
    "textarea",
    "warning-text",
)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        undefined=ChainableUndefined,
        autoescape=True,
    )


class UnknownOptionError(TypeError):
    """A template gave a component an option that it does not have, or a value that does not exist."""


class Component:
    """One component: called with its options as GOV.UK documents them, it gives HTML."""

    def __init__(self, slug: str) -> None:
        self.slug = slug
        self.macro_name = "govuk" + "".join(part.capitalize() for part in slug.split("-"))
        self._path = f"govuk_frontend_jinja/components/{slug}/macro.html"

    @cached_property
    def options(self) -> frozenset[str]:
        """Every option that the macro looks at, read from its source."""
        environment = _environment()
        loader = environment.loader
        assert loader is not None  # noqa: S101 - for the type checker: it is given above
        source, _, _ = loader.get_source(environment, self._path)
        tree = environment.parse(source)
        read = {node.attr for node in tree.find_all(nodes.Getattr) if _is_params(node.node)}
        # The port reads `items` by subscript, since every dict has a method of that name.
        read |= {
            node.arg.value
            for node in tree.find_all(nodes.Getitem)
            if _is_params(node.node) and isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str)
        }
        return frozenset(read)

    @cached_property
    def _macro(self) -> Macro:
        return getattr(_environment().get_template(self._path).module, self.macro_name)

    def __call__(self, options: Mapping[str, Any]) -> Markup:
        """Draw the component.

        Raises `UnknownOptionError` where an option is none of this component's, or is somewhere undefined.
        """
        unknown = sorted(set(options) - self.options)
        if unknown:
            raise UnknownOptionError(
                f"{self.macro_name} has no option {', '.join(unknown)}; it has {', '.join(sorted(self.options))}."
            )
        for place in _undefined_places(options):
            raise UnknownOptionError(f"{self.macro_name} was given something undefined as {place}.")
        return Markup(self._macro(options))  # noqa: S704 - the macros escape what they are given


def _is_params(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "params"


def _undefined_places(value: object, place: str = "options") -> Iterator[str]:
    """Where in `value`, however deep, something undefined hides."""
    if isinstance(value, Undefined):
        yield place
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _undefined_places(inner, f"{place}.{key}")
    elif isinstance(value, list | tuple):
        for position, inner in enumerate(value):
            yield from _undefined_places(inner, f"{place}[{position}]")


def components() -> dict[str, Component]:
    """Every component by the name that templates call it by, such as `govukButton`."""
    made = (Component(slug) for slug in COMPONENTS)
    return {component.macro_name: component for component in made}
