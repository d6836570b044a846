"""What the words of a note point to, where a chronology's kinds of event do not say it. Never proof of anything."""

import re


def _words(*alternatives: str) -> re.Pattern[str]:
    """A pattern that finds any of these, each beginning and ending with whole words."""
    return re.compile("|".join(rf"\b(?:{each})\b" for each in alternatives), re.IGNORECASE)


_COMPLAINANT = r"\b(?:complainant|mother|father|parents?|carer|family|young person|child|advocate|she|he|they)\b"
_ASKED = r"ask\w*|request\w*|wish\w*|want\w*|prefer\w*|chose"
_AGREED = r"agree\w*|accept\w*|consent\w*"
_LATER = (
    r"\b(?:later|exten\w+|paus\w+|postpon\w+|more time|new date|on hold|put off|defer\w*|adjourn\w*|rearrang\w+|"
    r"reschedul\w+)\b"
)
_DELAY = rf"(?:{_LATER}|\b(?:delay\w*|wait\w*|hold|until)\b)"
_CONSIDER = "consider|address|interview|speak|investigate|cover|include|hear|allow|let"
_MONEY = r"(?:\b(?:payments?|pounds|remed(?:y|ies)|redress|compensation|sum|amount)\b|£)"
_TURNED_DOWN = r"reject\w*|turned down|did not accept|not accepted|disput\w*|unhappy|dissatisf\w*|disappoint\w*"

_PROCEEDINGS = _words(
    r"courts?|tribunals?|proceedings|police|criminal|prosecut\w+|legal action|judicial|trial|judge",
)
_OLD = _words(r"(?:12|twelve)[ -]months?|(?:a|one) year|too old|histori\w+|years (?:ago|old)|long ago|time.barred")
_WHO = _words(
    r"consent|permission|parental responsib\w+|not entitled|(?:in|not )eligib\w+|sufficient interest|on behalf of",
    r"could not complain|no right to complain|grand(?:parent|mother|father)s?|foster (?:carer|parent)s?|adopters?",
    r"(?:another|different|wrong) (?:council|authority)",
)
_OTHER_PROCEDURE = _words(
    r"corporate|statutory|(?:other|another|different|ordinary) (?:procedure|process|route)|appeal|child protection",
    r"safeguarding|section 47|conference|special educational|outside (?:the )?scope|out of scope|not covered",
)
_NOT_THIS_PROCEDURE = _words(
    r"corporate|wrong procedure|(?:did not|never|without) us(?:e|ing) the statutory procedure",
    r"(?:outside|instead of|rather than|not (?:under|in|through|by)|other than) the (?:statutory|children'?s) "
    r"(?:complaints )?procedure",
)
_WISHED = re.compile(
    rf"{_COMPLAINANT}.{{0,60}}\b(?:{_AGREED}|{_ASKED}|need\w*)\b|(?<!council )\bagreed\b|"
    r"\b(?:request|wish|need)s? of the (?:complainant|mother|father|parents?|family)\b",
    re.IGNORECASE,
)
_OBJECTED = _words(r"object\w*|disagree\w*|against (?:the|her|his|their)|without (?:\w+ )?(?:agreement|consent)")
_AGREED_DELAY = re.compile(
    "|".join(
        (
            rf"{_COMPLAINANT}.{{0,60}}(?<!was )(?<!were )\b(?:{_AGREED}|{_ASKED})\b.{{0,40}}{_DELAY}",
            rf"{_COMPLAINANT}.{{0,40}}\b(?:unavailable|not available|(?:could|can) ?not (?:attend|make|meet|come)|"
            r"unable to (?:attend|meet|come)|cancel\w*|postpon\w*|abroad|ill|unwell|on holiday|in hospital|"
            r"did not (?:attend|reply|respond|answer))\b",
            rf"{_LATER}.{{0,40}}\bagreed\b|\bagreed\b.{{0,40}}{_LATER}",
            r"\b(?:at|by) (?:the|her|his|their|its) (?:complainant|mother|father|parent|family|advocate)?"
            r"(?:'s|s'|’s|s’)? ?request\b",
        )
    ),
    re.IGNORECASE,
)
_GIVEN_UP = re.compile(
    rf"{_COMPLAINANT}.{{0,40}}(?<!not )\b(?:agreed|accepted|withdrew|withdrawn|chose|preferred|content|satisfied)\b|"
    r"\b(?:agreed with|at the request of) the complainant\b",
    re.IGNORECASE,
)
_CHASED = _words(r"chas\w+|no (?:reply|answer|response|contact)|without (?:an? )?(?:reply|answer)")
_NO_NEWS = _words(r"no updates?|without (?:an )?updates?|(?:not|never) (?:been )?(?:kept )?(?:informed|updated)")
_LATE = _words(r"late|out of time|time limit|deadline|(?:20|twenty)[ -]working[ -]days?")
_NOT_BEGUN = _words(
    r"(?:not|never|no|nobody|yet to|failed to|unable to|awaiting|waiting|shortage)\b.{0,40}"
    r"\b(?:start\w*|begun|began|begin|appoint\w*|investigator|investigating officer|independent person|allocat\w*)"
)
_BEGINNING = _words(r"start\w*|beg[iau]n\w*|appoint\w*|commenc\w*")
_REFERRED = _words(r"early referral|referr\w+ .{0,40}\bombudsman")
_ORAL = _words(r"by (?:tele)?phone|(?:tele)?phoned|oral(?:ly)?|verbal(?:ly)?|spoken|in person|in a (?:call|meeting)")
_SOUGHT = r"\b(?:ask\w*|want\w*|request\w*|wait\w*|await\w*|appoint\w*|found|until|sought)\b"
_ADVOCATE_AWAITED = re.compile(rf"{_SOUGHT}.{{0,50}}\badvoca\w+|\badvoca\w+.{{0,50}}{_SOUGHT}", re.IGNORECASE)
_NO_ADVOCATE = _words(
    r"(?:no|not|never|without|nothing|fail\w*|refus\w*|declin\w*|omit\w*)\b[^.;]{0,25}"
    r"\b(?:advocacy|an (?:independent )?advocate|advocates)",
    r"no advocate|advoca(?:cy|te)\b[^.;]{0,30}\b"
    r"(?:not (?:offered|provided|given|arranged|mentioned|available)|refused|denied|withdrawn|never)",
)
_POOR_CONDUCT = _words(
    r"(?:no|without|lack\w*)\b.{0,20}\bindependent person",
    r"independent person\b.{0,30}\b(?:sat on|not appointed|not involved|absent|missing)",
    r"not\b.{0,20}\b(?:independent|impartial|thorough|robust|fair)",
    r"bias\w*|conflict of interest|flaw\w*|inadequate\w*|incomplete|poor quality|defective|scope|remit",
    rf"(?:did|would|could) not (?:\w+ )?(?:{_CONSIDER})|(?:fail|refus)\w* to (?:{_CONSIDER})",
    r"left out|ignor\w+|overlook\w*|manag(?:ed|es|er of) the (?:team|service|worker)",
)
_FORM = _words(
    r"large print|braille|easy.read|audio|translat\w+|interpret(?:er|ing)|plain (?:english|language)|accessib\w+",
    r"reasonable adjustments?|dyslexi\w+|formats?|(?:own|another|different|first) language|sign language",
    r"child.friendly",
)
_REMEDY_DISPUTED = re.compile(
    rf"{_MONEY}[^.;]{{0,80}}\b(?:too (?:little|small|low)|not enough|not (?:\w+ )?adequate|insufficient|inadequate|"
    rf"declin\w*|refus\w*|{_TURNED_DOWN})\b|\b(?:insufficient|inadequate|{_TURNED_DOWN})\b[^.;]{{0,80}}{_MONEY}",
    re.IGNORECASE,
)
_REMEDIES = _words(
    r"recommend\w*|remed(?:y|ies)|actions?|apolog\w+|payments?|compensation|training|agreed|outcomes?",
)


def speaks_of_proceedings(note: str) -> bool:
    """Courts, tribunals, police."""
    return _PROCEEDINGS.search(note) is not None


def speaks_of_who_or_when(note: str) -> bool:
    """Who may complain, consent, another authority, or how old the events are."""
    return _WHO.search(note) is not None or _OLD.search(note) is not None


def speaks_of_lateness(note: str) -> bool:
    """A request, or a complaint, that came late."""
    return _LATE.search(note) is not None


def speaks_of_eligibility(note: str) -> bool:
    """As `speaks_of_who_or_when`, or of a complaint that came too late."""
    return speaks_of_who_or_when(note) or speaks_of_lateness(note)


def speaks_of_another_procedure(note: str) -> bool:
    """The corporate or another procedure."""
    return _OTHER_PROCEDURE.search(note) is not None


def speaks_of_not_this_procedure(note: str) -> bool:
    """The children's procedure not used where a reply, or a refusal, is told of."""
    return _NOT_THIS_PROCEDURE.search(note) is not None


def speaks_of_a_wish(note: str) -> bool:
    """Something that the complainant agreed to, or asked for, and did not object to."""
    return _WISHED.search(note) is not None and _OBJECTED.search(note) is None


def speaks_of_an_agreed_delay(note: str) -> bool:
    """A later date that the complainant agreed to, asked for, or made necessary."""
    return _AGREED_DELAY.search(note) is not None and _OBJECTED.search(note) is None


def speaks_of_giving_up(note: str) -> bool:
    """The complainant content with something else."""
    return _GIVEN_UP.search(note) is not None


def speaks_of_chasing(note: str) -> bool:
    """The complainant chasing, or left without an answer."""
    return _CHASED.search(note) is not None


def speaks_of_no_news(note: str) -> bool:
    """The complainant not kept informed."""
    return _NO_NEWS.search(note) is not None


def speaks_of_no_beginning(note: str) -> bool:
    """Nobody appointed, nothing begun."""
    return _NOT_BEGUN.search(note) is not None


def speaks_of_beginning(note: str) -> bool:
    """A stage to be begun, or somebody to be appointed."""
    return _BEGINNING.search(note) is not None


def speaks_of_referral(note: str) -> bool:
    """The case sent on to the Ombudsman by the council."""
    return _REFERRED.search(note) is not None


def speaks_of_speech(note: str) -> bool:
    """A complaint made orally."""
    return _ORAL.search(note) is not None


def speaks_of_awaiting_an_advocate(note: str) -> bool:
    """An advocate asked for, or found later."""
    return _ADVOCATE_AWAITED.search(note) is not None


def speaks_of_no_advocate(note: str) -> bool:
    """Advocacy not offered, not mentioned or refused."""
    return _NO_ADVOCATE.search(note) is not None


def speaks_of_poor_conduct(note: str) -> bool:
    """An investigation or a panel that was not independent, or left something out."""
    return _POOR_CONDUCT.search(note) is not None


def speaks_of_form(note: str) -> bool:
    """The form or language in which something was asked for or given."""
    return _FORM.search(note) is not None


def speaks_of_a_disputed_remedy(note: str) -> bool:
    """An offer of redress that the complainant did not accept, or found too small."""
    return _REMEDY_DISPUTED.search(note) is not None


def speaks_of_remedies(note: str) -> bool:
    """Recommendations, agreed actions, apologies, payments."""
    return _REMEDIES.search(note) is not None
