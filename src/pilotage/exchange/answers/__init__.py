"""How agencies answer: links, workbooks, Word forms, paper. All ways end in the same operations."""
