"""Working days: Monday to Friday. Public holidays differ by country and are not counted."""

from datetime import date, timedelta


def working_days_before(day: date, number: int) -> date:
    """The day that lies ``number`` working days before ``day``: what ended on it or earlier is due by ``day``."""
    left = number
    while left > 0:
        day -= timedelta(days=1)
        if day.weekday() < 5:
            left -= 1
    return day
