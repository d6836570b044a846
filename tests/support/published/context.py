"""What a sentence is written from: the world, the report's hand, and helpers that find the words for numbers."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from tests.support.published.model import Mistake, Place, Truth, Verdict
from tests.support.published.style import ReportStyle
from tests.support.published.wordings import WORDINGS
from tests.support.published.world import Counts, World

_UP = ("rose", "increased", "went up", "grew")
_DOWN = ("fell", "decreased", "went down", "dropped")
_PLURAL = {"Ombudsman": "Ombudsman complaints", "Statutory": "statutory complaints"}


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and what is true of it."""

    text: str
    truth: Truth


@dataclass(slots=True)
class Context:
    """One report's world and hand."""

    world: World
    style: ReportStyle
    choose: random.Random
    known: frozenset[str]  # the numbers that stand in the report's tables
    wordings: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: WORDINGS)

    # Numbers of the world

    def counts(self, stage: str, index: int = -1) -> Counts:
        """Of a stage, in the period so far from the last (-1)."""
        return self.world.stages[stage][index]

    def what(self, stage: str) -> str:
        """ "Stage 1 complaints"."""
        return _PLURAL.get(stage, f"{stage} complaints")

    def now(self, index: int = -1) -> str:
        """A period in prose."""
        return self.style.periods.in_prose(self.world.periods[index])

    def before(self, index: int = -2) -> str:
        """The period before, as people call it; or, further back, by its name."""
        if index != -2:
            return self.now(index)
        usual = ("last quarter", "the previous quarter") if self.world.quarterly else ("last year", "the previous year")
        return self.choose.choice((*usual, self.now(index)))

    def fact(self, measure: str, group: str, index: int = -1) -> str:
        """The name of one number."""
        return f"{measure}|{group}|{self.world.periods[index].key}"

    # Words

    def moved(self, change: int) -> dict[str, str]:
        """Words for a change up or down."""
        up = change > 0
        return {
            "moved": self.choose.choice(_UP if up else _DOWN),
            "moved_perfect": self.choose.choice(("risen", "increased") if up else ("fallen", "decreased", "gone down")),
            "a_move": self.choose.choice(("an increase", "a rise") if up else ("a decrease", "a fall", "a reduction")),
            "rise": self.choose.choice(("increase", "rise") if up else ("decrease", "fall", "reduction")),
            "fewer": "more" if up else "fewer",
            "more": "more" if up else "fewer",
            "down": "up" if up else "down",
            "higher": "higher" if up else "lower",
            "above": "above" if up else "below",
        }  # fmt: skip

    def write(
        self,
        kind: str,
        mistake: Mistake | None,
        facts: set[str],
        computed: tuple[str, ...],
        *,
        need: tuple[str, ...] = (),
        complete: bool = False,
        **values: str,
    ) -> Said | None:
        """A sentence of this kind in a wording drawn at random, with its truth.

        `need` names what the wording must show: there lies the mistake. A sentence is `complete` where it can be
        checked by itself; any other needs its facts in the tables, or nobody can tell.
        """
        can_tell = complete or facts <= self.known
        if mistake and not can_tell:
            return None
        possible = [w for w in self.wordings[kind] if all("{" + name + "}" in w for name in need)]
        if not possible:
            return None
        wording = self.choose.choice(possible)
        for name in ("what", "first", "fraction"):
            if name in values:
                values[name.capitalize()] = values[name][:1].upper() + values[name][1:]
        text = wording.format(**values)
        text = text[:1].upper() + text[1:]
        verdict = Verdict.RIGHT if can_tell else Verdict.CANNOT_TELL
        truth = Truth(kind, Place(sentence=text), verdict, computed=computed, facts=frozenset(facts))
        return Said(text, truth.wrong(mistake, *computed) if mistake else truth)

    def share(self, part: int, whole: int) -> str:
        """A percentage in prose."""
        return self.style.said(self.style.share(part, whole))

    def percentage(self, value: Fraction) -> str:
        """A percentage of an exact value, in prose."""
        return self.style.said(self.style.percentage(value))


def swapped(value: int) -> int | None:
    """Two neighbouring digits the other way round, or None where that changes nothing."""
    digits = str(value)
    for index in range(len(digits) - 1):
        if digits[index] != digits[index + 1] and not (index == 0 and digits[1] == "0"):
            return int(digits[:index] + digits[index + 1] + digits[index] + digits[index + 2 :])
    return None
