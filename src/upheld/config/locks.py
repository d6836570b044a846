"""Locks between processes that the system itself lets go when their holder dies, however it dies.

A file that merely exists is no lock: after `kill -9` it would stand for ever. Here the open file is locked, so
nothing is ever stale and nobody has to judge whether a process id still means the same process.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from upheld.errors import UpheldError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_PAUSE = 0.02


class LockHeldError(UpheldError):
    """Another process keeps the lock for longer than is worth waiting."""


class FileLock:
    """One process's hold on a file. Not for sharing between threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def try_to_take(self) -> bool:
        """Take the lock if nobody has it. The holder's process id is written into the file, to be shown to people."""
        while True:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
            if not _lock(descriptor):
                os.close(descriptor)
                return False
            if _is_still(descriptor, self.path):
                break
            # Whoever had it deleted the file between our opening and our locking it: take the new one.
            os.close(descriptor)
        os.ftruncate(descriptor, 0)
        # Windows locks the first byte, so what people read stands after it.
        os.pwrite(descriptor, f" {os.getpid()}\n".encode(), 0) if hasattr(os, "pwrite") else None
        self._descriptor = descriptor
        return True

    def let_go(self, *, delete: bool = False) -> None:
        """Release the lock; `delete` its file too, where the file stands for nothing but its holder."""
        if self._descriptor is None:
            return
        if delete and sys.platform != "win32":
            self.path.unlink(missing_ok=True)
        os.close(self._descriptor)
        self._descriptor = None
        if delete and sys.platform == "win32":
            self.path.unlink(missing_ok=True)


@contextmanager
def exclusively(path: Path, *, waiting: float, purpose: str) -> Iterator[None]:
    """Hold the lock at `path` for the length of the block, waiting up to `waiting` seconds for it.

    Raises `LockHeldError`, which names `purpose` and who holds it.
    """
    lock = FileLock(path)
    give_up = time.monotonic() + waiting
    while not lock.try_to_take():
        if time.monotonic() > give_up:
            holder = path.read_text(errors="replace").strip() or "unknown"
            raise LockHeldError(
                f"Another process (id {holder}) has been {purpose} for more than {waiting:.0f} seconds. Wait for it "
                f"to end, or end it, and try again. (The lock is {path}.)"
            )
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        lock.let_go()


def _lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_still(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False
