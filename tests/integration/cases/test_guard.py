"""The database refuses to change what is append-only, whoever asks and however."""

from typing import Any

import pytest
from django.db import Error, IntegrityError, ProgrammingError, connection, transaction

from tests.factories.accounts import make_user
from tests.factories.cases import AT, case_of, record
from tests.factories.keys import seal_key
from tests.factories.registers import row
from upheld.cases.actions.correct_event import correct_event
from upheld.cases.actions.record_view import record_view
from upheld.cases.actions.seal_chronology import seal_chronology
from upheld.cases.models import (
    Case,
    CaseView,
    CertificateRow,
    Event,
    Reason,
    RegisterImport,
    SealedHead,
    SealRow,
)
from upheld.procedure import CorrectionReason

pytestmark = pytest.mark.django_db

GUARDED = (Event, RegisterImport, CaseView, Reason, SealRow, SealedHead)


@pytest.fixture(autouse=True)
def recorded() -> None:
    record(row())
    correct_event(
        case_of("T-1").id, 3, None, reason=CorrectionReason.WRONGLY_ENTERED, words="An example.",
        expected_version=3, by=None, at=AT,
    )  # fmt: skip
    seal_chronology(at=AT, key=seal_key())
    record_view(case_of("T-1").id, by=make_user(roles=["complaints-manager"]), at=AT)
    # As after a commit: a table with a check still to be made would not be emptied in any case.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def rows(model: Any) -> list[Any]:
    return list(model.objects.order_by("pk").values_list())


@pytest.mark.parametrize("model", GUARDED, ids=lambda model: model.__name__)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET {key} = {key}",
        "UPDATE {table} SET {key} = {key} WHERE false",
        "DELETE FROM {table}",
        "DELETE FROM {table} WHERE false",
        "TRUNCATE {table} CASCADE",
        "WITH gone AS (DELETE FROM {table} RETURNING 1) SELECT count(*) FROM gone",
        "INSERT INTO {table} SELECT * FROM {table} ON CONFLICT ({key}) DO UPDATE SET {key} = excluded.{key}",
        "MERGE INTO {table} t USING {table} s ON t.{key} = s.{key} WHEN MATCHED THEN DELETE",
    ],
)
def test_sql_is_refused(model: Any, statement: str) -> None:
    before = rows(model)
    assert before
    table = model._meta.db_table
    with (
        pytest.raises(IntegrityError, match=f"{table} is append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table=table, key=model._meta.pk.column))
    assert rows(model) == before


@pytest.mark.parametrize("model", GUARDED, ids=lambda model: model.__name__)
def test_the_orm_is_refused(model: Any) -> None:
    before = rows(model)
    one = model.objects.first()
    for attempt in (
        one.save,
        one.delete,
        model.objects.all().delete,
        lambda: model.objects.update(**{model._meta.pk.name: one.pk}),
        lambda: model.objects.bulk_update([one], [f.name for f in model._meta.fields if not f.primary_key][:1]),
    ):
        # An import that entries name is protected before the database is even asked.
        with pytest.raises(Error, match=r"is append-only|protected foreign keys"), transaction.atomic():
            attempt()
    assert rows(model) == before


def test_a_session_that_plays_a_replica_is_refused_too() -> None:
    """A replica's session fires no ordinary trigger, yet the guard; only a server's owner can be one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        (owns_the_server,) = cursor.fetchone()
        if owns_the_server:
            cursor.execute("SET LOCAL session_replication_role = replica")
            with pytest.raises(IntegrityError, match="is append-only"):
                cursor.execute("DELETE FROM cases_event")
        else:
            with pytest.raises(ProgrammingError, match="permission denied to set parameter"):
                cursor.execute("SET LOCAL session_replication_role = replica")


def test_emptying_the_cases_is_refused_for_the_sake_of_their_events() -> None:
    with pytest.raises(IntegrityError, match="is append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE cases_case CASCADE")
    with pytest.raises(Error), transaction.atomic():
        Case.objects.all().delete()
    with pytest.raises(IntegrityError, match="foreign key"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_case")
    assert Case.objects.count() == 1


def test_no_setting_of_the_product_names_the_guard() -> None:
    """The triggers are there in every database that migrations made, this one included, and always fire."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgenabled::text FROM pg_trigger WHERE tgname LIKE 'cases%is_append_only'"
        )
        assert sorted(cursor.fetchall()) == [
            (table, "A") for table in sorted(m._meta.db_table for m in (*GUARDED, CertificateRow))
        ]


PLACE = {
    "kind": "complaint-received", "kind_version": 1, "occurrence": 1, "precision": "unknown", "data": {},
    "recorded_at": AT, "salt": bytes(16), "previous_hash": bytes(32), "hash": bytes(32), "sequence": 9,
}  # fmt: skip


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"sequence": 1}, "event_has_its_own_place"),
        ({"sequence": 0}, "event_counts_from_one"),
        ({"occurrence": 0}, "event_occurrence_counts_from_one"),
        ({"kind_version": 0}, "event_kind_version_counts_from_one"),
        ({"precision": "century"}, "event_precision_is_known|event_dates_agree_with_precision"),
        ({"precision": "day"}, "event_dates_agree_with_precision"),
        ({"occurred_earliest": "2018-10-01"}, "event_dates_agree_with_precision"),
        (
            {"precision": "day", "occurred_earliest": "2018-10-01", "occurred_latest": "2018-10-02"},
            "event_dates_agree_with_precision",
        ),
        (
            {"precision": "month", "occurred_earliest": "2018-10-31", "occurred_latest": "2018-10-01"},
            "event_dates_agree_with_precision",
        ),
        ({"salt": bytes(15)}, "event_hashes_are_whole"),
        ({"previous_hash": bytes(31)}, "event_hashes_are_whole"),
        ({"hash": bytes(33)}, "event_hashes_are_whole"),
    ],
)
def test_an_event_that_cannot_be_is_refused(values: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Event.objects.create(case=case_of("T-1"), **{**PLACE, **values})
