"""Minutes of a meeting (domain handbook, 8.4)."""
