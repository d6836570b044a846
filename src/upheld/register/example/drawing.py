"""Chance, seeded: one stream of draws for each thing that is drawn, so that nothing shifts what comes after it."""

from collections.abc import Mapping, Sequence
from random import Random


def stream(seed: int, *key: object) -> Random:
    """The draws for one thing, named by `key`. The same name gives the same draws, whatever else is made."""
    return Random(":".join(str(part) for part in (seed, *key)))  # noqa: S311 - an example, not a secret


def pick(random: Random, weights: Mapping[str, int]) -> str:
    """One of the names, by weight."""
    return random.choices(list(weights), weights=list(weights.values()))[0]


def chance(random: Random, percent: float) -> bool:
    """True in `percent` of a hundred cases."""
    return random.random() * 100 < percent


def around(random: Random, low: int, high: int, likeliest: int) -> int:
    """A whole number from `low` to `high`, thickest about `likeliest`."""
    return min(high, max(low, round(random.triangular(low, high, likeliest))))


def shared_out(random: Random, total: int, flags: Sequence[tuple[str, int]]) -> list[frozenset[str]]:
    """Give each of `total` places a set of flags, so that exactly the stated number of places has each.

    The flags fall independently of each other: that a complaint was upheld says nothing of when it was answered.
    """
    places: list[set[str]] = [set() for _ in range(total)]
    for flag, count in flags:
        for place in random.sample(range(total), count):
            places[place].add(flag)
    return [frozenset(place) for place in places]
