"""Wordings that nobody looked at while the checker was made: what it does with these is what it does with a stranger's.

The same kinds, and the same names in braces, as in `wordings.py`. Misses in them are counted, never listed.
"""

APART: dict[str, tuple[str, ...]] = {
    "count": (
        "Our records show {n} {what} for {now}.",
        "{now} brought {n} {what}.",
        "{n} {what} came in over the course of {now}.",
        "The figure for {what} in {now} is {n}.",
    ),
    "share with base": (
        "{part} ({share}) of the {whole} {what} {cohort} in {now} were {done}.",
        "We {cohort} {whole} {what} in {now} and {part} of these, or {share}, were {done}.",
        "The {whole} {what} {cohort} in {now} include {part} that were {done} ({share}).",
        "{share} ({part} out of a total of {whole}) of {what} {cohort} in {now} were {done}.",
    ),
    "share": (
        "{share} was the rate at which {what} were {done} in {now}.",
        "Some {share} of {what} were {done} over {now}.",
        "Of {what} in {now}, {share} were {done}.",
        "The rate of {what} {done} came to {share} for {now}.",
    ),
    "share of whole": (
        "{whole} {what} were {cohort} in {now}, {share} of which were {done}.",
        "Of the {what} {cohort} in {now} ({whole}), {share} were {done}.",
        "{share} of those {whole} {what} {cohort} in {now} were {done}.",
    ),
    "change": (
        "Numbers of {what} {moved} {share} on {before}, which makes {n} complaints.",
        "{a_move} of {share} on {before} was recorded for {what}, equal to {n} complaints.",
        "{What} are {down} {share} on {before} ({n}).",
        "Relative to {before}, {what} {moved} by {share}, i.e. by {n}.",
    ),
    "difference": (
        "{What}: {n} {fewer} than {before}.",
        "Relative to {before} the number of {what} {moved} by {n}.",
        "We dealt with {n} {fewer} {what} than in {before}.",
    ),
    "from to": (
        "{What} {moved} to {new} in {now} from {old} in {then}.",
        "{new} {what} were received in {now} (compared with {old} in {then}).",
        "{What}: {old} in {then}, {new} in {now}.",
        "After {old} {what} in {then}, {now} saw {new}.",
    ),
    "multiple": (
        "{What} {multiplied} in {now} when set against {then}.",
        "The volume of {what} has {multiplied} since {then}.",
        "From {then} to {now}, {what} {multiplied}.",
    ),
    "fraction": (
        "{Fraction} of all {what} were {done} in {now}.",
        "During {now} we saw {fraction} of {what} {done}.",
        "As many as {fraction} of {what} were {done} in {now}.",
    ),
    "similar": (
        "{What} were at a similar level to {before}.",
        "The volume of {what} was largely unchanged from {before}.",
        "{What} held steady compared with {before}.",
    ),
    "comparison": (
        "{What} came in {higher} in {now} than in {then}.",
        "{What} in {now} stand {above} those of {then}.",
        "Compared with {then}, {now} had {more} {what}.",
    ),
    "superlative": (
        "{What} were {highest} in {now}, looking at all {many} {periods}.",
        "Looking at the {many} {periods}, {now} had the {highest} number of {what}.",
        "The {many} {periods} saw {what} at their {highest} in {now}.",
    ),
    "of which": (
        "{whole} {what} closed in {now} split into {a} upheld, {b} partly upheld and {c} not upheld.",
        "Of {whole} {what} closed in {now}, we upheld {a}, partly upheld {b} and did not uphold {c}.",
        "{now}: {whole} {what} closed, being {a} upheld, {b} partly upheld, {c} not upheld.",
    ),
    "sum": (
        "Counting every stage, the council had {whole} complaints in {now}.",
        "{now} saw {whole} complaints in all, stages taken together.",
        "The total across the stages for {now} was {whole}.",
    ),
    "range": (
        "In the {many} {periods} {what} moved between {low} and {high}.",
        "{What} were never below {low} nor above {high} in the {many} {periods}.",
        "At {low} to {high} per {period}, {what} varied over the {many} {periods}.",
    ),
    "average": (
        "The {period}ly mean for {what} over the {many} {periods} is {mean}.",
        "Averaged over {many} {periods}, there were {mean} {what} per {period}.",
        "Typically there are {mean} {what} each {period}, taking the mean of the {many} {periods}.",
    ),
    "days": (
        "{What} had an average response of {days} working days in {now}.",
        "For {now}, {days} working days was the average response time for {what}.",
        "Answering {what} in {now} took {days} working days on average.",
    ),
    "threshold": (
        "{What} {done} in {now} made up {bound_low} {limit}.",
        "In {now} {bound_low} {limit} of all {what} we handled were {done}.",
        "{bound} {limit} of all {what} in {now} were {done}.",
    ),
    "top": (
        "{First} ({n}) tops the list of {theme}s.",
        "People complained most about {first}: {n} complaints.",
        "The {theme} raised most often was {first} ({share}).",
    ),
    "top three": (
        "The main {theme}s were, in order, {first}, {second} and {third}.",
        "{First} ({n}), {second} ({m}) and {third} ({k}) were the most frequent {theme}s.",
        "The most frequent {theme} was {first}, then {second}, then {third}.",
    ),
    "service top": (
        "More complaints were about {first} than about any other service ({n}).",
        "{First}, with {n}, drew the most complaints of all services.",
        "No service had more complaints than {first} ({n} of {whole}, {share}).",
    ),
    "service count": (
        "In {now} {first} had {n} complaints and {m} were upheld.",
        "{n} complaints were received about {first} in {now}; {m} of these were upheld.",
        "{First} accounted for {n} complaints in {now}, {m} of which were upheld.",
    ),
    "nothing": (
        "{now} saw no {what}.",
        "{What} in {now}: none.",
        "Nobody brought {what} in {now}; there were none.",
    ),
    "points": (
        "{What} {done} {moved} from {old} to {new}, {a_move} of {gap} percentage points.",
        "At {new}, the share of {what} {done} in {now} is {gap} percentage points {down} on {then} ({old}).",
        "{old} of {what} were {done} in {then} and {new} in {now}: {a_move} of {gap} percentage points.",
    ),
    "adjective": (
        "{What} have seen {a_size} {rise} since {before}.",
        "{a_size} {rise} in {what} can be seen against {before}.",
        "Set against {before}, {what} show {a_size} {rise}.",
    ),
    "other": (
        "Compliments: {n} in {now}.",
        "The council was paid {n} compliments in {now}.",
        "{n} compliments reached us in {now}, where it had been {old} in {then}.",
    ),
}
