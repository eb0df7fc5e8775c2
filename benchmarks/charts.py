"""How long a chart takes, against the floor of writing the same table as JSON in the same run.

    python -m benchmarks.charts

Also how many bytes a chart adds to a compressed page.
"""

import gzip
import json
from collections.abc import Callable
from time import perf_counter

from tools.chart_preview import SAMPLES


def milliseconds(work: Callable[[], object], rounds: int = 60) -> float:
    """The best of ``rounds``: what the work takes when nothing disturbs it."""
    best = float("inf")
    for _ in range(rounds):
        begun = perf_counter()
        work()
        best = min(best, perf_counter() - begun)
    return best * 1000


def main() -> None:
    """Prints one line a form."""
    print(f"{'form':18} {'ms':>7} {'floor':>7} {'ratio':>6} {'bytes':>7} {'gzipped':>8}")
    drawings = []
    for name, (table, draw) in SAMPLES.items():
        svg = draw(language="ru", width=640)
        drawings.append(svg)
        taken = milliseconds(lambda draw=draw: draw(language="ru", width=640))
        floor = milliseconds(lambda table=table: json.dumps(table.as_json()))
        packed = len(gzip.compress(svg.encode(), 6))
        print(f"{name:18} {taken:7.3f} {floor:7.3f} {taken / floor:6.1f} {len(svg):7} {packed:8}")
    packed = len(gzip.compress("".join(drawings).encode(), 6))
    print(f"{'all together':18} {'':7} {'':7} {'':6} {sum(map(len, drawings)):7} {packed:8}")


if __name__ == "__main__":
    main()
