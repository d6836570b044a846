"""The site as a WSGI application: what `upheld serve` runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upheld.config.settings")

application = get_wsgi_application()

from upheld.reporting.warm import warm_up_in_background  # noqa: E402 - Django must be set up first

warm_up_in_background()
