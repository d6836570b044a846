"""Words of change: which way they say that a number went, and how strongly."""

import re
from enum import IntEnum

UP = (
    r"increas(?:e[sd]?|ing)|r[io]se[sn]?|rising|gr[eo]w(?:n|ing|th|s)?|higher|climb(?:ed|s|ing)?|jump(?:ed|s)?"
    r"|went up|gone up|going up|up|more|surge[ds]?|doubl(?:ed|ing)|trebl(?:ed|ing)|tripl(?:ed|ing)|greater"
    r"|additional|rise"
)
DOWN = (
    r"decreas(?:e[sd]?|ing)|f[ae]ll(?:en|s|ing)?|reduc(?:ed?|es|tions?|ing)|drop(?:ped|s|ping)?|declin(?:ed?|es"
    r"|ing)|lower|fewer|less|went down|gone down|down|halv(?:ed|ing)|shr[aiu]nk|dip(?:ped|s)?"
)
EITHER = (
    r"chang(?:ed?|es|ing)|differences?|improve(?:d|ment|s)?|improving|worsen(?:ed|ing)?|deteriorat(?:ed|ion"
    r"|ing)|variation|movement|gap"
)
_UP = re.compile(rf"\b(?:{UP})\b", re.I)
_DOWN = re.compile(rf"\b(?:{DOWN})\b", re.I)
NOUNS = (
    r"(?:increase|decrease|rise|fall|reduction|drop|decline|growth|improvement|change|difference|deterioration"
    r"|jump|dip|surge)s?"
)


class Direction(IntEnum):
    """Which way."""

    DOWN = -1
    EITHER = 0
    UP = 1


def direction_of(word: str) -> Direction:
    """Which way a word of change says."""
    if _UP.search(word) and not _DOWN.search(word):
        return Direction.UP
    return Direction.DOWN if _DOWN.search(word) and not _UP.search(word) else Direction.EITHER


ANY = rf"(?:{UP}|{DOWN}|{EITHER})"
