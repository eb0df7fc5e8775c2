"""The application as a server starts it."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilotage.config.settings")
# What is read at the start stays: to look through it for garbage, then and later, is time for nothing.
gc.disable()
application = get_wsgi_application()
gc.freeze()
gc.enable()
