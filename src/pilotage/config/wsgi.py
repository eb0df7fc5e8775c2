"""The application as a server starts it."""

import os
from typing import Any

from django.core.wsgi import get_wsgi_application

from pilotage.kit.room import with_room

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilotage.config.settings")
handler = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Any) -> Any:
    """Answers one request."""
    return with_room(handler, environ, start_response)
