from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The record."""

    name = "upheld.cases"
    label = "cases"
    verbose_name = "Cases"
