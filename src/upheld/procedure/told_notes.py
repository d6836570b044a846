"""What the words of a note point to, where a chronology's kinds of event do not say it. Never proof of anything."""

import re

_COURT = re.compile(r"\b(court|tribunal|proceedings|police|criminal|legal action|judicial|trial)\b", re.IGNORECASE)
_ELIGIBLE = re.compile(
    r"\b(consent|parental responsib\w+|not entitled|(in|not )eligib\w+|sufficient interest|on behalf of|"
    r"12.month|twelve month|out of time|too old|too late|time limit|historic\w*|years (ago|old)|"
    r"another (council|authority)|different (council|authority))\b",
    re.IGNORECASE,
)
_OTHER_PROCEDURE = re.compile(
    r"\b(corporate|statutory|other procedure|ordinary procedure|appeal|child protection|section 47|conference|"
    r"special educational)\b",
    re.IGNORECASE,
)
_WISHED = re.compile(
    r"\b(agree\w*|complainant|mother|father|parent|carer|family|request\w*|asked|wish\w*|consent\w*)\b", re.IGNORECASE
)
_CHASED = re.compile(
    r"\b(chas\w+|no (reply|answer|update|response)|without (an? )?(reply|answer|update))\b", re.IGNORECASE
)
_LATE = re.compile(r"\b(late|out of time|time limit|(20|twenty) working days)\b", re.IGNORECASE)
_NOT_BEGUN = re.compile(
    r"\b(not|never|no|nobody|yet to|failed to|unable to|awaiting|waiting|shortage)\b.{0,40}"
    r"\b(start\w*|begun|began|begin|appoint\w*|investigator|investigating officer|independent person|allocat\w*)\b",
    re.IGNORECASE,
)


def speaks_of_proceedings(note: str) -> bool:
    """Courts, tribunals, police."""
    return _COURT.search(note) is not None


def speaks_of_eligibility(note: str) -> bool:
    """Who may complain, consent, age of the complaint, another authority."""
    return _ELIGIBLE.search(note) is not None


def speaks_of_another_procedure(note: str) -> bool:
    """The corporate or another procedure."""
    return _OTHER_PROCEDURE.search(note) is not None


def speaks_of_a_wish(note: str) -> bool:
    """Something that the complainant agreed to, or asked for."""
    return _WISHED.search(note) is not None


def speaks_of_chasing(note: str) -> bool:
    """The complainant chasing, or left without an answer."""
    return _CHASED.search(note) is not None


def speaks_of_lateness(note: str) -> bool:
    """A request, or a complaint, that came late."""
    return _LATE.search(note) is not None


def speaks_of_no_beginning(note: str) -> bool:
    """Nobody appointed, nothing begun."""
    return _NOT_BEGUN.search(note) is not None
