"""Everything that is changed behind the application's back is found and named, and nothing else is accused."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.cases import AT, case_of, record
from tests.factories.keys import believed, seal_key
from tests.factories.registers import row
from tests.support.record import everything
from tests.support.tampering import guard_off, renumber, write_anew
from upheld.cases.actions.correct_event import correct_event
from upheld.cases.actions.record_events import record_events
from upheld.cases.actions.seal_chronology import seal_chronology
from upheld.cases.models import Case, Event
from upheld.cases.verification import About, Finding, Verified, verify_record
from upheld.procedure import CorrectionReason, Dating, EventKind
from upheld.procedure import Event as Happening

pytestmark = [pytest.mark.django_db, pytest.mark.tampers]

LATER = AT + timedelta(days=1)
ANSWERED = {"answered": "2018-10-12", "outcome": "Upheld"}


@pytest.fixture(autouse=True)
def recorded() -> None:
    """Five entries in each of three cases; in T-2 a sixth and seventh that correct the fourth."""
    record(*(row(reference=f"T-{number}", **ANSWERED) for number in (1, 2, 3)))
    right = Happening(kind=EventKind.RESPONSE_SENT, on=Dating.day(date(2018, 10, 13)), stage="stage-1")
    correct_event(
        case_of("T-2").id, 4, right, reason=CorrectionReason.WRONGLY_ENTERED, words="The letter says the 13th.",
        expected_version=5, by=None, at=AT,
    )  # fmt: skip


def sealed(at: Any = AT, key: str = "ours") -> None:
    assert seal_chronology(at=at, key=seal_key(key)) is not None


def verified(*keys: str) -> Verified:
    return verify_record(believed(*keys))


def accused() -> list[tuple[str, str | None, int | None]]:
    """What is accused: what kind of thing, the reference of its case, its number."""
    names = {str(case.id): case.reference for case in Case.objects.all()}
    return sorted((f.about.value, names.get(f.case or "", f.case), f.entry) for f in verified().findings)


def change(statement: str, *values: object) -> None:
    with guard_off() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount == 1


def test_a_record_as_it_was_recorded_is_sound() -> None:
    before = everything()
    assert verified() == Verified(3, 17, 0, 0, None, 17, "", ())
    assert everything() == before
    sealed()
    assert verified() == Verified(3, 17, 0, 1, AT, 0, "", ())
    case = case_of("T-1")
    noted = Happening(kind=EventKind.STAGE_ACKNOWLEDGED, on=Dating.day(date(2018, 10, 2)), stage="stage-1")
    record_events(case.id, [noted], expected_version=5, by=None, at=LATER)
    assert verified() == Verified(3, 18, 0, 1, AT, 1, "", ())
    sealed(LATER)
    assert verified() == Verified(3, 18, 0, 2, LATER, 0, "", ())


def test_an_empty_record_is_sound() -> None:
    with guard_off() as cursor:
        for table in ("cases_reason", "cases_event", "cases_caseparty", "cases_case"):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608
    assert verified() == Verified(0, 0, 0, 0, None, 0, "", ())


COLUMNS: dict[str, str] = {
    "kind": "'response-received'",
    "kind_version": "2",
    "stage": "'stage-2'",
    "occurrence": "2",
    "occurred_earliest, occurred_latest": "'2018-10-11', '2018-10-11'",
    "precision, occurred_latest": "'month', '2018-10-31'",
    "precision, occurred_earliest, occurred_latest": "'unknown', NULL, NULL",
    "data": """'{"point": 2}'""",
    "recorded_at": "recorded_at + interval '1 microsecond'",
    "recorded_by": "gen_random_uuid()",
    "source_id": "NULL",
    "salt": "sha256('another')::bytea",
    "previous_hash": "sha256('another')",
    "hash": "sha256('another')",
}


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("place", [1, 4, 5])
def test_an_entry_that_was_changed_is_named(column: str, place: int) -> None:
    value = COLUMNS[column].replace("sha256('another')::bytea", "substr(sha256('another'), 1, 16)")
    assignment = f"({column}) = ROW({value})"
    if "," not in column and column == "data":
        value = "data || '{\"oral\": true}'"
        assignment = f"data = {value}"
    change(f"UPDATE cases_event SET {assignment} WHERE case_id = %s AND sequence = %s", case_of("T-1").id, place)  # noqa: S608
    assert accused() == [("entry", "T-1", place)]
    sealed()
    assert accused() == [("entry", "T-1", place)]


@pytest.mark.parametrize("with_seal", [False, True])
@pytest.mark.parametrize("place", [1, 3, 5])
def test_an_entry_that_was_removed_is_named(place: int, with_seal: bool) -> None:
    if with_seal:
        sealed()
    change("DELETE FROM cases_event WHERE case_id = %s AND sequence = %s", case_of("T-1").id, place)
    assert accused() == [("entry", "T-1", place)]
    (finding,) = verified().findings
    assert finding.words == f"Case {case_of('T-1').id}, entry {place}: it is missing."


def test_an_entry_that_was_removed_with_the_rest_moved_up_is_named() -> None:
    case = case_of("T-1").id
    change("DELETE FROM cases_event WHERE case_id = %s AND sequence = 2", case)
    renumber(case, {3: 2, 4: 3, 5: 4})
    change("UPDATE cases_case SET version = 4 WHERE id = %s", case)
    assert accused() == [("entry", "T-1", 2)]


def test_the_last_entries_removed_and_forgotten_are_missed_by_the_seal() -> None:
    sealed()
    case = case_of("T-1").id
    with guard_off() as cursor:
        cursor.execute("DELETE FROM cases_event WHERE case_id = %s AND sequence > 3", [case])
        cursor.execute("UPDATE cases_case SET version = 3 WHERE id = %s", [case])
    assert accused() == [("case", "T-1", 4)]
    (finding,) = verified().findings
    assert finding.words == (
        f"Case {case}: entries are missing at its end. Seal 1 has it with 5 entries, and there are 3."
    )


def copy_of(place: int, at: int, case: str = "T-1") -> None:
    """An entry like another, at another place."""
    with guard_off() as cursor:
        cursor.execute(
            "INSERT INTO cases_event (case_id, sequence, kind, kind_version, stage, occurrence, occurred_earliest, "
            "occurred_latest, precision, data, recorded_at, recorded_by, source_id, salt, previous_hash, hash) "
            "SELECT case_id, %s, kind, kind_version, stage, occurrence, occurred_earliest, occurred_latest, precision, "
            "data, recorded_at, recorded_by, source_id, salt, previous_hash, hash FROM cases_event "
            "WHERE case_id = %s AND sequence = %s",
            [at, case_of(case).id, place],
        )


@pytest.mark.parametrize("honest_hash", [False, True])
@pytest.mark.parametrize("with_seal", [False, True])
def test_an_entry_that_was_put_between_others_is_named(honest_hash: bool, with_seal: bool) -> None:
    if with_seal:
        sealed()
    case = case_of("T-1").id
    renumber(case, {3: 4, 4: 5, 5: 6})
    copy_of(4, 3)
    change('UPDATE cases_event SET data = \'{"team": "east"}\' WHERE case_id = %s AND sequence = 3', case)
    change("UPDATE cases_case SET version = 6 WHERE id = %s", case)
    if honest_hash:
        _fit(case, 3)
    assert accused() == [("entry", "T-1", 3)]
    assert "was inserted" in verified().findings[0].words


def _fit(case: object, place: int) -> None:
    """Give one entry the hashes that its place asks for, and leave those after it as they are."""
    later = list(Event.objects.filter(case=case, sequence__gt=place).values_list("id", "previous_hash", "hash"))
    write_anew(case, start=place)
    with guard_off() as cursor:
        for id_, previous, hash_ in later:
            cursor.execute(
                "UPDATE cases_event SET previous_hash = %s, hash = %s WHERE id = %s",
                [bytes(previous), bytes(hash_), id_],
            )


@pytest.mark.parametrize("with_seal", [False, True])
def test_an_entry_that_was_put_at_the_end_is_named(with_seal: bool) -> None:
    if with_seal:
        sealed()
    copy_of(5, 6)
    assert accused() == [("entry", "T-1", 6)]
    _fit(case_of("T-1").id, 6)
    assert accused() == [("entry", "T-1", 6)]


@pytest.mark.parametrize("pair", [(1, 2), (2, 4), (4, 5)])
def test_entries_in_another_order_are_named(pair: tuple[int, int]) -> None:
    first, second = pair
    renumber(case_of("T-1").id, {first: second, second: first})
    assert accused() == [("entry", "T-1", first), ("entry", "T-1", second)]
    assert verified().findings[0].words.endswith(f"stands in another place: it was recorded as entry {second}.")


def test_an_entry_moved_to_another_case_is_named_in_both() -> None:
    change(
        "UPDATE cases_event SET case_id = %s, sequence = 6 WHERE case_id = %s AND sequence = 5",
        case_of("T-3").id,
        case_of("T-1").id,
    )
    assert accused() == [("entry", "T-1", 5), ("entry", "T-3", 6)]


@pytest.mark.parametrize("place", [1, 3])
def test_an_entry_written_anew_with_its_hash_is_named_by_the_one_after_it(place: int) -> None:
    case = case_of("T-1").id
    change("UPDATE cases_event SET stage = 'stage-2' WHERE case_id = %s AND sequence = %s", case, place)
    _fit(case, place)
    assert accused() == [("entry", "T-1", place)]


@pytest.mark.parametrize("start", [1, 4])
def test_a_chain_written_anew_is_found_by_the_seal(start: int) -> None:
    sealed()
    case = case_of("T-1").id
    change("UPDATE cases_event SET stage = 'stage-2' WHERE case_id = %s AND sequence = %s", case, start)
    write_anew(case, start=start)
    assert accused() == [("case", "T-1", 5)]
    assert verified().findings == (
        Finding(
            About.CASE,
            f"Case {case}: the chain was written anew from its start. Seal 1 has another head for entry 5.",
            str(case),
            5,
            1,
        ),
    )


def test_of_a_chain_written_anew_the_part_that_an_earlier_seal_knows_is_not_accused() -> None:
    sealed()
    case = case_of("T-1").id
    noted = Happening(kind=EventKind.STAGE_ACKNOWLEDGED, on=Dating.day(date(2018, 10, 2)), stage="stage-1")
    record_events(case, [noted], expected_version=5, by=None, at=LATER)
    sealed(LATER)
    change("UPDATE cases_event SET stage = 'stage-2' WHERE case_id = %s AND sequence = 6", case)
    write_anew(case, start=6)
    (finding,) = verified().findings
    assert finding.words == (
        f"Case {case}: the chain was written anew after entry 5. Seal 2 has another head for entry 6."
    )


def remove_whole(reference: str, *, with_case: bool) -> object:
    case = case_of(reference).id
    with guard_off() as cursor:
        for table in ("cases_reason", "cases_event"):
            cursor.execute(f"DELETE FROM {table} WHERE case_id = %s", [case])  # noqa: S608
        if with_case:
            cursor.execute("DELETE FROM cases_case WHERE id = %s", [case])
    return case


def test_a_case_that_was_removed_whole_is_found_by_the_seal() -> None:
    sealed()
    case = remove_whole("T-2", with_case=True)
    assert verified().findings == (
        Finding(About.CASE, f"Case {case} was removed whole: seal 1 has it with 7 entries.", str(case)),
    )


def test_a_case_whose_entries_are_all_gone_is_named_without_a_seal() -> None:
    case = remove_whole("T-2", with_case=False)
    assert [f.words for f in verified().findings] == [
        f"Case {case} says that it has 7 entries, and all of them are gone."
    ]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE cases_reason SET words = 'Something else.'", "was changed"),
        ("DELETE FROM cases_reason", "is missing"),
    ],
)  # fmt: skip
def test_a_reason_that_was_changed_or_removed_is_named(statement: str, words: str) -> None:
    change(statement)
    (finding,) = verified().findings
    assert finding.words == (f"Case {case_of('T-2').id}, entry 6: the text that says why it corrects another {words}.")
    assert "letter" not in finding.words


def test_a_reason_that_belongs_to_nothing_is_named() -> None:
    change(
        "INSERT INTO cases_reason (id, case_id, words, salt) SELECT gen_random_uuid(), case_id, words, salt "
        "FROM cases_reason"
    )
    assert accused() == [("reason", "T-2", None)]


@pytest.fixture
def three_seals() -> None:
    for day, reference in enumerate(("T-1", "T-2", "T-3")):
        sealed(AT + timedelta(days=day))
        noted = Happening(kind=EventKind.STAGE_ACKNOWLEDGED, on=Dating.day(date(2018, 10, 2)), stage="stage-1")
        case = case_of(reference)
        record_events(case.id, [noted], expected_version=case.version, by=None, at=AT + timedelta(days=day))


SEAL_CHANGES = {
    "a number of cases": ("UPDATE cases_seal SET cases = cases + 1 WHERE number = 2", "changed or forged"),
    "a number of entries": ("UPDATE cases_seal SET entries = entries + 1 WHERE number = 2", "changed or forged"),
    "its moment": ("UPDATE cases_seal SET sealed_at = now() WHERE number = 2", "changed or forged"),
    "its signature": ("UPDATE cases_seal SET signature = sha512('x') WHERE number = 2", "changed or forged"),
    "its digest": ("UPDATE cases_seal SET heads = sha256('x') WHERE number = 2", "changed or forged"),
    "what it follows": ("UPDATE cases_seal SET previous = sha256('x') WHERE number = 2", "changed or forged"),
    "a head": ("UPDATE cases_sealedhead SET head = sha256('x') WHERE seal_id = 2", "other heads than were signed"),
    "a version": ("UPDATE cases_sealedhead SET version = 9 WHERE seal_id = 2", "other heads than were signed"),
    "a head removed": ("DELETE FROM cases_sealedhead WHERE seal_id = 2", "other heads than were signed"),
    "a head added": (
        "INSERT INTO cases_sealedhead (seal_id, case_id, version, head) VALUES (2, gen_random_uuid(), 1, sha256('x'))",
        "other heads than were signed",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", SEAL_CHANGES)
def test_a_seal_that_was_changed_is_named(three_seals: None, what: str) -> None:
    assert verified().findings == ()
    statement, words = SEAL_CHANGES[what]
    change(statement)
    findings = verified().findings
    assert [(f.about, f.seal) for f in findings if f.seal == 2] == [(About.SEAL, 2)]
    assert words in findings[0].words
    # Where its signature covers what the next one names, that one says so too.
    assert {f.seal for f in findings} <= {2, 3}
    assert {f.about for f in findings} == {About.SEAL}


def test_a_seal_between_others_that_was_removed_is_named(three_seals: None) -> None:
    with guard_off() as cursor:
        cursor.execute("DELETE FROM cases_sealedhead WHERE seal_id = 2")
        cursor.execute("DELETE FROM cases_seal WHERE number = 2")
    assert [(f.seal, f.words) for f in verified().findings] == [(2, "Seal 2: it is missing.")]


def test_seals_forged_with_another_key_are_named(three_seals: None) -> None:
    with guard_off() as cursor:
        cursor.execute("DELETE FROM cases_sealedhead")
        cursor.execute("DELETE FROM cases_seal")
    sealed(LATER, key="a forger's")
    (finding,) = verified().findings
    fingerprint = seal_key("a forger's").fingerprint
    assert finding.words == (
        f"Seal 1: it is forged, or its key is not among those given: it names the key {fingerprint}."
    )
    assert verified("ours", "a forger's").findings == ()


def test_a_forged_seal_accuses_no_case() -> None:
    sealed(key="a forger's")
    change("UPDATE cases_sealedhead SET head = sha256('x') WHERE case_id = %s", case_of("T-1").id)
    assert [(f.about, f.seal) for f in verified().findings] == [(About.SEAL, 1)]


def test_without_a_key_seals_are_followed_and_their_signatures_are_not_believed() -> None:
    sealed()
    done = verify_record({})
    assert (done.findings, done.unchecked) == ((), "no public key is at hand, so nobody knows who made the seals")
    remove_whole("T-3", with_case=True)
    assert [f.about for f in verify_record({}).findings] == [About.CASE]


def test_the_last_seal_removed_is_missed_by_its_copy(
    three_seals: None, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from upheld.cases.actions.seal_chronology import COPY_FILE, keep_copies

    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    keep_copies()
    keep_copies()
    copies = tmp_path / COPY_FILE
    assert len(copies.read_text().splitlines()) == 3
    assert verify_record(believed(), copies=copies).findings == ()
    with guard_off() as cursor:
        cursor.execute("DELETE FROM cases_sealedhead WHERE seal_id = 3")
        cursor.execute("DELETE FROM cases_seal WHERE number = 3")
    (finding,) = verify_record(believed(), copies=copies).findings
    assert finding.words == f"Seal 3: it is missing: its copy is in {copies}."
    sealed(AT + timedelta(days=9))
    (finding,) = verify_record(believed(), copies=copies).findings
    assert finding.words == f"Seal 3: it is another than the one that was made: its copy is in {copies}."
    copies.write_text("not a seal\n" + copies.read_text().replace('"moved": ', '"moved": 1'))
    assert verify_record(believed(), copies=copies).findings == ()


def test_only_the_changed_are_accused_among_many(django_assert_max_num_queries: Callable[..., Any]) -> None:
    record(*(row(reference=f"M-{number}", **ANSWERED) for number in range(40)))
    sealed()
    change("UPDATE cases_event SET stage = 'stage-2' WHERE case_id = %s AND sequence = 2", case_of("M-7").id)
    change("DELETE FROM cases_event WHERE case_id = %s AND sequence = 4", case_of("M-31").id)
    assert accused() == [("entry", "M-31", 4), ("entry", "M-7", 2)]
    with django_assert_max_num_queries(16):
        verified()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_is_done_to_one_case_is_found_and_no_other_is_accused(data: st.DataObject) -> None:
    """One to three changes of one case, of any kind, before or after a seal."""
    from django.db import transaction

    reference = data.draw(st.sampled_from(["T-1", "T-2", "T-3"]))
    with_seal = data.draw(st.booleans())
    with transaction.atomic():
        if with_seal:
            sealed()
        case = case_of(reference)
        before = list(Event.objects.filter(case=case).order_by("sequence").values_list())
        for _ in range(data.draw(st.integers(1, 3))):
            _something(data, case)
        moved = list(Event.objects.filter(case=case).order_by("sequence").values_list()) != before
        found = accused()
        assert bool(found) == moved
        assert {name for _, name, _ in found} <= {reference}
        transaction.set_rollback(True)


def _something(data: st.DataObject, case: Case) -> None:
    places = list(Event.objects.filter(case=case).order_by("sequence").values_list("sequence", flat=True))
    if not places:
        return
    place = data.draw(st.sampled_from(places))
    kind = data.draw(st.sampled_from(["change", "remove", "swap", "copy", "hash"]))
    if kind == "change":
        column = data.draw(st.sampled_from(["kind", "stage", "recorded_by", "occurrence", "salt"]))
        value = COLUMNS[column].replace("sha256('another')::bytea", "substr(sha256('another'), 1, 16)")
        change(f"UPDATE cases_event SET {column} = {value} WHERE case_id = %s AND sequence = %s", case.id, place)  # noqa: S608
    elif kind == "remove":
        change("DELETE FROM cases_event WHERE case_id = %s AND sequence = %s", case.id, place)
    elif kind == "swap" and (other := data.draw(st.sampled_from(places))) != place:
        renumber(case.id, {place: other, other: place})
    elif kind == "copy":
        copy_of(place, max(places) + 1, case.reference)
    elif kind == "hash":
        change("UPDATE cases_event SET hash = sha256(hash) WHERE case_id = %s AND sequence = %s", case.id, place)


def test_checking_writes_nothing_and_holds_one_case_at_a_time() -> None:
    """It reads by cursors of the server; the connection refuses to write meanwhile where it can."""
    from upheld.cases.verification.reading import kept_cases, one_look

    with one_look():
        cases = kept_cases()
        first = next(cases)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_cursors WHERE NOT is_holdable")
            (cursors,) = cursor.fetchone()
        cases.close()
    assert len(first.entries) in (5, 7)
    assert cursors == 2  # of cases and of entries; the others were read to their end
