"""Where an installation keeps its files, by platform."""

import os
from pathlib import Path

import platformdirs


def default_home() -> Path:
    """The folder that `UPHELD_HOME` stands for where it is not set.

    Root serves the whole machine, so its folder is the machine's; everybody else has one of their own, in the place
    that their system keeps for such data.
    """
    if is_root():
        return Path("/var/lib/upheld")
    return platformdirs.user_data_path("upheld", appauthor=False)


def is_root() -> bool:
    """Whether this process runs as root, which PostgreSQL refuses to do. Never true on Windows."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
