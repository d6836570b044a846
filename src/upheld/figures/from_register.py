"""Figures straight from a register file, without a database."""

from datetime import date
from pathlib import Path

from upheld.errors import UpheldError
from upheld.facts import fold
from upheld.figures.duck import DuckFacts
from upheld.procedure import Pack, load_calendar, load_pack
from upheld.register.layout import AGE_BANDS, CHANNELS, COMPLAINANTS
from upheld.register.model import Refusal, Register
from upheld.register.read import read_register

NOT_RECORDED = "not-recorded"


class RefusedRegister(UpheldError):
    """A register with cells that cannot be read or cannot be true. Nothing is counted from it until they are right."""

    def __init__(self, source: str, refusals: tuple[Refusal, ...]) -> None:
        self.source = source
        self.refusals = refusals
        rows = len({refusal.row for refusal in refusals})
        places = "one place" if len(refusals) == 1 else f"{len(refusals)} places"
        listed = "\n".join(f"  {refusal_line(refusal)}" for refusal in refusals[:20])
        more = f"\n  … and {len(refusals) - 20} more." if len(refusals) > 20 else ""
        super().__init__(
            f"{source} was not read: something is wrong in {places} ({rows} {'row' if rows == 1 else 'rows'}).\n"
            f"{listed}{more}\nPut these right in the file and try again; nothing was changed."
        )


def refusal_line(refusal: Refusal) -> str:
    """One refusal as a line: where, and why."""
    place = f"row {refusal.row}" + (f", {refusal.column}" if refusal.column else "")
    return f"{place}: {refusal.reason}"


def facts_of_file(path: Path, *, today: date) -> DuckFacts:
    """The facts of a register file. Raises RefusedRegister where anything in it is refused."""
    return facts_of_register(read_register(path, today=today))


def facts_of_register(register: Register) -> DuckFacts:
    """The facts of a register that was read whole. Raises RefusedRegister where it was not."""
    if register.refusals:
        raise RefusedRegister(register.source, register.refusals)
    pack = load_pack("children-england-2006")
    calendar = load_calendar(pack.calendar)
    return DuckFacts.of_cases(
        (fold(case.history, pack, calendar) for case in register.cases),
        name=f"the register file {register.source}",
        digest=register.digest,
        pack=pack.id,
        labels=labels_of_register(register, pack),
    )


def labels_of_register(register: Register, pack: Pack) -> dict[tuple[str, str], str]:
    """What people call the groups of each dimension."""
    return {
        **fixed_labels(pack),
        **{("service", code): name for code, name in register.services.items()},
        **{("team", code): team.name for code, team in register.teams.items()},
        **{("theme", code): words for code, words in register.themes.items()},
    }


def fixed_labels(pack: Pack) -> dict[tuple[str, str], str]:
    """The labels that do not depend on a council: stages, and the choices of the register's layout."""
    return {
        **{("stage", stage.code): stage.short for stage in pack.stages},
        ("procedure", pack.id): pack.title,
        **{("channel", code): words for code, words in CHANNELS.items()},
        **{("complainant", code): words for code, words in COMPLAINANTS.items()},
        **{("age_band", code): words for code, words in AGE_BANDS.items()},
        **{(d, NOT_RECORDED): "Not recorded" for d in ("channel", "complainant", "age_band", "team", "service")},
    }
