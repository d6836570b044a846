"""Which register files were imported."""

from collections.abc import Iterable
from dataclasses import dataclass

from upheld.cases.models import Case, Event, RegisterImport


@dataclass(frozen=True, slots=True)
class Imported:
    """The imports so far, by file name and digest, and whether there are cases that came another way."""

    names: frozenset[str]
    digests: frozenset[str]
    cases: bool

    def has(self, digest: str) -> bool:
        """Whether a file with exactly this content was imported."""
        return digest in self.digests

    def others(self, *names: str) -> bool:
        """Whether the record holds anything that did not come from files of these names."""
        return bool(self.names - set(names)) or (self.cases and not self.names)


def stages_of_file(name: str) -> list[tuple[str, str]]:
    """The reference and stage of every row that came from files of this name."""
    rows = Event.objects.filter(source__file_name=name, stage__isnull=False)
    found = rows.order_by("case__reference", "stage").values_list("case__reference", "stage").distinct()
    return [(reference, stage or "") for reference, stage in found]


def imported_files() -> Imported:
    """Every import that recorded something."""
    rows: Iterable[tuple[str, str]] = RegisterImport.objects.values_list("file_name", "digest")
    pairs = list(rows)
    return Imported(frozenset(n for n, _ in pairs), frozenset(d for _, d in pairs), Case.objects.exists())
