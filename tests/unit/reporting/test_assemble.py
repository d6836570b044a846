"""A report put together: the day that its figures are judged at, its style in the council's colour."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.facts import case_facts, source_of, stage_fact
from upheld.documents.style import HouseStyle
from upheld.figures.period import Quarter
from upheld.narrative.commentary import Commentary, CommentaryFault
from upheld.narrative.papers import Papers
from upheld.narrative.report import Cover
from upheld.reporting.assemble import assembled, day_of_figures, house_style
from upheld.web.branding import contrast

Q3 = Quarter(2018, 3)
TODAY = date(2019, 3, 20)
COVER = Cover("Example Council", "Complaints", "", ())


def papers(as_at: date | None = None, **commentary: object) -> Papers:
    return Papers(COVER, Commentary(**commentary), as_at)  # type: ignore[arg-type]


def test_figures_are_judged_today_unless_the_papers_state_a_day() -> None:
    assert day_of_figures(papers(), Q3, today=TODAY) == TODAY
    assert day_of_figures(papers(date(2019, 3, 12)), Q3, today=TODAY) == date(2019, 3, 12)
    assert day_of_figures(papers(TODAY), Q3, today=TODAY) == TODAY
    assert day_of_figures(papers(Q3.start), Q3, today=TODAY) == Q3.start


@pytest.mark.parametrize(
    ("as_at", "message"),
    [(date(2019, 3, 21), "which has not come yet"), (date(2018, 9, 30), "before Q3 2018/19 begins on 2018-10-01")],
)
def test_a_day_that_cannot_be_is_refused_with_its_place(as_at: date, message: str) -> None:
    with pytest.raises(CommentaryFault, match=rf"cover\.toml: as_at is {as_at.isoformat()}.*{message}"):
        day_of_figures(papers(as_at), Q3, today=TODAY)


def test_a_report_holds_the_figures_of_its_day() -> None:
    source = source_of(case_facts(stage_fact("a", received_on=Q3.start, answered_on=date(2019, 3, 1))))
    before = assembled(source, Q3, papers(), as_at=date(2019, 2, 1))
    after = assembled(source, Q3, papers(), as_at=date(2019, 3, 1))

    def still_open(report: object) -> int:
        numbers = report.numbers()  # type: ignore[attr-defined]
        return next(n.value for n in numbers if n.id == "open@Q3 2018/19?stage=stage-1#value")

    assert (before.as_at, after.as_at) == (date(2019, 2, 1), date(2019, 3, 1))
    assert (still_open(before), still_open(after)) == (1, 0)


def test_a_commentary_that_names_a_figure_that_there_is_not_is_refused() -> None:
    source = source_of(case_facts(stage_fact("a", received_on=Q3.start)))
    with pytest.raises(CommentaryFault, match=r"names \{figure:recieved stage=stage-1\}"):
        assembled(source, Q3, papers(notes=("So {figure:recieved stage=stage-1} came.",)), as_at=TODAY)


@given(st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}"))
def test_headings_can_be_read_in_any_colour(brand: str) -> None:
    style = house_style(council="Example Council", brand=brand)
    assert contrast(style.accent, "#ffffff") >= 7
    assert contrast(style.ink, style.accent_tint) >= 7


def test_a_dark_brand_stays_as_it_is() -> None:
    assert house_style(council="C", brand="#1d4f63").accent == HouseStyle().accent
