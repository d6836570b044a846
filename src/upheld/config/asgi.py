"""The site as an ASGI application, for servers that speak nothing else."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upheld.config.settings")

application = get_asgi_application()

from upheld.reporting.warm import warm_up_in_background  # noqa: E402 - Django must be set up first

warm_up_in_background()
