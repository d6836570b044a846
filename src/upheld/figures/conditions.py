"""The conditions that figures count, in columns of the fact tables, as at a day.

Each is true or false for a row, never unknown: a missing date means "has not happened". "As at" a day means that what
happened after that day is left out, whenever it was recorded.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a fact table, asked about at the end of `day`.

    `judged` works the conditions out once for each row; the properties name them, and every figure is made of these.
    """

    table: "ir.Table"
    day: date

    @classmethod
    def judged(cls, table: "ir.Table", day: date) -> "Rows":
        """The table with a column of true or false for each condition.

        In two steps, since the later conditions are made of the earlier ones: the database then works each out once
        for a row, however many figures count it.
        """
        bare = cls(table, day)
        first = table.mutate(
            is_received=bare._by("received_on"),
            is_answered=bare._by("answered_on"),
            is_withdrawn=bare._by("withdrawn_on") & ~bare._by("answered_on"),
            met_limit=_sure(table["answered_on"] <= table["due_in_force_on"]),
            met_panel=bare._met("panel_due_on", "panel_held_on")
            & bare._met("panel_report_due_on", "panel_report_sent_on"),
            missed_any=bare._missed("due_in_force_on", "answered_on")
            | bare._missed("panel_due_on", "panel_held_on")
            | bare._missed("panel_report_due_on", "panel_report_sent_on"),
        )
        second = first.mutate(
            is_open=first["is_received"] & ~first["is_answered"] & ~first["is_withdrawn"],
            is_in_time=first["is_answered"] & first["met_limit"] & first["met_panel"],
        )
        return cls(second, day)

    def _by(self, column: str) -> "ir.BooleanValue":
        """The date in `column` had come by the end of the day."""
        return _sure(self.table[column] <= _literal(self.day))

    def _met(self, due: str, done: str) -> "ir.BooleanValue":
        """There was no limit in `due`, or the date in `done` is on or before it. The due day itself is in time."""
        return self.table[due].isnull() | _sure(self.table[done] <= self.table[due])

    def _missed(self, due: str, done: str) -> "ir.BooleanValue":
        """The limit in `due` has passed, and `done` had not come by then."""
        passed = _sure(self.table[due] < _literal(self.day))
        return passed & ~_sure(self.table[done] <= self.table[due])

    @property
    def received(self) -> "ir.BooleanValue":
        """Received, or asked for, by the end of the day."""
        return self.table["is_received"]

    @property
    def answered(self) -> "ir.BooleanValue":
        """The stage's response had been sent."""
        return self.table["is_answered"]

    @property
    def withdrawn(self) -> "ir.BooleanValue":
        """The complaint had been withdrawn at this stage, without an answer."""
        return self.table["is_withdrawn"]

    @property
    def open(self) -> "ir.BooleanValue":
        """Received, and neither answered nor withdrawn."""
        return self.table["is_open"]

    @property
    def overdue(self) -> "ir.BooleanValue":
        """Open, and a limit in force has passed (at stage 3: any of its three)."""
        return self.table["is_open"] & self.table["missed_any"]

    @property
    def long_open(self) -> "ir.BooleanValue":
        """Open, and received more than two years before the end of the day."""
        return self.open & _sure(self.table["received_on"] < _literal(_years_before(self.day, 2)))

    @property
    def timed(self) -> "ir.BooleanValue":
        """It can be said whether it is in time: answered and its limit known, or overdue."""
        return (self.answered & self.table["due_in_force_on"].notnull()) | self.overdue

    @property
    def in_time(self) -> "ir.BooleanValue":
        """Answered within the limit in force; at stage 3, with the panel's meeting and report in time as well."""
        return self.table["is_in_time"]

    @property
    def in_initial_time(self) -> "ir.BooleanValue":
        """As in_time, but within the initial limit, without regard to extensions."""
        return self.in_time & _sure(self.table["answered_on"] <= self.table["due_on"])

    @property
    def late(self) -> "ir.BooleanValue":
        """Answered, but not in time."""
        return self.answered & self.table["due_in_force_on"].notnull() & ~self.in_time

    @property
    def extended(self) -> "ir.BooleanValue":
        """Validly extended by the end of the day."""
        return self._by("extension_on") & (self.table["extension"] == "valid")

    @property
    def decided(self) -> "ir.BooleanValue":
        """There was an outcome that says whether the complaint is upheld."""
        return self.outcome("upheld", "partly-upheld", "not-upheld")

    def outcome(self, *codes: str) -> "ir.BooleanValue":
        """The outcome was one of these, by the end of the day."""
        return self._by("outcome_on") & _sure(self.table["outcome"].isin(codes))


def _sure(condition: "ir.BooleanValue") -> "ir.BooleanValue":
    import ibis

    return ibis.coalesce(condition, ibis.literal(value=False))


def _literal(day: date) -> "ir.DateValue":
    import ibis

    return ibis.date(day.year, day.month, day.day)


def _years_before(day: date, years: int) -> date:
    """The same day of an earlier year; 28 February for a 29th that there was not."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
