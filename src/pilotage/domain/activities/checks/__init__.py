"""The data checks of activities and participants (domain handbook, section 9), over a whole phase at once.

Each check is a condition that the database counts and pages by itself, or a look at the few records that may be found:
a fixed number of queries, however many records there are. What a rule can say of one activity while it is typed stands
in ``rules``; here the same is found in records that came in otherwise, or became wrong since.
"""

from pilotage.domain.activities.checks.asking import Check, Count, Finding, Question
from pilotage.domain.activities.checks.looking import Checking, findings, findings_of, without_reason
from pilotage.domain.activities.checks.table import CHECK_BY_CODE, CHECKS, REFUSED_AT_ENTRY

__all__ = [
    "CHECKS",
    "CHECK_BY_CODE",
    "REFUSED_AT_ENTRY",
    "Check",
    "Checking",
    "Count",
    "Finding",
    "Question",
    "findings",
    "findings_of",
    "without_reason",
]
