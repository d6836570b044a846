"""The site as an ASGI application, for servers that speak nothing else."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upheld.config.settings")

application = get_asgi_application()

from django.utils import timezone  # noqa: E402 - Django must be set up first

from upheld.reporting.warm import warm_up_in_background  # noqa: E402 - as above

warm_up_in_background(today=timezone.localdate())
