"""What changed between two days: the page that steering packs lead to."""
