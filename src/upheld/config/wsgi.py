"""The site as a WSGI application: what `upheld serve` runs in each of its processes."""

import multiprocessing
import os
import signal
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upheld.config.settings")

application = get_wsgi_application()


def _end_with_parent() -> None:
    """End when the process that started this one has ended, however it ended.

    Killed, it tells nobody. Left behind, its workers would go on serving on its port, and on a database that nobody
    keeps up any more.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


threading.Thread(target=_end_with_parent, name="end-with-parent", daemon=True).start()
