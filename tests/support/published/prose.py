"""Sentences about counts, shares and changes: each right, or wrong in a known way."""

import random
from collections.abc import Callable
from fractions import Fraction

from tests.support.published.context import Context, Said, swapped
from tests.support.published.model import Mistake

Writer = Callable[[Context, Mistake | None], Said | None]

DONE = {
    "in_time": ("answered within timescale", "responded to on time", "answered in time", "dealt with on time"),
    "upheld": ("upheld", "fully upheld"),
}


def off(choose: random.Random, value: int) -> int:
    """A count that is near, and another."""
    spread = max(2, value // 8)
    return max(0, value + choose.choice((-1, 1)) * choose.randrange(1, spread + 1)) if value > 1 else value + 2


def count(ctx: Context, mistake: Mistake | None) -> Said | None:
    """How many were received now."""
    stage = ctx.choose.choice(list(ctx.world.stages))
    right = ctx.counts(stage).received
    stated: int | None = right
    if mistake is Mistake.TWO_VALUES:
        stated = off(ctx.choose, right)
    elif mistake is Mistake.SWAPPED:
        stated = swapped(right)
    elif mistake is Mistake.LEFT_OVER:
        stated = ctx.counts(stage, -2).received
    if not right or not stated or (mistake and stated == right) or 1 in (stated, right):
        return None
    facts = {ctx.fact("received", stage)}
    n = ctx.style.words(stated)
    return ctx.write("count", mistake, facts, (str(right),), what=ctx.what(stage), now=ctx.now(), n=n)


def _rate(ctx: Context, index: int = -1, measure: str | None = None) -> tuple[str, str, int, int, set[str]] | None:
    """A stage, a measure, its count and its base in a period, where there is a base worth a percentage."""
    stage = ctx.world.first if ctx.choose.random() < 0.8 else ctx.choose.choice(list(ctx.world.stages))
    measure = measure or ctx.choose.choice(("in_time", "upheld"))
    counts = ctx.counts(stage, index)
    if counts.closed < 4 or not getattr(counts, measure):
        return None
    base = "received" if ctx.world.all_closed else "closed"
    facts = {ctx.fact(measure, stage, index), ctx.fact(base, stage, index)}
    if counts.closed != counts.received and not facts <= ctx.known:
        return None  # of what it is, nobody who reads the report could know
    return stage, measure, getattr(counts, measure), counts.closed, facts


def _spoilt_share(ctx: Context, mistake: Mistake | None, stage: str, part: int, whole: int) -> str | None:
    """The percentage as it stands, right or spoilt; None where this mistake would not show."""
    exact = Fraction(100 * part, whole)
    right = ctx.style.percentage(exact)
    if mistake is Mistake.CUT_OFF:
        stated = ctx.style.cut(exact)
    elif mistake is Mistake.WRONG_BASE:
        counts = ctx.counts(stage)
        bases = [b for b in (counts.in_time, counts.upheld + counts.partly, ctx.world.total(-1)) if b >= part]
        shares = [ctx.style.share(part, base) for base in bases if base and abs(Fraction(100 * part, base) - exact) > 3]
        stated = ctx.choose.choice(shares) if shares else right
    else:
        return ctx.style.said(right)
    return None if stated == right else ctx.style.said(stated)


def share_with_base(ctx: Context, mistake: Mistake | None) -> Said | None:
    """A percentage with both of its counts."""
    rate = _rate(ctx)
    if rate is None:
        return None
    stage, measure, part, whole, facts = rate
    cohort = ctx.choose.choice(("received", "closed")) if ctx.counts(stage).received == whole else "closed"
    share = _spoilt_share(ctx, mistake, stage, part, whole)
    right = (ctx.style.share(part, whole),)
    need = ("share",)
    if mistake is Mistake.LEFT_OVER:
        old = ctx.counts(stage, -2)
        if not old.closed or abs(getattr(old, measure) - part) < 2 or old.closed == whole or old.received != old.closed:
            return None
        part, whole = getattr(old, measure), old.closed
        share = ctx.share(part, whole)
    elif mistake is Mistake.LARGER_THAN_WHOLE:
        part = whole + 1 + part // 8
        share, need = ctx.share(part, whole), ("part", "whole")
    elif mistake is Mistake.MIXED_COHORTS:
        received = ctx.counts(stage).received
        if received == whole or ctx.style.share(part, received) == ctx.style.share(part, whole):
            return None
        cohort, whole = "received", received
        need = ("share", "part", "whole")
        facts |= {ctx.fact("received", stage)}
    if share is None:
        return None
    complete = mistake not in (None, Mistake.LEFT_OVER) or not facts <= ctx.known
    return ctx.write(
        "share with base", mistake, facts, right, need=need, complete=complete, what=ctx.what(stage), now=ctx.now(),
        part=ctx.style.count(part), whole=ctx.style.count(whole), share=share, cohort=cohort,
        done=ctx.choose.choice(DONE[measure]),
    )  # fmt: skip


def share(ctx: Context, mistake: Mistake | None) -> Said | None:
    """A percentage alone."""
    rate = _rate(ctx)
    if rate is None:
        return None
    stage, measure, part, whole, facts = rate
    text = _spoilt_share(ctx, mistake, stage, part, whole)
    if mistake is Mistake.LEFT_OVER:
        old = ctx.counts(stage, -2)
        text = ctx.share(getattr(old, measure), old.closed) if old.closed else None
    right = ctx.style.share(part, whole)
    if text is None or (mistake and text == ctx.style.said(right)):
        return None
    done = ctx.choose.choice(DONE[measure])
    return ctx.write("share", mistake, facts, (right,), what=ctx.what(stage), now=ctx.now(), share=text, done=done)


def share_of_whole(ctx: Context, mistake: Mistake | None) -> Said | None:
    """A percentage with its base, but not the count of which it was made."""
    rate = _rate(ctx)
    if rate is None:
        return None
    stage, measure, part, whole, facts = rate
    text = ctx.share(part, whole)
    if mistake is Mistake.IMPOSSIBLE:
        possible = {ctx.style.share(n, whole) for n in range(whole + 1)}
        near = [f"{n}%" for n in range(4, 97) if f"{n}%" not in possible and abs(n - 100 * part / whole) < 20]
        if not near or ctx.style.decimals:
            return None
        text = ctx.style.said(ctx.choose.choice(near))
    cohort = "received" if ctx.counts(stage).received == whole else "closed"
    return ctx.write(
        "share of whole", mistake, facts, (ctx.style.share(part, whole),), need=("share",),
        complete=mistake is not None, what=ctx.what(stage), now=ctx.now(), whole=ctx.style.count(whole), share=text,
        cohort=cohort, done=ctx.choose.choice(DONE[measure]),
    )  # fmt: skip


def _pair(ctx: Context, *, least: int = 1) -> tuple[str, int, int, int, set[str]] | None:
    """A stage and its counts in an earlier period and now."""
    stage = ctx.choose.choice(list(ctx.world.stages))
    index = -2
    if len(ctx.world.periods) >= 5 and ctx.choose.random() < 0.25:
        index = -5 if ctx.world.quarterly else -3
    old, new = ctx.counts(stage, index).received, ctx.counts(stage).received
    if min(old, new) < least or old == new:
        return None
    return stage, index, old, new, {ctx.fact("received", stage, index), ctx.fact("received", stage)}


def change(ctx: Context, mistake: Mistake | None) -> Said | None:
    """A change as a percentage, most often with its count."""
    pair = _pair(ctx, least=4)
    if pair is None:
        return None
    stage, index, old, new, facts = pair
    gap = abs(new - old)
    exact = Fraction(100 * gap, old)
    right = ctx.style.percentage(exact)
    stated = right
    if mistake is Mistake.CUT_OFF:
        stated = ctx.style.cut(exact)
    elif mistake is Mistake.WRONG_BASE:
        stated = ctx.style.share(gap, new)
    elif mistake is Mistake.WRONG_VALUE:
        stated = ctx.style.percentage(exact + ctx.choose.choice((-1, 1)) * ctx.choose.randrange(3, 12))
    wrong_word = mistake is Mistake.WORD
    if gap < 2 or stated.startswith(("-", "0%", "0.0")) or (mistake and not wrong_word and stated == right):
        return None
    computed = (right, str(gap)) if not wrong_word else (right, str(new - old))
    return ctx.write(
        "change", mistake, facts, computed, need=("share",), what=ctx.what(stage), before=ctx.before(index),
        share=ctx.style.said(stated), n=ctx.style.count(gap), **ctx.moved(old - new if wrong_word else new - old),
    )  # fmt: skip


def difference(ctx: Context, mistake: Mistake | None) -> Said | None:
    """A change as a count."""
    pair = _pair(ctx, least=0)
    if pair is None:
        return None
    stage, index, old, new, facts = pair
    gap = abs(new - old)
    stated = off(ctx.choose, gap) if mistake is Mistake.WRONG_VALUE else gap
    if stated < 2 or (mistake is Mistake.WRONG_VALUE and stated == gap):
        return None
    direction = old - new if mistake is Mistake.WORD else new - old
    return ctx.write(
        "difference", mistake, facts, (str(gap), str(new - old)), what=ctx.what(stage), before=ctx.before(index),
        n=ctx.style.words(stated), **ctx.moved(direction),
    )  # fmt: skip


def from_to(ctx: Context, mistake: Mistake | None) -> Said | None:
    """Two counts, of two periods."""
    pair = _pair(ctx)
    if pair is None:
        return None
    stage, index, old, new, facts = pair
    direction = new - old
    stated_old: int | None = old
    stated_new: int | None = new
    need: tuple[str, ...] = ()
    if mistake is Mistake.TWO_VALUES:
        stated_old = off(ctx.choose, old)
    elif mistake is Mistake.SWAPPED:
        stated_new = swapped(new)
    elif mistake is Mistake.WORD:
        direction, need = -direction, ("moved",)
    if not stated_old or not stated_new or stated_old == stated_new:
        return None
    if mistake in (Mistake.TWO_VALUES, Mistake.SWAPPED):
        direction = stated_new - stated_old
    computed = {Mistake.TWO_VALUES: (str(old),), Mistake.SWAPPED: (str(new),)}.get(
        mistake or Mistake.WORD, (str(old), str(new))
    )
    return ctx.write(
        "from to", mistake, facts, computed, need=need, what=ctx.what(stage), then=ctx.now(index), now=ctx.now(),
        old=ctx.style.count(stated_old), new=ctx.style.count(stated_new), **ctx.moved(direction),
    )  # fmt: skip


def points(ctx: Context, mistake: Mistake | None) -> Said | None:
    """A change of a rate, in percentage points."""
    rate, measure = _rate(ctx), None
    if rate is None:
        return None
    stage, measure, part, whole, facts = rate
    old = ctx.counts(stage, -2)
    if old.closed < 4 or old.closed != old.received or not getattr(old, measure):
        return None
    facts |= {ctx.fact(measure, stage, -2), ctx.fact("received" if ctx.world.all_closed else "closed", stage, -2)}
    new_text, old_text = ctx.style.share(part, whole), ctx.style.share(getattr(old, measure), old.closed)
    shown = Fraction(new_text.rstrip("%")) - Fraction(old_text.rstrip("%"))
    exact = Fraction(100 * part, whole) - Fraction(100 * getattr(old, measure), old.closed)
    gap = ctx.style.percentage(abs(exact)).rstrip("%")
    if abs(shown) < 2 or Fraction(gap) != abs(shown):
        return None
    right = gap
    if mistake is Mistake.WRONG_VALUE:
        gap = str(Fraction(gap) + ctx.choose.randrange(2, 6)) if not ctx.style.decimals else f"{float(gap) + 3:.1f}"
    said = ctx.write(
        "points", mistake, facts, (right,), need=("gap", "old", "new"), complete=True, what=ctx.what(stage),
        done=ctx.choose.choice(DONE[measure]), gap=gap, old=ctx.style.said(old_text), new=ctx.style.said(new_text),
        now=ctx.now(), then=ctx.now(-2), **ctx.moved(1 if shown > 0 else -1),
    )  # fmt: skip
    if said is None or mistake is not Mistake.POINTS:
        return said
    text = said.text.replace(f"{gap} percentage points", f"{gap}{ctx.style.per_cent}")
    return Said(
        text, said.truth.__class__(**{**_fields(said.truth), "place": said.truth.place.__class__(sentence=text)})
    )


def _fields(truth: object) -> dict[str, object]:
    return {name: getattr(truth, name) for name in truth.__slots__}  # type: ignore[attr-defined]


M = Mistake
KINDS: dict[str, tuple[Writer, tuple[Mistake, ...]]] = {
    "count": (count, (M.TWO_VALUES, M.SWAPPED, M.LEFT_OVER)),
    "share with base": (share_with_base, (M.WRONG_BASE, M.CUT_OFF, M.LEFT_OVER, M.LARGER_THAN_WHOLE, M.MIXED_COHORTS)),
    "share": (share, (M.WRONG_BASE, M.CUT_OFF, M.LEFT_OVER)),
    "share of whole": (share_of_whole, (M.IMPOSSIBLE,)),
    "change": (change, (M.WRONG_BASE, M.CUT_OFF, M.WORD, M.WRONG_VALUE)),
    "difference": (difference, (M.WORD, M.WRONG_VALUE)),
    "from to": (from_to, (M.TWO_VALUES, M.SWAPPED, M.WORD)),
    "points": (points, (M.POINTS, M.WRONG_VALUE)),
}
