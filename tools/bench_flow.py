"""Measures the model of a circle of appointments: runs a second, and the seconds of a table of sensitivity.

The organisation is of the size of the one in the lab. Nothing here passes or fails.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from essaybook.models.flow import CHANCES, Parameters, advantage, sensitivity, simulate

TIMES = 5
RUNS = 20_000
ORGANISATION = Parameters(
    years=(1.0, 1.0, 1.5, 2.0),
    members=(500_000, 500_000, 750_000, 1_000_000, 1_250_000),
    drive=(0, 250_000, 0, 0),
    delegates=(400, 750, 650, 900),
    seats=(27, 40, 53, 63, 71),
    secretaries=90,
)


def seconds(work: Callable[[], Any]) -> float:
    """The middle of several tries."""
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def main() -> int:
    one = seconds(lambda: simulate(ORGANISATION, RUNS, 1))
    print(f"{'model: runs of four congresses':<46}{RUNS / one:>10,.0f} a second")
    ranges = dict.fromkeys(CHANCES, (0.1, 0.9))
    table = seconds(lambda: sensitivity(ORGANISATION, ranges, advantage, 2_000, 1))
    print(f"{f'model: sensitivity to {len(ranges)} parameters':<46}{table:>10.2f} s, 2,000 runs to an end")
    return 0


if __name__ == "__main__":
    sys.exit(main())
