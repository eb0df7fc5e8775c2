"""From frozen plain JSON to what is printed. Knows nothing of records, figures or dates: it sets what it is given."""
