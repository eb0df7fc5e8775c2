"""Abstract pictures where a real programme has photos: hills in the evening, drawn at random."""

from __future__ import annotations

import io
import math
import random

from PIL import Image, ImageDraw

PALETTES = (
    ((250, 222, 180), (226, 142, 96), (146, 74, 84), (70, 46, 80), (32, 30, 60)),
    ((214, 234, 240), (140, 188, 206), (84, 138, 168), (44, 88, 128), (18, 46, 84)),
    ((236, 236, 206), (182, 200, 132), (118, 160, 98), (62, 112, 84), (28, 66, 62)),
    ((250, 236, 214), (238, 190, 130), (206, 134, 92), (128, 92, 98), (60, 60, 92)),
)
WIDTH, HEIGHT = 1500, 1000


def landscape(random_: random.Random) -> bytes:
    """A picture of five ranges of hills under a sun, as PNG."""
    sky, *ranges = random_.choice(PALETTES)
    picture = Image.new("RGB", (WIDTH, HEIGHT), sky)
    draw = ImageDraw.Draw(picture)
    x, y, radius = random_.randint(250, 1250), random_.randint(180, 380), random_.randint(70, 120)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=tuple(min(255, part + 22) for part in sky))
    for depth, colour in enumerate(ranges):
        level = 380 + depth * 150
        waves = [
            (random_.uniform(0.6, 3.2) * (depth + 1), random_.uniform(0, 6.3), random_.uniform(20, 70) / (wave + 1))
            for wave in range(3)
        ]
        edge = [
            (step, level - sum(high * math.sin(step / WIDTH * turns + phase) for turns, phase, high in waves))
            for step in range(0, WIDTH + 10, 10)
        ]
        draw.polygon([*edge, (WIDTH, HEIGHT), (0, HEIGHT)], fill=colour)
    output = io.BytesIO()
    picture.save(output, "PNG")
    return output.getvalue()
