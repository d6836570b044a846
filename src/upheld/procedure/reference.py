"""The reference pages of this room: each procedure, the worked deadlines, the events, the bank holidays, the assessing.

Written from the data that the product runs on, so that a page that is out of date can be told by comparing.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping

from upheld.procedure.calendar import KnownBy, load_calendar
from upheld.procedure.kinds import KINDS
from upheld.procedure.load import DATA, PACKS, load_pack
from upheld.procedure.moves import SAME
from upheld.procedure.needs import NEEDS
from upheld.procedure.pack import Citation, Pack
from upheld.procedure.rules import ClockRule, DutyRule, MoveRule
from upheld.procedure.show import code_words, due_words, family_words, layer_words, length_words, start_words
from upheld.procedure.worked import WorkedDeadline, worked_deadlines


def pages() -> Mapping[str, str]:
    """Every page by the name of its file."""
    made = {f"{pack}.md": _pack_page(load_pack(pack)) for pack in PACKS}
    made["README.md"] = _index()
    made["deadlines.md"] = _deadlines()
    made["events.md"] = _events()
    made["bank-holidays.md"] = _holidays()
    made["assessing.md"] = _assessing()
    return dict(sorted(made.items()))


def _page(lines: Iterable[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "| " + " | ".join("---" for _ in heads) + " |"
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


def _cited(cite: Citation) -> str:
    return f"{cite} ({layer_words(cite)})"


def _index() -> str:
    lines = [
        "# Procedures",
        "",
        "The law as Upheld has it. Each rule is dated data in `src/upheld/procedure/data`, with its source, how",
        "binding it is, and how its wording is known:",
        "",
        "- *law*: an Act or Regulations whose text was read, or that a secondary source reports;",
        "- *guidance*: departed from only for a recorded reason; a rule whose text nobody could read is shown so too;",
        "- *Ombudsman's practice*: how the Local Government and Social Care Ombudsman has decided;",
        "- *our reading*: what Upheld does where the rest is silent;",
        "- *local policy*: a council's own, which may be stricter than the law and never looser.",
        "",
        "`upheld procedure show PACK` prints a procedure, `upheld clock` counts one of its limits day by day.",
        "",
    ]
    rows = [
        (f"[{pack.title}]({pack.id}.md)", pack.jurisdiction, pack.valid_from.isoformat())
        for pack in map(load_pack, PACKS)
    ]
    lines += _table(("Procedure", "Where", "In force from"), rows)
    lines += [
        "",
        "- [Deadlines worked out by hand](deadlines.md), which the clocks must reproduce",
        "- [Events of a case](events.md), and what each may carry",
        "- [Bank holidays](bank-holidays.md), and when the unforeseen ones became known",
        "- [Assessing published chronologies](assessing.md)",
        "- [Mutation testing](mutation-testing.md): whether the tests would notice a change",
    ]
    return _page(lines)


def _pack_page(pack: Pack) -> str:
    lines = [
        f"# {pack.title}",
        "",
        f"`{pack.id}`, {pack.jurisdiction}, in force from {pack.valid_from.isoformat()}.",
        "",
    ]
    if pack.note:
        lines += [pack.note, ""]
    lines += ["## Sources", ""]
    for source in pack.sources.values():
        lines.append(f"- {source.title}" + (f": <{source.url}>" if source.url else ""))
    lines += ["", "## Stages", ""]
    stages = [(f"`{stage.code}`", stage.label, _cited(stage.cite)) for stage in pack.stages]
    lines += [*_table(("Code", "Stage", "Provision"), stages), ""]
    lines += ["## Clocks", "", "Day 0 is the day of the start; the day that a limit ends is in time.", ""]
    lines += [*_table(("Clock", "Who", "Limit", "From", "Provision"), map(_clock_row, pack.clocks)), ""]
    lines += _clock_notes(pack)
    lines += ["## Duties and notices", ""]
    duty_rows = [_duty_row(duty, pack) for duty in pack.duties]
    lines += [*_table(("Duty", "To", "Arises with", "By", "Must say", "Provision"), duty_rows), ""]
    if pack.breaches:
        lines += ["## What breaks it by having happened", ""]
        breaches = [(rule.label, f"`{rule.event}`", rule.settles or "–", _cited(rule.cite)) for rule in pack.breaches]
        lines += [*_table(("Breach", "Event", "What would settle a doubt", "Provision"), breaches), ""]
    lines += ["## Moves", "", "```mermaid", *_diagram(pack), "```", ""]
    lines += [*_table(("Step", "By", "Open at", "Leads to", "Needs", "Provision"), _move_rows(pack)), ""]
    lines += ["## Words", ""]
    for family, codes in pack.codes.items():
        lines += [f"### {family_words(family)}", ""]
        rows = [(f"`{code.code}`", code_words(family, code), _cited(code.cite)) for code in codes]
        lines += [*_table(("Code", "Meaning", "Provision"), rows), ""]
    return _page(lines)


def _clock_row(clock: ClockRule) -> tuple[str, ...]:
    number = f"{clock.number} " if clock.number else ""
    return (
        f"{number}{clock.label} (`{clock.id}`)",
        clock.owner.value if clock.scope == "case" else f"{clock.owner}, each year",
        length_words(clock),
        start_words(clock),
        _cited(clock.cite),
    )


def _clock_notes(pack: Pack) -> list[str]:
    notes = []
    for clock in pack.clocks:
        parts = []
        if clock.note:
            parts.append(clock.note)
        if clock.extension is not None:
            extension = clock.extension
            dated = f" with a date in `{extension.dated_by}`" if extension.dated_by else ""
            cites = dict.fromkeys((_cited(extension.cite), _cited(extension.deadline_cite)))
            parts.append(
                f"Longer with `{extension.event}`{dated} by the end of the initial limit ({'; '.join(cites)})."
            )
        parts += [
            f"Nothing more is owed after `{stop.event}`: {stop.basis} ({_cited(stop.cite)})." for stop in clock.stops
        ]
        if len(parts) == 1:
            notes.append(f"- `{clock.id}`: {parts[0]}")
        elif parts:
            notes += [f"- `{clock.id}`:", *(f"  - {part}" for part in parts)]
    return [*notes, ""] if notes else []


def _duty_row(duty: DutyRule, pack: Pack) -> tuple[str, ...]:
    arises = ", ".join(f"`{trigger}`" for trigger in duty.triggers)
    said = ", ".join(f"{name} {str(value).lower()}" for name, value in duty.where.items())
    label = duty.label + (f" {duty.note}" if duty.note else "")
    return (
        label,
        ", ".join(duty.to),
        arises + (f" ({said})" if said else ""),
        due_words(duty, pack),
        "; ".join(duty.contains) or "–",
        _cited(duty.cite),
    )


def _diagram(pack: Pack) -> Iterator[str]:
    """The moves that change the state, as a Mermaid state diagram."""
    names = {state.code: state.code.replace("-", "_") for state in pack.states}
    yield "stateDiagram-v2"
    for state in pack.states:
        yield f"    {names[state.code]}: {state.label}"
        if state.opens:
            yield f"    [*] --> {names[state.code]}"
    for move in pack.moves:
        if move.target != SAME:
            for source in move.sources:
                yield f"    {names[source]} --> {names[move.target]}: {move.id}"
    for state in pack.states:
        if state.ended:
            yield f"    {names[state.code]} --> [*]"


def _move_rows(pack: Pack) -> Iterator[tuple[str, ...]]:
    labels = {state.code: state.label for state in pack.states}
    for move in pack.moves:
        yield (
            f"{move.label} (`{move.id}`)",
            move.by,
            ", ".join(labels[code] for code in move.sources),
            _target(move, labels),
            "; ".join(NEEDS[need][0] for need in move.needs) or "–",
            _cited(move.cite),
        )


def _target(move: MoveRule, labels: Mapping[str, str]) -> str:
    return "no change" if move.target == SAME else labels[move.target]


def _deadlines() -> str:
    lines = [
        "# Deadlines worked out by hand",
        "",
        "Each was counted on paper before the clocks were written, and is a test. The day of the start event is day 0;",
        "the first working day after it is day 1; the limit ends with the last day.",
        "",
    ]
    lines += _table(("#", "Deadline", "Procedure", "Events", "Limits", "Why"), map(_deadline_row, worked_deadlines()))
    return _page(lines)


def _deadline_row(deadline: WorkedDeadline) -> tuple[str, ...]:
    events = "; ".join(f"{event.kind} {event.on.words()}" for event in deadline.history.events)
    limits = []
    for each in deadline.expected:
        dates = (("due", each.due), ("with the extension", each.in_force), ("longest", each.longest))
        said = ", ".join(f"{word} {day.isoformat()}" for word, day in dates if day is not None)
        limits.append(f"`{each.clock}` {said}")
    if deadline.before is not None:
        limits.append(f"expected on {deadline.before['on'].isoformat()}: {deadline.before['due'].isoformat()}")
    return str(deadline.number), deadline.title, f"`{deadline.pack}`", events, "; ".join(limits), deadline.why or "–"


def _events() -> str:
    lines = [
        "# Events of a case",
        "",
        "A case is a list of events. Their data holds codes, ids and dates, never names or free text. Fields in bold",
        "must be there.",
        "",
    ]
    rows = []
    for kind, spec in KINDS.items():
        fields = [f"**{name}**" for name in spec.required] + list(spec.optional)
        rows.append((f"`{kind}`", spec.meaning, "yes" if spec.staged else "–", ", ".join(fields) or "–"))
    lines += _table(("Kind", "Meaning", "Names its stage", "Data"), rows)
    return _page(lines)


def _holidays() -> str:
    calendar = load_calendar()
    lines = [
        "# Bank holidays",
        "",
        f"{calendar.title}, from {calendar.first.isoformat()} to {calendar.last.isoformat()} (list of "
        f"{calendar.version}).",
        "`upheld calendar show` lists every day; a date beyond the list is refused, never guessed.",
        "",
        "These could not be foreseen, or moved. A limit that was open when one became known is counted again; what was",
        "past, and what was promised, stays.",
        "",
    ]
    unforeseen = [day for day in calendar.published if day.by is KnownBy.ANNOUNCEMENT or day.withdrawn is not None]
    rows = [
        (
            day.day.isoformat(),
            day.name,
            day.known.isoformat() if day.withdrawn is None else f"moved away, known from {day.withdrawn.isoformat()}",
        )
        for day in unforeseen
    ]
    return _page([*lines, *_table(("Day", "Holiday", "Known from"), rows)])


def _assessing() -> str:
    data = tomllib.loads((DATA / "assessing.toml").read_text(encoding="utf-8"))
    lines = [
        "# Assessing published chronologies",
        "",
        "`upheld assess FILE` reads chronologies of the Ombudsman's decisions, one JSON object a line. It says of each",
        "which limits were missed and which faults it lets one see. A chronology has gaps, so:",
        "",
        "- a date known to the month is an interval, and so is every limit counted from it;",
        "- what certainly happened first comes first, in whatever order it is told;",
        "- a rough date holds its place in the order, and its note may say more;",
        "- notices that lengthen a limit are not told of, so a breach is certain only past the longest limit;",
        "- a later step shows that an earlier one was over by then, though not when;",
        "- a fault is sure only where what is told proves it. A recorded pause, a delay that the complainant agreed",
        "  to, an advocate who was waited for, or a complaint made orally makes it a question; the limit is missed",
        "  even so;",
        "- everything else is a risk, named only where what is told points to it, with what would settle it;",
        "- what a note says in passing is never proof.",
        "",
        "An event that cannot be read is left out, or its date taken as `approx`; `remarks` say so, and where one was",
        "left out nothing is sure. A line of which nothing can be made is answered with its `problem`.",
        "",
        "## Measures",
        "",
        "Where no instrument gives a number, these are used. What rests on them is never sure.",
        "",
    ]
    measures = [
        (name.replace("_", " "), f"{each['days']} working days", each["why"]) for name, each in data["measure"].items()
    ]
    lines += [*_table(("For", "More than", "Because"), measures), ""]
    likely = data["likely"]
    lines += [
        "Where rough dates leave a breach open, every day of each being as likely, it is named as a risk:",
        "",
        f"- from {likely['likely']} per cent for a step that was taken;",
        f"- from {likely['likely_undated']} per cent between two steps of which only the order dates one;",
        f"- from {likely['likely_outstanding']} per cent for a step that the source says was outstanding.",
        "",
    ]
    lines += ["## Words", ""]
    lines += _table(("Code", "Provision"), [(f"`{code}`", text) for code, text in data["code"].items()])
    return _page(lines)
