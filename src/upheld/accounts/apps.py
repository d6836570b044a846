from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts, roles and sign-in."""

    name = "upheld.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Listen to what the sign-in library reports, and take a place in the navigation."""
        from upheld.accounts import rules, signals
        from upheld.web import navigation

        signals.connect()
        navigation.register(
            navigation.Place(
                text="Users",
                url_name="users",
                description="Make and close accounts, give roles and take them away.",
                order=90,
                visible_to=lambda user: rules.can(user, rules.Permission.MANAGE_USERS),
            )
        )
