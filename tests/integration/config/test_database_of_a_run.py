import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection


@pytest.mark.django_db
def test_a_test_gets_its_own_migrated_database() -> None:
    ContentType.objects.create(app_label="one", model="one")
    assert ContentType.objects.filter(app_label="one").count() == 1
    assert connection.settings_dict["NAME"].startswith("upheld_test_")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_", range(2))
def test_what_a_test_commits_is_gone_for_the_next(_: int) -> None:
    assert ContentType.objects.filter(app_label="committed").count() == 0
    ContentType.objects.create(app_label="committed", model="one")


@pytest.mark.django_db(transaction=True)
def test_restoring_needs_no_right_to_empty_a_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE guarded (id int)")
        cursor.execute("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$")
        cursor.execute("CREATE TRIGGER guard BEFORE TRUNCATE OR DELETE ON guarded EXECUTE FUNCTION refuse()")
        cursor.execute("INSERT INTO guarded VALUES (1)")


@pytest.mark.django_db
def test_the_guarded_table_went_with_its_database() -> None:
    assert "guarded" not in connection.introspection.table_names()
