"""One folder a kind of publication, always with the same few files."""
