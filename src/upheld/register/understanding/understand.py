"""A file that nobody explained, understood as far as it explains itself. What it leaves open is asked."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from upheld.files import NOTHING_TOLD, Sheet, Told, read_sheets_bytes
from upheld.register.dates import DateOrder
from upheld.register.documented import NotARegister
from upheld.register.layout import BY_ID, STAGES, Form, normal
from upheld.register.mapping.model import is_list
from upheld.register.understanding.assign import OF_A_STAGE, OURS, Assigned, assign, missing, pass_over
from upheld.register.understanding.model import UNKNOWN, About, Question, Reading, Understanding
from upheld.register.understanding.order import order_of
from upheld.register.understanding.profile import PATH, Profile
from upheld.register.understanding.table import FileColumn, Table, best_tables, rank_of
from upheld.register.understanding.usual import Rank
from upheld.register.understanding.words import is_choice, options_of, told_words

_SHARED = tuple(column for column in OURS if column not in OF_A_STAGE and column != "stage")
_OF_GROUP = tuple(column for column in OURS if column in OF_A_STAGE)
_PATHS = ("themes", "team", "service")
_MOST_WORDS = 25  # questions about words of one column


def understand(content: bytes, source: str, *, today: date, told: Told = NOTHING_TOLD) -> Understanding:
    """Understand a file called `source`. Raises UnreadableFile, or NotARegister where nothing looks like a register."""
    return understand_sheets(read_sheets_bytes(content, source, told=told), source, today=today, told=told)


def understand_sheets(sheets: Sequence[Sheet], source: str, *, today: date, told: Told = NOTHING_TOLD) -> Understanding:
    """As understand, from the sheets of the file."""
    tables = best_tables(sheets)
    if not tables:
        raise NotARegister(
            f"{source} has no row of headings that a register of complaints would have. “upheld register template” "
            "writes an empty register, and a mapping tells of any other layout."
        )
    table = tables[0]
    assigned = Assigned()
    if len(tables) > 1:
        names = tuple(each.sheet.name for each in tables)
        text = f"Which sheet is the register: {' or '.join(f'“{name}”' for name in names)}?"
        assigned.questions.append(Question(About.SHEET, text, options=names))
    _assign(table, assigned)
    pass_over(table.columns, assigned)
    return _Whole(source, table, assigned, today).understanding(told)


def _assign(table: Table, assigned: Assigned) -> None:
    """Find our columns, in groups of a stage each where a row holds several."""
    groups: dict[str, list[FileColumn]] = {}
    for column in table.columns:
        if column.stage:
            groups.setdefault(column.stage, []).append(column)
    alone = [column for column in table.columns if not column.stage]
    has_stage = any(rank_of(each, "stage", of_stage=False) is Rank.SURE and each.profile.filled for each in alone)
    wide = not has_stage and any(_has_receipt(group) for group in groups.values())
    if not wide:
        ours = [column for column in OURS if column != "due"]
        assign(table.columns, ours, assigned)
        assigned.questions += missing(ours, assigned)
        return
    assign(alone, _SHARED, assigned)
    assigned.questions += missing(_SHARED, assigned)
    if "stage-1" not in groups and _has_receipt(alone):
        groups["stage-1"] = alone  # the first stage is often written without saying so
    stages = tuple(stage for stage in STAGES if stage in groups and _has_dates(groups[stage]))
    for stage in stages:
        own = [each for each in groups[stage] if each.index not in assigned.taken]
        ours = [column for column in _OF_GROUP if column != "due" or stage == "ombudsman"]
        assign(own, ours, assigned, stage=stage)
        assigned.questions += missing(["received"], assigned, stage=stage)


def _has_receipt(columns: Iterable[FileColumn]) -> bool:
    return any(
        rank_of(each, "received", of_stage=True) and (each.profile.holds_dates or not each.profile.filled)
        for each in columns
    )


def _has_dates(columns: Iterable[FileColumn]) -> bool:
    return any(each.profile.holds_dates for each in columns)


class _Whole:
    """What follows from the columns: the order of dates, the words, what stands for nothing."""

    def __init__(self, source: str, table: Table, assigned: Assigned, today: date) -> None:
        self._source = source
        self._table = table
        self._assigned = assigned
        self._today = today
        self._by_index = {column.index: column for column in table.columns}

    def understanding(self, told: Told) -> Understanding:
        table, assigned = self._table, self._assigned
        order, orders, shown = self._order()
        separator = self._separator()
        words = self._words(separator)
        last_part = self._paths()
        taken = [self._by_index[index].profile for index in assigned.taken]
        return Understanding(
            source=self._source,
            sheet=table.sheet.name,
            is_workbook=table.sheet.name != self._source,
            told=told,
            head=(table.first + 1, table.last + 1),
            rows=table.rows,
            readings=tuple(sorted(assigned.readings, key=_place)),
            questions=tuple(assigned.questions),
            left_out=tuple(assigned.left_out),
            words=words,
            order=order,
            orders=orders,
            order_shown=shown,
            empty=tuple(sorted({word for profile in taken for word in profile.empties})),
            separator=separator,
            last_part=last_part,
        )

    def _columns(self, keep: Callable[[str], bool]) -> dict[int, str]:
        return {index: ours for index, (_, ours) in self._assigned.taken.items() if keep(ours)}

    def _order(self) -> tuple[DateOrder | None, dict[str, DateOrder], str]:
        dated = self._columns(lambda ours: ours in BY_ID and BY_ID[ours].form is Form.DATE)
        profiles = {index: self._by_index[index].profile for index in dated}
        received = {stage: i for i, (stage, ours) in self._assigned.taken.items() if ours == "received"}
        pairs = [
            (i, received[stage])
            for i, (stage, ours) in self._assigned.taken.items()
            if ours == "answered" and stage in received
        ]
        found = order_of(self._table.sheet.rows, self._table.last + 1, profiles, pairs, self._today)
        for index, (day_first, month_first) in found.contradictory.items():
            text = (
                f"“{self._by_index[index].name}” has dates with the day first (row {day_first}) and with the month "
                f"first (row {month_first}). Put them right in the file: a spreadsheet may have turned some round."
            )
            self._assigned.questions.append(Question(About.ORDER, text, dated[index]))
        if found.needed and found.order is None and not found.contradictory:
            names = [self._by_index[i].name for i, profile in profiles.items() if profile.both_orders]
            either = " and ".join(f"“{name}”" for name in names[:3])
            text = f"Does the day or the month come first in {either}? Nothing in the file proves it."
            options = tuple(order.value for order in DateOrder)
            self._assigned.questions.append(Question(About.ORDER, text, options=options))
        by_column = {dated[index]: order for index, order in found.by_column.items()}
        return found.order, by_column, found.shown

    def _separator(self) -> str:
        """What parts several themes in one cell: a semicolon, or a comma where its parts stand alone elsewhere too."""
        for index in self._columns(lambda ours: ours in BY_ID and is_list(BY_ID[ours])):
            words = self._by_index[index].profile.words
            if any(";" in word for word in words):
                return ";"
            parted = [part for word in words if "," in word for part in word.split(",")]
            alone = {normal(word) for word in words if "," not in word}
            if parted and sum(normal(part) in alone for part in parted) * 10 >= len(parted) * 8:
                return ","
        return ";"

    def _paths(self) -> dict[str, str]:
        """Columns whose cells are paths, such as “Children > Care > Delay”: is all of it the name, or its last part?"""
        found = {}
        for index, ours in self._columns(lambda ours: ours in _PATHS).items():
            profile = self._by_index[index].profile
            if profile.listing[PATH] * 10 >= profile.filled * 8:
                example = next((text for text in profile.examples if PATH in text), "")
                text = (
                    f"In “{self._by_index[index].name}”, is the last part the name ({BY_ID[ours].heading}), or all of "
                    f"“{example}”?"
                )
                self._assigned.questions.append(Question(About.PATH, text, ours, options=(PATH, "")))
                found[ours] = UNKNOWN
        return found

    def _words(self, separator: str) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for index, ours in sorted(self._columns(is_choice).items()):
            profile = self._by_index[index].profile
            told = told_words(ours, profile, separator if ours in BY_ID and is_list(BY_ID[ours]) else "")
            self._ask_about(
                ours, {word for word, m in told.items() if m == UNKNOWN} - set(found.get(ours, {})), profile
            )
            found.setdefault(ours, {}).update(told)
        return {ours: told for ours, told in found.items() if told}

    def _ask_about(self, ours: str, unknown: set[str], profile: Profile) -> None:
        for word in sorted(unknown, key=lambda word: -profile.words[word])[:_MOST_WORDS]:
            count = sum(n for text, n in profile.words.items() if word in text)
            rows = "1 row" if count == 1 else f"{count:,} rows"
            heading = BY_ID[ours].heading if ours in BY_ID else "the file's own word on being in time"
            text = f"What does “{word}” mean in {heading} ({rows})?"
            self._assigned.questions.append(Question(About.WORD, text, ours, word=word, options=options_of(ours)))


def _place(reading: Reading) -> tuple[int, int]:
    stages = tuple(STAGES)
    return (stages.index(reading.stage) + 1 if reading.stage else 0, OURS.index(reading.column))
