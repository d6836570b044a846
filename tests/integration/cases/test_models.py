"""The tables are what the pure rooms say they are."""

from dataclasses import fields
from datetime import date
from types import UnionType
from typing import get_args, get_type_hints

import pytest
from django.db import IntegrityError, connection, models, transaction

from tests.factories.cases import AT, case_of, record
from tests.factories.registers import row
from upheld.cases.models import Case, FactsState, PointFactRow, StageFactRow
from upheld.facts import PointFact, StageFact

VERSION = {"id", "recorded_from", "recorded_to"}
COLUMN_TYPES = {str: models.TextField, int: models.IntegerField, bool: models.BooleanField, date: models.DateField}


@pytest.mark.parametrize(("row_type", "table"), [(StageFact, StageFactRow), (PointFact, PointFactRow)])
def test_the_columns_are_the_facts_fields_one_to_one(
    row_type: type[StageFact], table: type[StageFactRow | PointFactRow]
) -> None:
    hints = get_type_hints(row_type)
    expected = {}
    for field in fields(row_type):
        hint = hints[field.name]
        options = set(get_args(hint)) if isinstance(hint, UnionType) else {hint}
        (plain,) = options - {type(None)}
        expected[field.name] = (COLUMN_TYPES[plain], type(None) in options)
    columns = {f.name: (type(f), f.null) for f in table._meta.get_fields() if f.name not in VERSION}
    assert columns == expected


@pytest.mark.parametrize("table", [StageFactRow, PointFactRow])
def test_facts_hold_no_free_text_and_point_at_nobody(table: type[StageFactRow | PointFactRow]) -> None:
    assert [field.name for field in table._meta.get_fields() if field.is_relation] == []


@pytest.mark.django_db
@pytest.mark.parametrize("table", [StageFactRow, PointFactRow])
def test_only_one_version_of_a_fact_is_in_force(table: type[StageFactRow | PointFactRow]) -> None:
    record(row())
    again = table.objects.get()
    again.pk = None
    with pytest.raises(IntegrityError, match="has_one_live_version"), transaction.atomic():
        again.save(force_insert=True)
    again.recorded_from, again.recorded_to = AT, AT.replace(year=2025)
    with pytest.raises(IntegrityError, match="opens_before_it_closes"), transaction.atomic():
        again.save(force_insert=True)


@pytest.mark.django_db
def test_a_reference_is_one_whatever_its_spelling() -> None:
    record(row(reference="AB 1"))
    with pytest.raises(IntegrityError, match="reference_key"), transaction.atomic():
        Case.objects.create(reference="ab-1", reference_key="ab 1", pack="p", version=1, recorded_at=AT)
    assert case_of("AB 1").reference_key == "ab 1"


@pytest.mark.django_db
def test_the_state_of_the_facts_is_one_row() -> None:
    assert FactsState.objects.count() == 1
    with pytest.raises(IntegrityError, match="facts_state_is_one_row"), transaction.atomic():
        FactsState.objects.create(id=2, token=FactsState.objects.get().token)


@pytest.mark.django_db
def test_names_are_sorted_alike_on_every_server() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE collation_name = 'C' AND table_name ~ '^(cases|organisation)_' ORDER BY 1, 2"
        )
        assert cursor.fetchall() == [
            ("cases_case", "reference_key"),
            ("cases_theme", "words_key"),
            ("organisation_directorateversion", "name_key"),
            ("organisation_serviceversion", "name_key"),
            ("organisation_teamversion", "name_key"),
        ]
