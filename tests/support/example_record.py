"""The record with the made-up example in it, as at a day of its own, for tests of what is made of a whole register."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from tests.support import shell
from tests.support.database import TestDatabase

# A day in the middle of a quarter: Q3 2026/27 is not over.
TODAY = date(2026, 11, 20)


class ExampleDatabase(TestDatabase):
    """A database of one process with the example, imported as any register is."""

    def make(self) -> None:
        """Copy the migrated template, which must be there, and import the example."""
        from upheld.cases.actions.record_register import record_register
        from upheld.organisation.actions import record_structure
        from upheld.organisation.file import structure_of_text
        from upheld.register.example import STRUCTURE_FILE, example_structure, make_example, write_example
        from upheld.register.read import read_register

        self.restore()
        path = shell.run_folder() / f"{self.name}.csv"
        write_example(path, make_example(TODAY), TODAY)
        structure = structure_of_text(example_structure(), STRUCTURE_FILE)
        record_structure(structure, by=None, at=datetime.now(UTC))
        record_register(read_register(path, today=TODAY), by=None, at=datetime.now(UTC))


@contextmanager
def on_the_example(example: ExampleDatabase, main: TestDatabase) -> Iterator[None]:
    """Let Django mean the example's database for the length of the block; what the block changes is undone."""
    from django.db import transaction

    example.point_django_at(example.name)
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        main.point_django_at(main.name)


def days_of(today: date) -> Callable[..., date]:
    """Django's `localdate` on a day that it is `today`."""
    from django.utils import timezone

    ordinary = timezone.localdate

    def localdate(value: datetime | None = None, zone: Any = None) -> date:
        return today if value is None else ordinary(value, zone)

    return localdate
