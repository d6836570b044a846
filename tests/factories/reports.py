"""A report like the ones that committees read, with everything in it that a format could get wrong.

The counts of the stages and teams are those of the published report of a London borough, Q3 2018/19; all words, and
the team whose name is written from right to left, are made up.
"""

from dataclasses import replace
from datetime import date

from upheld.figures.model import Change, FigureRef, FigureValue, Kind, Provenance
from upheld.figures.period import Quarter
from upheld.narrative.report import (
    Align,
    Cell,
    Chart,
    ChartKind,
    Cover,
    Definition,
    Inline,
    ListBlock,
    Number,
    Paragraph,
    Point,
    Report,
    Role,
    Row,
    Runs,
    Section,
    Series,
    Strong,
    Table,
    Tone,
)

QUARTER = Quarter(2018, 3)
QUARTERS = (*QUARTER.back(6),)
MISSING = Quarter(2017, 4)
MEASURES = {"received": "Received", "in_time": "In time", "upheld": "Upheld"}
STAGES = {"stage-1": "Stage 1", "stage-2": "Stage 2", "stage-3": "Stage 3", "ombudsman": "Ombudsman"}
COUNTS = {
    "stage-1": {"received": (26, 28, None, 18, 40, 51), "in_time": (16, 22, None, 9, 11, 23),
                "upheld": (6, 6, None, 1, 4, 7)},
    "stage-2": {"received": (0, 2, None, 5, 5, 4), "in_time": (0, 0, None, 5, 5, 0),
                "upheld": (0, 0, None, 0, 0, 0)},
    "stage-3": {"received": (1, 0, None, 0, 2, 0), "in_time": (0, 0, None, 0, 0, 0),
                "upheld": (0, 0, None, 0, 1, 0)},
    "ombudsman": {"received": (5, 1, None, 0, 0, 0), "in_time": (2, 0, None, 0, 0, 0),
                  "upheld": (2, 0, None, 0, 0, 0)},
}  # fmt: skip
SIGNS = (
    '#let x = 1, $x^2$, *bold*, _italic_, <script>alert(1)</script>, @label, `code`, \\ and {{ braces }} & "quotes" – '
    "“and these” ‘too’"
)
RTL_TEAM = "צוות קליטה & הגנה"
TEAMS = {
    "LAC": (15, 8, 4), "Child Protection & Proceedings": (12, 3, 1), "Assessments": (9, 6, 0), "CIN": (8, 2, 0),
    "Single Point of Contact": (3, 0, 0), "Adolescent Support Teams": (1, 1, 0), "Adoption": (1, 1, 1),
    "=Early Help #1 <b>“North”</b> $5 \\ [draft]_*": (1, 1, 1), RTL_TEAM: (1, 1, 0),
}  # fmt: skip


def count(figure: str, value: int | None, period: Quarter = QUARTER, **by: str) -> FigureValue:
    return FigureValue(FigureRef(figure, period, tuple(by.items())), Kind.COUNT, value)


def rate(figure: str, part: int | None, base: int | None, period: Quarter = QUARTER, **by: str) -> FigureValue:
    return FigureValue(FigureRef(figure, period, tuple(by.items())), Kind.RATE, part, base)


def shown(value: FigureValue, text: str | None = None) -> Number:
    """The value of a figure as a number: "51" or "27%", or in the words given."""
    if value.value is None:
        raise ValueError(value.ref.id)
    return Number(text or (f"{value.value}%" if value.kind is Kind.RATE else f"{value.value:,}"), value.value, value,
                  Role.VALUE)  # fmt: skip


def part(value: FigureValue, role: Role) -> Number:
    counted = value.numerator if role is Role.NUMERATOR else value.denominator
    if counted is None:
        raise ValueError(value.ref.id)
    return Number(str(counted), counted, value, role)


def change(now: FigureValue, before: FigureValue, role: Role = Role.CHANGE) -> Number:
    of = Change(now, before)
    value = of.percent if role is Role.CHANGE_PERCENT else of.whole_difference
    if value is None:
        raise ValueError(now.ref.id)
    text = f"{'+' if value > 0 else '−' if value < 0 else ''}{abs(value)}"
    return Number(text + ("%" if role is Role.CHANGE_PERCENT else ""), value, now, role, before)


def stage_value(figure: str, quarter: Quarter, stage: str) -> FigureValue:
    return count(figure, COUNTS[stage][figure][QUARTERS.index(quarter)], quarter, stage=stage)


def cell(*runs: Inline, header: bool = False, span: int = 1) -> Cell:
    return Cell(runs, header, span)


def name(text: str, span: int = 1) -> Cell:
    return Cell((text,) if text else (), True, span)


def stage_table() -> Table:
    head = (
        (name(""), *(name(quarter.label, 3) for quarter in QUARTERS)),
        (name("Stage"), *(name(label) for _ in QUARTERS for label in MEASURES.values())),
    )

    def value(figure: str, quarter: Quarter, stage: str) -> Cell:
        if quarter == MISSING:
            return cell("no data")
        return cell(shown(stage_value(figure, quarter, stage)))

    rows = tuple(
        Row((name(label), *(value(figure, quarter, stage) for quarter in QUARTERS for figure in MEASURES)))
        for stage, label in STAGES.items()
    )
    return Table(
        "stages-by-quarter",
        "Complaints by stage and quarter, received, in time and upheld",
        head,
        rows,
        (Align.START, *(Align.END,) * 18),
        base=("Complaints received in the quarter. In time and upheld are of those received.",),
        notes=(("Nothing was published for Q4 2017/18; it is shown as ", Strong("no data"), ", not as none."),),
    )


def team_table() -> Table:
    def row(label: str, received: int, in_time: int, upheld: int, *, total: bool = False) -> Row:
        by = {"stage": "stage-1"} if total else {"stage": "stage-1", "team": label}
        upheld_rate = rate("upheld_rate", upheld, received, **by)
        in_time_rate = rate("in_time_rate", in_time, received, **by)
        return Row(
            (
                name(label),
                cell(shown(count("received", received, **by))),
                cell(shown(count("in_time", in_time, **by))),
                cell(shown(in_time_rate)),
                cell(
                    shown(upheld_rate), " (", part(upheld_rate, Role.NUMERATOR), " of ",
                    part(upheld_rate, Role.DENOMINATOR), ")",
                ),
            ),
            total,
        )  # fmt: skip

    sums = [sum(column) for column in zip(*TEAMS.values(), strict=True)]
    return Table(
        "teams",
        "Stage 1 complaints by service team",
        ((name("Team"), name("Received"), name("In time"), name("In time, per cent"), name("Upheld")),),
        (*(row(team, *counts) for team, counts in TEAMS.items()), row("All teams", *sums, total=True)),
        (Align.START, Align.END, Align.END, Align.END, Align.END),
        base=("Stage 1 complaints received in the quarter: ", shown(count("received", sums[0], stage="stage-1")), "."),
    )


def rate_table() -> Table:
    def row(quarter: Quarter) -> Row:
        if quarter == MISSING:
            return Row((name(quarter.label), cell("no data"), cell("no data")))
        received = stage_value("received", quarter, "stage-1").numerator
        rates = [
            rate(f"{figure}_rate", stage_value(figure, quarter, "stage-1").numerator, received, quarter,
                 stage="stage-1")
            for figure in ("in_time", "upheld")
        ]  # fmt: skip
        return Row((name(quarter.label), *(cell(shown(value)) for value in rates)))

    return Table(
        "rates",
        "Stage 1: per cent in time and upheld",
        ((name("Quarter"), name("In time"), name("Upheld")),),
        tuple(row(quarter) for quarter in QUARTERS),
        (Align.START, Align.END, Align.END),
    )


def grouped_table() -> Table:
    """Rows in groups, under a head of their own as wide as the table."""
    rows: list[Row] = []
    for stage, label in STAGES.items():
        rows.append(Row((Cell((label,), header=True, span=3),)))
        for figure, measure in MEASURES.items():
            values = (stage_value(figure, quarter, stage) for quarter in QUARTERS[-2:])
            rows.append(Row((name(measure), *(cell(shown(value)) for value in values))))
    return Table(
        "stages-grouped",
        "The last two quarters, stage by stage",
        ((name(""), *(name(quarter.label) for quarter in QUARTERS[-2:])),),
        tuple(rows),
        (Align.START, Align.END, Align.END),
    )


def actions_table() -> Table:
    """Sentences in cells, with numbers in them."""
    late = rate("in_time_rate", 23, 51, stage="stage-1")
    return Table(
        "actions",
        "Actions arising",
        (tuple(name(text) for text in ("Action", "Owner", "Due", "How it will be measured")),),
        (
            Row((
                name("Remind every practitioner of the limits for answering complaints, and that families are told of "
                     "progress before they have to ask"),
                cell("Heads of Service"), cell("31 March 2019"),
                cell("A larger share of stage 1 complaints answered in time than this quarter’s ", shown(late)),
            )),
            Row((
                name("Answer the telephone"), cell("Head of Improvement and Business Support"), cell("Every month"),
                cell("-"),
            )),
        ),
        (Align.START,) * 4,
    )  # fmt: skip


def stage_chart() -> Chart:
    def point(figure: str, quarter: Quarter) -> Point:
        return Point(quarter.label, None if quarter == MISSING else shown(stage_value(figure, quarter, "stage-1")))

    series = tuple(Series(label, tuple(point(f, q) for q in QUARTERS)) for f, label in MEASURES.items())
    return Chart(
        "stage-1-chart",
        ChartKind.COLUMNS,
        "Stage 1 complaints by quarter",
        "Complaints",
        series,
        ("Stage 1 complaints rose to ", shown(stage_value("received", QUARTER, "stage-1")), " in Q3 2018/19, the most "
         "of the six quarters; ", shown(stage_value("in_time", QUARTER, "stage-1")), " were answered in time. "
         "There is no data for Q4 2017/18."),
        "stages-by-quarter",
    )  # fmt: skip


def team_chart() -> Chart:
    points = [Point(t, shown(count("received", n[0], stage="stage-1", team=t))) for t, n in TEAMS.items()]
    points.append(Point("Children with Disabilities and Special Educational Needs and Transitions Service", None))
    most = shown(count("received", 15, stage="stage-1", team="LAC"))
    return Chart("teams-chart", ChartKind.BARS, "Stage 1 complaints by service team", "Complaints received",
                 (Series("Received", tuple(points)),), ("Most were about LAC: ", most, "."), "teams")  # fmt: skip


def rate_chart() -> Chart:
    def point(figure: str, quarter: Quarter) -> Point:
        if quarter == MISSING:
            return Point(quarter.label, None)
        base = stage_value("received", quarter, "stage-1").numerator
        value = rate(f"{figure}_rate", stage_value(figure, quarter, "stage-1").numerator, base, quarter,
                     stage="stage-1")  # fmt: skip
        return Point(quarter.label, shown(value))

    series = tuple(
        Series(MEASURES[figure], tuple(point(figure, q) for q in QUARTERS)) for figure in ("in_time", "upheld")
    )
    return Chart("rates-chart", ChartKind.LINE, "Stage 1: per cent in time and upheld", "Per cent of those received",
                 series, ("Fewer than half were in time in each of the last three quarters.",), "rates")  # fmt: skip


def stage_1() -> Runs:
    now, before = (stage_value("received", q, "stage-1") for q in (QUARTER, QUARTER.previous))
    upheld = rate("upheld_rate", 7, 51, stage="stage-1")
    return (
        "There were ", shown(now), " stage 1 complaints, ", change(now, before), " on last quarter (",
        change(now, before, Role.CHANGE_PERCENT), "). The part upheld was ", shown(upheld), ": ",
        part(upheld, Role.NUMERATOR), " of ", part(upheld, Role.DENOMINATOR), ".",
    )  # fmt: skip


def sections() -> tuple[Section, ...]:
    stage_2 = stage_value("received", QUARTER, "stage-2")
    before = stage_value("received", QUARTER.previous, "stage-2")
    stage_3 = stage_value("received", QUARTER, "stage-3")
    million = count("contacts", 1_234_567)
    return (
        Section("summary", "1", "Summary", (
            Paragraph(("This report says how many complaints about children's social care the council received in ",
                       Strong("Q3 2018/19"), " (October to December 2018), and what it learned from them.")),
            ListBlock((
                stage_1(),
                (Strong("In time: "), shown(rate("in_time_rate", 23, 51, stage="stage-1")), " were answered within the "
                 "limit, against ", shown(rate("in_time_rate", 11, 40, QUARTER.previous, stage="stage-1")),
                 " last quarter."),
                ("Families were contacted ", shown(million), " times.",),
            )),
            Paragraph(("One of the six quarters has no data. Comparisons across it are left out.",), Tone.WARNING),
        )),
        Section("procedure", "2", "The complaints procedure", (
            Paragraph(("Complaints go through up to three stages, and then to the Ombudsman. Text with signs that "
                       f"mean something elsewhere is only text: {SIGNS}.",)),
            ListBlock((("The service answers within its limit.",), ("An investigating officer and an independent "
                       "person look into it.",), ("A review panel of three considers it.",)), ordered=True),
        )),
        Section("stages", "3", "Complaints by stage", (
            Paragraph(("The table sets out every quarter from Q2 2017/18.",)),
            stage_table(),
            stage_chart(),
        ), (
            Section("stage-1", "3.1", "Stage 1", (Paragraph(stage_1()), rate_chart(), rate_table())),
            Section("stage-2", "3.2", "Stage 2", (
                Paragraph(("There were ", shown(stage_2), " stage 2 complaints, ", change(stage_2, before),
                           " on last quarter. All ", shown(stage_2, "four"), " are still open.")),
                Paragraph(("An open case is neither in time nor late until its limit has passed.",), Tone.NOTE),
            )),
            Section("stage-3", "3.3", "Stage 3 and the Ombudsman", (
                Paragraph(("There were ", shown(stage_3, "no"), " stage 3 complaints.")),
                grouped_table(),
            )),
        )),
        Section("teams-section", "4", "By service team", (team_chart(), team_table())),
        Section("learning", "5", "Themes and learning", (
            ListBlock((("No communication or lack of support from the social worker",), ("Unable to contact the social "
                       "worker",), ("Contents of assessments, or a request that was not granted",)), ordered=True),
            actions_table(),
            Paragraph(("Emoji and letters of other scripts are kept: 👍 বাংলা, 中文, العربية, Ωμέγα, кириллица.",)),
        )),
    )  # fmt: skip


def slides() -> tuple[Section, ...]:
    return (
        Section("slide-brief", "1", "In brief", (
            ListBlock((stage_1(), ("Families were contacted ", shown(count("contacts", 1_234_567)), " times.",))),
        )),
        Section("slide-stages", "2", "Stage 1 by quarter", (stage_chart(), rate_table())),
        Section("slide-teams", "3", f"By team {SIGNS}", (team_table(), grouped_table())),
    )  # fmt: skip


def report() -> Report:
    """The whole report."""
    return Report(
        QUARTER,
        date(2019, 3, 12),
        Cover(
            "Anyborough Council", "Children's complaints: quarterly report", "Q3 2018/19, October to December 2018",
            (("Report to", "Children and Young People Scrutiny Sub-Committee, 12 March 2019"),
             ("Subject", "Statutory children's complaints, Q3 2018/19"),
             ("Lead officer", "Director of Early Help & Children's Social Care"),
             ("Cabinet member", "Cabinet Member for Children, Young People and Learning")),
            "For general release",
        ),
        sections(),
        (
            Definition("received", "Received", "Complaints whose date of receipt or request is in the period."),
            Definition("in_time", "In time", "Answered within the limit in force for that stage, with a valid "
                       "extension."),
            Definition("upheld", "Upheld", "Decided, and upheld in full."),
            Definition("upheld_rate", "Upheld, per cent", "Upheld, out of those received."),
        ),
        Provenance("the example register", date(2019, 3, 12), None, "0" * 64, "children-england 2006", "1", "0.1.0"),
        slides=slides(),
    )  # fmt: skip


def smaller(**changes: object) -> Report:
    """A report with one short section, and `changes` to its fields."""
    whole = report()
    section = Section("summary", "1", "Summary", (Paragraph(("Nothing was received.",)),))
    return replace(whole, **{"sections": (section,), **changes})  # type: ignore[arg-type]
