"""Loads the demo: real facts from a folder of tables, people to sign in as. Reads files and calls operations."""
