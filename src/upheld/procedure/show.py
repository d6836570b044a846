"""A pack as text: its stages, limits, duties, steps and words, for reading in a terminal."""

import textwrap
from collections.abc import Mapping
from typing import Any

from upheld.procedure.kinds import KINDS
from upheld.procedure.local import LocalPolicy
from upheld.procedure.needs import NEEDS
from upheld.procedure.pack import Citation, Code, Evidence, Layer, Pack
from upheld.procedure.rules import ClockRule, DutyRule, ExtensionRule, Limit, MoveRule, Unit

_UNITS = {
    Unit.WORKING_DAY: "working day",
    Unit.CALENDAR_DAY: "calendar day",
    Unit.MONTH: "month",
    Unit.YEAR: "year",
}
_LAYERS = {
    Layer.STATUTE: "law",
    Layer.GUIDANCE: "guidance",
    Layer.PRACTICE: "Ombudsman's practice",
    Layer.READING: "our reading",
    Layer.LOCAL: "local policy",
}

_FAMILIES = {
    "person": "Who may complain",
    "function": "What it may be about",
    "suspension-trigger": "Grounds for not considering it for now",
    "complaint-refusal": "Grounds on which a complaint was not accepted",
    "stage-2-refusal": "Grounds on which stage 2 was refused",
    "stage-3-refusal": "Grounds on which a panel was refused",
    "advocate-conflict": "Who may not be the advocate",
    "early-referral": "Conditions of early referral, all of them",
    "delay-ground": "Grounds for more time at stage 2",
    "start-basis": "What stage 1 can start with",
    "procedure": "Procedures that a point can go to",
    "ombudsman-outcome": "Outcomes at the Ombudsman",
}
_GROUNDS = frozenset({"suspension-trigger", "complaint-refusal", "stage-2-refusal", "stage-3-refusal"})


def layer_words(cite: Citation) -> str:
    """How binding a rule is, in words, and whether its source could be read."""
    unread = {Evidence.READ: "", Evidence.SECONDARY: ", from a secondary source", Evidence.UNVERIFIED: ", unverified"}
    return _LAYERS[cite.layer] + unread[cite.evidence]


def length_words(clock: ClockRule) -> str:
    """A limit in words: "10 working days, 20 at the longest"."""
    if clock.length is None:
        return "on the date set" if clock.due_from is not None else "as soon as possible"
    number = abs(clock.length)
    text = f"{number} {_UNITS[clock.unit]}{'s' if number != 1 else ''}"
    if clock.length < 0:
        text += " before"
    if clock.inclusive:
        text += " beginning with the first day"
    if clock.longest is not None:
        text += f", {clock.longest} at the longest"
    return text


def start_words(clock: ClockRule) -> str:
    """What a limit is counted from, in words."""
    bases = [start.basis for start in clock.starts]
    if not bases:
        return "31 March"
    if len(bases) == 1:
        return bases[0]
    return ("the last of: " if clock.combine == "latest" else "the first of these that applies: ") + "; ".join(bases)


def family_words(family: str) -> str:
    """The heading of a family of codes."""
    return _FAMILIES.get(family, family.replace("-", " ").capitalize())


def code_words(family: str, code: Code) -> str:
    """A code's label, with what the law makes of it: "Parent", "Court reports; outside this procedure: the court"."""
    text, about = code.label, code.attributes
    if about.get("interest_test") is True:
        text += ", which the council decides"
    if about.get("advocacy") is True:
        text += "; may have an advocate"
    if about.get("in_scope") is False:
        text += f"; outside this procedure: {about.get('route')}"
    if family in _GROUNDS:
        lawful = about.get("lawful")
        words = {True: "a ground in law", False: "no ground in law"}
        text += f"; {words[lawful] if isinstance(lawful, bool) else 'a ground only where the record bears it out'}"
    return text


def as_text(pack: Pack, policy: LocalPolicy) -> str:
    """The whole pack, section by section, with a council's own targets under their own heading."""
    until = f" to {pack.valid_to.isoformat()}" if pack.valid_to is not None else ""
    lines = [pack.title, f"{pack.jurisdiction}; in force from {pack.valid_from.isoformat()}{until}", ""]
    if pack.note:
        lines += [*_wrapped(pack.note, ""), ""]
    lines += ["STAGES", ""]
    lines += [f"  {stage.code:<12}{stage.label} ({stage.cite})" for stage in pack.stages]
    lines += ["", "LIMITS", ""]
    for clock in pack.clocks:
        lines += _clock_lines(clock)
    lines += ["", "LOCAL TARGETS (policy, which may be stricter than the law and never looser)", ""]
    labels = {clock.id: clock.label for clock in pack.clocks}
    lines += [f"  {labels.get(clock, clock)} ({clock}): {_days(days)}" for clock, days in policy.targets.items()]
    if policy.deemed_receipt is not None:
        lines.append(
            f"  a response counts as received {_days(policy.deemed_receipt)} after sending, where no day is recorded"
        )
    lines += [f"  closed on {day.isoformat()}: longer for a target, never for a limit" for day in policy.closure_days]
    lines += ["", "DUTIES AND NOTICES", ""]
    for duty in pack.duties:
        lines += _duty_lines(duty, pack)
    if pack.breaches:
        lines += ["", "WHAT BREAKS THE PROCEDURE BY HAVING HAPPENED", ""]
        for breach in pack.breaches:
            lines += [*_wrapped(breach.label, "  "), f"      {breach.cite} ({layer_words(breach.cite)})"]
    lines += ["", "STEPS (a step that breaks the law is not offered, and can be recorded when it happened)", ""]
    states = {state.code: state.label for state in pack.states}
    for move in pack.moves:
        lines += _move_lines(move, states)
    for family, codes in pack.codes.items():
        lines += ["", family_words(family).upper(), ""]
        for code in codes:
            text = f"{code.code}: {code_words(family, code)} ({code.cite})"
            lines += textwrap.wrap(text, 100, initial_indent="  ", subsequent_indent="      ")
    return "\n".join(lines).rstrip() + "\n"


def _days(number: int) -> str:
    return f"{number} working day{'s' if number != 1 else ''}"


def _clock_lines(clock: ClockRule) -> list[str]:
    number = f"{clock.number} " if clock.number else ""
    lines = [f"  {clock.id}: {number}{clock.label}, {length_words(clock)}"]
    lines += _wrapped(f"from {start_words(clock)}", "      ")
    lines.append(f"      {clock.cite} ({layer_words(clock.cite)})")
    if clock.note:
        lines += _wrapped(clock.note, "      ")
    if clock.extension is not None:
        lines += _wrapped(f"longer: {extension_words(clock.extension)}", "      ")
    for stop in clock.stops:
        lines += _wrapped(f"nothing more is owed after: {stop.basis} ({stop.cite})", "      ")
    return lines


def extension_words(extension: ExtensionRule) -> str:
    """How a limit is lengthened: what has to happen, by when, and under which provisions."""
    what = KINDS[extension.event].meaning
    cites = dict.fromkeys((str(extension.cite), str(extension.deadline_cite)))
    return f"{what}, by the end of the initial limit ({'; '.join(cites)})"


def _duty_lines(duty: DutyRule, pack: Pack) -> list[str]:
    lines = _wrapped(f"{duty.label}", "  ")
    lines += _wrapped(f"to {', '.join(duty.to)}; {due_words(duty, pack)}", "      ")
    if duty.contains:
        lines += _wrapped(f"says: {'; '.join(duty.contains)}", "      ")
    lines.append(f"      {duty.cite} ({layer_words(duty.cite)})")
    return lines


def due_words(duty: DutyRule, pack: Pack) -> str:
    """By when a duty has to be done, in words: "by the end of the limit “Panel meets”"."""
    rule = pack.clock(duty.clock) if duty.clock is not None else None
    if rule is None or not rule.has_limit:
        return "as soon as possible"
    initial = "initial limit" if duty.limit is Limit.INITIAL else "limit"
    task = f"; the task falls due on working day {duty.task_day}" if duty.task_day is not None else ""
    return f"by the end of the {initial} “{rule.label}”{task}"


def _move_lines(move: MoveRule, states: Mapping[str, str]) -> list[str]:
    lines = _wrapped(f"{move.label} ({move.by})", "  ")
    lines += _wrapped(f"open at: {', '.join(states[code] for code in move.sources)}", "      ")
    if move.needs:
        lines += _wrapped(f"where {'; '.join(NEEDS[need][0] for need in move.needs)}", "      ")
    return [*lines, f"      {move.cite} ({layer_words(move.cite)})"]


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, 100, initial_indent=indent, subsequent_indent=indent)


def as_values(pack: Pack, policy: LocalPolicy) -> dict[str, Any]:
    """The pack's stages, limits, duties, steps and codes as plain values for JSON."""
    return {
        "id": pack.id,
        "title": pack.title,
        "jurisdiction": pack.jurisdiction,
        "valid_from": pack.valid_from.isoformat(),
        "valid_to": pack.valid_to.isoformat() if pack.valid_to is not None else None,
        "stages": [{"code": stage.code, "label": stage.label, "cite": str(stage.cite)} for stage in pack.stages],
        "clocks": [
            {
                "id": clock.id,
                "number": clock.number or None,
                "label": clock.label,
                "stage": clock.stage,
                "owner": clock.owner.value,
                "unit": clock.unit.value,
                "length": clock.length,
                "longest": clock.longest,
                "from": [start.basis for start in clock.starts],
                "cite": str(clock.cite),
                "layer": clock.cite.layer.value,
                "evidence": clock.cite.evidence.value,
            }
            for clock in pack.clocks
        ],
        "duties": [
            {
                "id": duty.id,
                "label": duty.label,
                "to": list(duty.to),
                "clock": duty.clock,
                "contains": list(duty.contains),
                "cite": str(duty.cite),
                "layer": duty.cite.layer.value,
                "evidence": duty.cite.evidence.value,
            }
            for duty in pack.duties
        ],
        "moves": [
            {
                "id": move.id,
                "label": move.label,
                "by": move.by,
                "open_at": list(move.sources),
                "leads_to": move.target,
                "needs": [NEEDS[need][0] for need in move.needs],
                "cite": str(move.cite),
                "layer": move.cite.layer.value,
                "evidence": move.cite.evidence.value,
            }
            for move in pack.moves
        ],
        "codes": {
            family: [{"code": code.code, "label": code.label, "cite": str(code.cite)} for code in codes]
            for family, codes in pack.codes.items()
        },
        "local_targets": dict(policy.targets),
    }
