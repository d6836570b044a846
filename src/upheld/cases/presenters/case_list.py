"""The list of cases behind a number, in words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.core.paginator import Page
from django.urls import reverse

from upheld.cases.forms import RECEIVED, Selection
from upheld.cases.presenters.standing import TAGS, Tag, next_limit, standing
from upheld.cases.presenters.words import outcome_words, stage_words
from upheld.cases.queries.case_list import Listed, SortBy
from upheld.cases.queries.labels import Labels
from upheld.figures.declare import Cohort
from upheld.figures.definitions import CATALOGUE
from upheld.web.formats import format_date, format_number

_HEADS = (
    ("Reference", SortBy.REFERENCE),
    ("Stage", SortBy.STAGE),
    ("Received", SortBy.RECEIVED),
    ("Limit", SortBy.DUE),
    ("Answered", SortBy.ANSWERED),
    ("Standing", None),
    ("Outcome", None),
    ("Team and main theme", None),
)


@dataclass(frozen=True, slots=True)
class Head:
    """The heading of a column. `href` sorts by it; `sorted` is how it is sorted now, as screen readers say it."""

    text: str
    href: str
    sorted: str
    hint: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One stage of one case."""

    reference: str
    href: str
    stage: str
    received: date | None
    due: date | None
    answered: date | None
    tag: Tag
    outcome: str
    team: str
    theme: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """Everything on the page but its filters."""

    title: str
    heading: str
    caption: str
    count: int
    definition: str
    as_at: str
    heads: tuple[Head, ...]
    rows: tuple[CaseRow, ...]
    clear_href: str
    back_href: str
    page: Page
    page_prefix: str


def list_page(
    selection: Selection, *, count: int, rows: Sequence[Listed], page: Page, labels: Labels, today: date
) -> ListPage:
    """The page of a selection. `rows` are those of the page that is shown, `count` those of all."""
    figure = CATALOGUE.figure(selection.figure)
    quarter = selection.quarter
    day = _judged_on(selection)
    title = f"{figure.label}, {quarter.label}" if quarter else "All cases"
    return ListPage(
        title=title,
        heading=f"{title}: {format_number(count)}",
        caption=", ".join(labels.get((d, code), code) for d, code in selection.where),
        count=count,
        definition=figure.definition if quarter else "Everything received, or asked for, at every stage.",
        as_at="" if day == today else format_date(day),
        heads=tuple(_head(text, sort, selection, today) for text, sort in _HEADS),
        rows=tuple(_row(listed, day, labels) for listed in rows),
        clear_href=reverse("cases") if _query(selection, today) else "",
        back_href=_back(selection),
        page=page,
        page_prefix=f"{_address(selection, today)}{'&' if _query(selection, today) else '?'}page=",
    )


def _row(listed: Listed, as_at: date, labels: Labels) -> CaseRow:
    stage = listed.stage
    known = stage.answered_on if stage.answered_on is not None and stage.answered_on <= as_at else None
    decided = stage.outcome is not None and stage.outcome_on is not None and stage.outcome_on <= as_at
    return CaseRow(
        reference=listed.reference,
        href=reverse("case", args=[listed.case]),
        stage=stage_words(stage, labels),
        received=stage.received_on,
        due=next_limit(stage, as_at),
        answered=known,
        tag=TAGS[standing(stage, as_at)],
        outcome=outcome_words(stage.outcome) if decided and stage.outcome else "",
        team=labels.get(("team", stage.team), stage.team),
        theme=labels.get(("theme", stage.theme), stage.theme),
    )


def _judged_on(selection: Selection) -> date:
    """The day at whose end the rows are shown: of the figures, or, for what was open at a quarter's end, that end."""
    quarter = selection.quarter
    if quarter is not None and CATALOGUE.figure(selection.figure).cohort is Cohort.STOCK:
        return min(quarter.end, selection.as_at)
    return selection.as_at


def _head(text: str, sort: SortBy | None, selection: Selection, today: date) -> Head:
    if sort is None:
        return Head(text, "", "", "")
    current = sort is selection.sort
    turned = replace(selection, sort=sort, descending=current and not selection.descending)
    state = ("descending" if selection.descending else "ascending") if current else "none"
    hint = "sort the other way round" if current else "sort by this"
    return Head(text, _address(turned, today), state, hint)


def _back(selection: Selection) -> str:
    """The start page as it was before a number led here: its quarter and service. Empty for a list of no quarter."""
    quarter = selection.came_from or selection.quarter
    if quarter is None:
        return ""
    kept = {"quarter": quarter.slug, **{d: code for d, code in selection.where if d == "service"}}
    return f"/?{urlencode(kept)}"


def _query(selection: Selection, today: date) -> str:
    asked = {
        "figure": selection.figure if selection.figure != RECEIVED else "",
        "quarter": selection.quarter.slug if selection.quarter else "",
        **dict(selection.where),
        "as_at": selection.as_at.isoformat() if selection.as_at != today else "",
        "came_from": selection.came_from.slug if selection.came_from else "",
        "sort": f"{'-' if selection.descending else ''}{selection.sort}",
    }
    if asked["sort"] == f"-{SortBy.RECEIVED}":
        asked["sort"] = ""
    return urlencode({name: value for name, value in asked.items() if value})


def _address(selection: Selection, today: date) -> str:
    query = _query(selection, today)
    return reverse("cases") + (f"?{query}" if query else "")
