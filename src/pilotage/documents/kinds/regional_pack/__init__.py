"""The pack of the regional steering group (domain handbook, 8.3)."""
