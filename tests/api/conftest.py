"""Pages without collected static files."""

from tests.exchange.conftest import _plain_pages

__all__ = ["_plain_pages"]
