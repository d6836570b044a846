"""Many cases into the record at once: their entries chained, their people apart, their facts folded, all by COPY."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection

from upheld.cases.actions.copying import copy_cases, copy_entries, copy_people
from upheld.cases.actions.record_events import check_clock
from upheld.cases.actions.refreshing import add_facts, refresh_facts
from upheld.cases.actions.versions import StaleCase
from upheld.cases.chain import BEFORE_THE_FIRST, Entry, enchain, placed
from upheld.cases.comparison import Correction
from upheld.cases.folding import effect_of, facts_of
from upheld.cases.models import CaseParty
from upheld.cases.models import Person as PersonRow
from upheld.cases.queries.histories import Recorded
from upheld.facts import CaseFacts, Effect
from upheld.procedure import BeyondCalendar, Event, History, data_problems, problems, striking
from upheld.register.layout import normal
from upheld.register.model import Refusal, RegisteredCase

Person = tuple[str, str]  # role, name
# Cases of which an import works out what its corrections move.
MOST_EFFECTS = 100


@dataclass(frozen=True, slots=True)
class Addition:
    """What one case of a register adds and corrects, and whom. `recorded` is None for a case that is new.

    `renamed` are people whom the register calls something else now.
    """

    case: RegisteredCase
    recorded: Recorded | None
    events: tuple[Event, ...]
    people: tuple[Person, ...]
    corrections: tuple[Correction, ...] = ()
    renamed: tuple[Person, ...] = ()

    def entries(self, at: datetime) -> tuple[Event, ...]:
        """What is appended: each striking followed by what stands in its place, then what is new."""
        if not self.corrections:
            return self.events
        place = 0 if self.recorded is None else self.recorded.version
        entries: list[Event] = []
        for correction in self.corrections:
            place += 1
            instead = None if correction.event is None else place + 1
            entries.append(striking(correction.target, replaced_by=instead, reason=correction.reason, at=at))
            if correction.event is not None:
                place += 1
                entries.append(correction.event)
        return (*entries, *self.events)


@dataclass(frozen=True, slots=True)
class CorrectedCase:
    """A case that a register corrected, and what that moved; None beyond the first `MOST_EFFECTS` cases."""

    reference: str
    corrections: tuple[Correction, ...]
    moved: Effect | None


@dataclass(slots=True)
class CaseWriter:
    """Writes additions within the caller's transaction.

    What cannot be is gathered in `refusals`; then the caller must roll back, and what is written no longer matters.
    """

    source: UUID
    author: UUID | None
    at: datetime
    refusals: list[Refusal] = field(default_factory=list)
    corrected: list[CorrectedCase] = field(default_factory=list)

    def write(self, additions: Sequence[Addition]) -> None:
        """Write some additions.

        Raises StaleCase where somebody else has added to one of the cases meanwhile, ClockBehind where one of them has
        entries that were recorded later than these.
        """
        new = [(addition, uuid4()) for addition in additions if addition.recorded is None]
        known = [(addition, addition.recorded) for addition in additions if addition.recorded is not None]
        self._write_new(new)
        self._write_known(known)

    def _write_new(self, additions: list[tuple[Addition, UUID]]) -> None:
        if self.refusals:
            return
        copy_cases(
            (
                case_id,
                addition.case.reference,
                normal(addition.case.reference),
                addition.case.history.pack,
                len(addition.events),
                self.at,
                self.author,
            )
            for addition, case_id in additions
        )
        self._write_people(additions)
        facts: list[CaseFacts] = []
        # Folded as they are copied: the server stores one case while the next is folded.
        copy_entries(self._new_entries(additions, facts))
        add_facts(facts, at=self.at)

    def _new_entries(self, additions: list[tuple[Addition, UUID]], facts: list[CaseFacts]) -> Iterator[Entry]:
        """The entries of new cases, one after another; the facts of each go to `facts`."""
        for addition, case_id in additions:
            events = self._placed(addition.events, after=0)
            folded = self._fold(addition, History(str(case_id), addition.case.history.pack, events))
            if folded is not None:
                facts.append(folded)
                yield from enchain(case_id, events, source=self.source, previous_hash=BEFORE_THE_FIRST)

    def _write_known(self, additions: list[tuple[Addition, Recorded]]) -> None:
        facts: dict[str, CaseFacts] = {}
        entries: list[Entry] = []
        raised: list[tuple[Recorded, int]] = []
        for addition, recorded in additions:
            said = addition.entries(self.at)
            if not said:
                continue
            check_clock(recorded.history, self.at)
            events = self._placed(said, after=recorded.version)
            history = History(recorded.history.case, recorded.history.pack, (*recorded.history.events, *events))
            folded = self._fold(addition, history)
            if folded is not None:
                facts[history.case] = folded
                raised.append((recorded, len(events)))
                entries += enchain(recorded.id, events, source=self.source, previous_hash=recorded.head)
                if addition.corrections:
                    self._note(addition, recorded.history, history)
        if self.refusals:
            return
        _raise_versions(raised)
        self._write_people([(addition, recorded.id) for addition, recorded in additions])
        self._rename([(recorded.id, addition.renamed) for addition, recorded in additions if addition.renamed])
        copy_entries(entries)
        refresh_facts(facts, at=self.at)

    def _note(self, addition: Addition, before: History, after: History) -> None:
        """Keep what the corrections of a case move, for as many cases as anybody reads."""
        moved = effect_of(before, after, on=self.at.date()) if len(self.corrected) < MOST_EFFECTS else None
        self.corrected.append(CorrectedCase(addition.case.reference, addition.corrections, moved))

    def _rename(self, renamed: Sequence[tuple[UUID, tuple[Person, ...]]]) -> None:
        """Give people their new names. Who has two parts and is renamed in one of them becomes two people."""
        for case, people in renamed:
            for role, name in people:
                part = CaseParty.objects.select_related("person").get(case=case, role=role)
                if part.person.parts.count() == 1:
                    part.person.name = name
                    part.person.save(update_fields=["name"])
                else:
                    part.person = PersonRow.objects.create(name=name, recorded_at=self.at)
                    part.save(update_fields=["person"])

    def _placed(self, events: Sequence[Event], *, after: int) -> tuple[Event, ...]:
        return placed(events, after=after, at=self.at, by=None if self.author is None else str(self.author))

    def _fold(self, addition: Addition, history: History) -> CaseFacts | None:
        """The facts of a case, or None where it cannot be true or cannot be counted, which is then refused."""
        reasons = _impossible(history, addition.recorded)
        if not reasons:
            try:
                return facts_of(history)
            except BeyondCalendar as error:
                reasons = (str(error),)
        row = min(addition.case.rows.values(), default=0)
        self.refusals += (Refusal(row, "", addition.case.reference, reason) for reason in reasons)
        return None

    def _write_people(self, additions: Sequence[tuple[Addition, UUID]]) -> None:
        people, parties = [], []
        for addition, case_id in additions:
            by_name: dict[str, UUID] = {}
            for role, name in addition.people:
                # Within one case the same name is one person: a child who complains for themself.
                if (key := normal(name)) not in by_name:
                    by_name[key] = uuid4()
                    people.append((by_name[key], name, self.at))
                parties.append((case_id, by_name[key], role))
        if people:
            copy_people(people, parties)


def _impossible(history: History, recorded: Recorded | None) -> tuple[str, ...]:
    """What cannot be true of a case now. What its rows cannot say one by one was refused when they were read."""
    if recorded is not None or len({event.stage for event in history.events}) > 1:
        before = problems(recorded.history) if recorded is not None else ()
        found = [problem for problem in problems(history) if problem not in before]
    else:
        found = [problem for event in history.events for problem in data_problems(event)]
    return tuple(f"{problem[:1].upper()}{problem[1:]}." for problem in found)


def _raise_versions(raised: Sequence[tuple[Recorded, int]]) -> None:
    if not raised:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE cases_case c SET version = seen.version + seen.added
            FROM unnest(%s::uuid[], %s::int[], %s::int[]) AS seen (id, version, added)
            WHERE c.id = seen.id AND c.version = seen.version
            """,
            [[r.id for r, _ in raised], [r.version for r, _ in raised], [added for _, added in raised]],
        )
        if cursor.rowcount != len(raised):
            raise StaleCase(
                "Somebody added to a case of this register while it was being imported, so nothing was recorded. "
                "Import it again."
            )
