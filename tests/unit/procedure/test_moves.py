"""What may be done next, and why the rest may not."""

from datetime import date

import pytest

from tests.unit.procedure.builders import CHILDREN, case, event, received
from upheld.procedure import PACKS, Event, PackError, check_move, load_calendar, load_pack, moves, state_of
from upheld.procedure.faults import CHECKS
from upheld.procedure.moves import SAME, opening_state
from upheld.procedure.needs import NEEDS

D = date.fromisoformat
SIX = dict.fromkeys(
    (
        "robust_report",
        "complete_adjudication",
        "all_significant_upheld",
        "action_plan",
        "desired_outcomes_met",
        "complainant_agrees",
    ),
    True,
)
ASKED = event("stage-requested", "2024-08-29", "stage-2")
ANSWERED_1 = event("response-sent", "2024-08-10", "stage-1")
ANSWERED_2 = event("response-sent", "2024-11-01", "stage-2")
PANEL = event("stage-requested", "2024-11-20", "stage-3")
UP_TO_PANEL = (received("2024-08-01"), ANSWERED_1, ASKED, ANSWERED_2, PANEL)


def state(*events: Event, pack: str = CHILDREN) -> str:
    return state_of(case(*events), load_pack(pack)).code


def why_not(move: str, day: str, *events: Event, pack: str = CHILDREN) -> tuple[str, ...] | None:
    """Why a step may not be taken; None where it may."""
    options = {each.rule.id: each for each in moves(case(*events), load_pack(pack), load_calendar(), on=D(day))}
    option = options[move]
    assert option.allowed is not bool(option.why_not)
    return option.why_not if option.why_not else None


@pytest.mark.parametrize(
    ("events", "code"),
    [
        ((), "contact"),
        ((event("intention-known", "2024-07-30"),), "contact"),
        ((received("2024-08-01"),), "stage-1"),
        ((received("2024-08-01"), ANSWERED_1), "stage-1-answered"),
        ((received("2024-08-01"), event("stage-1-skipped", "2024-08-02")), "stage-2"),
        ((received("2024-08-01"), event("resolved", "2024-08-09", "stage-1")), "resolved"),
        ((received("2024-08-01"), ASKED), "stage-2"),
        (UP_TO_PANEL[:4], "stage-2-answered"),
        (UP_TO_PANEL, "stage-3"),
        ((*UP_TO_PANEL, event("panel-held", "2024-12-10", "stage-3")), "panel-held"),
        (
            (
                *UP_TO_PANEL,
                event("panel-held", "2024-12-10", "stage-3"),
                event("panel-report-sent", "2024-12-12", "stage-3"),
            ),
            "panel-reported",
        ),
        ((*UP_TO_PANEL, event("response-to-panel-sent", "2025-01-06", "stage-3")), "stage-3-answered"),
        ((*UP_TO_PANEL, event("late-request-decided", "2024-11-25", "stage-3", accepted=False)), "stage-2-answered"),
        ((*UP_TO_PANEL, event("late-request-decided", "2024-11-25", "stage-3", accepted=True)), "stage-3"),
        ((*UP_TO_PANEL, event("early-referral-decided", "2024-11-25", **SIX)), "ombudsman"),
        ((*UP_TO_PANEL, event("early-referral-decided", "2024-11-25", **{**SIX, "action_plan": False})), "stage-3"),
        ((received("2024-08-01"), event("suspended", "2024-08-05", prejudice=True)), "suspended"),
        ((received("2024-08-01"), event("suspended", "2024-08-05", prejudice=True, point=1)), "stage-1"),
        ((received("2024-08-01"), event("suspended", "2024-08-05", prejudice=False)), "stage-1"),
        (
            (
                received("2024-08-01"),
                event("suspended", "2024-08-05", prejudice=True),
                event("resubmitted", "2024-12-05"),
            ),
            "stage-1",
        ),
        ((received("2024-08-01"), event("withdrawn", "2024-08-05", "stage-1")), "withdrawn"),
        ((received("2024-08-01"), event("withdrawn", "2024-08-05", "stage-1", point=1)), "stage-1"),
        (
            (received("2024-08-01"), event("sufficient-interest-decided", "2024-08-05", accepted=False)),
            "not-considered",
        ),
        ((received("2024-08-01"), event("sufficient-interest-decided", "2024-08-05", accepted=True)), "stage-1"),
        ((received("2024-08-01"), event("ombudsman-contacted", "2024-08-05")), "stage-1"),
        ((received("2024-08-01"), event("ombudsman-enquiry-received", "2024-09-05", "ombudsman")), "ombudsman"),
        (
            (
                received("2024-08-01"),
                event("ombudsman-enquiry-received", "2024-09-05", "ombudsman"),
                event("response-sent", "2024-09-20", "ombudsman"),
                event("ombudsman-decided", "2024-10-05", "ombudsman"),
            ),
            "ombudsman-decided",
        ),
        ((received("2024-08-01"), event("stage-refused", "2024-09-05", "stage-2")), "stage-1"),
        ((event("panel-held", "2024-09-05", "stage-3"),), "panel-held"),
        ((received("2024-08-01"), ANSWERED_1, event("case-closed", "2024-09-05")), "closed"),
        ((ANSWERED_1, received("2024-08-01")), "stage-1-answered"),
    ],
)
def test_where_a_case_stands(events: tuple[Event, ...], code: str) -> None:
    assert state(*events) == code


@pytest.mark.parametrize(
    ("move", "day", "events", "reasons"),
    [
        ("receive", "2024-08-01", (), None),
        ("request-stage-2", "2024-08-15", (received("2024-08-01"), ANSWERED_1), None),
        (
            "request-stage-2",
            "2024-08-05",
            (received("2024-08-01"),),
            ("stage 1 has not been answered, and its limit has not passed",),
        ),
        ("request-stage-2", "2024-08-16", (received("2024-08-01"),), None),
        ("request-stage-2", "2026-06-01", (received("2024-08-01"), ANSWERED_1), None),
        ("extend-stage-1", "2024-08-15", (received("2024-08-01"),), None),
        ("extend-stage-1", "2024-08-16", (received("2024-08-01"),), ("the limit of 15 August 2024 has passed",)),
        ("extend-stage-1", "2024-08-16", (received("2024-08-01", category="A5"),), ("the limit has not started",)),
        ("send-delay-notice", "2024-10-03", UP_TO_PANEL[:3], None),
        ("send-delay-notice", "2024-10-04", UP_TO_PANEL[:3], ("the limit of 3 October 2024 has passed",)),
        (
            "answer-stage-2",
            "2024-10-04",
            UP_TO_PANEL[:3],
            ("no independent person has been appointed",),
        ),
        (
            "answer-stage-2",
            "2024-10-04",
            (*UP_TO_PANEL[:3], event("independent-person-appointed", "2024-09-05", "stage-2")),
            None,
        ),
        ("adjudicate", "2024-10-04", UP_TO_PANEL[:3], ("the investigation has not been reported",)),
        (
            "adjudicate",
            "2024-10-04",
            (*UP_TO_PANEL[:3], event("investigation-reported", "2024-09-30", "stage-2")),
            None,
        ),
        ("finalise-record", "2024-09-04", UP_TO_PANEL[:3], ("the complaint was made in writing",)),
        ("finalise-record", "2024-09-04", (received("2024-08-01", oral=True), ASKED), None),
        ("finalise-record", "2024-09-04", (ASKED, event("details-recorded", "2024-09-02", oral=True)), None),
        ("request-panel", "2024-12-02", UP_TO_PANEL[:4], None),
        ("request-panel", "2024-12-03", UP_TO_PANEL[:4], None),
        (
            "request-panel",
            "2024-12-04",
            UP_TO_PANEL[:4],
            ("the twenty working days have passed: a late request needs a decision, with reasons",),
        ),
        ("refuse-late-panel-request", "2024-12-03", UP_TO_PANEL[:4], ("the request is in time",)),
        ("refuse-late-panel-request", "2024-12-04", UP_TO_PANEL[:4], None),
        ("refuse-late-panel-request", "2024-12-20", UP_TO_PANEL, ("the request is in time",)),
        ("accept-late-panel-request", "2024-12-20", (PANEL,), ("the time for asking has not started",)),
        ("hold-panel", "2024-12-20", UP_TO_PANEL, ("0 of 3 panel members have been appointed",)),
        (
            "hold-panel",
            "2024-12-20",
            (*UP_TO_PANEL, *(event("panellist-appointed", "2024-11-28", "stage-3", seat=seat) for seat in (1, 2, 3))),
            None,
        ),
        (
            "resubmit",
            "2024-12-20",
            (received("2024-08-01"), event("suspended", "2024-08-05", prejudice=True)),
            ("the other proceedings have not ended",),
        ),
        (
            "resubmit",
            "2024-12-20",
            (
                received("2024-08-01"),
                event("suspended", "2024-08-05", prejudice=True),
                event("proceedings-ended", "2024-12-01"),
            ),
            None,
        ),
        (
            "accept-interest",
            "2024-08-05",
            (received("2024-08-01", category="A2"),),
            ("the complainant is among those who need no decision on their interest",),
        ),
        ("accept-interest", "2024-08-05", (received("2024-08-01", category="A5"),), None),
        (
            "refuse-late",
            "2024-08-05",
            (received("2024-08-01"), event("point-raised", "2024-08-01", "stage-1", point=1, grounds="2024-01-09")),
            ("no point is recorded as raised more than a year after its grounds arose",),
        ),
        (
            "refuse-late",
            "2024-08-05",
            (received("2024-08-01"), event("point-raised", "2024-08-01", "stage-1", point=1, grounds="2023-01-09")),
            None,
        ),
        (
            "route-elsewhere",
            "2024-08-05",
            (
                received("2024-08-01"),
                event("point-raised", "2024-08-01", "stage-1", point=1, function="child-protection"),
            ),
            None,
        ),
        (
            "route-elsewhere",
            "2024-08-05",
            (
                received("2024-08-01"),
                event("point-raised", "2024-08-01", "stage-1", point=1, function="child-protection"),
                event("point-raised", "2024-08-01", "stage-1", point=2, function="part-3"),
            ),
            ("some point is about a function that the procedure covers, or does not say what it is about",),
        ),
        (
            "route-elsewhere",
            "2024-08-05",
            (received("2024-08-01"),),
            ("some point is about a function that the procedure covers, or does not say what it is about",),
        ),
        (
            "hold-panel",
            "2024-08-05",
            (received("2024-08-01"),),
            ("the case stands at: Stage 1 under way. This step is open at: Panel asked for.",),
        ),
        ("go-to-ombudsman", "2024-08-05", (received("2024-08-01"),), None),
        ("withdraw", "2024-08-05", (received("2024-08-01"),), None),
    ],
)
def test_why_a_step_may_not_be_taken(
    move: str, day: str, events: tuple[Event, ...], reasons: tuple[str, ...] | None
) -> None:
    assert why_not(move, day, *events) == reasons


def test_early_referral_needs_all_six_conditions() -> None:
    undecided = why_not("refer-early", "2024-11-25", *UP_TO_PANEL)
    assert undecided is not None
    assert undecided[0].startswith("the six conditions have not been decided on: The stage 2 report is robust; ")
    part = event("early-referral-decided", "2024-11-25", **{**SIX, "action_plan": False, "complainant_agrees": None})
    assert why_not("refer-early", "2024-11-25", *UP_TO_PANEL, part) == (
        "not all six conditions are met: There is a clear action plan; The complainant agrees",
    )
    assert why_not("accept-late-panel-request", "2024-11-25", *UP_TO_PANEL) == ("the request is in time",)


def test_a_case_is_closed_when_nothing_is_owed() -> None:
    events = (received("2024-08-01"), ANSWERED_1)
    owed = why_not("close", "2024-09-25", *events)
    assert owed is not None
    assert owed[0].startswith("still owed: On receipt: give details of the procedure")
    settled = (
        *events,
        event("receipt-information-given", "2024-08-02", procedure=True, help_offered=True),
        event("procedure-chosen", "2024-08-02", procedure="children-statutory"),
        event("outcome-recorded", "2024-08-10", "stage-1", outcome="upheld"),
        event("others-notified", "2024-08-10", "stage-1", child=True),
    )
    assert why_not("close", "2024-09-25", *settled) is None


def test_what_breaks_the_law_is_offered_by_nothing() -> None:
    offered = {(str(move.event), move.stage) for move in load_pack().moves}
    assert {kind for kind, _ in offered} & {"stage-refused", "extension-refused"} == set()


def test_a_move_is_checked_by_name() -> None:
    history = case(received("2024-08-01"))
    assert (
        check_move(history, load_pack(), load_calendar(), move="withdraw", on=D("2024-08-02")).label
        == "Withdraw the complaint"
    )
    with pytest.raises(
        PackError,
        match="because the complaint is complex: not now. the limit of 15 August 2024 has passed",
    ):
        check_move(history, load_pack(), load_calendar(), move="extend-stage-1", on=D("2024-08-16"))
    with pytest.raises(PackError, match=r"\(2006 Regulations\) has no step 'jump'"):
        check_move(history, load_pack(), load_calendar(), move="jump", on=D("2024-08-16"))


@pytest.mark.parametrize("pack", PACKS)
def test_every_move_leads_to_a_state_from_which_the_case_can_end(pack: str) -> None:
    loaded = load_pack(pack)
    ends = {state.code for state in loaded.states if state.ended}
    can_end = set(ends)
    grown = True
    while grown:
        before = len(can_end)
        for move in loaded.moves:
            if move.target in can_end:
                can_end |= set(move.sources)
        grown = len(can_end) > before
    assert {state.code for state in loaded.states} - can_end == set()
    assert [move.id for move in loaded.moves if move.target not in {SAME, *can_end}] == []


@pytest.mark.parametrize("pack", PACKS)
def test_every_state_can_be_reached(pack: str) -> None:
    loaded = load_pack(pack)
    reached = {opening_state(loaded).code}
    grown = True
    while grown:
        before = len(reached)
        for move in loaded.moves:
            if reached & set(move.sources) and move.target != SAME:
                reached.add(move.target)
        grown = len(reached) > before
    assert {state.code for state in loaded.states} - reached == set()


def test_every_need_and_check_of_the_packs_is_known_and_used() -> None:
    packs = [load_pack(pack) for pack in PACKS]
    needs = {need for pack in packs for move in pack.moves for need in move.needs}
    lawful = {
        code.attributes["lawful"]
        for pack in packs
        for codes in pack.codes.values()
        for code in codes
        if isinstance(code.attributes.get("lawful"), str)
    }
    assert needs == set(NEEDS)
    assert lawful | {breach.check for pack in packs for breach in pack.breaches if breach.check} == set(CHECKS)
