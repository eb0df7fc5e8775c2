"""The words that work plans are described with, and their codes (domain handbook, sections 2 and 5)."""

from django.db import models
from django.utils.translation import pgettext_lazy


class PlanState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("work plan", "draft")
    SUBMITTED = "submitted", pgettext_lazy("work plan", "submitted")
    ENDORSED = "endorsed", pgettext_lazy("work plan", "endorsed")
    IN_FORCE = "in_force", pgettext_lazy("work plan", "in force")
    SUPERSEDED = "superseded", pgettext_lazy("work plan", "superseded")
