"""The near-repeat test, against the textbook's way over all pairs."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import numpy as np
from scipy.spatial.distance import pdist

from benchmarks import million
from benchmarks.figures import Figure, median_seconds, seconds
from kmzb_qgis_plugin.analysis.near_repeat import find_near_repeat
from kmzb_qgis_plugin.analysis.projection import to_metres

COUNTY = "0861"
METRES, DAYS = (100, 200, 300, 400), (7, 14, 21, 28)
ORDERS, FEW_ORDERS = 999, 19
SOME = 2_000


def measure() -> list[Figure]:
    with closing(sqlite3.connect(f"file:{million.replica_path()}?mode=ro", uri=True)) as connection:
        rows = connection.execute(
            "SELECT lon, lat, julianday(local_day) FROM threats WHERE county = ? ORDER BY fid", (COUNTY,)
        ).fetchall()
    lon, lat, when = np.array(rows).T
    places, days = to_metres(lon, lat), when.astype(np.int64)

    def ours(number: int, orders: int) -> None:
        find_near_repeat(places[:number], days[:number], METRES, DAYS, orders, 1, 10**7, lambda _share: None)

    def peer() -> None:
        near = np.digitize(pdist(places[:SOME]), (1, *METRES), right=True)
        dice = np.random.default_rng(1)
        for _ in range(FEW_ORDERS + 1):
            soon = np.digitize(pdist(dice.permutation(days[:SOME])[:, None]), DAYS, right=True)
            np.bincount(near * (len(DAYS) + 1) + soon)

    return [
        Figure(
            f"near repeats of {len(days):,} threats, {ORDERS} orders",
            seconds(lambda: ours(len(days), ORDERS)),
        ),
        Figure(
            f"near repeats of {SOME:,} threats, {FEW_ORDERS} orders",
            median_seconds(lambda: ours(SOME, FEW_ORDERS), 3),
            ("all pairs by scipy's pdist", median_seconds(peer, 3)),
        ),
    ]
