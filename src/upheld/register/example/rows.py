"""One row of the example in the documented layout, and what of it is known on a day."""

from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """One stage of one case. The fields are the columns of `upheld.register.layout`, in their order."""

    reference: str
    stage: str
    received: date
    service: str
    team: str
    themes: tuple[str, ...]
    answered: date | None = None
    outcome: str | None = None
    findings: tuple[str, ...] = ()
    withdrawn: date | None = None
    extension_decided: date | None = None
    extended_to: date | None = None
    spoken: bool | None = None
    record_final: date | None = None
    interest_decided: date | None = None
    later_start: date | None = None
    stage_1_skipped: date | None = None
    advocate: str | None = None
    advocate_appointed: date | None = None
    response_received: date | None = None
    panel_held: date | None = None
    panel_report_sent: date | None = None
    recommendations_received: date | None = None
    due: date | None = None
    channel: str | None = None
    complainant: str | None = None
    age_band: str | None = None
    child_name: str = ""
    complainant_name: str = ""


@dataclass(frozen=True, slots=True)
class PlannedStage:
    """A stage as it will have run in the end, with what the layout has no column for.

    `start` is day 0 of its clock; `decided` the day from which its outcome is known.
    """

    row: ExampleRow
    start: date
    decided: date | None

    @property
    def reaches_complainant(self) -> date | None:
        """The day on which the complainant has the response in hand, and could ask for more."""
        return self.row.response_received or self.decided

    def known_on(self, day: date) -> ExampleRow | None:
        """The row as a register held it at the end of `day`, or None where the stage had not begun.

        Three dates may lie ahead, as they are agreed beforehand: a later start, what a notice of delay promised, and
        when the Ombudsman wants an answer.
        """
        row = self.row
        if row.received > day:
            return None

        def by_then(when: date | None) -> date | None:
            return when if when is not None and when <= day else None

        noticed = by_then(row.extension_decided)
        decided = by_then(self.decided)
        waiting = row.advocate_appointed is not None and row.advocate_appointed > day
        return replace(
            row,
            answered=by_then(row.answered),
            outcome=row.outcome if decided else None,
            findings=row.findings if decided else (),
            withdrawn=by_then(row.withdrawn),
            extension_decided=noticed,
            extended_to=row.extended_to if noticed else None,
            record_final=by_then(row.record_final),
            interest_decided=by_then(row.interest_decided),
            advocate="asked-for" if waiting else row.advocate,
            advocate_appointed=by_then(row.advocate_appointed),
            response_received=by_then(row.response_received),
            panel_held=by_then(row.panel_held),
            panel_report_sent=by_then(row.panel_report_sent),
            recommendations_received=by_then(row.recommendations_received),
        )
