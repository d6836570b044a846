"""A mapping written down as TOML says what it said."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.foreign import TICKET_MAPPING, WIDE_MAPPING
from upheld.register.mapping import mapping_of, written


@pytest.mark.parametrize("text", [TICKET_MAPPING, WIDE_MAPPING])
def test_a_mapping_is_read_back_as_it_was(text: str) -> None:
    assert mapping_of(written(tomllib.loads(text), note="Two\nlines"), "m") == mapping_of(text, "m")


@given(
    words=st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
        st.text(st.characters(exclude_categories=["Cs"])),
        max_size=4,
    )
)
def test_any_word_is_read_back_as_it_was(words: dict[str, str]) -> None:
    assert tomllib.loads(written({"words": {"outcome": words}})).get("words", {"outcome": {}}) == {"outcome": words}


def test_what_is_empty_is_left_away() -> None:
    assert written({"file": {"headings": [1, 2], "sheet": 'All "years"'}, "dates": {}, "words": {"stage": {}}}) == (
        '[file]\nheadings = [1, 2]\nsheet = "All \\"years\\""\n'
    )
