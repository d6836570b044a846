"""An assessed chronology as plain values for JSON."""

from typing import Any

from upheld.procedure.assess import Assessment
from upheld.procedure.dating import Dating
from upheld.procedure.standing import Span
from upheld.procedure.told_clocks import ToldClock


def assessment_answer(assessment: Assessment) -> dict[str, Any]:
    """An assessed chronology as it is printed: one object for one line of the file.

    `remarks` is there only where something could not be read.
    """
    answer: dict[str, Any] = {
        "id": assessment.id,
        "clocks": [_clock(clock) for clock in assessment.clocks],
        "faults": [
            {"code": fault.code, "provision": fault.provision, "why": fault.why, "sure": fault.sure}
            for fault in assessment.faults
        ],
    }
    if assessment.remarks:
        answer["remarks"] = list(assessment.remarks)
    return answer


def _clock(clock: ToldClock) -> dict[str, Any]:
    return {
        "clock": clock.clock,
        "started": dating_answer(clock.start),
        "due": dating_answer(clock.due),
        "longest_due": dating_answer(clock.longest),
        "done": dating_answer(clock.done),
        "standing": clock.state.value,
        "working_days_over": _span(clock.over),
    }


def dating_answer(dating: Dating | None) -> str | dict[str, str] | None:
    """A date as JSON holds it: a day, an interval of two days, or null where nothing is known."""
    if dating is None or not dating.is_known:
        return None
    if dating.earliest == dating.latest:
        return dating.earliest.isoformat()
    return {"earliest": dating.earliest.isoformat(), "latest": dating.latest.isoformat()}


def _span(span: Span | None) -> int | dict[str, int] | None:
    if span is None:
        return None
    return span.least if span.exact is not None else {"least": span.least, "most": span.most}
