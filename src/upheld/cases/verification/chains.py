"""One case's entries against their own hashes and against the seals. Pure: rows in, findings out.

A chain that holds is passed quickly. One that does not is looked at entry by entry: an entry's hash says which place
it was recorded in, so that what was changed, removed, inserted or put elsewhere can be told apart, and what merely
follows it is not accused.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import NamedTuple

from upheld.cases.chain import BEFORE_THE_FIRST, kept_text
from upheld.cases.verification.findings import About, Finding

_INSERTED = "inserted"
# Entries that may have been removed from a case with those after them moved up, so that each is still recognised.
_REMOVED_AT_MOST = 100


class KeptEntry(NamedTuple):
    """The columns of an entry as they are kept; dates and moments as the content has them."""

    case: str
    sequence: int
    kind: str
    kind_version: int
    stage: str | None
    occurrence: int
    earliest: str | None
    latest: str | None
    precision: str
    data: str
    recorded_at: str
    recorded_by: str | None
    source: str | None
    salt: bytes
    previous: bytes
    hash: bytes

    def fits(self, place: int) -> bool:
        """Whether the entry's hash is that of what it says, in this place of the case."""
        content = kept_text(self[0], place, *self[2:13])
        digest = sha256(self.salt + content.encode(errors="surrogatepass")).digest()
        return sha256(self.previous + digest).digest() == self.hash


class SealedAt(NamedTuple):
    """What a seal says of the case: after so many entries its head was this."""

    seal: int
    version: int
    head: bytes


def holds(entries: Sequence[KeptEntry]) -> bool:
    """Whether the entries are numbered from 1 without a gap, each as it was hashed, each joined to the one before."""
    before = BEFORE_THE_FIRST
    for place, entry in enumerate(entries, start=1):
        salt, previous, hash_ = entry[13:]
        content = kept_text(*entry[:13])
        if (
            entry[1] != place
            or previous != before
            or sha256(previous + sha256(salt + content.encode(errors="surrogatepass")).digest()).digest() != hash_
        ):
            return False
        before = hash_
    return True


def check_case(
    case: str, entries: Sequence[KeptEntry], version: int | None, sealed: Sequence[SealedAt]
) -> tuple[Finding, ...]:
    """What is wrong with a case that was not disposed of. `version` is how many entries it says it has, if it is there.

    `sealed` are in the order of the seals.
    """
    if not entries:
        return _gone(case, version, sealed)
    if holds(entries) and version == len(entries):
        return tuple(_rewritten(case, {entry.sequence: entry.hash for entry in entries}, sealed, set()))
    return _Examined(case, entries, version, sealed).findings()


def _gone(case: str, version: int | None, sealed: Sequence[SealedAt]) -> tuple[Finding, ...]:
    if sealed:
        last = sealed[-1]
        words = f"Case {case} was removed whole: seal {last.seal} has it with {_entries(last.version)}."
    else:
        words = f"Case {case} says that it has {_entries(version or 0)}, and all of them are gone."
    return (Finding(About.CASE, words, case),)


def _rewritten(
    case: str, heads: Mapping[int, bytes], sealed: Sequence[SealedAt], accused: set[int]
) -> Iterator[Finding]:
    """Whether the heads that were sealed are still those of the chain; `accused` places need no second accusation."""
    sound, known = 0, set(heads.values())
    for seal in sealed:
        if seal.head in known:
            sound = max(sound, seal.version)
            continue
        if seal.version > max(heads, default=0) and not accused:
            words = (
                f"Case {case}: entries are missing at its end. Seal {seal.seal} has it with "
                f"{_entries(seal.version)}, and there are {len(heads)}."
            )
            yield Finding(About.CASE, words, case, len(heads) + 1, seal.seal)
        elif not any(sound < place <= seal.version for place in accused):
            where = f"after entry {sound}" if sound else "from its start"
            words = (
                f"Case {case}: the chain was written anew {where}. Seal {seal.seal} has another head for entry "
                f"{seal.version}."
            )
            yield Finding(About.CASE, words, case, seal.version, seal.seal)
        return


@dataclass(slots=True)
class _Placed:
    """An entry and the place that it was recorded in: None where its hash fits no place."""

    entry: KeptEntry
    place: int | None


class _Examined:
    """A chain that does not hold."""

    def __init__(
        self, case: str, entries: Sequence[KeptEntry], version: int | None, sealed: Sequence[SealedAt]
    ) -> None:
        self.case = case
        self.version = version
        self.sealed = sealed
        self.most = max([version or 0, *(entry.sequence for entry in entries), *(seal.version for seal in sealed)])
        self.placed = [_Placed(entry, self._place(entry)) for entry in entries]
        self.found: dict[tuple[str, int], Finding] = {}
        self.accused: set[int] = set()

    def _place(self, entry: KeptEntry) -> int | None:
        candidates = (entry.sequence, *range(1, self.most + _REMOVED_AT_MOST + 1))
        return next((place for place in candidates if entry.fits(place)), None)

    def findings(self) -> tuple[Finding, ...]:
        genuine = self._without_inserted()
        self._missing({each.place for each in genuine if each.place is not None})
        self._order(genuine)
        self._links(genuine)
        heads = {each.place: each.entry.hash for each in genuine if each.place is not None}
        found = [*self.found.values(), *_rewritten(self.case, heads, self.sealed, self.accused)]
        if not found:
            words = f"Case {self.case}: it says that it has {_entries(self.version or 0)}, and there are {len(heads)}."
            found = [Finding(About.CASE, words, self.case)]
        return tuple(found)

    def _without_inserted(self) -> list[_Placed]:
        """The entries that were recorded, each in its place; what was changed stands where it is."""
        at: dict[int, list[_Placed]] = {}
        for each in self.placed:
            if each.place is not None:
                at.setdefault(each.place, []).append(each)
        genuine = [self._of_several(place, several) for place, several in at.items()]
        for each in self.placed:
            if each.place is None:
                place = each.entry.sequence
                if place in at or self._beyond(place):
                    self._accuse(place, "was inserted", inserted=True)
                else:
                    self._accuse(place, "was changed after it was recorded")
                    genuine.append(_Placed(each.entry, place))
        for each in [each for each in genuine if self._beyond(min(each.place or 0, each.entry.sequence))]:
            self._accuse(each.entry.sequence, "was inserted", inserted=True)
            genuine.remove(each)
        return sorted(genuine, key=lambda each: each.place or 0)

    def _beyond(self, place: int) -> bool:
        """Whether a place is after the last that the case or a seal knows."""
        return self.version is not None and place > max([self.version, *(seal.version for seal in self.sealed)])

    def _of_several(self, place: int, several: list[_Placed]) -> _Placed:
        """The one of several that others know: those that follow it, a seal, or those before it."""
        if len(several) == 1:
            return several[0]
        sealed = {seal.head for seal in self.sealed}
        followed = {each.entry.previous for each in self.placed if each.place == place + 1}
        hashes = {each.entry.hash for each in self.placed if each.place == place - 1} or {BEFORE_THE_FIRST}
        best = max(
            several,
            key=lambda e: (e.entry.hash in sealed, e.entry.hash in followed, e.entry.previous in hashes),
        )
        for each in several:
            if each is not best:
                self._accuse(each.entry.sequence, "was inserted", inserted=True)
        return best

    def _missing(self, there: set[int]) -> None:
        inserted = sum(kind == _INSERTED and place <= (self.version or 0) for kind, place in self.found)
        last = max([(self.version or 0) - inserted, *there, *(seal.version for seal in self.sealed)])
        for place in range(1, last + 1):
            if place not in there and place not in self.accused:
                self._accuse(place, "is missing")

    def _order(self, genuine: list[_Placed]) -> None:
        stored = sorted((each for each in genuine if not self._changed(each)), key=lambda each: each.entry.sequence)
        wanted = sorted(stored, key=lambda each: each.place or 0)
        for is_there, belongs in zip(stored, wanted, strict=True):
            if is_there is not belongs:
                words = f"stands in another place: it was recorded as entry {is_there.place}"
                self._accuse(is_there.entry.sequence, words)

    def _links(self, genuine: list[_Placed]) -> None:
        """Where two that follow each other are not joined, though each is as it was hashed."""
        whole = [each for each in genuine if not self._changed(each)]
        broken = []
        if whole and whole[0].place == 1 and whole[0].entry.previous != BEFORE_THE_FIRST:
            broken.append((0, 1))
        for before, after in pairwise(whole):
            assert before.place is not None  # noqa: S101  what fits no place was changed, and is not among them
            if after.place == before.place + 1 and after.entry.previous != before.entry.hash:
                broken.append((before.place, after.place))
        told = {after for (_, after), (before, _) in pairwise(broken) if after == before}
        for before_place, after_place in broken:
            if before_place in told or after_place in told:
                continue
            told.add(before_place or 1)
        for place in sorted(told):
            self._accuse(place, "was written anew together with its hash; the entry after it follows another")

    def _changed(self, each: _Placed) -> bool:
        return (About.ENTRY.value, each.entry.sequence) in self.found and each.place == each.entry.sequence

    def _accuse(self, place: int, words: str, *, inserted: bool = False) -> None:
        key = (_INSERTED if inserted else About.ENTRY.value, place)
        if key not in self.found:
            said = f"Case {self.case}, entry {place}: it {words}."
            self.found[key] = Finding(About.ENTRY, said, self.case, place)
        if not inserted:
            self.accused.add(place)


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count:,} entries"
