"""`upheld check`: which claims of a published report its own numbers contradict. It loads neither Django nor Ibis."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from upheld.errors import UpheldError

if TYPE_CHECKING:
    from upheld.checker import Checked


@click.command()
@click.argument("files", metavar="FILE...", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option(
    "--previous",
    type=click.Path(path_type=Path),
    help="The report before this one: what was restated, what was carried over.",
)
@click.option(
    "--format", "format_", type=click.Choice(("text", "json", "html", "csv")), default="text", show_default=True,
    help="How to print the answer; html is the report itself with each claim marked.",
)  # fmt: skip
@click.option(
    "--marked",
    type=click.Path(path_type=Path),
    help="Write a marked copy of the report here (.html, .docx or .pdf, as the report is).",
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.pass_context
def check(
    context: click.Context,
    files: tuple[Path, ...],
    previous: Path | None,
    format_: str,
    marked: Path | None,
    *,
    force: bool,
) -> None:
    """Check published reports: Word, PDF, HTML, Markdown, text, Excel or CSV.

    Each number is set against the other numbers of the same report: totals, percentages, changes, sentences against
    tables, headings against what stands under them. A claim is right, wrong (with what it should be, and why), or the
    report does not say enough. The exit status is 0 where nothing is wrong, 1 where something is, 2 where a file could
    not be read. Nothing is sent anywhere, and nothing is kept.
    """
    if marked is not None and (len(files) != 1 or (marked.exists() and not force)):
        raise click.UsageError(
            f"{marked} is already there. Choose another name, or write over it with --force."
            if len(files) == 1
            else "--marked writes a copy of one report: name one FILE."
        )
    answers: list[Checked] = []
    unread = 0
    pages: list[str] = []
    for file in files:
        try:
            answer, page = _checked(file, previous, marked, wants_page=format_ == "html")
        except UpheldError as error:
            unread += 1
            click.echo(f"upheld: {error}", err=True)
            continue
        answers.append(answer)
        pages.append(page)
    _print(answers, pages, format_)
    context.exit(2 if unread else 1 if any(answer.wrong for answer in answers) else 0)


def _checked(file: Path, previous: Path | None, marked: Path | None, *, wants_page: bool) -> "tuple[Checked, str]":
    from upheld.checker.check import check_document
    from upheld.checker.reading import read_document
    from upheld.files import read_bytes

    content = read_bytes(file)
    document = read_document(content, file.name)
    before = read_document(read_bytes(previous), previous.name) if previous is not None else None
    answer = check_document(document, before)
    if marked is not None:
        from upheld.checker.answers.marked import marked_copy

        _write(marked, marked_copy(content, document, answer, marked.suffix))
    if not wants_page:
        return answer, ""
    from upheld.checker.answers.marked import page_of

    return answer, page_of(document, answer)


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    partly = path.with_name(f"{path.name}.partly")
    try:
        partly.write_bytes(content)
        partly.replace(path)
    except OSError as error:
        partly.unlink(missing_ok=True)
        raise UpheldError(f"{path} cannot be written: {error.strerror}.") from error


def _print(answers: "list[Checked]", pages: list[str], format_: str) -> None:
    from upheld.checker.answers.records import as_csv, as_json
    from upheld.checker.answers.text import as_text

    if not answers:
        return
    if format_ == "json":
        text = as_json(answers)
    elif format_ == "csv":
        text = as_csv(answers)
    elif format_ == "html":
        text = "\n".join(pages)
    else:
        text = "\n".join(as_text(answer) for answer in answers)
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()
