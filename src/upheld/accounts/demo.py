"""The made-up people of a site that shows example data. Their passwords are public: the sign-in page lists them.

They exist only where the demo command made them, and can sign in only while `UPHELD_DEMO` is on.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from upheld.accounts import actions, queries
from upheld.accounts.enums import Role, System

# A name that no mail can ever reach.
_DOMAIN = "demo.upheld.invalid"
_PASSWORD = "made up to look around"  # noqa: S105 - public on purpose, refused wherever the site is not an example


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Somebody made up: the role that their name says, and how to sign in as them."""

    email: str
    name: str
    role: Role
    password: str


def demo_accounts() -> tuple[DemoAccount, ...]:
    """The example sign-ins; none where the site shows no example data."""
    return _ACCOUNTS if settings.ENVIRONMENT.demo else ()


@transaction.atomic
def create_demo_accounts() -> int:
    """Make those example accounts that do not exist yet, and say how many that were. Only where examples are shown."""
    made = 0
    for account in demo_accounts():
        if queries.user_by_email(account.email) is None:
            actions.create_user(
                email=account.email,
                name=account.name,
                roles=[account.role],
                password=account.password,
                by=System.EXAMPLE_DATA,
            )
            made += 1
    return made


def is_demo_address(email: str) -> bool:
    """Whether this is the address of somebody made up."""
    return email.lower().endswith(f"@{_DOMAIN}")


def _account(role: Role) -> DemoAccount:
    return DemoAccount(
        email=f"{role.value}@{_DOMAIN}", name=f"Example {role.label.lower()}", role=role, password=_PASSWORD
    )


_ACCOUNTS = tuple(
    _account(role)
    for role in (
        Role.COMPLAINTS_MANAGER,
        Role.COMPLAINTS_OFFICER,
        Role.TEAM_MANAGER,
        Role.DIRECTOR,
        Role.ANALYST,
        Role.SYSTEM_ADMINISTRATOR,
    )
)
