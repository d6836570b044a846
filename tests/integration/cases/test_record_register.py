"""Registers into the record: whole or not at all, and the same file twice changes nothing."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.accounts import make_user
from tests.factories.cases import AT, case_of, record, register_of
from tests.factories.registers import row
from tests.support.record import check_chains, check_facts, everything
from upheld.cases.actions import record_register as module
from upheld.cases.actions.correct_event import correct_event
from upheld.cases.actions.record_events import ClockBehind, record_events
from upheld.cases.actions.record_register import RegisterRefused, record_register
from upheld.cases.comparison import Change
from upheld.cases.models import (
    Case,
    CaseParty,
    Event,
    FactsState,
    Person,
    PointFactRow,
    RegisterImport,
    StageFactRow,
    Theme,
)
from upheld.cases.queries.histories import history_of
from upheld.organisation.actions import record_change
from upheld.organisation.changes import ChangeKind, Level
from upheld.organisation.entry import Entry, From, Into
from upheld.organisation.queries import present_services, present_teams, team_names
from upheld.procedure import CorrectionReason, Dating, EventKind
from upheld.procedure import Event as Happening
from upheld.register.model import Refusal

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(days=1)
ANSWERED = {"answered": "2018-10-20", "outcome": "Upheld"}


def test_everything_of_a_register_is_recorded() -> None:
    result = record(
        row(reference="T-1", child_name="Example Child", complainant_name="Example Parent", **ANSWERED),
        row(reference="T-1", stage="Stage 2", received="2018-11-05"),
        row(reference="T-2", themes="Delay; Rudeness", team="South team"),
    )
    assert (result.rows, result.new_rows, result.added_to_rows, result.same_rows) == (3, 3, 0, 0)
    assert (result.new_cases, result.changed_cases, result.events) == (2, 0, Event.objects.count())
    assert (result.new_services, result.new_teams, result.new_themes) == (
        ("Care",),
        ("North team", "South team"),
        ("Delay", "Rudeness"),
    )
    assert [(s.code, s.name) for s in present_services()] == [("care", "Care")]
    assert [(t.code, t.name, t.service) for t in present_teams()] == [
        ("north-team", "North team", "care"),
        ("south-team", "South team", "care"),
    ]
    assert list(Theme.objects.order_by("code").values_list("code", "words", "retired")) == [
        ("delay", "Delay", False),
        ("rudeness", "Rudeness", False),
    ]
    brought = RegisterImport.objects.get()
    assert (brought.id, brought.file_name, brought.rows, brought.new_cases, brought.events) == (
        result.import_id,
        "register.csv",
        3,
        2,
        result.events,
    )
    assert (brought.recorded_at, brought.recorded_by) == (AT, None)
    assert check_chains() == result.events
    assert check_facts() == 3


def test_a_history_comes_back_as_it_was_read() -> None:
    rows = [row(**ANSWERED, channel="Email"), row(stage="Stage 2", received="2018-11-05")]
    record(*rows)
    (read,) = register_of(*rows).cases
    kept = history_of(case_of("T-1"))
    assert kept.case == str(case_of("T-1").id)
    assert kept.pack == read.history.pack
    assert [(e.sequence, e.kind, e.on, e.stage, e.occurrence, dict(e.data)) for e in kept.events] == [
        (e.sequence, e.kind, e.on, e.stage, e.occurrence, dict(e.data)) for e in read.history.events
    ]
    assert {(e.recorded_at, e.recorded_by) for e in kept.events} == {(AT, None)}


def test_the_same_file_twice_changes_not_even_a_row() -> None:
    rows = [
        row(reference="T-1", child_name="Example Child", **ANSWERED),
        row(reference="T-1", stage="Stage 2", received="2018-11-05"),
        row(reference="T-2"),
    ]
    record(*rows)
    before = everything()
    assert before["cases_event"]
    again = record(*rows, at=LATER)
    assert (again.import_id, again.rows, again.same_rows) == (None, 3, 3)
    assert (again.new_rows, again.added_to_rows, again.events, again.new_cases, again.changed_cases) == (0, 0, 0, 0, 0)
    assert everything() == before


def test_a_file_with_more_adds_only_what_is_more() -> None:
    record(row(reference="T-1"), row(reference="T-2"))
    untouched = everything()["stage_fact"][1]
    result = record(
        row(reference="t 1", **ANSWERED),
        row(reference="T-1", stage="Stage 2", received="2018-11-05"),
        row(reference="T-2"),
        row(reference="T-3"),
        at=LATER,
    )
    assert (result.new_rows, result.added_to_rows, result.same_rows) == (2, 1, 1)
    assert (result.new_cases, result.changed_cases) == (1, 1)
    assert [e.kind for e in history_of(case_of("T-1")).events if e.recorded_at == LATER] == [
        EventKind.RESPONSE_SENT,
        EventKind.OUTCOME_RECORDED,
        EventKind.STAGE_REQUESTED,
        EventKind.TEAM_ASSIGNED,
        EventKind.POINT_RAISED,
    ]
    assert untouched in everything()["stage_fact"]
    assert check_chains() == Event.objects.count()
    assert check_facts() == 4


def test_facts_are_versions_so_any_past_moment_can_be_read() -> None:
    record(row())
    record(row(**ANSWERED), at=LATER)
    first, second = StageFactRow.objects.order_by("id")
    assert (first.answered_on, first.recorded_from, first.recorded_to) == (None, AT, LATER)
    assert (str(second.answered_on), second.outcome, second.recorded_from, second.recorded_to) == (
        "2018-10-20",
        "upheld",
        LATER,
        None,
    )
    assert first.stage_key == second.stage_key
    assert list(PointFactRow.objects.order_by("id").values_list("answered_on", "recorded_to")) == [
        (None, LATER),
        (second.answered_on, None),
    ]


def test_a_change_of_facts_changes_their_token_and_nothing_else_does() -> None:
    tokens = [FactsState.objects.get().token]
    for rows in ([row()], [row(**ANSWERED)]):
        record(*rows)
        tokens.append(FactsState.objects.get().token)
    record(row(**ANSWERED))
    assert FactsState.objects.get().token == tokens[-1]
    assert len(set(tokens)) == 3


def test_a_row_that_changed_becomes_a_correction() -> None:
    record(row(reference="T-1", **ANSWERED), row(reference="T-2", channel="Email"), row(reference="T-3"))
    changed = [
        row(reference="T-1", answered="2018-10-21", outcome="Upheld"),
        row(reference="T-2", channel="Letter"),
        row(reference="T-3", channel="Email"),
    ]
    result = record(*changed, at=LATER)
    assert (result.new_rows, result.added_to_rows, result.same_rows, result.changed_cases) == (0, 3, 0, 3)
    assert [(c.reference, [correction.reason.value for correction in c.corrections]) for c in result.corrected] == [
        ("T-1", ["register-changed", "register-changed"]),
        ("T-2", ["register-changed"]),
    ]
    first = result.corrected[0]
    assert [change for c in first.corrections for change in c.changes] == [
        Change(2, "Answered", "2018-10-20", "2018-10-21"),
        Change(2, "Answered", "2018-10-20", "2018-10-21"),
    ]
    assert first.moved is not None
    assert {moved.column for moved in first.moved.columns} == {"answered_on", "outcome_on"}
    entries = Event.objects.filter(case=case_of("T-1"), recorded_at=LATER).order_by("sequence")
    assert [(e.kind, e.source_id, e.data) for e in entries][:2] == [
        ("entry-struck", result.import_id, {"sequence": 4, "replaced_by": 7, "reason": "register-changed"}),
        ("response-sent", result.import_id, {}),
    ]
    assert check_chains() == result.events + 12
    assert check_facts() == 3
    before = everything()
    assert record(*changed, at=LATER).import_id is None
    assert everything() == before


def test_what_a_person_recorded_is_not_corrected_by_a_file_unless_that_is_accepted() -> None:
    record(row())
    by_hand = Happening(kind=EventKind.RESPONSE_SENT, on=Dating.day(date(2018, 10, 12)), stage="stage-1")
    record_events(case_of("T-1").id, [by_hand], expected_version=3, by=None, at=AT)
    before = everything()
    changed = register_of(row(answered="2018-10-13"), row(reference="T-2"))
    with pytest.raises(RegisterRefused) as refused:
        record_register(changed, by=None, at=LATER)
    (refusal,) = refused.value.refusals
    assert (refusal.row, refusal.column, refusal.value) == (2, "Answered", "2018-10-13")
    assert refusal.reason.startswith("Somebody recorded “2018-10-12” here by hand on 2026-11-22, and a file does not")
    assert everything() == before
    result = record_register(changed, by=None, at=LATER, over_people=True)
    assert [c.reference for c in result.corrected] == ["T-1"]
    assert str(StageFactRow.objects.get(case_key=case_of("T-1").id, recorded_to=None).answered_on) == "2018-10-13"
    assert check_chains() == Event.objects.count()


def test_a_persons_correction_is_not_undone_by_the_register_it_corrected() -> None:
    record(row(**ANSWERED))
    right = Happening(kind=EventKind.RESPONSE_SENT, on=Dating.day(date(2018, 10, 19)), stage="stage-1")
    correct_event(
        case_of("T-1").id, 4, right, reason=CorrectionReason.WRONGLY_ENTERED, words="The letter says so.",
        expected_version=5, by=None, at=LATER,
    )  # fmt: skip
    before = everything()
    with pytest.raises(RegisterRefused):
        record(row(**ANSWERED), at=LATER)
    assert everything() == before
    # The outcome came with the old date of the answer, and only the register knows it.
    result = record(row(answered="2018-10-19", outcome="Upheld"), at=LATER)
    assert [[c.reason.value for c in case.corrections] for case in result.corrected] == [["register-changed"]]


def test_a_register_with_refusals_of_its_own_is_not_recorded() -> None:
    before = everything()
    register = register_of(row(received="not a date"))
    with pytest.raises(RegisterRefused) as refused:
        record_register(register, by=None, at=AT)
    assert refused.value.refusals == register.refusals != ()
    assert everything() == before


def test_a_team_that_is_recorded_under_another_service_is_refused() -> None:
    record(row())
    before = everything()
    with pytest.raises(RegisterRefused) as refused:
        record(row(reference="T-2", service="Homes"), row(reference="T-3", service="Homes"), at=LATER)
    assert refused.value.refusals == (
        Refusal(
            2,
            "Service",
            "Homes",
            "The team “North team” is recorded under the service “Care”. Give it that service here, or a name of its "
            "own; where it moved, record the move on the Organisation page first.",
        ),
    )
    assert everything() == before


def test_other_spellings_of_known_names_are_the_known_ones() -> None:
    record(row())
    result = record(row(reference="T-2", team="NORTH-TEAM", service=" care ", themes="delay"), at=LATER)
    assert (result.new_services, result.new_teams, result.new_themes) == ((), (), ())
    assert team_names() == {"north-team": "North team"}
    assert set(StageFactRow.objects.values_list("team", "service", "theme")) == {("north-team", "care", "delay")}


def test_a_renamed_team_keeps_its_code() -> None:
    """What a register calls a team today is recorded under the code that the team has had all along."""
    record(row())
    renamed = Entry(ChangeKind.RENAME, Level.TEAM, date(2019, 1, 1), (From("North team"),), (Into("Northern team"),))
    record_change(renamed, by=None, at=AT)
    result = record(row(reference="T-2", team="Northern team"), row(reference="T-3", team="North team"), at=LATER)
    assert result.new_teams == ()
    assert set(StageFactRow.objects.values_list("team", flat=True)) == {"north-team"}
    same = record(row(reference="T-2", team="Northern team"), at=LATER)
    assert same.same_rows == 1


def test_people_are_kept_apart() -> None:
    record(row(child_name="Example Child", complainant_name="Example Parent"), row(reference="T-2"))
    case = case_of("T-1")
    parties = CaseParty.objects.order_by("id").values_list("case", "role", "person__name")
    assert list(parties) == [(case.id, "child", "Example Child"), (case.id, "complainant", "Example Parent")]
    elsewhere = {table: rows for table, rows in everything().items() if table != "cases_person"}
    assert "Example" not in str(elsewhere)


def test_a_child_who_complains_is_one_person_in_the_case() -> None:
    record(row(child_name="Example Child", complainant_name="Example child", complainant="Child or young person"))
    assert Person.objects.count() == 1
    assert list(CaseParty.objects.order_by("id").values_list("role", flat=True)) == ["child", "complainant"]


def test_the_same_name_in_two_cases_is_two_people() -> None:
    record(row(child_name="Example Child"), row(reference="T-2", child_name="Example Child"))
    assert Person.objects.count() == 2


def test_a_name_that_was_missing_is_added_and_another_name_is_refused() -> None:
    record(row())
    result = record(row(child_name="Example Child"), at=LATER)
    assert (result.changed_cases, result.events, Event.objects.count()) == (1, 0, 3)
    assert case_of("T-1").version == 3
    before = everything()
    with pytest.raises(RegisterRefused) as refused:
        record(row(child_name="Another Child"))
    (refusal,) = refused.value.refusals
    assert (refusal.row, refusal.column, refusal.value) == (2, "Child", "Another Child")
    assert "--accept-corrections" in refusal.reason
    assert "Example Child" not in refusal.reason
    assert everything() == before
    result = record_register(register_of(row(child_name="Another Child")), by=None, at=LATER, over_people=True)
    assert (result.renamed, result.events, list(Person.objects.values_list("name", flat=True))) == (
        1, 0, ["Another Child"],
    )  # fmt: skip


def test_of_one_person_with_two_parts_only_the_part_is_renamed() -> None:
    record(row(child_name="Example Child", complainant_name="Example Child"))
    changed = register_of(row(child_name="Example Child", complainant_name="Example Parent"))
    assert record_register(changed, by=None, at=LATER, over_people=True).renamed == 1
    assert list(CaseParty.objects.order_by("role").values_list("role", "person__name")) == [
        ("child", "Example Child"),
        ("complainant", "Example Parent"),
    ]


def test_a_date_beyond_the_working_days_refuses_the_file() -> None:
    with pytest.raises(RegisterRefused) as refused:
        record(row(reference="T-1"), row(reference="T-2", later_start="2099-01-05"))
    (refusal,) = refused.value.refusals
    assert (refusal.row, refusal.value) == (3, "T-2")
    assert "2099-01-05" in refusal.reason
    assert Case.objects.count() == RegisterImport.objects.count() == 0


def test_stages_that_cannot_follow_each_other_refuse_the_file() -> None:
    """Each row alone can be true; together they cannot."""
    with pytest.raises(RegisterRefused) as refused:
        record(row(reference="T-0"), row(), row(stage="Stage 2", received="2018-09-20"))
    assert [(r.row, r.value, r.reason) for r in refused.value.refusals] == [
        (3, "T-1", "Stage-2 was asked for on 2018-09-20, before the complaint was received on 2018-10-01.")
    ]
    assert Case.objects.count() == 0


def test_a_stage_that_cannot_follow_what_is_recorded_refuses_the_file() -> None:
    record(row())
    before = everything()
    with pytest.raises(RegisterRefused) as refused:
        record(row(), row(stage="Stage 2", received="2018-09-20"), at=LATER)
    assert [r.value for r in refused.value.refusals] == ["T-1"]
    assert everything() == before


def test_a_clock_that_is_behind_records_nothing() -> None:
    record(row())
    before = everything()
    with pytest.raises(ClockBehind, match="Put the clock of this computer right"):
        record(row(**ANSWERED), row(reference="T-2"), at=AT - timedelta(minutes=1))
    assert everything() == before


def test_who_imported_is_recorded() -> None:
    user = make_user(roles=["complaints-officer"])
    record(row(), by=user)
    assert set(Event.objects.values_list("recorded_by", flat=True)) == {user.public_id}
    assert case_of("T-1").recorded_by == RegisterImport.objects.get().recorded_by == user.public_id
    assert check_chains() == 3


@pytest.mark.parametrize("role", ["director", "system-administrator", "team-manager", "analyst"])
def test_only_the_complaints_team_may_import(role: str) -> None:
    before = everything()
    with pytest.raises(PermissionDenied):
        record(row(), by=make_user(roles=[role]))
    assert everything() == before


def test_progress_is_told_as_cases_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CHUNK", 2)
    told: list[tuple[int, int]] = []
    register = register_of(*(row(reference=f"T-{number}") for number in range(5)))
    record_register(register, by=None, at=AT, progress=lambda done, of: told.append((done, of)))
    assert told == [(2, 5), (4, 5), (5, 5)]
    assert check_chains() == 15
    assert check_facts() == 5


def test_the_number_of_queries_does_not_grow_with_the_file() -> None:
    counts = []
    for start, size in ((0, 1), (100, 3), (200, 100)):
        numbers = range(start, start + size)
        register = register_of(*(row(reference=f"T-{number}", child_name="Example") for number in numbers))
        with CaptureQueriesContext(connection) as queries:
            record_register(register, by=None, at=AT)
        counts.append(len(queries))
    assert counts[1] == counts[2] < counts[0] < 40
