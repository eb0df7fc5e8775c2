"""The register page: one way to filter, search, sort, page, choose columns and export, for every noun."""

from pilotage.web.registers.definition import Column, Reading, Register
from pilotage.web.registers.filters import ChoiceFilter, Filter, FlagFilter, PeriodFilter
from pilotage.web.registers.pages import register_page

__all__ = [
    "ChoiceFilter",
    "Column",
    "Filter",
    "FlagFilter",
    "PeriodFilter",
    "Reading",
    "Register",
    "register_page",
]
