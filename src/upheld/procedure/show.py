"""A pack as text: its stages, limits, duties and moves, for reading in a terminal."""

import textwrap
from typing import Any

from upheld.procedure.local import LocalPolicy
from upheld.procedure.pack import Citation, Evidence, Layer, Pack
from upheld.procedure.rules import ClockRule, DutyRule, MoveRule, Unit

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
    joined = "; or, later, from: " if clock.combine == "latest" else "; else: "
    return joined.join(start.basis for start in clock.starts) or "31 March"


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
    lines += [f"  {clock}: {_days(days)}" for clock, days in policy.targets.items()]
    if policy.deemed_receipt is not None:
        lines.append(
            f"  a response counts as received {_days(policy.deemed_receipt)} after sending, where no day is recorded"
        )
    lines += [f"  closed on {day.isoformat()}: longer for a target, never for a limit" for day in policy.closure_days]
    lines += ["", "DUTIES AND NOTICES", ""]
    for duty in pack.duties:
        lines += _duty_lines(duty)
    lines += ["", "MOVES", ""]
    for move in pack.moves:
        lines += _move_lines(move)
    return "\n".join(lines).rstrip() + "\n"


def _days(number: int) -> str:
    return f"{number} working day{'s' if number != 1 else ''}"


def _clock_lines(clock: ClockRule) -> list[str]:
    number = f"{clock.number} " if clock.number else ""
    lines = [f"  {clock.id}: {number}{clock.label}, {length_words(clock)}"]
    lines += _wrapped(f"from: {start_words(clock)}", "      ")
    lines.append(f"      {clock.cite} ({layer_words(clock.cite)})")
    if clock.note:
        lines += _wrapped(clock.note, "      ")
    return lines


def _duty_lines(duty: DutyRule) -> list[str]:
    when = f"by the end of {duty.clock}" if duty.clock is not None else "as soon as possible"
    lines = _wrapped(f"{duty.label}", "  ")
    lines.append(f"      to {', '.join(duty.to)}; {when}")
    if duty.contains:
        lines += _wrapped(f"says: {'; '.join(duty.contains)}", "      ")
    lines.append(f"      {duty.cite} ({layer_words(duty.cite)})")
    return lines


def _move_lines(move: MoveRule) -> list[str]:
    return [f"  {move.label} ({move.by})", f"      {move.cite}"]


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, 100, initial_indent=indent, subsequent_indent=indent)


def as_values(pack: Pack, policy: LocalPolicy) -> dict[str, Any]:
    """The pack's stages and limits as plain values for JSON."""
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
        "local_targets": dict(policy.targets),
    }
