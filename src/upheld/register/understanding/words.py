"""The words in a column of choices: which are ours, which usually mean one of ours, which have to be asked about."""

from collections.abc import Iterator

from upheld.register.layout import BY_ID, Form, choice_named, normal
from upheld.register.mapping.model import IN_TIME, LEAVE_OUT, WITHDRAWN
from upheld.register.mapping.stated import says_in_time
from upheld.register.understanding.model import UNKNOWN
from upheld.register.understanding.profile import Profile
from upheld.register.understanding.stages import stage_of_word
from upheld.register.understanding.usual import usual

_YES_NO = frozenset({"yes", "no", "y", "n", "true", "false", "1", "0"})
_ONE_NO = {"1": "upheld", "true": "upheld", "0": "not-upheld", "false": "not-upheld"}


def is_choice(column: str) -> bool:
    """Whether cells of the column are words out of a list."""
    return column == IN_TIME or (column in BY_ID and BY_ID[column].form in (Form.CHOICE, Form.CHOICE_LIST, Form.YES_NO))


def told_words(column: str, profile: Profile, marks: str = "") -> dict[str, str]:
    """For each word that needs to be told: ours for theirs, empty where it stands for nothing, UNKNOWN where asked.

    Words that are read without being told are left away. `marks` parts the items of a list.
    """
    found: dict[str, str] = {}
    for word in _words(profile, marks):
        meaning = _meaning(column, word)
        if meaning is not None:
            found[word] = meaning
    return found


def known_share(column: str, profile: Profile, marks: str = "") -> float:
    """The share of filled cells whose words are known, told or not."""
    if not profile.filled or profile.free:
        return 0.0
    unknown = {word for word, meaning in told_words(column, profile, marks).items() if meaning == UNKNOWN}
    return (
        1 - sum(count for word, count in profile.words.items() if unknown & set(_parts(word, marks))) / profile.filled
    )


def options_of(column: str) -> tuple[str, ...]:
    """The answers to a question about a word of the column, as a mapping writes them."""
    if column == IN_TIME or BY_ID[column].form is Form.YES_NO:
        return ("yes", "no", "")
    choices = tuple(BY_ID[column].choices.values())
    if column == "stage":
        return (*choices, LEAVE_OUT)
    return (*choices, WITHDRAWN, "") if column == "outcome" else (*choices, "")


def _words(profile: Profile, marks: str) -> Iterator[str]:
    seen: set[str] = set()
    for word in profile.words:
        for part in _parts(word, marks):
            if normal(part) not in seen:
                seen.add(normal(part))
                yield part


def _parts(word: str, marks: str) -> list[str]:
    return [part.strip() for part in word.split(marks) if part.strip()] if marks else [word]


def _meaning(column: str, word: str) -> str | None:
    """What a word has to be told to mean; None where it needs no telling."""
    if column == IN_TIME:
        return None if says_in_time(word) else UNKNOWN
    ours = BY_ID[column]
    if ours.form is Form.YES_NO:
        return None if normal(word) in _YES_NO else UNKNOWN
    if choice_named(ours, word) is not None:
        return None
    if column == "age_band" and word.isdigit():
        return None
    if column == "stage":
        stage, sure = stage_of_word(word)
        return ours.choices[stage] if sure else UNKNOWN
    code = usual().words.get(column, {}).get(normal(word)) or (
        _ONE_NO.get(normal(word)) if column == "outcome" else None
    )
    if code is None:
        return UNKNOWN
    return "" if code == "nothing" else WITHDRAWN if code == WITHDRAWN else ours.choices[code]
