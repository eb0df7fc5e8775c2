"""What the steering documents (packs, minutes, work plan) share: parts of their contents, words, seal, Word pages."""
