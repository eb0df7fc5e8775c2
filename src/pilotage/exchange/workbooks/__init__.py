"""Workbooks in and out: templates, reading in a limited process, previews, imports."""
