"""What may be done next, and why the rest may not. The table of moves is the pack's; nothing unlawful is in it."""

from dataclasses import dataclass
from datetime import date

from upheld.procedure.calendar import Calendar
from upheld.procedure.clocks import runs_of
from upheld.procedure.events import Event
from upheld.procedure.history import History
from upheld.procedure.lookup import CaseEvents, says
from upheld.procedure.needs import NEEDS, Asked
from upheld.procedure.pack import Pack, PackError
from upheld.procedure.rules import MoveRule, State

SAME = "same"


@dataclass(frozen=True, slots=True)
class MoveOption:
    """A step of the pack's table: whether it may be taken now, and if not, why."""

    rule: MoveRule
    allowed: bool
    why_not: tuple[str, ...]


def opening_state(pack: Pack) -> State:
    """The state of a case to which nothing has happened."""
    return next(state for state in pack.states if state.opens)


def state_of(history: History, pack: Pack) -> State:
    """Where the case stands, from what happened: the record is believed, whether or not each step was open to anyone.

    An event about one point alone moves the point and not the case. An event that the table does not know changes
    nothing.
    """
    state = opening_state(pack)
    ordered = sorted(history.standing, key=lambda event: (event.on.earliest, event.sequence))
    for event in ordered:
        state = _after(state, event, pack)
    return state


def _after(state: State, event: Event, pack: Pack) -> State:
    if event.data.get("point") is not None:
        return state
    known = [rule for rule in pack.moves if rule.event is event.kind and _fits(rule, event)]
    # Where several moves share an event, the one that was open from here tells what it was.
    rule = next((each for each in known if state.code in each.sources), known[0] if known else None)
    if rule is None or rule.target == SAME:
        return state
    return next(each for each in pack.states if each.code == rule.target)


def _fits(rule: MoveRule, event: Event) -> bool:
    same_stage = rule.stage is None or event.stage is None or rule.stage == event.stage
    return same_stage and says(event, rule.where)


def moves(history: History, pack: Pack, calendar: Calendar, *, on: date) -> tuple[MoveOption, ...]:
    """Every step of the table on the day `on`, in the pack's order: the steps allowed, and why the others are not."""
    case = CaseEvents(history.up_to(on), pack, calendar.as_known(on))
    state = state_of(case.history, case.pack)
    runs = runs_of(case)
    return tuple(_option(rule, state, Asked(case, runs, on, rule)) for rule in case.pack.moves)


def _option(rule: MoveRule, state: State, asked: Asked) -> MoveOption:
    if state.code not in rule.sources:
        labels = {each.code: each.label for each in asked.case.pack.states}
        open_from = ", ".join(labels[code] for code in rule.sources)
        return MoveOption(rule, False, (f"the case stands at: {state.label}. This step is open at: {open_from}.",))
    why_not = tuple(why for need in rule.needs if (why := NEEDS[need][1](asked)))
    return MoveOption(rule, not why_not, why_not)


def check_move(history: History, pack: Pack, calendar: Calendar, *, move: str, on: date) -> MoveRule:
    """The move, where it may be taken; otherwise PackError says why not.

    Recording what did happen needs no such leave.
    """
    for option in moves(history, pack, calendar, on=on):
        if option.rule.id == move:
            if option.allowed:
                return option.rule
            raise PackError(f"{option.rule.label}: not now. " + " ".join(option.why_not))
    raise PackError(f"{pack.title} has no step {move!r}.")
