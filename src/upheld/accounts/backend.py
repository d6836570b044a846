"""Who may sign in, and stay signed in."""

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings

from upheld.accounts import demo
from upheld.accounts.models import User


class PasswordBackend(AuthenticationBackend):
    """By e-mail address and password, while the account is open. Example accounts only where examples are shown.

    Django asks with every request, so a session ends with the account. The adapter asks the same when somebody comes in
    another way.
    """

    def user_can_authenticate(self, user: User | None) -> bool:
        """Whether this account may sign in at all.

        The passwords of example accounts are written on the sign-in page, so they open nothing once the site stops
        being an example.
        """
        if user is not None and demo.is_demo_address(user.email) and not settings.ENVIRONMENT.demo:
            return False
        return super().user_can_authenticate(user)
