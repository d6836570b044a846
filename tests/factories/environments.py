"""Settings of an installation that differ in a few from those of the test run."""

from dataclasses import replace
from typing import Any


def changed_environment(**changes: Any) -> Any:
    """The run's settings with these changed, for `settings.ENVIRONMENT`."""
    from django.conf import settings

    return replace(settings.ENVIRONMENT, **changes)
