"""Formats: a FigureTable written for other programs and other pages. One module a format."""
