"""Definitions: every figure, one module a noun. About fifteen lines each; the wording in both languages beside it."""
