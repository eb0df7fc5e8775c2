"""Drawing: what every form stands on. Knows text, colour and SVG, but no chart."""
