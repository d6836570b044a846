"""Option types that several commands share: quarters and days, refused with the library's own words."""

import os
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

import click

from upheld.errors import UpheldError

if TYPE_CHECKING:
    from upheld.figures.period import Quarter

KNOWN_AT = (
    "Count what the record said at this moment (YYYY-MM-DD, or with THH:MM), whatever was recorded or corrected since."
)
AS_AT = "Judge what was open, late or decided at the end of this day (YYYY-MM-DD). Today unless given."


class QuarterType(click.ParamType["Quarter"]):
    """A quarter of a financial year."""

    name = "quarter"

    def convert(self, value: "str | Quarter", param: click.Parameter | None, ctx: click.Context | None) -> "Quarter":
        """Read the quarter, or fail with what it should look like."""
        from upheld.figures.period import Quarter

        if isinstance(value, Quarter):
            return value
        try:
            return Quarter.parse(value)
        except UpheldError as error:
            self.fail(str(error), param, ctx)


class DayType(click.ParamType[date]):
    """A calendar day."""

    name = "day"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day, or fail with what it should look like."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}” is not a day. Write it as 2019-03-12.", param, ctx)


class MomentType(click.ParamType[datetime]):
    """A moment in the council's time zone; a day alone means its end."""

    name = "moment"

    def convert(self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read the moment, or fail with what it should look like."""
        if isinstance(value, datetime):
            return value
        from upheld.config.environment import time_zone

        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}” is not a moment. Write it as 2019-03-12 or 2019-03-12T17:30.", param, ctx)
        if len(value) <= len("2019-03-12"):
            moment = datetime.combine(moment, time.max)
        return (moment if moment.tzinfo else moment.replace(tzinfo=time_zone(os.environ))).astimezone(UTC)


QUARTER = QuarterType()
MOMENT = MomentType()
DAY = DayType()
