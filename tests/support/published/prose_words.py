"""Sentences whose claim is a word: doubled, similar, highest, most common, none, slight; and sums, ranges, averages."""

from fractions import Fraction

from tests.support.published.context import Context, Said
from tests.support.published.model import Mistake
from tests.support.published.prose import DONE, Writer, off
from tests.support.published.style import rounded

_MULTIPLES = {2: ("doubled",), 3: ("trebled", "tripled"), Fraction(1, 2): ("halved",)}
_FRACTIONS = {
    Fraction(1, 2): ("half", "around half"),
    Fraction(1, 3): ("a third", "around a third"),
    Fraction(2, 3): ("two thirds", "two-thirds"),
    Fraction(1, 4): ("a quarter", "around a quarter"),
    Fraction(3, 4): ("three quarters", "around three quarters"),
    Fraction(1, 5): ("a fifth", "one in five"),
}


def _series(ctx: Context) -> tuple[str, list[int], set[str]]:
    stage = ctx.choose.choice(list(ctx.world.stages)[:2])
    received = [counts.received for counts in ctx.world.stages[stage]]
    return stage, received, {ctx.fact("received", stage, i - len(received)) for i in range(len(received))}


def _periods(ctx: Context) -> dict[str, str]:
    noun = "quarter" if ctx.world.quarterly else "year"
    return {"period": noun, "periods": f"{noun}s", "many": ctx.style.words(len(ctx.world.periods))}


def multiple(ctx: Context, mistake: Mistake | None) -> Said | None:
    """Doubled, halved, trebled."""
    stage, received, _ = _series(ctx)
    choices = []
    for back in range(2, len(received) + 1):
        old, new = received[-back], received[-1]
        for times, words in _MULTIPLES.items():
            exact = bool(old) and Fraction(new, old) == times
            far = bool(old) and abs(Fraction(new, old) / times - 1) > Fraction(1, 4)
            if old >= 4 and new >= 4 and (far if mistake else exact):
                choices.append((back, ctx.choose.choice(words)))
    if not choices:
        return None
    back, word = ctx.choose.choice(choices)
    facts = {ctx.fact("received", stage, -back), ctx.fact("received", stage)}
    computed = (str(received[-back]), str(received[-1]))
    return ctx.write(
        "multiple", mistake, facts, computed, what=ctx.what(stage), then=ctx.now(-back), now=ctx.now(), multiplied=word
    )


def fraction(ctx: Context, mistake: Mistake | None) -> Said | None:
    """A third, half, three quarters."""
    measure = ctx.choose.choice(("in_time", "upheld"))
    stage = ctx.world.first
    counts = ctx.counts(stage)
    if counts.closed < 10:
        return None
    exact = Fraction(getattr(counts, measure), counts.closed)
    near = [name for share, names in _FRACTIONS.items() for name in names if abs(share - exact) <= Fraction(1, 100)]
    far = [name for share, names in _FRACTIONS.items() for name in names if abs(share - exact) > Fraction(1, 10)]
    words = far if mistake else near
    if not words:
        return None
    base = "received" if ctx.world.all_closed else "closed"
    facts = {ctx.fact(measure, stage), ctx.fact(base, stage)}
    if not ctx.world.all_closed and not facts <= ctx.known:
        return None
    computed = (ctx.style.share(getattr(counts, measure), counts.closed),)
    return ctx.write(
        "fraction", mistake, facts, computed, what=ctx.what(stage), now=ctx.now(), fraction=ctx.choose.choice(words),
        done=ctx.choose.choice(DONE[measure]),
    )  # fmt: skip


def _last_two(ctx: Context) -> tuple[str, int, int, set[str]]:
    stage, received, _ = _series(ctx)
    return stage, received[-2], received[-1], {ctx.fact("received", stage, -2), ctx.fact("received", stage)}


def similar(ctx: Context, mistake: Mistake | None) -> Said | None:
    """Remained similar: right within 3%, wrong from 35% and ten complaints on."""
    stage, old, new, facts = _last_two(ctx)
    if old < 10 or new < 10:
        return None
    moved = abs(Fraction(new - old, old))
    if (mistake and (moved < Fraction(35, 100) or abs(new - old) < 10)) or (not mistake and moved > Fraction(3, 100)):
        return None
    return ctx.write("similar", mistake, facts, (str(old), str(new)), what=ctx.what(stage), before=ctx.before())


def comparison(ctx: Context, mistake: Mistake | None) -> Said | None:
    """Higher or lower than in a named period."""
    stage, received, _ = _series(ctx)
    back = ctx.choose.randrange(2, len(received) + 1)
    old, new = received[-back], received[-1]
    if old == new:
        return None
    facts = {ctx.fact("received", stage, -back), ctx.fact("received", stage)}
    words = ctx.moved(old - new if mistake else new - old)
    computed = (str(old), str(new))
    return ctx.write(
        "comparison", mistake, facts, computed, what=ctx.what(stage), now=ctx.now(), then=ctx.now(-back), **words
    )


def superlative(ctx: Context, mistake: Mistake | None) -> Said | None:
    """Highest or lowest of the periods shown."""
    stage, received, facts = _series(ctx)
    if len(received) < 3:
        return None
    true = [word for word, best in (("highest", max), ("lowest", min)) if received[-1] == best(received)]
    unique = received.count(received[-1]) == 1
    words = [word for word in ("highest", "lowest") if word not in true] if mistake else true if unique else []
    if not words:
        return None
    return ctx.write(
        "superlative", mistake, facts, (str(max(received)), str(min(received))), what=ctx.what(stage), now=ctx.now(),
        highest=ctx.choose.choice(words), n=ctx.style.count(received[-1]), **_periods(ctx),
    )  # fmt: skip


def of_which(ctx: Context, mistake: Mistake | None) -> Said | None:
    """A whole and its parts."""
    stage = ctx.world.first
    counts = ctx.counts(stage)
    parts = [counts.upheld, counts.partly, counts.not_upheld]
    if min(parts) < 1:
        return None
    whole = counts.closed
    if mistake is Mistake.NOT_ADDING_UP:
        index = ctx.choose.randrange(3)
        parts[index] = off(ctx.choose, parts[index])
        if sum(parts) == whole:
            return None
    facts = {ctx.fact(m, stage) for m in ("upheld", "partly", "not_upheld")}
    a, b, c = (ctx.style.count(part) for part in parts)
    return ctx.write(
        "of which", mistake, facts, (str(sum(parts)), str(counts.upheld), str(counts.partly), str(counts.not_upheld)),
        complete=True, what=ctx.what(stage), now=ctx.now(), whole=ctx.style.count(whole), a=a, b=b, c=c,
    )  # fmt: skip


def sum_of_stages(ctx: Context, mistake: Mistake | None) -> Said | None:
    """All stages together."""
    right = ctx.world.total(-1)
    stated = off(ctx.choose, right) if mistake else right
    facts = {ctx.fact("received", stage) for stage in ctx.world.stages}
    if mistake and stated == right:
        return None
    return ctx.write("sum", mistake, facts, (str(right),), now=ctx.now(), whole=ctx.style.count(stated))


def span(ctx: Context, mistake: Mistake | None) -> Said | None:
    """From the lowest to the highest of the periods shown."""
    stage, received, facts = _series(ctx)
    low, high = min(received), max(received)
    if len(received) < 3 or high - low < 3:
        return None
    stated = off(ctx.choose, high) if mistake else high
    if (mistake and stated == high) or stated <= low:
        return None
    return ctx.write(
        "range", mistake, facts, (str(low), str(high)), what=ctx.what(stage), low=ctx.style.count(low),
        high=ctx.style.count(stated), **_periods(ctx),
    )  # fmt: skip


def average(ctx: Context, mistake: Mistake | None) -> Said | None:
    """The mean of the periods shown."""
    stage, received, facts = _series(ctx)
    if len(received) < 3 or sum(received) < 20:
        return None
    exact = Fraction(sum(received), len(received))
    right = rounded(exact, ctx.choose.choice((0, 1)), ctx.style.rounding)
    stated = right + max(2, int(right) // 10) if mistake else right
    return ctx.write(
        "average", mistake, facts, (str(right),), what=ctx.what(stage), mean=f"{stated:,}", **_periods(ctx)
    )


def days(ctx: Context, mistake: Mistake | None) -> Said | None:
    """The mean days to respond."""
    tenths = ctx.world.days[-1][0]
    stated = ctx.world.days[-2][0] if mistake is Mistake.LEFT_OVER else tenths + 17 if mistake else tenths
    if mistake and abs(stated - tenths) < 3:
        return None
    facts = {ctx.fact("days", ctx.world.first)}
    text = f"{stated / 10:.1f}"
    return ctx.write(
        "days", mistake, facts, (f"{tenths / 10:.1f}",), what=ctx.what(ctx.world.first), now=ctx.now(), days=text
    )


def threshold(ctx: Context, mistake: Mistake | None) -> Said | None:
    """More than so much, at least so much, fewer than so much."""
    stage, counts = ctx.world.first, ctx.counts(ctx.world.first)
    measure, active = ctx.choose.choice((("in_time", "answered on time"), ("upheld", "upheld")))
    if counts.closed < 10:
        return None
    exact = Fraction(100 * getattr(counts, measure), counts.closed)
    below, above = int(exact) // 5 * 5, -(-int(exact) // 5) * 5 + 5
    if exact - below < 1:
        below -= 5
    if not 10 <= below <= 90:
        return None
    bound = ctx.choose.choice(("more than", "over", "at least", "less than", "fewer than", "under"))
    upper = bound in ("less than", "fewer than", "under")
    limit = (below if upper else above) if mistake else (above if upper else below)
    base = "received" if ctx.world.all_closed else "closed"
    facts = {ctx.fact(measure, stage), ctx.fact(base, stage)}
    if not ctx.world.all_closed and not facts <= ctx.known:
        return None
    return ctx.write(
        "threshold", mistake, facts, (ctx.style.percentage(exact),), what=ctx.what(stage), now=ctx.now(),
        bound=bound.capitalize(), bound_low=bound, limit=ctx.style.said(f"{limit}%"), done_active=active,
        done=ctx.choose.choice(DONE[measure]),
    )  # fmt: skip


def nothing(ctx: Context, mistake: Mistake | None) -> Said | None:
    """None at all."""
    stages = [s for s in list(ctx.world.stages)[1:] if bool(ctx.counts(s).received) == bool(mistake)]
    if not stages:
        return None
    stage = ctx.choose.choice(stages)
    facts = {ctx.fact("received", stage)}
    computed = (str(ctx.counts(stage).received),)
    return ctx.write("nothing", mistake, facts, computed, what=ctx.what(stage), now=ctx.now())


def adjective(ctx: Context, mistake: Mistake | None) -> Said | None:
    """Slight and significant: right up to 5% and from 30% on, wrong the other way round."""
    stage, old, new, facts = _last_two(ctx)
    if min(old, new) < 12 or abs(new - old) < 1:
        return None
    moved = abs(Fraction(new - old, old))
    large = moved >= Fraction(30, 100) and abs(new - old) >= 10
    if not large and moved > Fraction(4, 100):
        return None
    words = (
        ("a significant", "a substantial", "a sharp")
        if large is not bool(mistake)
        else ("a slight", "a small", "a marginal")
    )
    return ctx.write(
        "adjective", mistake, facts, (str(old), str(new)), what=ctx.what(stage), now=ctx.now(), before=ctx.before(),
        a_size=ctx.choose.choice(words), **ctx.moved(new - old),
    )  # fmt: skip


def other(ctx: Context, mistake: Mistake | None) -> Said | None:
    """Compliments."""
    old, right = ctx.world.compliments[-2:]
    stated = off(ctx.choose, right) if mistake else right
    if min(old, stated, right) < 2 or (mistake and stated == right):
        return None
    facts = {ctx.fact("compliments", "all"), ctx.fact("compliments", "all", -2)}
    return ctx.write(
        "other", mistake, facts, (str(right),), now=ctx.now(), then=ctx.now(-2), n=ctx.style.count(stated),
        old=ctx.style.count(old),
    )  # fmt: skip


M = Mistake
KINDS: dict[str, tuple[Writer, tuple[Mistake, ...]]] = {
    "multiple": (multiple, (M.WORD,)),
    "fraction": (fraction, (M.WORD,)),
    "similar": (similar, (M.WORD,)),
    "comparison": (comparison, (M.WORD,)),
    "superlative": (superlative, (M.WORD,)),
    "of which": (of_which, (M.NOT_ADDING_UP,)),
    "sum": (sum_of_stages, (M.NOT_ADDING_UP,)),
    "range": (span, (M.WRONG_VALUE,)),
    "average": (average, (M.WRONG_VALUE,)),
    "days": (days, (M.TWO_VALUES, M.LEFT_OVER)),
    "threshold": (threshold, (M.WORD,)),
    "nothing": (nothing, (M.WORD,)),
    "adjective": (adjective, (M.ADJECTIVE,)),
    "other": (other, (M.TWO_VALUES,)),
}
