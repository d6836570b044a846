"""Codes of cases in the words of the field."""

from upheld.cases.queries.labels import Labels
from upheld.facts import StageFact
from upheld.register.layout import FINDINGS, OUTCOMES


def stage_words(stage: StageFact, labels: Labels) -> str:
    """What a stage is called, and which time it is where it is not the first."""
    return place_words(stage.stage, stage.occurrence, labels)


def place_words(stage: str, occurrence: int, labels: Labels) -> str:
    """As stage_words, of a stage's code."""
    name = labels.get(("stage", stage), stage)
    return name if occurrence == 1 else f"{name} ({_nth(occurrence)} time)"


def outcome_words(code: str) -> str:
    """An outcome as letters and reports call it."""
    return OUTCOMES.get(code, code)


def finding_words(code: str | None) -> str:
    """The finding on a point; “Not decided” where there is none."""
    return "Not decided" if code is None else FINDINGS.get(code, code)


def _nth(number: int) -> str:
    words = {2: "second", 3: "third"}
    return words.get(number, f"{number}th")
