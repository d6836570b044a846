"""The addresses of the site: each room brings its own.

`/health/live`, `/health/ready` and `/metrics` are answered earlier, by `upheld.config.probes`.
"""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("allauth.urls")),
]
