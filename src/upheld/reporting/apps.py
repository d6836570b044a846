from django.apps import AppConfig

from upheld.web.navigation import Place, register


class ReportingConfig(AppConfig):
    """Figures and reports on the site."""

    name = "upheld.reporting"
    label = "reporting"
    verbose_name = "Figures and reports"

    def ready(self) -> None:
        """Add the places of this room to the main navigation."""
        from upheld.reporting import rules

        register(
            Place(
                text="Dashboard",
                url_name="dashboard",
                description="The quarter’s figures: what came in, what was answered in time, what was upheld.",
                order=10,
                visible_to=rules.may_see_figures,
            )
        )
        register(
            Place(
                text="Reports",
                url_name="reports",
                description="The quarterly reports, to read and to download.",
                order=40,
                visible_to=rules.may_read_reports,
            )
        )
