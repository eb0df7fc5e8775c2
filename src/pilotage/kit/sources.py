"""Where a record's facts come from: addresses kept with the record and shown on its page."""

from django.db import models


class Sourced(models.Model):
    """A record taken from elsewhere keeps the addresses it was read at and the words it was printed with."""

    sources = models.JSONField(default=list, blank=True)
    """Addresses, as a list of texts: a web address or the name of a document."""
    as_printed = models.JSONField(default=dict, blank=True)
    """What the source printed where we keep another form of it, by field: ``{"type": "technical assistance mission"}``."""

    class Meta:
        abstract = True
