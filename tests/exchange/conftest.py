"""Pages without collected static files, and work of the background worker done at once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django_tasks import task_backends


@pytest.fixture(autouse=True)
def _plain_pages(settings: Any) -> Iterator[None]:
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    yield


@pytest.fixture
def at_once(settings: Any) -> Iterator[None]:
    """Tasks run where they are enqueued."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    task_backends.close_all() if hasattr(task_backends, "close_all") else None
    yield
