"""What the steering documents (packs, minutes, work plan) have in common: parts of their contents, words, seal, Word pages."""
