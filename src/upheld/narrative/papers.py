"""Where a quarter's cover and commentary lie in an installation: a folder for each quarter, two files in it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from upheld.figures.period import Quarter
from upheld.narrative.commentary import (
    Commentary,
    default_subtitle,
    default_title,
    read_commentary,
    read_cover,
)
from upheld.narrative.report import Cover


@dataclass(frozen=True, slots=True)
class Papers:
    """What people added to a quarter's report. `as_at` is the day its figures are judged at, where they chose one."""

    cover: Cover
    commentary: Commentary
    as_at: date | None


def folder_of(home: Path, quarter: Quarter) -> Path:
    """The folder of a quarter's papers: `reports/2018-19-q3` in the installation's data folder."""
    return home / "reports" / f"{quarter.year}-{(quarter.year + 1) % 100:02d}-q{quarter.number}"


def papers(
    quarter: Quarter, *, council: str, folder: Path | None = None, cover: Path | None = None, words: Path | None = None
) -> Papers:
    """The papers of a quarter: the files named, or those in `folder`, or a plain cover and no commentary.

    Raises CommentaryFault where a file that is named is missing, or one that is there is not as documented.
    """
    cover_file = cover or _there(folder, "cover.toml")
    words_file = words or _there(folder, "commentary.toml")
    commentary = read_commentary(words_file) if words_file else Commentary()
    if cover_file:
        read = read_cover(cover_file, quarter)
        return Papers(read.cover, commentary, read.as_at)
    plain = Cover(
        council=council,
        title=default_title(quarter),
        subtitle=default_subtitle(quarter),
        fields=(("Period", f"{quarter.months} ({quarter.label})"),),
    )
    return Papers(plain, commentary, None)


def _there(folder: Path | None, name: str) -> Path | None:
    path = folder / name if folder else None
    return path if path is not None and path.is_file() else None
