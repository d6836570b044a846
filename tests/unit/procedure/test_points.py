"""The points of a complaint, one by one."""

from datetime import date

from tests.unit.procedure.builders import case, event, received
from upheld.procedure import Event, PointStanding, load_calendar, load_pack, points


def standing(*events: Event, on: str = "2025-01-01") -> dict[int, PointStanding]:
    raised = [
        event("point-raised", "2024-06-03", "stage-1", point=2, function="child-protection"),
        event("point-raised", "2024-06-03", "stage-1", point=1, function="part-3"),
        event("point-raised", "2024-06-03", "stage-1", point=3, function="no-such-code"),
        event("point-raised", "2024-06-05", "stage-1", point=1, function="court-report"),
        event("point-raised", "2024-06-05", "stage-1"),
    ]
    found = points(
        case(received("2024-06-03"), *raised, *events), load_pack(), load_calendar(), on=date.fromisoformat(on)
    )
    assert [each.point for each in found] == sorted(each.point for each in found)
    return {each.point: each for each in found}


def test_what_each_point_is_about() -> None:
    assert {n: (p.function, p.in_scope, p.procedure, p.state) for n, p in standing().items()} == {
        1: ("part-3", True, None, "considered"),
        2: ("child-protection", False, None, "considered"),
        3: ("no-such-code", None, None, "considered"),
    }


def test_a_procedure_is_chosen_for_a_point_or_for_all() -> None:
    chosen = [
        event("procedure-chosen", "2024-06-04", procedure="corporate", point=2),
        event("procedure-chosen", "2024-06-05", procedure="children-statutory"),
    ]
    assert {n: p.procedure for n, p in standing(*chosen).items()} == {
        1: "children-statutory", 2: "corporate", 3: "children-statutory",
    }  # fmt: skip


def test_a_point_is_suspended_alone_and_may_come_back() -> None:
    held = event("suspended", "2024-06-10", point=1, prejudice=True)
    ended = event("proceedings-ended", "2024-07-10", point=1)
    back = event("resubmitted", "2024-08-10", point=1)
    events = (held, ended, back)
    assert [standing(*events, on=on)[1].state for on in ("2024-06-09", "2024-06-10", "2024-07-10", "2024-08-10")] == [
        "considered", "suspended", "may-be-resubmitted", "resubmitted",
    ]  # fmt: skip
    now = standing(*events)
    assert (str(now[1].suspended), str(now[1].resubmit_by)) == ("2024-06-10", "2025-07-10")
    assert (now[2].state, now[2].suspended, now[2].resubmit_by) == ("considered", None, None)


def test_a_suspension_without_a_point_holds_all_and_without_prejudice_none() -> None:
    assert {p.state for p in standing(event("suspended", "2024-06-10", prejudice=True)).values()} == {"suspended"}
    assert {p.state for p in standing(event("suspended", "2024-06-10")).values()} == {"considered"}


def test_a_point_may_be_withdrawn() -> None:
    found = standing(event("withdrawn", "2024-06-10", "stage-1", point=3))
    assert {n: p.state for n, p in found.items()} == {1: "considered", 2: "considered", 3: "withdrawn"}


def test_findings_by_stage() -> None:
    found = standing(
        event("finding-recorded", "2024-06-17", "stage-1", point=1, finding="not-upheld"),
        event("finding-recorded", "2024-09-17", "stage-2", point=1, finding="upheld"),
    )
    assert (found[1].findings, found[2].findings) == ({"stage-1": "not-upheld", "stage-2": "upheld"}, {})


def test_a_procedure_without_resubmission_gives_no_day() -> None:
    history = case(
        received("2025-06-03"),
        event("point-raised", "2025-06-03", "stage-1", point=1),
        event("suspended", "2025-06-10", prejudice=True),
        event("proceedings-ended", "2025-07-10"),
        pack="adults-england-2009",
    )
    (point,) = points(history, load_pack("adults-england-2009"), load_calendar(), on=date(2025, 8, 1))
    assert (point.state, point.resubmit_by, point.in_scope) == ("may-be-resubmitted", None, None)
