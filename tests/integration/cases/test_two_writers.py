"""Two who write at once: nothing is lost, nothing is doubled, and whoever came second is told."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from tests.factories.accounts import make_user
from tests.factories.cases import AT, case_of, record
from tests.factories.environments import changed_environment
from tests.factories.keys import believed, seal_key
from tests.factories.registers import row
from tests.support.record import check_chains, check_facts
from upheld.accounts.models import User
from upheld.cases.actions import record_register as module
from upheld.cases.actions.correct_event import correct_event
from upheld.cases.actions.disposal import Ground, dispose, place_hold, request_disposal
from upheld.cases.actions.record_events import record_events
from upheld.cases.actions.record_register import RegisterRefused
from upheld.cases.actions.seal_chronology import seal_chronology
from upheld.cases.actions.versions import StaleCase
from upheld.cases.models import Case, Event, Reason, RegisterImport
from upheld.cases.queries.histories import history_of
from upheld.cases.verification import verify_record
from upheld.organisation.queries import team_names
from upheld.procedure import CorrectionReason, Dating, EventKind
from upheld.procedure import Event as Happening

pytestmark = pytest.mark.django_db(transaction=True)

ACKNOWLEDGED = Happening(kind=EventKind.STAGE_ACKNOWLEDGED, on=Dating.day(date(2018, 10, 2)), stage="stage-1")
LATER = AT + timedelta(days=1)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, settings: Any) -> None:
    """Copies of seals are kept apart from those of other tests."""
    settings.ENVIRONMENT = changed_environment(home=tmp_path)


def together(*acts: Callable[[], object]) -> list[object]:
    """Do these at once, each on a connection of its own; what each gave back, or the error that it ended with."""
    start = threading.Barrier(len(acts))
    outcomes: list[object] = [None] * len(acts)

    def do(place: int) -> None:
        try:
            start.wait(timeout=30)
            outcomes[place] = acts[place]()
        except Exception as error:  # noqa: BLE001 - it is looked at by the test
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


def test_of_writers_with_the_same_version_one_is_refused() -> None:
    record(row())
    case = case_of("T-1")
    for round_ in range(3):
        version = case.version + round_

        def write(version: int = version) -> int:
            return record_events(case.id, [ACKNOWLEDGED], expected_version=version, by=None, at=LATER)

        outcomes = together(write, write, write)
        assert [o for o in outcomes if not isinstance(o, StaleCase)] == [version + 1]
        assert sum(isinstance(o, StaleCase) for o in outcomes) == 2
    assert case_of("T-1").version == Event.objects.count() == check_chains() == 6
    assert check_facts() == 1


def test_two_imports_of_one_file_at_once_are_one_import() -> None:
    rows = [row(reference=f"T-{number}") for number in range(30)]
    outcomes = together(lambda: record(*rows), lambda: record(*rows))
    assert sorted((o.new_rows, o.same_rows) for o in outcomes) == [(0, 30), (30, 0)]  # type: ignore[attr-defined]
    assert RegisterImport.objects.count() == 1
    assert check_chains() == 90


def test_two_imports_that_bring_the_same_new_team_share_it() -> None:
    outcomes = together(
        lambda: record(row(reference="A", team="New team")), lambda: record(row(reference="B", team="New team"))
    )
    assert sorted(o.new_teams for o in outcomes) == [(), ("New team",)]  # type: ignore[attr-defined]
    assert team_names() == {"new-team": "New team"}


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Have something happen on another connection while an import has compared and not yet written."""

    def arrange(act: Callable[[], object]) -> None:
        add_names = module.add_names

        def then(*args: object, **kwargs: object) -> None:
            monkeypatch.undo()
            (outcome,) = together(act)
            assert not isinstance(outcome, Exception)
            add_names(*args, **kwargs)  # type: ignore[arg-type]

        monkeypatch.setattr(module, "add_names", then)

    return arrange


def test_an_import_never_writes_over_what_casework_added_meanwhile(
    meanwhile: Callable[[Callable[[], object]], None],
) -> None:
    record(row())
    case = case_of("T-1")
    meanwhile(lambda: record_events(case.id, [ACKNOWLEDGED], expected_version=case.version, by=None, at=LATER))
    with pytest.raises(StaleCase, match="while it was being imported, so nothing was recorded"):
        record(row(answered="2018-10-20"), row(reference="T-2"), at=LATER)
    assert RegisterImport.objects.count() == 1
    assert [e.kind for e in Event.objects.order_by("sequence")][-1] == "stage-acknowledged"
    assert check_chains() == 4
    record(row(answered="2018-10-20"), row(reference="T-2"), at=LATER)
    assert check_chains() == 8
    assert check_facts() == 2


def correction(case: UUID, version: int, target: int = 1) -> Callable[[], int]:
    first = history_of(Case.objects.get(id=case)).events[target - 1]
    other = replace(first, on=Dating.day(date(2018, 9, 28)))
    return lambda: correct_event(
        case, target, other, reason=CorrectionReason.WRONGLY_ENTERED, words="The stamp says the 28th.",
        expected_version=version, by=None, at=LATER,
    )  # fmt: skip


def test_of_corrections_with_the_same_version_one_is_refused_and_leaves_no_words() -> None:
    record(row())
    case = case_of("T-1")
    outcomes = together(*(correction(case.id, 3) for _ in range(3)))
    assert [o for o in outcomes if not isinstance(o, StaleCase)] == [5]
    assert sum(isinstance(o, StaleCase) for o in outcomes) == 2
    assert (case_of("T-1").version, Event.objects.count(), Reason.objects.count()) == (5, 5, 1)
    assert check_chains() == 5
    assert check_facts() == 1


def test_a_correction_and_an_entry_at_once_lose_neither() -> None:
    record(row())
    case = case_of("T-1").id
    outcomes = together(
        correction(case, 3), lambda: record_events(case, [ACKNOWLEDGED], expected_version=3, by=None, at=LATER)
    )
    assert sum(isinstance(o, StaleCase) for o in outcomes) == 1
    # Whoever was refused opens the case again and does it after all.
    if isinstance(outcomes[0], StaleCase):
        assert correction(case, 4)() == 6
    else:
        assert record_events(case, [ACKNOWLEDGED], expected_version=5, by=None, at=LATER) == 6
    assert check_chains() == 6
    assert check_facts() == 1


def test_a_registers_correction_never_writes_over_what_casework_corrected_meanwhile(
    meanwhile: Callable[[Callable[[], object]], None],
) -> None:
    record(row())
    case = case_of("T-1")
    meanwhile(correction(case.id, case.version))
    with pytest.raises(StaleCase, match="while it was being imported, so nothing was recorded"):
        record(row(received="2018-10-02"), at=LATER)
    assert check_chains() == 5
    with pytest.raises(RegisterRefused, match="1 cell or row is refused"):
        record(row(received="2018-10-02"), at=LATER)


def test_of_two_who_approve_a_disposal_one_carries_it_out() -> None:
    record(row(), row(reference="T-2"))
    asks, one, other = (make_user(roles=["complaints-manager"]) for _ in range(3))
    case = case_of("T-1").id
    request_disposal(case, ground=Ground.ERASURE_GRANTED, by=asks, at=LATER)

    def approve(by: User) -> Callable[[], object]:
        return lambda: dispose(case, expected_version=3, by=by, at=LATER, key=seal_key())

    outcomes = together(approve(one), approve(other))
    assert sorted(type(o).__name__ for o in outcomes) == ["Certificate", "NoSuchCase"]
    assert verify_record(believed()).findings == ()


def test_a_disposal_and_an_entry_at_once_leave_one_of_them() -> None:
    record(row(), row(reference="T-2"))
    asks, approves = (make_user(roles=["complaints-manager"]) for _ in range(2))
    case = case_of("T-1").id
    request_disposal(case, ground=Ground.ERASURE_GRANTED, by=asks, at=LATER)
    outcomes = together(
        lambda: dispose(case, expected_version=3, by=approves, at=LATER, key=seal_key()),
        lambda: record_events(case, [ACKNOWLEDGED], expected_version=3, by=None, at=LATER),
    )
    names = [type(o).__name__ for o in outcomes]
    assert names in (["Certificate", "NoSuchCase"], ["StaleCase", "int"])
    assert Event.objects.filter(case=case).count() == (0 if names[0] == "Certificate" else 4)
    assert verify_record(believed()).findings == ()


def test_a_hold_placed_while_somebody_disposes_is_never_passed_over() -> None:
    record(row())
    asks, approves = (make_user(roles=["complaints-manager"]) for _ in range(2))
    case = case_of("T-1").id
    request_disposal(case, ground=Ground.ERASURE_GRANTED, by=asks, at=LATER)
    outcomes = together(
        lambda: dispose(case, expected_version=3, by=approves, at=LATER, key=seal_key()),
        lambda: place_hold(case, reason="A claim has been issued.", by=asks, at=LATER),
    )
    assert [type(o).__name__ for o in outcomes] in (["Certificate", "NoSuchCase"], ["CannotDispose", "int"])


def test_two_seals_at_once_are_one_seal() -> None:
    record(row(), row(reference="T-2"))
    outcomes = together(*(lambda: seal_chronology(at=LATER, key=seal_key()) for _ in range(3)))
    assert sorted(type(o).__name__ for o in outcomes) == ["NoneType", "NoneType", "Seal"]
    assert verify_record(believed()).seals == 1


def test_what_is_recorded_while_somebody_seals_is_sealed_now_or_next() -> None:
    record(row(), row(reference="T-2"))
    case = case_of("T-1").id
    outcomes = together(
        lambda: seal_chronology(at=LATER, key=seal_key()),
        lambda: record_events(case, [ACKNOWLEDGED], expected_version=3, by=None, at=LATER),
    )
    assert [type(o).__name__ for o in outcomes] == ["Seal", "int"]
    seal_chronology(at=LATER, key=seal_key())
    done = verify_record(believed())
    assert (done.unsealed, done.findings) == (0, ())
