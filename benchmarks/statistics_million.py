"""All statistics of a million threats under a filter, against SQL that groups by one pair of columns."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date

from benchmarks import million
from benchmarks.figures import Figure, median_seconds, seconds
from kmzb_qgis_plugin.domain import filter_sql
from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.period import Period, now_text, warsaw_today
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.replica.columns import read_all
from kmzb_qgis_plugin.replica.histories import Histories, read_histories
from kmzb_qgis_plugin.replica.statistics import count_statistics

RUNS = 5
FILTERS = {
    "no filter": ThreatFilter(),
    "citizens' reports": ThreatFilter(sources=frozenset({"citizen"})),
    "a year": ThreatFilter(period=Period("range", date(2023, 1, 1), date(2023, 12, 31))),
    "nights at weekends": ThreatFilter(weekdays=frozenset({6, 7}), hours=frozenset({22, 23, 0, 1, 2, 3})),
    "one county": ThreatFilter(areas=frozenset({"0861"})),
    "a word": ThreatFilter(text="szybko"),
}


def measure() -> list[Figure]:
    catalogue = Catalogue.from_json(million.facts()["catalogue"])
    figures: list[Figure] = []
    with closing(sqlite3.connect(f"file:{million.replica_path()}?mode=ro", uri=True)) as connection:
        columns = read_all(connection)
        read: list[Histories] = []
        took = seconds(lambda: read.append(read_histories(connection, columns, catalogue)))
        figures.append(Figure("statistics: reading the decisions of a million, once", took))
        histories = read[0]
        now, today = now_text(), warsaw_today()
        for name, one in FILTERS.items():
            where = filter_sql.where(one, today, now, catalogue) or "1"
            sql = f"SELECT category, status, count(*) FROM threats WHERE {where} GROUP BY category, status"

            def count(one: ThreatFilter = one) -> None:
                count_statistics(connection, histories, one, today, now, catalogue)

            count()  # what is reckoned once
            ours = median_seconds(count, RUNS)
            peer = median_seconds(lambda sql=sql: connection.execute(sql).fetchall(), 1)
            figures.append(
                Figure(
                    f"statistics of a million: {name}", ours, ("SQL by category and status", peer), "0.5 s"
                )
            )
    return figures
