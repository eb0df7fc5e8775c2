"""A fictional, complete programme of any size: the same seed and day give the same records."""
