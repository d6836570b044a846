"""The Jinja2 environment that every template of ours is rendered in. A name that does not exist is an error."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import json_script
from django_htmx.jinja import htmx_script
from jinja2 import Environment, StrictUndefined, select_autoescape

from upheld.web import fields, formats, govuk


def environment(**options: Any) -> Environment:
    """Make the environment; Django calls this once, with the loader and options of `TEMPLATES`."""
    made = Environment(  # noqa: S701 - autoescape is among the options below
        **{
            **options,
            "undefined": StrictUndefined,
            # E-mails are plain text: an apostrophe in them is an apostrophe.
            "autoescape": select_autoescape(enabled_extensions=("html",), disabled_extensions=("txt",), default=True),
            "trim_blocks": True,
            "lstrip_blocks": True,
        }
    )
    made.filters.update(formats.FILTERS)
    made.filters["json_script"] = json_script
    made.globals.update(govuk.components())
    made.globals.update(
        static=static,
        url=url,
        htmx_script=htmx_script,
        field=fields.field,
        error_summary=fields.error_summary,
    )
    return made


def url(name: str, /, *args: object, **kwargs: object) -> str:
    """Give the address of a page by its name; a name that does not exist raises `NoReverseMatch`."""
    return reverse(name, args=args or None, kwargs=kwargs or None)
