import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from upheld.config.locks import FileLock, LockHeldError, exclusively

HOLDER = """
import sys, time
from pathlib import Path
from upheld.config.locks import FileLock
lock = FileLock(Path(sys.argv[1]))
assert lock.try_to_take()
print("held", flush=True)
time.sleep(60)
"""


def test_one_holder_at_a_time(tmp_path: Path) -> None:
    first, second = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    assert first.try_to_take()
    assert not second.try_to_take()
    first.let_go()
    assert second.try_to_take()
    second.let_go()


def test_a_killed_holder_leaves_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(path)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert not FileLock(path).try_to_take()
        holder.send_signal(signal.SIGKILL)
    lock = FileLock(path)
    assert lock.try_to_take()
    lock.let_go()


def test_whoever_waits_too_long_is_told_who_holds_it(tmp_path: Path) -> None:
    holder = FileLock(tmp_path / "lock")
    holder.try_to_take()
    began = time.monotonic()
    with (
        pytest.raises(LockHeldError, match=f"Another process \\(id {os.getpid()}\\) has been sweeping the floor"),
        exclusively(tmp_path / "lock", waiting=0.2, purpose="sweeping the floor"),
    ):
        pass
    assert 0.2 <= time.monotonic() - began < 5
    holder.let_go()


def test_a_lock_whose_file_was_deleted_is_not_taken_for_the_new_one(tmp_path: Path) -> None:
    first, second, third = (FileLock(tmp_path / "lock") for _ in range(3))
    assert first.try_to_take()
    first.let_go(delete=True)
    assert not (tmp_path / "lock").exists()
    assert second.try_to_take()
    assert not third.try_to_take()
    second.let_go()


def test_the_block_is_left_unlocked_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), exclusively(tmp_path / "lock", waiting=1, purpose="dividing"):
        _ = 1 / 0
    lock = FileLock(tmp_path / "lock")
    assert lock.try_to_take()
    lock.let_go()
