"""What those who watch the server ask: is it alive, is it ready, how is it doing.

Answered before host names are checked, since a load balancer and Prometheus ask by address.

- `/health/live`: this process answers. Nothing else is looked at, so that a database's fault restarts no web server.
- `/health/ready`: the database answers and every migration is applied. 503 with a reason otherwise.
- `/metrics`: for Prometheus. With `UPHELD_METRICS_TOKEN`, to whoever sends it as a bearer token. Without one, to this
  machine alone, and to nobody where a proxy stands in front, since every request then seems to come from it.
"""

import hmac
import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django_prometheus.exports import ExportToDjangoView

FORWARDED_HEADERS = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP")


class ProbeMiddleware:
    """Answer the probes; pass everything else on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.migrations_seen_applied = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a probe, or pass the request on."""
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        if request.path == "/health/live":
            return _uncached(JsonResponse({"status": "alive"}))
        if request.path == "/health/ready":
            return _uncached(self.ready())
        if request.path == "/metrics":
            if may_read_metrics(request):
                return ExportToDjangoView(request)
            return _uncached(JsonResponse({"status": "refused"}, status=403))
        return self.get_response(request)

    def ready(self) -> HttpResponse:
        """200 where the database answers and is migrated, else 503."""
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            # Looking costs a tenth of a second; once applied, migrations stay applied while this process lives.
            self.migrations_seen_applied = self.migrations_seen_applied or not pending_migrations()
        except DatabaseError:
            return JsonResponse({"status": "not ready", "reason": "the database cannot be reached"}, status=503)
        if not self.migrations_seen_applied:
            return JsonResponse({"status": "not ready", "reason": "migrations wait to be applied"}, status=503)
        return JsonResponse({"status": "ready"})


def pending_migrations() -> list[str]:
    """The migrations that the code has and the database has not yet, in order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def may_read_metrics(request: HttpRequest) -> bool:
    """Whether whoever asks may read the metrics."""
    token = settings.ENVIRONMENT.metrics_token
    if token:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    if settings.ENVIRONMENT.behind_proxy or any(header in request.META for header in FORWARDED_HEADERS):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _uncached(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
