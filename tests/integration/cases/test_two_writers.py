"""Two who write at once: nothing is lost, nothing is doubled, and whoever came second is told."""

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection

from tests.factories.cases import AT, case_of, record
from tests.factories.registers import row
from tests.support.record import check_chains, check_facts
from upheld.cases.actions import record_register as module
from upheld.cases.actions.record_events import StaleCase, record_events
from upheld.cases.models import Event, RegisterImport
from upheld.organisation.queries import team_names
from upheld.procedure import Dating, EventKind
from upheld.procedure import Event as Happening

pytestmark = pytest.mark.django_db(transaction=True)

ACKNOWLEDGED = Happening(kind=EventKind.STAGE_ACKNOWLEDGED, on=Dating.day(date(2018, 10, 2)), stage="stage-1")
LATER = AT + timedelta(days=1)


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
