"""Text as it is analysed: one character for each character, with digits, dashes, quotes and spaces made plain."""

import re
import unicodedata
from functools import lru_cache

_SAME = {
    "\u00a0": " ",
    "\u2007": " ",
    "\u202f": " ",
    "\u2009": " ",
    "\u200a": " ",
    "\t": " ",
    "\n": " ",
    "\r": " ",
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2212": "-",
    "\u00ad": "-",
    "\u2018": "'",
    "\u2019": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\uff05": "%",
    "\u066a": "%",
    "\uff08": "(",
    "\uff09": ")",
    "\u2044": "/",
    "\u2215": "/",
    "\u066b": ".",
    "\u066c": ",",
}
# Marks of direction and of nothing: they hide in a number and change how it looks, never what it is.
_NOTHING = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]")
_FOOTNOTE = re.compile("(?<=[0-9%)A-Za-z])[\u00b9\u00b2\u00b3\u2070-\u2079]+")
_ASCII = re.compile(r"[\x20-\x7e]*\Z")


@lru_cache(maxsize=4096)
def _plain_character(character: str) -> str:
    if character in _SAME:
        return _SAME[character]
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    wide = unicodedata.normalize("NFKC", character)
    return wide if len(wide) == 1 else character


def plain(text: str) -> str:
    """The text with every digit as 0 to 9, every dash as - and every space as a space; as long as it was."""
    if _ASCII.match(text):
        return text
    return "".join(_plain_character(character) for character in text)


def tidied(text: str) -> str:
    """Text as a reader hands it on: without hidden marks and footnote figures, with single spaces."""
    text = _NOTHING.sub("", text)
    text = _FOOTNOTE.sub("", text)
    return " ".join(text.split())
