from django.apps import AppConfig


class WebConfig(AppConfig):
    """The shell of every page."""

    name = "upheld.web"
    label = "web"
