"""What is checked after every test that used a database: facts are what the chronology says, and every chain holds.

It looks as the test ends, before what the test did is undone. A record that was looked at and has not changed since
(the example's, which many tests read) is not looked at again, and an empty one costs one question.
"""

import pytest

_DATABASE = {"db", "transactional_db", "example_record"}
_sound: set[tuple[object, ...]] = set()


def check_record_after(item: pytest.Item) -> None:
    """Fail the test whose record is not sound. Tests that tamper say so with a mark and are left alone."""
    if item.get_closest_marker("tampers") or not (
        item.get_closest_marker("django_db") or _DATABASE & set(getattr(item, "fixturenames", ()))
    ):
        return
    from django.db import connection

    if connection.needs_rollback or not connection.is_usable():
        return
    state = _state()
    if state is None or state in _sound:
        return
    from upheld.cases.actions.rebuild_facts import check_facts
    from upheld.cases.verification import verify_record

    facts = check_facts()
    assert facts.sound, f"facts are not what the chronology says: {facts}"
    assert verify_record({}).findings == ()
    _sound.add(state)


def _state() -> tuple[object, ...] | None:
    """What tells one record from another, or None where nothing is recorded."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_database(), (SELECT token FROM cases_factsstate), max(e.id), count(*), "
            "(SELECT count(*) FROM cases_certificate) FROM cases_event e"
        )
        name, token, last, count, disposed = cursor.fetchone()
    return (name, token, last, count, disposed) if count or disposed else None
