from django.apps import AppConfig

from upheld.web.navigation import Place, register


class CasesConfig(AppConfig):
    """The record."""

    name = "upheld.cases"
    label = "cases"
    verbose_name = "Cases"

    def ready(self) -> None:
        """Add the list of cases to the main navigation, and say what this room's jobs do."""
        from upheld.cases import rules
        from upheld.jobs import names

        names.register("cases.seal_chronology", "Seal the record")
        register(
            Place(
                text="Cases",
                url_name="cases",
                description="Every case, stage by stage: what came in, its limit, what became of it.",
                order=20,
                visible_to=rules.may_see_cases,
            )
        )
