"""The record is sealed every night, from the first night on."""

from pathlib import Path
from typing import Any

import pytest

from tests.factories.cases import record
from tests.factories.environments import changed_environment
from tests.factories.registers import row
from upheld.cases.keys import trusted_keys
from upheld.cases.queries.seals import all_seals
from upheld.cases.tasks import seal_every_night
from upheld.cases.verification import verify_record
from upheld.jobs.names import words_of


@pytest.mark.django_db(transaction=True)
def test_the_nightly_job_seals_what_has_moved(settings: Any, tmp_path: Path) -> None:
    settings.ENVIRONMENT = changed_environment(home=tmp_path)
    record(row())
    seal_every_night(0)
    seal_every_night(0)  # nothing has moved since
    record(row(reference="T-2"))
    seal_every_night(0)
    assert [seal.number for seal in all_seals(after=0)] == [1, 2]
    done = verify_record(trusted_keys(tmp_path / "keys"), copies=tmp_path / "seals.jsonl")
    assert (done.findings, done.unchecked, done.unsealed) == ((), "", 0)
    assert words_of("cases.seal_chronology") == "Seal the record"
