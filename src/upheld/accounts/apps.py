from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts, roles and sign-in."""

    name = "upheld.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Listen to what the sign-in library reports."""
        from upheld.accounts import signals

        signals.connect()
