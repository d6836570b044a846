"""People with accounts, for tests. All made up."""

from collections.abc import Iterable
from datetime import date
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from upheld.accounts.models import User

PASSWORD = "plainly synthetic words"
_numbers = count(1)


def make_user(*, roles: Iterable[str] = (), name: str = "", password: str | None = None) -> "User":
    """Make somebody with these roles from long ago on. A password takes a while to hash: give one to sign in with."""
    from upheld.accounts import actions
    from upheld.accounts.enums import System

    number = next(_numbers)
    return actions.create_user(
        email=f"person-{number}@example.invalid",
        name=name or f"Example Person {number}",
        roles=roles,
        password=password,
        by=System.COMMAND_LINE,
        valid_from=date(2000, 1, 1),
    )
