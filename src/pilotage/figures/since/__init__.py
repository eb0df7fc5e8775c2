"""What changed between two days, in plain sentences out of the change log; each leads to its records."""
