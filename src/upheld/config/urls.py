"""The addresses of the site: each room brings its own.

`/health/live`, `/health/ready` and `/metrics` are answered earlier, by `upheld.config.probes`.
"""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("upheld.accounts.urls")),
    path("users/", include("upheld.accounts.management_urls")),
    path("", include("upheld.cases.urls")),
    path("", include("upheld.jobs.urls")),
    path("", include("upheld.intake.urls")),
    path("", include("upheld.organisation.urls")),
    path("", include("upheld.reporting.urls")),
    path("", include("upheld.web.urls")),
]

handler400 = "upheld.web.errors.bad_request"
handler403 = "upheld.web.errors.permission_denied"
handler404 = "upheld.web.errors.page_not_found"
handler500 = "upheld.web.errors.server_error"
