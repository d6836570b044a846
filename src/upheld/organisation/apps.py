from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """Services and teams."""

    name = "upheld.organisation"
    label = "organisation"
    verbose_name = "Services and teams"
