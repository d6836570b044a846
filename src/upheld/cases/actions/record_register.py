"""Record a register: the bulk path, for imports, for the example and for measuring.

One transaction: compare with the record, refuse or write everything. Killed at any instant it leaves nothing behind.
"""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID, uuid4

from django.db import connection, transaction

from upheld.cases import rules
from upheld.cases.actions.refreshing import facts_changed
from upheld.cases.actions.writing import Addition, CaseWriter, CorrectedCase, Person
from upheld.cases.comparison import compare
from upheld.cases.models import RegisterImport
from upheld.cases.models.people import Role
from upheld.cases.naming import Recognised, add_names, recognise
from upheld.cases.queries.histories import recorded_cases
from upheld.cases.queries.people import names_in_cases
from upheld.errors import UpheldError
from upheld.register.layout import BY_ID, normal
from upheld.register.model import Refusal, Register, RegisteredCase

if TYPE_CHECKING:
    from upheld.accounts.models import User

# Cases that are in memory as rows at once.
CHUNK = 2_000
# Any number, as long as nothing else in the database locks it: imports wait for each other on it.
IMPORT_LOCK = 0x75_70_68_65_6C_64_01

Progress = Callable[[int, int], None]
Item = TypeVar("Item")


class RegisterRefused(UpheldError):
    """A register that cannot be imported, with every reason; nothing of it was recorded."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        self.refusals = tuple(sorted(refusals, key=lambda refusal: (refusal.row, refusal.column)))
        count = "1 cell or row is" if len(refusals) == 1 else f"{len(refusals)} cells or rows are"
        super().__init__(f"The register was not imported, and nothing was recorded: {count} refused.")


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did. `import_id` is None where the record had everything already, and nothing was written.

    `new_rows`, `added_to_rows` and `same_rows` count the register's rows, one for each stage of a case: not recorded
    before, recorded with less or otherwise, recorded alike. `corrected` are the cases in which entries were corrected,
    `renamed` the people whose names were.
    """

    import_id: UUID | None
    rows: int
    new_rows: int
    added_to_rows: int
    same_rows: int
    new_cases: int
    changed_cases: int
    events: int
    new_services: tuple[str, ...]
    new_teams: tuple[str, ...]
    new_themes: tuple[str, ...]
    corrected: tuple[CorrectedCase, ...] = ()
    renamed: int = 0


@dataclass(slots=True)
class _Plan:
    additions: list[Addition]
    refusals: list[Refusal]
    new_rows: int = 0
    same_rows: int = 0


def record_register(
    register: Register,
    *,
    by: "User | None",
    at: datetime,
    progress: Progress | None = None,
    over_people: bool = False,
) -> ImportResult:
    """Record everything in a register that the record has not got, or raise RegisterRefused and record nothing.

    What it says otherwise than an earlier register is corrected. What people recorded here by hand, and names, it
    corrects only where `over_people` says that it may. `at` is the moment of recording. `progress` is told how many
    cases of how many are written. Raises PermissionDenied where `by` may not import.
    """
    rules.check_may_record(by)
    if register.refusals:
        raise RegisterRefused(register.refusals)
    with transaction.atomic(), _without_collecting():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])
        recognised = recognise(register)
        plan = _compare(register, recognised, over_people=over_people)
        if refusals := [*recognised.refusals, *plan.refusals]:
            raise RegisterRefused(refusals)
        result = _result(register, recognised, plan, at)
        if plan.additions:
            source = uuid4()
            result = replace(result, import_id=source)
            corrected = _write(register, recognised, plan, result, source, by=by, at=at, progress=progress)
            result = replace(result, corrected=corrected)
    return result


def _compare(register: Register, recognised: Recognised, *, over_people: bool) -> _Plan:
    plan, same_codes = _Plan([], []), recognised.same_codes
    for chunk in _chunks(register.cases):
        keys = {case.reference: normal(case.reference) for case in chunk}
        recorded = recorded_cases(keys.values())
        names = names_in_cases([r.id for r in recorded.values()]) if recorded else {}
        for case in chunk:
            known = recorded.get(keys[case.reference])
            if not same_codes:
                events = tuple(recognised.in_record_codes(event) for event in case.history.events)
                case = replace(case, history=replace(case.history, events=events))  # noqa: PLW2901
            compared = compare(case, known, recognised.labels, over_people=over_people)
            people, renamed, differing = _people(case, names.get(known.id, {}) if known else {})
            plan.refusals += compared.refusals
            if not over_people:
                plan.refusals += differing
            plan.new_rows += compared.new_stages
            plan.same_rows += compared.same_stages
            if compared.added or people or compared.corrections or renamed:
                addition = Addition(case, known, compared.added, people, compared.corrections, renamed)
                plan.additions.append(addition)
    return plan


def _people(
    case: RegisteredCase, recorded: Mapping[str, str]
) -> tuple[tuple[Person, ...], tuple[Person, ...], list[Refusal]]:
    """The people whom the record has not got, those whom it calls something else, and why those are refused."""
    new, renamed, refusals = [], [], []
    for role, column, name in (
        (Role.CHILD, "child_name", case.child_name),
        (Role.COMPLAINANT, "complainant_name", case.complainant_name),
    ):
        known = recorded.get(role)
        if name and known is None:
            new.append((role.value, name))
        elif name and known is not None and normal(known) != normal(name):
            renamed.append((role.value, name))
            reason = (
                "The record has another name here, and a file does not rename anybody. Put the file right; or, where "
                "the file is right, import it with --accept-corrections."
            )
            refusals.append(Refusal(min(case.rows.values(), default=0), BY_ID[column].heading, name, reason))
    return tuple(new), tuple(renamed), refusals


def _result(register: Register, recognised: Recognised, plan: _Plan, at: datetime) -> ImportResult:
    new_cases = sum(addition.recorded is None for addition in plan.additions)
    return ImportResult(
        import_id=None,
        rows=register.rows,
        new_rows=plan.new_rows,
        added_to_rows=register.rows - plan.new_rows - plan.same_rows,
        same_rows=plan.same_rows,
        new_cases=new_cases,
        changed_cases=len(plan.additions) - new_cases,
        events=sum(len(addition.entries(at)) for addition in plan.additions),
        new_services=tuple(register.services[code] for code in recognised.new_services),
        new_teams=tuple(register.teams[code].name for code in recognised.new_teams),
        new_themes=tuple(register.themes[code] for code in recognised.new_themes),
        renamed=sum(len(addition.renamed) for addition in plan.additions),
    )


def _write(
    register: Register,
    recognised: Recognised,
    plan: _Plan,
    result: ImportResult,
    source: UUID,
    *,
    by: "User | None",
    at: datetime,
    progress: Progress | None,
) -> tuple[CorrectedCase, ...]:
    author = None if by is None else by.public_id
    add_names(register, recognised, by=by, at=at)
    RegisterImport.objects.create(
        id=source,
        file_name=register.source,
        digest=register.digest,
        recorded_at=at,
        recorded_by=author,
        rows=register.rows,
        new_cases=result.new_cases,
        changed_cases=result.changed_cases,
        events=result.events,
    )
    writer = CaseWriter(source=source, author=author, at=at)
    done = 0
    for chunk in _chunks(plan.additions):
        writer.write(chunk)
        done += len(chunk)
        if progress is not None:
            progress(done, len(plan.additions))
    if writer.refusals:
        raise RegisterRefused(writer.refusals)
    facts_changed()
    return tuple(writer.corrected)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Let Python not look for circles of objects meanwhile.

    There are none in what is written, and going through a large register again and again takes a quarter of the time.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]
