from django.apps import AppConfig

from upheld.web.navigation import Place, register


class JobsConfig(AppConfig):
    """Work in the background."""

    name = "upheld.jobs"
    label = "jobs"
    verbose_name = "Jobs"

    def ready(self) -> None:
        """Add the page of jobs to the main navigation, and say what this room's own tasks do."""
        from upheld.jobs import names, rules

        names.register("jobs.clear_away", "Clear away old jobs")
        register(
            Place(
                text="Jobs",
                url_name="jobs",
                description="Work in the background: what runs, what waits, what failed and can be tried again.",
                order=90,
                visible_to=rules.may_see_jobs,
            )
        )
