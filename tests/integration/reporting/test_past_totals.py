"""Figures published before the record: kept as published, replaced in the open, beside the record and never in it."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from selectolax.lexbor import LexborHTMLParser

from tests.factories.accounts import make_user
from tests.factories.cases import AT, record
from tests.factories.registers import TODAY, row
from tests.integration.reporting.pages import MANAGER, read, signed_in
from upheld.cases.queries.facts import PostgresFacts
from upheld.figures.past import PastTotal
from upheld.figures.past_file import HEADINGS, BadPastTotals, read_past_totals, template
from upheld.figures.period import Quarter
from upheld.narrative.papers import papers
from upheld.narrative.report import Number, plain
from upheld.reporting.actions import PastRecorded, record_past_totals
from upheld.reporting.assemble import assembled
from upheld.reporting.models import PastFigure
from upheld.reporting.past_queries import past_totals, present_totals, reconciled

pytestmark = pytest.mark.django_db

Q3, Q4 = Quarter.parse("Q3 2018/19"), Quarter.parse("Q4 2017/18")
STAGE_1 = (("stage", "stage-1"),)
STAGES = {"stage-1": "Stage 1", "stage-2": "Stage 2"}
PAPER = "Committee paper of 12 March 2019"


def total(value: int, figure: str = "received", period: Quarter = Q4, base: int | None = None) -> PastTotal:
    return PastTotal(figure, period, STAGE_1, value, base, PAPER, "4", "")


def keep(*totals: PastTotal) -> PastRecorded:
    return record_past_totals(totals, by=None, at=AT)


def test_a_number_is_kept_replaced_in_the_open_and_known_again() -> None:
    assert keep(total(26), total(5, "upheld")) == PastRecorded(2, 0, 0)
    assert keep(total(26), total(6, "upheld")) == PastRecorded(0, 1, 1)
    assert keep(total(7, "upheld")) == PastRecorded(0, 1, 0)
    assert [(k.total.figure, k.total.value, [b.value for b in k.before]) for k in past_totals()] == [
        ("received", 26, []), ("upheld", 7, [6, 5]),
    ]  # fmt: skip


def test_the_database_refuses_to_change_what_was_entered() -> None:
    keep(total(26))
    for statement in ("UPDATE reporting_pastfigure SET value = 1", "DELETE FROM reporting_pastfigure"):
        with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    first = PastFigure.objects.get()
    plain_row = {"figure": "received", "quarter": "2017-18-q4", "value": 1, "source": "x", "recorded_at": AT}
    for values, constraint in (
        ({"figure": "upheld", "supersedes": first}, "past_figure_replaces_the_same"),
        ({"breakdown": [["stage", "stage-1"]]}, "past_figure_is_one_number"),
        ({"value": -1}, "past_figure_is_not_negative"),
        ({"source": ""}, "past_figure_has_source"),
        ({"quarter": "2018"}, "past_figure_of_quarter"),
    ):
        said = constraint if "replaces" not in constraint else "same number"
        with pytest.raises(IntegrityError, match=said), transaction.atomic():
            PastFigure.objects.create(**plain_row | values)


def test_each_is_set_beside_the_record_and_the_difference_said() -> None:
    record(row(received="2018-11-01", answered="2018-11-05", outcome="Upheld"))
    keep(total(26), total(1, period=Q3), total(3, "upheld", Q3), total(45, "in_time_rate", Q3, 51),
         PastTotal("received", Q3, (*STAGE_1, ("team", "north  TEAM")), 4, None, PAPER),
         PastTotal("received", Q3, (*STAGE_1, ("team", "Gone")), 2, None, PAPER))  # fmt: skip
    found = [(r.past.period.label, r.past.figure, r.past.value, r.difference, r.in_words)
             for r in reconciled(as_at=TODAY)]  # fmt: skip
    assert found == [
        ("Q4 2017/18", "received", 26, None, "the record has no data"),
        ("Q3 2018/19", "in_time_rate", 45, 55, "+55"),
        ("Q3 2018/19", "received", 1, 0, "the same"),
        ("Q3 2018/19", "received", 2, None, "the record has no data"),
        ("Q3 2018/19", "received", 4, -3, "−3"),
        ("Q3 2018/19", "upheld", 3, -2, "−2"),
    ]


def test_the_report_shows_them_in_a_gap_and_never_in_its_sums() -> None:
    record(row(received="2018-11-01"))
    keep(total(26), total(1, period=Q3), total(5, "received", Quarter.parse("Q2 2018/19")))
    report = assembled(PostgresFacts(), Q3, papers(Q3, council="Example"), as_at=TODAY, past=present_totals())
    stages = next(table for table in report.tables() if table.id == "table-stages")
    rows = [[plain(cell.runs) for cell in r.cells] for r in stages.rows]
    place = next(i for i, cells in enumerate(rows) if cells[0] == "Received, as published")
    assert rows[place] == ["Received, as published", "", "", "26", "", "5", ""]
    assert rows[place - 1] == ["Received", "no data", "no data", "no data", "no data", "no data", "1"]
    assert [cells[0] for cells in rows].count("Received, as published") == 1
    number = stages.rows[place].cells[3].runs[0]
    assert isinstance(number, Number)
    assert number.id == "published_received@Q4 2017/18?stage=stage-1#value"
    assert plain(stages.notes[-1]).endswith(f"Published in: {PAPER}.")


def test_the_dashboard_shows_them_beside_its_series() -> None:
    record(row(received="2018-01-01"), row(reference="T-2", received="2018-11-01"))
    keep(total(26), total(7, "upheld"), total(18, period=Quarter.parse("Q1 2018/19")))
    page = read(signed_in(), "/?quarter=2018-19-q3")
    table = page.css_first("#table-quarters")
    cells = [[" ".join(c.text().split()) for c in r.css("th, td")] for r in table.css("tr")]
    assert cells[0] == ["Quarter received", "Received", "In time", "Upheld", "As published"]
    assert cells[1] == ["Q4 2017/18", "1", "0", "0", "26 received, 7 upheld"]
    assert cells[2] == ["Q1 2018/19", "no data", "no data", "no data", "18 received"]
    keep_nothing = read(signed_in(), "/?quarter=2018-19-q3&service=care").css_first("#table-quarters")
    assert "As published" not in keep_nothing.text()


def text(page: LexborHTMLParser) -> str:
    main = page.css_first("main")
    assert main is not None
    return " ".join(main.text(separator=" ").split())


ENTERED = {"figure": "received", "quarter": "Q4 2017/18", "stage": "stage-1", "value": "26", "source": PAPER}


def test_one_is_entered_on_a_page_without_scripts() -> None:
    client = signed_in()
    assert "None has been entered." in text(read(client, "/reports/published/"))
    for value, said in (("26", "is recorded."), ("26", "was recorded before."), ("27", "the earlier number stays")):
        done = client.post("/reports/published/add/", ENTERED | {"value": value, "page": "4"}, follow=True)
        assert said in text(LexborHTMLParser(done.content))
    shown = text(read(client, "/reports/published/"))
    assert f"Received, Stage 1 Q4 2017/18 27 (before: 26) No data – {PAPER}, page 4" in shown


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"value": "many"}, "Value: “many” is not a whole number"),
        ({"quarter": "2018"}, "“2018” is not a quarter"),
        ({"source": ""}, "Say where it was published"),
        ({"out_of": "51"}, "is a count, so it is not out of anything"),
        ({"figure": "in_time_rate", "value": "101"}, "is in per cent"),
    ],
)
def test_a_mistake_is_said(given: dict[str, str], said: str) -> None:
    done = signed_in().post("/reports/published/add/", ENTERED | given)
    assert said in text(LexborHTMLParser(done.content))
    assert not PastFigure.objects.exists()


def test_who_may() -> None:
    for role, sees, enters in ((MANAGER, 200, 200), ("director", 200, 403), ("system-administrator", 403, 403)):
        client = signed_in(role)
        assert client.get("/reports/published/").status_code == sees
        assert client.get("/reports/published/add/").status_code == enters
    with pytest.raises(PermissionDenied):
        record_past_totals([total(1)], by=make_user(roles=["director"]), at=AT + timedelta(1))


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "past.csv"
    lines = ['received,Q4 2017/18,Stage 1,,,,"1,026",,Paper,4,', "in_time_rate,17/18 Q4,stage-1,,LAC,,45%,51,Paper,,n"]
    path.write_bytes(template() + ("\r\n".join(lines)).encode())
    assert read_past_totals(path, stages=STAGES) == (
        PastTotal("received", Q4, STAGE_1, 1026, None, "Paper", "4", ""),
        PastTotal("in_time_rate", Q4, (*STAGE_1, ("team", "LAC")), 45, 51, "Paper", "", "n"),
    )
    assert len(HEADINGS) == 11


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("Figure,Quarter,Value\n", "has no column “Source”"),
        ("Figure,Quarter,Value,Source\n", "no rows under them"),
        ("Figure,Quarter,Value,Source\nmany,Q4 2017/18,1,P\n", "row 2: There is no figure “many”"),
        ("Figure,Quarter,Value,Source\nreceived,soon,1,P\n", "row 2: “soon” is not a quarter"),
        ("Figure,Quarter,Value,Source\nreceived,Q4 2017/18,,P\n", "row 2: Value is empty"),
        ("Figure,Quarter,Value,Source\nreceived,Q4 2017/18,1,\n", "row 2: Source is empty"),
        ("Figure,Quarter,Value,Source\nreceived,Q4 2017/18,1,P\nreceived,Q4 2017/18,2,P\n", "stands in row 2 already"),
        ("Figure,Quarter,Value,Source,Stage\nreceived,Q4 2017/18,1,P,Stage 9\n", "“Stage 9” is not one of: Stage 1"),
    ],
)
def test_a_bad_file_is_refused_in_words(content: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "past.csv"
    path.write_text(content)
    with pytest.raises(BadPastTotals, match=said):
        read_past_totals(path, stages=STAGES)
