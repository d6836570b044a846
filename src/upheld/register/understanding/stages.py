"""Which stage a heading or a word is about, where it says so."""

import re

from upheld.register.layout import BY_ID, choice_named, normal
from upheld.register.understanding.usual import plain, usual

_NUMBERS = {"1": "stage-1", "one": "stage-1", "i": "stage-1", "2": "stage-2", "two": "stage-2", "ii": "stage-2",
            "3": "stage-3", "three": "stage-3", "iii": "stage-3"}  # fmt: skip
_NUMBERED = re.compile(r"\b(?:stage|stg|st)\s?\.?(1|2|3|one|two|three|iii|ii|i)\b|\bs(1|2|3)\b")
_OMBUDSMAN = re.compile(r"\b(?:lgsco|lgo|ombudsman)\b")


def stage_in(heading: str) -> tuple[str, str]:
    """The stage that a heading names and the rest of it, both as they are compared; no stage: empty."""
    text = plain(heading.replace("(", " ").replace(")", " ").replace("[", " ").replace("]", " "))
    found = _NUMBERED.search(text)
    if found is not None:
        stage = _NUMBERS[found[1] or found[2]]
    else:
        found = _OMBUDSMAN.search(text)
        if found is None:
            return "", plain(heading)
        stage = "ombudsman"
    rest = (text[: found.start()] + " " + text[found.end() :]).replace("–", " ").replace("/", " ").replace(":", " ")
    return stage, normal(rest)


def stage_of_word(word: str) -> tuple[str, bool]:
    """The stage that a word in a column of stages names, and whether it surely names no other; no stage: empty."""
    known = choice_named(BY_ID["stage"], word) or usual().words["stage"].get(normal(word))
    if known is not None:
        return known, True
    text = normal(word)
    numbered = {_NUMBERS[a or b] for a, b in _NUMBERED.findall(text)}
    found = numbered or (
        {"ombudsman"} if _OMBUDSMAN.search(text) else {"stage-3"} if "panel" in text.split() else set()
    )
    if len(found) != 1:
        return "", False
    rest = _OMBUDSMAN.sub(" ", _NUMBERED.sub(" ", text)).split()
    return found.pop(), all(part in usual().stage_beside for part in rest)
