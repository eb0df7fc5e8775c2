"""The records as they were known at a past instant: rebuilt from the change log, read only (docs/decisions)."""
