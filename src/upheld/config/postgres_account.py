"""The account that the embedded PostgreSQL runs as.

PostgreSQL refuses to run as root. Anybody else runs it as themselves; root runs it as a system account of its own.
"""

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from upheld.config.folders import is_root
from upheld.errors import UpheldError

SYSTEM_ACCOUNT = "upheld"
LAST_RESORT = "nobody"


class AccountError(UpheldError):
    """There is no account that the embedded server could run as."""


@dataclass(frozen=True, slots=True)
class Account:
    """Who runs the server. `uid` and `gid` are None for the person themselves."""

    name: str
    uid: int | None = None
    gid: int | None = None

    @property
    def is_other(self) -> bool:
        """Whether it is an account other than this process's own."""
        return self.uid is not None

    def process_options(self) -> Mapping[str, Any]:
        """What `subprocess` needs to start a process as this account, and with none of root's groups."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give one file or folder to this account. Links are not followed."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def can_enter(self, folder: Path) -> bool:
        """Whether this account can reach what is in `folder`, asked of the system and not worked out from modes."""
        if self.uid is None:
            return folder.is_dir()
        return _succeeds(["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)], self)

    def can_run(self, program: Path) -> bool:
        """Whether this account can run `program --version`."""
        return _succeeds([str(program), "--version"], self)


def account_of(data: Path) -> Account:
    """The account that owns a data folder that exists: it goes on running it, whatever accounts appear later."""
    owner = data.stat()
    if sys.platform == "win32" or owner.st_uid == os.geteuid():
        return Account(name="you")
    if not is_root():
        raise AccountError(
            f"The embedded database in {data} belongs to another account ({_name_of(owner.st_uid)}). Use that account, "
            "or set UPHELD_HOME to a folder of your own."
        )
    return Account(name=_name_of(owner.st_uid), uid=owner.st_uid, gid=owner.st_gid)


@functools.cache
def account_for_new_data() -> Account:
    """The account for a data folder that is still to be made.

    For root: the system account `upheld`, which is made where it can be, else `nobody`.
    """
    if not is_root():
        return Account(name="you")
    return _existing(SYSTEM_ACCOUNT) or _made(SYSTEM_ACCOUNT) or _existing(LAST_RESORT) or _refuse()


def _existing(name: str) -> Account | None:
    import pwd

    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(name=name, uid=entry.pw_uid, gid=entry.pw_gid) if entry.pw_uid else None


def _made(name: str) -> Account | None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        return None
    command = [useradd, "--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"]
    subprocess.run([*command, name], capture_output=True, check=False, timeout=30)  # noqa: S603
    return _existing(name)


def _refuse() -> Account:
    raise AccountError(
        "PostgreSQL refuses to run as root, and there is no other account to run it as. Add one (useradd --system "
        "upheld), or run Upheld as an ordinary user, or set DATABASE_URL to a PostgreSQL server of your own."
    )


def _name_of(uid: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _succeeds(command: list[str], account: Account) -> bool:
    try:
        result = subprocess.run(  # noqa: S603
            command,
            capture_output=True,
            check=False,
            timeout=30,
            cwd="/",
            env={"PATH": os.defpath},
            **account.process_options(),
        )
    except PermissionError:
        # Either the program cannot be reached, or this root may not become anybody else (some containers).
        return False
    except (OSError, subprocess.TimeoutExpired):
        return False
    return result.returncode == 0
