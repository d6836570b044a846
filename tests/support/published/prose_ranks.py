"""Sentences about services and themes: which had most, in what order, and how many."""

from tests.support.published.context import Context, Said
from tests.support.published.model import Mistake
from tests.support.published.prose import Writer, off

_THEME = ("theme", "reason", "cause of complaint", "subject")


def _facts(ctx: Context, group: str, names: list[str], measure: str = "received") -> set[str]:
    return {ctx.fact(measure, f"{group}:{name}") for name in names}


def top_theme(ctx: Context, mistake: Mistake | None) -> Said | None:
    """Which theme was raised most."""
    ranked = sorted(ctx.world.themes.items(), key=lambda item: -item[1])
    if len(ranked) < 3 or ranked[0][1] == ranked[1][1]:
        return None
    name, n = ranked[1 if mistake else 0]
    whole = sum(ctx.world.themes.values())
    return ctx.write(
        "top", mistake, _facts(ctx, "theme", list(ctx.world.themes)), (ranked[0][0], str(ranked[0][1])), first=name,
        n=ctx.style.count(n), share=ctx.share(n, whole), now=ctx.now(), theme=ctx.choose.choice(_THEME[:2]),
    )  # fmt: skip


def top_three(ctx: Context, mistake: Mistake | None) -> Said | None:
    """The three themes raised most, in order."""
    ranked = sorted(ctx.world.themes.items(), key=lambda item: -item[1])
    if len(ranked) < 5 or len({n for _, n in ranked[:4]}) < 4 or ranked[3][1] == 0:
        return None
    chosen = ranked[:3]
    if mistake:
        chosen = [ranked[0], ranked[3], ranked[2]]
    (first, n), (second, m), (third, k) = chosen
    return ctx.write(
        "top three", mistake, _facts(ctx, "theme", list(ctx.world.themes)), tuple(name for name, _ in ranked[:3]),
        first=first, second=second, third=third, n=ctx.style.count(n), m=ctx.style.count(m), k=ctx.style.count(k),
        now=ctx.now(), theme=ctx.choose.choice(_THEME[:2]),
    )  # fmt: skip


def top_service(ctx: Context, mistake: Mistake | None) -> Said | None:
    """Which service had most."""
    ranked = sorted(((c.received, name) for name, c in ctx.world.services.items()), reverse=True)
    if len(ranked) < 3 or ranked[0][0] == ranked[1][0]:
        return None
    n, name = ranked[1 if mistake is Mistake.WORD else 0]
    whole = sum(received for received, _ in ranked)
    share, need = ctx.share(n, whole), ()
    computed = (ranked[0][1], str(ranked[0][0]))
    if mistake is Mistake.WRONG_BASE:
        computed = (ctx.style.share(n, whole),)
        base = whole - n
        if n > base or n * 100 // whole == n * 100 // base:
            return None
        share, need = ctx.share(n, base), ("share",)
    facts = _facts(ctx, "service", list(ctx.world.services))
    return ctx.write(
        "service top", mistake, facts, computed, need=need, first=name, n=ctx.style.count(n), now=ctx.now(),
        whole=ctx.style.count(whole), share=share,
    )  # fmt: skip


def service_count(ctx: Context, mistake: Mistake | None) -> Said | None:
    """A service's counts; wrong ones are its neighbour's."""
    names = list(ctx.world.services)
    index = ctx.choose.randrange(len(names) - 1)
    name = names[index]
    own = ctx.world.services[name]
    n, m = own.received, own.upheld
    if mistake is Mistake.COPIED:
        n, m = ctx.world.services[names[index + 1]].received, ctx.world.services[names[index + 1]].upheld
    elif mistake is Mistake.TWO_VALUES:
        n = off(ctx.choose, n)
    elif mistake is Mistake.LARGER_THAN_WHOLE:
        m = n + ctx.choose.randrange(1, 4)
    if (
        n < 2
        or own.received < 2
        or (mistake and (n, m) == (own.received, own.upheld))
        or (mistake is Mistake.COPIED and n == own.received)
    ):
        return None
    facts = _facts(ctx, "service", [name]) | _facts(ctx, "service", [name], "upheld")
    computed = (str(own.upheld), str(own.received)) if mistake is Mistake.LARGER_THAN_WHOLE else (str(own.received),)
    return ctx.write(
        "service count", mistake, facts, computed, complete=mistake is Mistake.LARGER_THAN_WHOLE, first=name,
        now=ctx.now(), n=ctx.style.count(n), m=ctx.style.count(m) if m else "none",
    )  # fmt: skip


M = Mistake
KINDS: dict[str, tuple[Writer, tuple[Mistake, ...]]] = {
    "top": (top_theme, (M.WORD,)),
    "top three": (top_three, (M.WORD,)),
    "service top": (top_service, (M.WORD, M.WRONG_BASE)),
    "service count": (service_count, (M.COPIED, M.TWO_VALUES, M.LARGER_THAN_WHOLE)),
}
