"""What each address of the API answers: a module for each noun, in the order of the reference page."""

from pilotage.api.endpoints import programme  # isort: skip
from pilotage.api.endpoints import activities, figures, meetings, parties, plans, recommendations
from pilotage.api.server import REQUESTS, api

__all__ = ["REQUESTS", "activities", "api", "figures", "meetings", "parties", "plans", "programme", "recommendations"]
