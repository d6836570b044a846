"""The quarterly report to the scrutiny committee: what it asks of the figures, and its sections in their order."""

from datetime import date

from upheld.figures.asked import Asked
from upheld.figures.definitions import CATALOGUE
from upheld.figures.model import FigureSet
from upheld.figures.period import Quarter
from upheld.narrative.commentary import Commentary, runs_of
from upheld.narrative.groups import team_paragraph, team_table, theme_chart, theme_table
from upheld.narrative.report import (
    Align,
    Block,
    Cell,
    Cover,
    Definition,
    Inline,
    ListBlock,
    Paragraph,
    Report,
    Row,
    Section,
    Table,
    Tone,
)
from upheld.narrative.snapshot import QUARTERS, slides
from upheld.narrative.stages import stage_chart, stage_paragraphs, stage_table
from upheld.narrative.structure import STRUCTURE_TITLE, structure_blocks
from upheld.narrative.summary import summary_lines
from upheld.narrative.words import count

_STAGE_FIGURES = (
    "received", "answered", "withdrawn", "open", "overdue", "in_time", "in_time_rate", "in_initial_time_rate",
    "decided", "upheld", "upheld_rate", "partly_upheld",
)  # fmt: skip
_TEAM_FIGURES = ("received", "in_time_rate", "upheld_rate", "open")
_DEFINED = (
    "received", "answered", "open", "overdue", "withdrawn", "in_time", "timed", "in_time_rate", "decided", "upheld",
    "upheld_rate", "partly_upheld",
)  # fmt: skip


def asked_for(quarter: Quarter) -> tuple[Asked, ...]:
    """Every figure that the report states."""
    stage_1 = (("stage", "stage-1"),)
    return (
        Asked(_STAGE_FIGURES, quarter.back(QUARTERS), ("stage",)),
        Asked(_TEAM_FIGURES, (quarter,), ("team",), stage_1),
        Asked(("received",), (quarter.previous, quarter), ("theme",), stage_1),
    )


def quarterly_report(figures: FigureSet, quarter: Quarter, cover: Cover, commentary: Commentary) -> Report:
    """The report of one quarter. Raises UnknownFigure where the set lacks a figure that `asked_for` names."""
    stages = tuple(value.ref.by[0][1] for value in figures.groups("received", quarter, "stage"))
    stages = tuple(dict.fromkeys(stages))
    quarters = quarter.back(QUARTERS)
    bodies: list[tuple[str, str, tuple[Block, ...], tuple[tuple[str, str, tuple[Block, ...]], ...]]] = [
        ("summary", "Summary", _summary(figures, quarter), ()),
        ("procedure", "The complaints procedure", _procedure(figures, quarter), ()),
        (
            "stages",
            "Complaints received, by stage and quarter",
            (*_notes(figures, quarter, commentary), stage_table(figures, stages, quarters),
             stage_chart(figures, stages[0], quarters)),
            (),
        ),
        (
            "comparison",
            f"What happened in {quarter.label}",
            (),
            tuple((s, figures.label("stage", s), stage_paragraphs(figures, s, quarter)) for s in stages),
        ),
        ("teams", "Complaints by service team", _teams(figures, quarter), ()),
        ("themes", "Top themes", _themes(figures, quarter), ()),
        ("learning", "Learning", _learning(figures, quarter, commentary), ()),
        ("actions", "Actions", _actions(figures, quarter, commentary), ()),
        ("forward-plan", "Forward plan", _forward_plan(figures, quarter, commentary), ()),
        *([("structure", STRUCTURE_TITLE, structure_blocks(figures), ())] if figures.crosswalk is not None else []),
        ("definitions", "Definitions", _definitions(), ()),
    ]  # fmt: skip
    sections = tuple(
        Section(
            section_id,
            str(number),
            title,
            blocks,
            tuple(
                Section(f"{section_id}-{sub_id}", f"{number}.{place}", sub_title, sub_blocks)
                for place, (sub_id, sub_title, sub_blocks) in enumerate(subsections, start=1)
            ),
        )
        for number, (section_id, title, blocks, subsections) in enumerate(bodies, start=1)
    )
    definitions = tuple(Definition(f.id, f.label, f.definition) for f in (CATALOGUE.figure(name) for name in _DEFINED))
    return Report(
        quarter, figures.provenance.as_at, cover, sections, definitions, figures.provenance,
        slides=slides(figures, quarter),
    )  # fmt: skip


def _summary(figures: FigureSet, quarter: Quarter) -> tuple[Block, ...]:
    received = figures.value("received", quarter, stage="stage-1")
    if received.missing:
        return (Paragraph((f"Nothing is recorded for {quarter.label}.",), Tone.WARNING),)
    as_at = figures.provenance.as_at
    return (
        Paragraph(
            (
                (
                    f"This report covers complaints under the statutory procedure for children’s social care that were "
                    f"received from {quarter.months}, and what had become of them by {_day(as_at)}."
                ),
            )
        ),
        ListBlock(summary_lines(figures, quarter)),
    )


def _procedure(figures: FigureSet, quarter: Quarter) -> tuple[Block, ...]:
    def days(clock: str) -> Inline:
        return count(figures.limit(clock, quarter))

    return (
        Paragraph(
            (
                "Complaints about a child’s social care follow a procedure set by the Children Act 1989 and its "
                "Representations Procedure Regulations. It has three stages, and then the Ombudsman.",
            )
        ),
        ListBlock(
            (
                (
                    "Stage 1: the service answers and tries to resolve the complaint, within ",
                    days("stage-1-response"),
                    " working days, or ",
                    days("stage-1-response.longest"),
                    " where it is complex.",
                ),
                (
                    "Stage 2: an investigation in which an independent person takes part, answered within ",
                    days("stage-2-response"),
                    " working days of the request, or by a later date that the complainant is told of in time, up to ",
                    days("stage-2-response.longest"),
                    ".",
                ),
                (
                    "Stage 3: a review panel of three independent people meets within ",
                    days("panel-held"),
                    " working days of the request and reports within ",
                    days("panel-report"),
                    "; the council responds within ",
                    days("response-to-panel"),
                    ".",
                ),
                (
                    "The Local Government and Social Care Ombudsman: a complainant may go there at any time, and must "
                    "be told so with the final response.",
                ),
            )
        ),
    )


def _notes(figures: FigureSet, quarter: Quarter, commentary: Commentary) -> tuple[Block, ...]:
    return tuple(Paragraph(runs_of(note, commentary, figures, quarter), Tone.NOTE) for note in commentary.notes)


def _teams(figures: FigureSet, quarter: Quarter) -> tuple[Block, ...]:
    paragraph = team_paragraph(figures, quarter)
    if paragraph is None:
        return (Paragraph(("No stage 1 complaint was received, so there is no table by team.",)),)
    return (paragraph, team_table(figures, quarter))


def _themes(figures: FigureSet, quarter: Quarter) -> tuple[Block, ...]:
    table = theme_table(figures, quarter)
    chart = theme_chart(quarter, table)
    if chart is None:
        return (Paragraph(("No stage 1 complaint was received, so there are no themes.",)),)
    return (table, chart)


def _learning(figures: FigureSet, quarter: Quarter, commentary: Commentary) -> tuple[Block, ...]:
    if not commentary.learnings:
        return (_nothing("learning"),)
    return (ListBlock(tuple(runs_of(text, commentary, figures, quarter) for text in commentary.learnings)),)


def _actions(figures: FigureSet, quarter: Quarter, commentary: Commentary) -> tuple[Block, ...]:
    if not commentary.actions:
        return (_nothing("action"),)
    rows = tuple(
        Row(
            (
                Cell(runs_of(action.text, commentary, figures, quarter), header=True),
                Cell((action.owner or "not assigned",)),
                Cell((action.due or "no date set",)),
                Cell(runs_of(action.measure, commentary, figures, quarter) or ("not stated",)),
            )
        )
        for action in commentary.actions
    )
    return (
        Table(
            id="table-actions",
            caption=f"Actions arising from {quarter.label}",
            head=(tuple(Cell((t,), header=True) for t in ("Action", "Owner", "Due", "How it will be measured")),),
            rows=rows,
            align=(Align.START,) * 4,
        ),
    )


def _forward_plan(figures: FigureSet, quarter: Quarter, commentary: Commentary) -> tuple[Block, ...]:
    if not commentary.forward_plan:
        return (_nothing("forward plan"),)
    return tuple(Paragraph(runs_of(text, commentary, figures, quarter)) for text in commentary.forward_plan)


def _nothing(what: str) -> Paragraph:
    return Paragraph((f"No {what} has been written for this report.",), Tone.WARNING)


def _definitions() -> tuple[Block, ...]:
    return (
        Paragraph(
            (
                "Every number in this report is counted from the complaints record by a definition below. "
                "Percentages are rounded to the nearest whole number, halves up, and are given with the two counts "
                "that they are made of.",
            )
        ),
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
