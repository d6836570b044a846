"""`upheld audit`: seal the record, and check that nobody has changed it behind the application's back."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from upheld.errors import UpheldError

if TYPE_CHECKING:
    from upheld.cases.keys import Keys
    from upheld.cases.verification import Verified

FOUND, NOT_CHECKED = 1, 2
FEW = 20_000  # entries that are checked before anybody wonders


@click.group()
def audit() -> None:
    """Seal the record, and check that it is as it was recorded."""


@audit.command()
@click.option(
    "--public", type=click.Path(path_type=Path), help="Write the public half to this file, to keep elsewhere."
)
@click.option("--replace", is_flag=True, help="Make another key, which signs from now on.")
def key(public: Path | None, *, replace: bool) -> None:
    """Make the key that signs seals, where there is none, and print its fingerprint.

    It is kept in UPHELD_HOME and not in the database, so whoever changes the database cannot sign for it. Keep a copy
    of the key where backups of the database are not, and give the public half to somebody else.
    """
    from upheld.cases.keys import NoSealKey, make_key, signing_key

    folder = _home() / "keys"
    try:
        kept = make_key(folder, replace=True) if replace else signing_key(folder)
    except NoSealKey:
        kept = make_key(folder)
    if public is not None:
        try:
            public.write_bytes(kept.public.pem)
        except OSError as error:
            raise UpheldError(f"{public} cannot be written: {error.strerror}.") from error
    click.echo(kept.fingerprint)


@audit.command()
def seal() -> None:
    """Sign the heads of all chains that have moved since the last seal.

    What was sealed cannot be removed or written anew without being missed. The background worker does this every
    night; this command does it at once.
    """
    from upheld.commands.database import with_database

    with with_database():
        from upheld.cases.actions.seal_chronology import seal_chronology

        made = seal_chronology()
    if made is None:
        click.echo("Nothing has been recorded since the last seal.")
    else:
        click.echo(
            f"Seal {made.number}: {made.moved:,} cases that are new or have new entries; the record has {made.cases:,} "
            f"cases and {made.entries:,} entries. Signed with the key {made.key}; {made.hash.hex()}"
        )


@audit.command()
@click.option(
    "--public-key", "public_keys", type=click.Path(path_type=Path), multiple=True,
    help="Believe only what this key signed. Repeat for several. Otherwise those in UPHELD_HOME are believed.",
)  # fmt: skip
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
def verify(public_keys: tuple[Path, ...], form: str) -> None:
    """Check every entry, seal and certificate, and name what is not as it was recorded.

    Finds what was changed, removed, inserted or reordered in the database by other means than Upheld; a case that was
    removed whole or whose chain was written anew; a seal that was forged, changed or taken out. It only reads. The exit
    status is 0 where the record is sound, 1 where something was found, 2 where it could not be checked fully.
    """
    from upheld.cases.keys import public_keys as read_keys
    from upheld.commands.database import with_database

    with with_database():
        from upheld.cases.actions.seal_chronology import COPY_FILE, keys_folder
        from upheld.cases.keys import trusted_keys

        keys = read_keys(public_keys) if public_keys else trusted_keys(keys_folder())
        done = _verified(keys, keys_folder().parent / COPY_FILE)
        references = _references(done)
    if form == "json":
        click.echo(json.dumps(_as_json(done), indent=2, ensure_ascii=False))
    else:
        for line in said_of(done, references):
            click.echo(line)
    if status := (FOUND if done.findings else NOT_CHECKED if done.unchecked else 0):
        click.get_current_context().exit(status)


def _verified(keys: "Keys", copies: Path) -> "Verified":
    from upheld.cases.verification import verify_record

    bar = click.progressbar(length=0, label="Checking", file=sys.stderr)
    with bar:

        def progress(done: int, total: int) -> None:
            if total >= FEW:
                bar.length = total
                bar.update(done - bar.pos)

        return verify_record(keys, copies=copies, progress=progress)


def _references(done: "Verified") -> dict[str, str]:
    """What people call the cases that something was found in."""
    from upheld.cases.models import Case

    ids = {finding.case for finding in done.findings if finding.case}
    return {str(id_): reference for id_, reference in Case.objects.filter(id__in=ids).values_list("id", "reference")}


def said_of(done: "Verified", references: dict[str, str]) -> list[str]:
    """What a check found, in words."""
    disposed = f", {done.disposed:,} disposed of" if done.disposed else ""
    seals = f"{done.seals:,} seal{'' if done.seals == 1 else 's'}"
    last = f", the last of {done.last_sealed:%Y-%m-%d %H:%M} UTC" if done.last_sealed else ""
    lines = [f"Checked {done.entries:,} entries of {done.cases:,} cases{disposed}, and {seals}{last}."]
    if not done.seals:
        lines.append("There is no seal yet, so a case that is removed whole would not be missed: upheld audit seal")
    elif done.unsealed:
        lines.append(
            f"{done.unsealed:,} entries are newer than the last seal; nothing but their own chain speaks for them."
        )
    if done.unchecked:
        lines.append(f"Signatures were not checked: {done.unchecked}. Give it with --public-key.")
    if not done.findings:
        return [*lines, "Everything is as it was recorded."]
    count = "One thing is" if len(done.findings) == 1 else f"{len(done.findings):,} things are"
    lines.append(f"{count} not as recorded:")
    for finding in done.findings:
        words = finding.words
        if finding.case in references:
            words = words.replace(f"Case {finding.case}", f"Case {references[finding.case]} ({finding.case})", 1)
        lines.append(f"  {words}")
    return [*lines, "Keep the database as it is, and compare it with a backup from before."]


def _as_json(done: "Verified") -> dict[str, object]:
    return {
        **asdict(done),
        "last_sealed": done.last_sealed.isoformat() if done.last_sealed else None,
        "sound": not done.findings and not done.unchecked,
    }


def _home() -> Path:
    import os

    from upheld.config.environment import home_folder

    return home_folder(os.environ)
