from django.apps import AppConfig

from upheld.web.navigation import Place, register


class IntakeConfig(AppConfig):
    """What comes in from outside."""

    name = "upheld.intake"
    label = "intake"
    verbose_name = "Intake"

    def ready(self) -> None:
        """Add the page of imports to the main navigation, and say what this room's jobs do."""
        from upheld.intake import rules
        from upheld.jobs import names

        names.register("intake.read_register", "Read an uploaded register")
        names.register("intake.import_register", "Import an uploaded register")
        names.register("intake.forget_undecided", "Forget uploads that nobody decided")
        register(
            Place(
                text="Imports",
                url_name="imports",
                description="Registers from spreadsheets and other systems: upload one, look it over, import it.",
                order=50,
                visible_to=rules.may_import,
            )
        )
