"""Who complains, about which child, how, and with whose help. Every name is plainly not a person's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from upheld.register.example.days import Days
from upheld.register.example.drawing import around, pick
from upheld.register.example.made_up import MadeUp, Team

_YOUNG = ("child", "care-leaver")
_MUST_SHOW_INTEREST = ("relative", "other")
_SPOKEN = ("telephone", "in-person")

_NAMED_AFTER: Mapping[str, str] = {
    "care-leaver": "Care Leaver",
    "parent": "Parent",
    "person-with-pr": "Carer",
    "foster-carer": "Foster Carer",
    "special-guardian": "Guardian",
    "adoption": "Adopter",
    "relative": "Relative",
    "other": "Person",
}


@dataclass(frozen=True, slots=True)
class Contact:
    """Who complained and how, and what holds the clock: days counted from the day of receipt, None where nothing does.

    `advocate_wait` and `interest_wait` are working days until an advocate was appointed, or sufficient interest
    accepted; `later_start` is days until the start that the complainant asked for.
    """

    channel: str
    complainant: str
    age_band: str
    advocate: str
    advocate_wait: int | None
    interest_wait: int | None
    later_start: int | None

    @property
    def spoken(self) -> bool:
        """Whether the complaint was made orally."""
        return self.channel in _SPOKEN


@dataclass(frozen=True, slots=True)
class Case:
    """One case before anything is done about it."""

    number: int  # over the whole register, in order of quarters
    reference: str
    received: date
    team: Team
    themes: tuple[str, ...]
    contact: Contact

    @property
    def child_name(self) -> str:
        """A name that nobody has."""
        return f"Example Child {self.number:04d}"

    @property
    def complainant_name(self) -> str:
        """As above; the child's own where the child complains, none where nobody gave one."""
        if self.contact.complainant == "child":
            return self.child_name
        words = _NAMED_AFTER.get(self.contact.complainant)
        return f"Example {words} {self.number:04d}" if words else ""


def draw_contact(random: Random, team: Team, received: date, days: Days, made: MadeUp) -> Contact:
    """Draw who complains about this team on this day, and how."""
    complainant = pick(random, team.complainants)
    young = complainant in _YOUNG
    ages = made.age_bands[complainant if young else "others"]
    age_band = pick(random, ages)
    if complainant == "anonymous":
        channels = made.channels["anonymous"]
    else:
        channels = made.channels["young" if young else "others"]
    if not days.is_open(received):
        channels = made.channels["weekend"]
    channel = pick(random, channels)
    advocate, advocate_wait = _draw_advocate(random, channel, made) if young else ("not-relevant", None)
    interest_wait = around(random, 1, 6, 3) if complainant in _MUST_SHOW_INTEREST else None
    asked_to_wait = random.random() * 1000 < made.later_start_per_thousand
    return Contact(
        channel, complainant, age_band, advocate, advocate_wait, interest_wait,
        around(random, 5, 18, 10) if asked_to_wait and not young else None,
    )  # fmt: skip


def _draw_advocate(random: Random, channel: str, made: MadeUp) -> tuple[str, int | None]:
    """How far advocacy got in the end, and the working days until an advocate was appointed (0: was there already)."""
    if channel == "through-advocate":
        return "appointed", 0
    outcome = pick(random, made.advocacy)
    if outcome == "asked-for":
        return "appointed", around(random, 2, 8, 4)
    return outcome, 0 if outcome == "appointed" else None
