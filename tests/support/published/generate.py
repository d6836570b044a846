"""A report with its truth, drawn at random: `generate(7)` is the same report on every machine and every day."""

import random
from dataclasses import dataclass, field, replace

from tests.support.published import prose, prose_ranks, prose_words
from tests.support.published.context import Context, Said
from tests.support.published.grids import Grid
from tests.support.published.model import Bullets, Draft, Heading, Mistake, Paragraph, Place, Published, Table, Truth
from tests.support.published.spoil import SPOILERS, Hand, without_period
from tests.support.published.style import draw_style
from tests.support.published.tables import TableMaker
from tests.support.published.wordings import HEADINGS, IDLE, WORDINGS
from tests.support.published.wordings_apart import APART
from tests.support.published.world import World, make_world

SENTENCES = prose.KINDS | prose_words.KINDS | prose_ranks.KINDS
IN_PROSE = tuple((kind, mistake) for kind, (_, mistakes) in SENTENCES.items() for mistake in mistakes)
IN_TABLES = tuple(SPOILERS)
_TRIES = 40
_SMALL = 5
_CAPTIONS = {
    "stages": ("Complaints received", "Volumes", "Complaints by stage"),
    "services": ("Complaints by service", "Service areas", "Where complaints came from"),
    "themes": ("Themes", "What people complained about", "Reasons for complaints"),
    "methods": ("How complaints were received", "Contact methods"),
    "outcomes": ("Outcomes", "Complaint outcomes"),
    "timeliness": ("Timeliness", "Response times"),
    "activity": ("At a glance", "Overview of activity"),
}


@dataclass(slots=True)
class _Section:
    """One section that is being filled."""

    topic: str
    grid: Grid
    sentences: list[str] = field(default_factory=list)


def generate(seed: int, *, mistakes: int | None = None, only: Mistake | None = None, apart: bool = False) -> Published:
    """The report of this seed. `mistakes` fixes how many are put in (none: drawn, 0 to 3); `only` fixes their kind.

    `apart` takes the wordings that nobody looked at while the checker was made.
    """
    choose = random.Random(seed)
    world = make_world(choose)
    style = draw_style(choose, quarterly=world.quarterly)
    wanted = choose.choice((0, 1, 1, 1, 2, 2, 3)) if mistakes is None else mistakes
    truths: list[Truth] = []
    traits = [world.flavour, world.size, "quarterly" if world.quarterly else "annual"]
    gap = None
    if wanted and (only is Mistake.MISSING_PERIOD or (only is None and choose.random() < 0.06)):
        gap = without_period(world, choose)
        if gap is not None:
            world, _ = gap
            wanted -= 1
    maker = TableMaker(world, style, choose)
    stages = choose.choice((maker.stages_by_period, maker.periods_by_stage, maker.measures_by_period))
    kinds = maker.all_kinds()
    sections = [_Section("stages", stages())]
    sections += [_Section(topic, kinds[topic]()) for topic in choose.sample(list(kinds), choose.randrange(2, 5))]
    if gap is not None:
        truths.append(_missing(sections[0].grid))
    known = frozenset(
        f for s in sections for row in s.grid.rows for cell in row for f in cell.facts if len(cell.facts) == 1
    )
    context = Context(world, style, choose, known, APART if apart else WORDINGS)
    said = _put_mistakes(context, sections, truths, wanted, only)
    said += _right_sentences(context, said, choose.randrange(6, 16))
    for index, section in enumerate(sections):
        spoilt = {truth.place for truth in truths}
        noted = bool(section.grid.note)
        truths += [replace(t, looks_wrong=noted) for t in section.grid.truths(index) if t.place not in spoilt]
        truths += _small_numbers(section.grid, index)
    blocks = _compose(choose, world, style.periods.in_prose(world.now), sections, said)
    truths += [sentence.truth for sentence in said]
    return Published(f"generated-{seed}", tuple(blocks), tuple(truths), tuple(traits))


def _missing(grid: Grid) -> Truth:
    facts = frozenset(f for row in grid.rows for cell in row for f in cell.facts)
    place = Place(table=0)
    others = tuple(Place(table=number) for number in range(1, 6))
    return Truth("series", place, facts=facts, also=others).wrong(Mistake.MISSING_PERIOD)


def _small_numbers(grid: Grid, number: int) -> list[Truth]:
    """A table that shows what became of one to four complaints of a named team."""
    if not grid.names_people:
        return []
    if not any(0 < row[1].value < _SMALL and row[1].role == "count" for row in grid.rows):
        return []
    return [Truth("small number", Place(table=number)).wrong(Mistake.SMALL_NUMBER)]


def _put_mistakes(
    context: Context, sections: list[_Section], truths: list[Truth], wanted: int, only: Mistake | None
) -> list[Said]:
    """Put so many mistakes in, each far from the others; the sentences that hold some of them."""
    said: list[Said] = []
    choose = context.choose
    hand = Hand(choose, context.style, context.world)
    taken: set[str] = set().union(*(truth.facts for truth in truths)) if truths else set()
    prose_choices = [pair for pair in IN_PROSE if only in (None, pair[1])]
    table_choices = [mistake for mistake in IN_TABLES if only in (None, mistake)]
    for _ in range(_TRIES * wanted):
        if len([t for t in truths if t.mistake]) + len(said) >= wanted + len(
            [t for t in truths if t.mistake is Mistake.MISSING_PERIOD]
        ):
            break
        if (choose.random() < 0.6 and prose_choices) or not table_choices:
            if not prose_choices:
                break
            kind, mistake = choose.choice(prose_choices)
            sentence = SENTENCES[kind][0](context, mistake)
            if sentence and not sentence.truth.facts & taken:
                said.append(sentence)
                taken |= sentence.truth.facts
            continue
        mistake = choose.choice(table_choices)
        number = choose.randrange(len(sections))
        grid = sections[number].grid
        if any(cell.facts & taken for row in grid.rows for cell in row):
            continue
        truth = SPOILERS[mistake](grid, number, hand)
        if truth:
            truths.append(truth)
            taken |= truth.facts
    return said


def _right_sentences(context: Context, said: list[Said], wanted: int) -> list[Said]:
    """So many sentences that are right, none of them twice."""
    texts = {sentence.text for sentence in said}
    spoken = {(sentence.truth.kind, sentence.truth.facts) for sentence in said}
    found: list[Said] = []
    for _ in range(_TRIES * wanted):
        if len(found) == wanted:
            break
        sentence = SENTENCES[context.choose.choice(list(SENTENCES))][0](context, None)
        if sentence and sentence.text not in texts and (sentence.truth.kind, sentence.truth.facts) not in spoken:
            found.append(sentence)
            texts.add(sentence.text)
            spoken.add((sentence.truth.kind, sentence.truth.facts))
    return found


def _topic_of(sentence: Said, topics: list[str]) -> str:
    kind = sentence.truth.kind
    wanted = {"top": "themes", "top three": "themes", "days": "activity", "other": "activity", "of which": "outcomes"}
    topic = "services" if kind.startswith("service") else wanted.get(kind, "stages")
    return topic if topic in topics else topics[0]


def _compose(
    choose: random.Random, world: World, now: str, sections: list[_Section], said: list[Said]
) -> list[Heading | Paragraph | Bullets | Table]:
    """Headings, paragraphs, lists and tables in order."""
    for sentence in said:
        topic = _topic_of(sentence, [section.topic for section in sections])
        next(section for section in sections if section.topic == topic).sentences.append(sentence.text)
    numbering = choose.choice(("", "{n}. ", "{n}.0 ", "{n} "))
    numbered = choose.random() < 0.3
    kind = {"children": "Children's Social Care", "adults": "Adult Social Care", "corporate": "Corporate"}[
        world.flavour
    ]
    when = "Quarterly" if world.quarterly else "Annual"
    draft = Draft(
        [
            Heading(
                choose.choice(
                    (
                        f"{kind} complaints: {now}",
                        f"{when} complaints report {now}",
                        f"{kind} {when.lower()} report, {now}",
                    )
                ),
                1,
            )
        ]
    )
    draft.blocks.append(Heading(numbering.format(n=1) + choose.choice(HEADINGS)))
    idle = [line.format(limit=world.limit, year=world.now.year + 1, extra=choose.randrange(100, 999)) for line in IDLE]
    choose.shuffle(idle)
    draft.blocks.append(Paragraph(" ".join(idle[:2])))
    for index, section in enumerate(sections, start=2):
        draft.blocks.append(Heading(numbering.format(n=index) + choose.choice(_CAPTIONS[section.topic])))
        words = _words(choose, section.sentences, idle[index : index + 1], f"{index}." if numbered else "")
        first = choose.random() < 0.5
        draft.blocks += [section.grid.table, *words] if first else [*words, section.grid.table]
    return draft.blocks


def _words(choose: random.Random, sentences: list[str], idle: list[str], number: str) -> list[Paragraph | Bullets]:
    """Sentences as a list, or as paragraphs of one to three."""
    lines = [*sentences, *idle]
    if len(lines) > 1 and choose.random() < 0.4:
        return [Bullets(tuple(lines))]
    blocks: list[Paragraph | Bullets] = []
    while lines:
        size = choose.choice((1, 2, 3))
        text = " ".join(lines[:size])
        lines = lines[size:]
        blocks.append(Paragraph(f"{number}{len(blocks) + 1} {text}" if number else text))
    return blocks
