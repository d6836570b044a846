"""Histories into fact rows at stated grains: dates and codes, never names, free text or a state relative to today."""

from upheld.facts.coarse import coarse_days, coarse_moment, coarse_row, dates_of
from upheld.facts.effect import Effect, MovedColumn, MovedStanding, effect, moved_columns
from upheld.facts.fold import fold
from upheld.facts.model import CaseFacts, PointFact, StageFact

__all__ = [
    "CaseFacts",
    "Effect",
    "MovedColumn",
    "MovedStanding",
    "PointFact",
    "StageFact",
    "coarse_days",
    "coarse_moment",
    "coarse_row",
    "dates_of",
    "effect",
    "fold",
    "moved_columns",
]
