"""Which column of a file is which of ours: by its heading, as far as the cells agree, and asked where two fit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from upheld.register.layout import BY_ID, COLUMNS, Column, Form
from upheld.register.mapping.load import OF_A_STAGE
from upheld.register.mapping.model import EXTRA_COLUMNS, IN_TIME
from upheld.register.understanding.model import About, LeftOut, Question, Reading, Sureness
from upheld.register.understanding.table import FileColumn, rank_of
from upheld.register.understanding.usual import Rank, usual
from upheld.register.understanding.words import is_choice, known_share

_NAMES = ("child_name", "complainant_name")  # of people: read where the heading is sure, never by the way
_ENOUGH = 0.5  # of the cells must hold known words for a column of choices to be one
_PROOF = 0.8  # so many prove it, whatever the heading
OURS = tuple(column.id for column in COLUMNS) + tuple(EXTRA_COLUMNS)


@dataclass(slots=True)
class Assigned:
    """What columns were taken for, so far."""

    readings: list[Reading] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    taken: dict[int, tuple[str, str]] = field(default_factory=dict)  # index -> (stage, column of ours)
    open_for: dict[int, str] = field(default_factory=dict)  # index -> column of ours that it may be, as is asked


def assign(columns: Sequence[FileColumn], ours: Sequence[str], assigned: Assigned, *, stage: str = "") -> None:
    """Find each of our columns among those of the file; what is found, asked or passed over goes to `assigned`.

    `stage` is that of the group which the columns stand in, where a row holds several stages.
    """
    for rank in (Rank.SURE, Rank.PERHAPS):
        for column in ours:
            if any(r.column == column and r.stage == stage for r in assigned.readings):
                continue
            fitting = [
                each
                for each in columns
                if each.index not in assigned.taken
                and each.index not in assigned.open_for
                and _rank(each, column, stage) is rank
                and _fits(column, each, rank)
            ]
            if fitting and (rank is Rank.SURE or column not in _NAMES):
                _take(fitting, column, stage, rank, assigned)


def _rank(each: FileColumn, column: str, stage: str) -> Rank:
    if stage:
        return rank_of(each, column, of_stage=True)
    if column == "due":
        return Rank.NONE  # the Ombudsman's alone: every other limit is worked out
    rank = rank_of(each, column, of_stage=False)
    if column == "received" and rank is Rank.NONE and each.rest in usual().of_stage:
        return Rank.PERHAPS
    if column == "stage" and rank is Rank.NONE and _says_stages(each):
        return Rank.PERHAPS
    return rank


def _says_stages(each: FileColumn) -> bool:
    """Whether the cells name stages by that word, whatever the heading."""
    words = each.profile.words
    named = sum(count for word, count in words.items() if "stage" in word.lower())
    return named * 2 > each.profile.filled and known_share("stage", each.profile) >= _PROOF


def _fits(column: str, each: FileColumn, rank: Rank) -> bool:
    profile = each.profile
    needed = column in BY_ID and BY_ID[column].required
    if not profile.filled:
        return rank is Rank.SURE  # it may be filled the next time
    form = BY_ID[column].form if column in BY_ID else Form.TEXT
    if form is Form.DATE:
        return profile.holds_dates or (rank is Rank.SURE and needed and profile.dates * 2 >= profile.filled)
    if is_choice(column):
        if rank is Rank.SURE and column in ("stage", "outcome"):
            return not profile.free and not profile.holds_dates
        return known_share(column, profile, ";" if form is Form.CHOICE_LIST else "") >= _ENOUGH
    if column == "complainant_name" and known_share("complainant", profile) >= _ENOUGH:
        return False
    return not profile.holds_dates


def _take(fitting: Sequence[FileColumn], column: str, stage: str, rank: Rank, assigned: Assigned) -> None:
    names = tuple(each.name for each in fitting)
    where = f" of {BY_ID['stage'].choices[stage]}" if stage else ""
    heading = _heading(column)
    if len(fitting) > 1:
        quoted = " or ".join(f"“{name}”" for name in names)
        text = f"Which column is {heading}{where}: {quoted}?"
        assigned.questions.append(Question(About.COLUMN, text, column, stage, options=names))
        assigned.readings.append(Reading(column, (), Sureness.ASKED, stage=stage))
        assigned.open_for.update({each.index: column for each in fitting})
        return
    (each,) = fitting
    proven = is_choice(column) and known_share(column, each.profile) >= _PROOF
    sure = rank is Rank.SURE or proven
    if not sure:
        text = f"Is “{each.name}” {heading}{where}{_doubt(column)}? No other column seems to be."
        assigned.questions.append(Question(About.CONFIRM, text, column, stage, options=names))
    sureness = Sureness.SURE if sure else Sureness.LIKELY
    examples = () if column in _NAMES else tuple(each.profile.examples)  # nobody's name is shown or written down
    assigned.readings.append(Reading(column, names, sureness, examples, stage))
    assigned.taken[each.index] = (stage, column)


def _doubt(column: str) -> str:
    return {
        "received": ", the date on which the complaint or request came in",
        "answered": ", the date on which the response was sent",
        "reference": ", one for each complaint and the same in all its stages",
        "outcome": ", what was decided",
        "themes": ", what the complaint is about",
    }.get(column, "")


def _heading(column: str) -> str:
    return {IN_TIME: "the file's own word on being in time", "linked": "the case that this one goes on from"}.get(
        column, ""
    ) or BY_ID[column].heading


def missing(ours: Sequence[str], assigned: Assigned, *, stage: str = "") -> Iterator[Question]:
    """A question for each column that every row needs and that was not found."""
    where = f" of {BY_ID['stage'].choices[stage]}" if stage else ""
    for column in (BY_ID[each] for each in ours if each in BY_ID):
        if column.required and not any(r.column == column.id and r.stage == stage for r in assigned.readings):
            yield Question(About.MISSING, _where_is(column, where), column.id, stage, options=_constants(column))


def _where_is(column: Column, where: str) -> str:
    texts = {
        "service": "No column says which service a team belongs to. Write one service for every row, or the service of "
        "each team.",
        "themes": "No column says what a complaint is about. Name one, or write “Not recorded” for every row.",
        "stage": "No column says which stage a row is about. Name one, or write one stage for every row.",
    }
    return texts.get(column.id, f"No column is {column.heading}{where}, and every row needs it. Which one is it?")


def _constants(column: Column) -> tuple[str, ...]:
    return tuple(column.choices.values()) if column.form is Form.CHOICE else ()


def pass_over(columns: Sequence[FileColumn], assigned: Assigned) -> None:
    """Say of every other column why it is not read."""
    for each in columns:
        if each.index in assigned.taken or each.index in assigned.open_for:
            continue
        if not each.profile.filled:
            why = "it is empty"
        elif each.last in usual().left_out or each.rest in usual().left_out:
            why = "the record needs it not, or works it out"
        elif (other := _could_be(each, assigned)) is not None:
            why = f"{_heading(other)} is found elsewhere, or its cells are no such thing"
        else:
            why = "it is not known"
        assigned.left_out.append(LeftOut(each.name, why))


def _could_be(each: FileColumn, assigned: Assigned) -> str | None:
    found = {reading.column for reading in assigned.readings}
    ranks = {column: max(rank_of(each, column, of_stage=bool(each.stage)), Rank.NONE) for column in OURS}
    return next((column for column, rank in ranks.items() if rank and (column in found or rank is Rank.SURE)), None)


__all__ = ["OF_A_STAGE", "OURS", "Assigned", "assign", "missing", "pass_over"]
