"""Pilotage: the records of a cooperation programme, held once; its steering and its publications made from them."""

__version__ = "0.1.0"
