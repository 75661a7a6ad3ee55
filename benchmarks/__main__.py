"""``make bench``: print every figure as one table, medians of several runs."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from qgis.testing import start_app

from benchmarks import (
    comparison,
    first_load,
    first_million,
    hotspots,
    near_repeat,
    printing,
    redraw,
    siting,
    startup,
    statistics_million,
    synchronisation,
    verification,
)
from benchmarks.figures import Figure, show
from benchmarks.workspace import Workspace

MEASUREMENTS = (
    first_load.measure,
    synchronisation.measure,
    redraw.measure,
    verification.measure,
    printing.measure,
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=60_000, help="citizens' reports in the demo data")
    options = parser.parse_args()
    start_app()
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder, Workspace(Path(folder), options.reports) as workspace:
        for measure in MEASUREMENTS:
            figures += measure(workspace)
    figures += startup.measure()
    figures += statistics_million.measure()
    figures += hotspots.measure()
    figures += comparison.measure()
    figures += near_repeat.measure()
    figures += siting.measure()
    figures += first_million.measure()
    show(figures)


main()
