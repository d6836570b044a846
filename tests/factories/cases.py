"""Cases recorded through the ordinary import. All made up."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.factories.registers import TODAY, csv_text
from upheld.files.tables import read_sheet_bytes
from upheld.register.model import Register
from upheld.register.read import register_of_sheet

if TYPE_CHECKING:
    from upheld.accounts.models import User
    from upheld.cases.actions.record_register import ImportResult
    from upheld.cases.models import Case

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def register_of(*rows: Mapping[str, str], name: str = "register.csv") -> Register:
    """A register with these rows, read as a file with them would be."""
    content = csv_text(rows).encode()
    digest = hashlib.sha256(content).hexdigest()
    return register_of_sheet(read_sheet_bytes(content, name), source=name, digest=digest, today=TODAY)


def record(*rows: Mapping[str, str], by: "User | None" = None, at: datetime = AT) -> "ImportResult":
    """Record these rows."""
    from upheld.cases.actions.record_register import record_register

    return record_register(register_of(*rows), by=by, at=at)


def case_of(reference: str) -> "Case":
    """The recorded case with this reference."""
    from upheld.cases.models import Case

    return Case.objects.get(reference=reference)
