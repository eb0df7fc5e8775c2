"""The pack of a national steering group (domain handbook, 8.2)."""
