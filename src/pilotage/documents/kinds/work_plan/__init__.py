"""The annual work plan (domain handbook, 8.12)."""
