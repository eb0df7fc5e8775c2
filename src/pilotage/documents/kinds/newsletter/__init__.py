"""The quarterly newsletter (domain handbook, 8.1)."""
