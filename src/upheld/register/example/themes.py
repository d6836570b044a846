"""What complaints are about: themes drawn by weight, or dealt out so that the published order comes out."""

from collections.abc import Mapping
from random import Random

from upheld.register.example.drawing import pick
from upheld.register.example.made_up import MadeUp
from upheld.register.example.published import Published

_ATTEMPTS = 500


def draw_themes(random: Random, team: str, made: MadeUp) -> tuple[str, ...]:
    """The themes of a complaint about a team, a different one for each of its points, the main one first."""
    points = random.choices(range(1, len(made.points) + 1), weights=made.points)[0]
    weights = dict(made.themes_of(team))
    drawn: list[str] = []
    for _ in range(points):
        theme = pick(random, weights)
        del weights[theme]
        drawn.append(theme)
    return tuple(drawn)


def deal_themes(random: Random, targets: Published) -> list[tuple[str, ...]]:
    """The themes of every stage 1 complaint of the quarter whose themes were published, in no order."""
    mains = [target.theme for target in targets.themes for _ in range(target.main)]
    sizes = [size for size, count in enumerate(targets.points_per_complaint, start=1) for _ in range(count)]
    further = {target.theme: target.points - target.main for target in targets.themes}
    for _ in range(_ATTEMPTS):
        random.shuffle(mains)
        dealt = _deal(random, mains, sizes, further)
        if dealt is not None:
            return dealt
    raise RuntimeError("The themes in data/published.toml cannot be dealt out: see `main`, `points` and sizes.")


def _deal(
    random: Random, mains: list[str], sizes: list[int], further: Mapping[str, int]
) -> list[tuple[str, ...]] | None:
    """One attempt: each further point goes to a complaint with room that does not have its theme yet."""
    hands = [[main] for main in mains]
    for theme, count in further.items():
        for _ in range(count):
            room = [i for i, hand in enumerate(hands) if len(hand) < sizes[i] and theme not in hand]
            if not room:
                return None
            hands[random.choice(room)].append(theme)
    return [tuple(hand) for hand in hands]
