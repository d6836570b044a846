"""Django's settings as the type checker loads them: it starts Django to learn the models, and reaches no database."""

import os

os.environ.setdefault("DATABASE_URL", "postgresql:///types")
os.environ.setdefault("UPHELD_SECRET_KEY", "only-for-the-type-checker-which-signs-nothing-at-all-0123456789")

from upheld.config.settings import *  # noqa: F403 - the environment must be set first
