from django.apps import AppConfig

from upheld.web.navigation import Place, register


class OrganisationConfig(AppConfig):
    """Services and teams."""

    name = "upheld.organisation"
    label = "organisation"
    verbose_name = "Services and teams"

    def ready(self) -> None:
        """Add the place of this room to the main navigation."""
        from upheld.organisation import rules

        register(
            Place(
                text="Organisation",
                url_name="organisation",
                description="Services and teams on any day, and what has happened to them.",
                order=60,
                visible_to=rules.may_see_structure,
            )
        )
