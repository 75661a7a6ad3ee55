"""``make bench-service``: print the service's figures as one table."""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from benchmarks.service import deciding, reading, sending, syncing
from benchmarks.service.country import Country
from benchmarks.service.lines import Line, show

MEASUREMENTS = {
    "reading": reading.measure,
    "syncing": syncing.measure,
    "deciding": deciding.measure,
    "sending": sending.measure,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threats", type=int, default=1_000_000)
    parser.add_argument("parts", nargs="*", choices=[*MEASUREMENTS, []], default=[])
    options = parser.parse_args()
    lines: list[Line] = []
    with tempfile.TemporaryDirectory() as folder, Country(Path(folder), options.threats) as country:
        print(f"load of the machine before: {os.getloadavg()[0]:.1f}", flush=True)
        for name in options.parts or MEASUREMENTS:
            lines += MEASUREMENTS[name](country)
            print(f"{name}: done", flush=True)
    show(lines)


main()
