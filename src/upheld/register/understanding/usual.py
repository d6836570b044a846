"""The usual headings and words of registers, as data beside this module."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib.resources import files
from typing import Any

from upheld.register.layout import BY_ID, normal

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


class Rank(IntEnum):
    """How clearly a heading means a column: not at all, perhaps, surely."""

    NONE = 0
    PERHAPS = 1
    SURE = 2


@dataclass(frozen=True, slots=True)
class Usual:
    """The tables, their words as `plain` makes them."""

    headings: Mapping[str, Mapping[str, Rank]]  # heading -> columns that it may mean
    of_stage: Mapping[str, Rank]  # headings that mean the receipt of one stage
    words: Mapping[str, Mapping[str, str]]  # column -> word -> code
    stage_beside: frozenset[str]
    empty: tuple[str, ...]
    left_out: frozenset[str]


def plain(heading: str) -> str:
    """A heading as it is compared: without case, hyphens, question marks and what stands in brackets."""
    return normal(_BRACKETS.sub(" ", heading).replace("?", " ").replace("#", " "))


@cache
def usual() -> Usual:
    """The tables, read once."""
    tables: dict[str, Any] = tomllib.loads(files(__package__).joinpath("usual.toml").read_text("utf-8"))
    headings: dict[str, dict[str, Rank]] = {}
    for column, lists in tables["headings"].items():
        if column != "received_of_stage":
            for heading, rank in _ranked(lists).items():
                headings.setdefault(heading, {})[column] = rank
    for column_id, column in BY_ID.items():
        headings.setdefault(plain(column.heading), {})[column_id] = Rank.SURE
    return Usual(
        headings=headings,
        of_stage=_ranked(tables["headings"]["received_of_stage"]),
        words={
            column: {normal(word): code for code, words in codes.items() for word in words}
            for column, codes in tables["words"].items()
        },
        stage_beside=frozenset(tables["stage_beside"]["words"]),
        empty=tuple(tables["empty"]["words"]),
        left_out=frozenset(plain(heading) for heading in tables["left_out"]["headings"]),
    )


def _ranked(lists: Mapping[str, list[str]]) -> dict[str, Rank]:
    return {
        **{plain(heading): Rank.PERHAPS for heading in lists["perhaps"]},
        **{plain(heading): Rank.SURE for heading in lists["sure"]},
    }
