"""Pages as the records were known at a past instant: ``?recorded=2024-03-31``."""
