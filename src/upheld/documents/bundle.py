"""A report in every format, written to a folder: whole or not at all, with its figures and a manifest beside it."""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from upheld.documents import figure_list
from upheld.documents.charts import draw_all
from upheld.documents.render import Format, render
from upheld.documents.style import HouseStyle
from upheld.documents.text import slug, tidy
from upheld.errors import UpheldError
from upheld.narrative.report import Report

NAME = "upheld-quarterly-report"
FIGURES_JSON, FIGURES_CSV, MANIFEST = "figures.json", "figures.csv", "manifest.json"


class NotWritten(UpheldError):
    """The report could not be written to the folder that was asked for."""


def file_name(report: Report, format: Format, name: str = NAME) -> str:  # noqa: A002 - what it is
    """`upheld-quarterly-report-q3-2018-19.html`."""
    return f"{name}-{slug(report.period.label)}.{format}"


def write_all(
    report: Report,
    directory: Path,
    *,
    style: HouseStyle | None = None,
    formats: Iterable[Format] | None = None,
    template: bytes | None = None,
    name: str = NAME,
) -> tuple[Path, ...]:
    """Write `report` in `formats` (or all it has) to `directory`, with `figures.json`, `figures.csv`, `manifest.json`.

    Everything is made before anything is written, and each file appears under its name only when it is whole; the
    manifest, with the SHA-256 of every other file, comes last. Returns the paths in that order. Raises NotWritten
    where the folder cannot be written to.
    """
    style = style or HouseStyle()
    has = [wanted for wanted in Format if wanted is not Format.PPTX or report.slides]
    chosen = tuple(dict.fromkeys(has if formats is None else formats))
    report = tidy(report)
    charts = draw_all(report, style)
    files = {
        file_name(report, wanted, name): render(report, wanted, style=style, charts=charts, template=template)
        for wanted in chosen
    }
    files[FIGURES_JSON] = figure_list.as_json(report)
    files[FIGURES_CSV] = figure_list.as_csv(report)
    files[MANIFEST] = manifest(report, files)
    try:
        directory.mkdir(parents=True, exist_ok=True)
        return _put(files, directory)
    except OSError as error:
        raise NotWritten(
            f"The report could not be written to {directory}: {error.strerror or error}. Choose a folder that you may "
            "write to, with room for it."
        ) from error


def manifest(report: Report, files: Mapping[str, bytes]) -> bytes:
    """What the files are, byte for byte, and what they were made from, so that they can be made again."""
    made = report.provenance
    return (
        json.dumps(
            {
                "title": report.cover.title,
                "council": report.cover.council,
                "period": report.period.label,
                "as_at": report.as_at.isoformat(),
                "provenance": {
                    "source": made.source,
                    "as_at": made.as_at.isoformat(),
                    "known_at": made.known_at.isoformat() if made.known_at else None,
                    "facts_digest": made.facts_digest,
                    "pack": made.pack,
                    "figures_version": made.figures_version,
                    "code_version": made.code_version,
                },
                "files": [
                    {"name": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
                    for name, data in files.items()
                ],
            },
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    ).encode()


def _put(files: Mapping[str, bytes], directory: Path) -> tuple[Path, ...]:
    waiting: list[tuple[Path, Path]] = []
    try:
        for name, data in files.items():
            waiting.append((_beside(directory, data), directory / name))
        for temporary, path in waiting:
            temporary.replace(path)
    finally:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)
    return tuple(path for _, path in waiting)


def _beside(directory: Path, data: bytes) -> Path:
    """The bytes in a file of the same folder under a name that nobody asks for; safe on the disk when this returns."""
    handle, name = tempfile.mkstemp(prefix=".upheld-", dir=directory)
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        path.chmod(0o644)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path
