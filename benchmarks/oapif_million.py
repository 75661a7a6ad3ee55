"""First load of a million threats from a real service, against QGIS's OAPIF provider reading the same.

The provider would read for many minutes, so it reads a part, and its time for all is reckoned from that; a
tenth of the part is timed as well, to show that its time grows with the rows. Run it by
``python -m benchmarks.oapif_million``; the database takes some minutes to make.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from qgis.core import QgsApplication, QgsFeatureRequest, QgsVectorLayer

from benchmarks.figures import Figure, seconds, show
from benchmarks.first_load import PAGE_SIZE
from benchmarks.service.country import Country
from benchmarks.workspace import sign_in
from kmzb_qgis_plugin.client.qgis_adapter import qgis_session
from kmzb_qgis_plugin.client.service_client import ServiceClient
from kmzb_qgis_plugin.replica.outbox import Outbox
from kmzb_qgis_plugin.replica.replica import Replica
from kmzb_qgis_plugin.replica.synchroniser import Synchroniser

THREATS = 1_000_000
PART = 100_000


def measure(country: Country, folder: Path) -> list[Figure]:
    authcfg = sign_in(country.token)
    counted: list[int] = []

    def ours() -> None:
        outbox = Outbox.open(folder)
        client = ServiceClient(country.service.url, qgis_session(authcfg))
        run = Synchroniser(client, folder, outbox).run(None, lambda phase, percent: None, lambda: False)
        replica = Replica(run.new_replica_path)
        layer = QgsVectorLayer(f"{replica.path}|layername=threats", "threats", "ogr")
        counted.append(layer.featureCount())
        del layer
        replica.close()
        outbox.close()

    def provider(rows: int) -> None:
        uri = (
            f"url='{country.service.url}' typename='threats' pageSize='{PAGE_SIZE}' "
            f"authcfg={authcfg} restrictToRequestBBOX=''"
        )
        layer = QgsVectorLayer(uri, "threats", "OAPIF")
        read = sum(1 for _ in layer.getFeatures(QgsFeatureRequest().setLimit(rows)))
        if read != rows:
            raise RuntimeError(f"the provider read {read} of {rows}: {layer.error().message()}")

    first_load = seconds(ours)
    tenth, part = seconds(lambda: provider(PART // 10)), seconds(lambda: provider(PART))
    whole = part * counted[0] / PART
    print(f"the provider read {PART // 10:,} rows in {tenth:.1f} s and {PART:,} in {part:.1f} s")
    peer = (f"QGIS's OAPIF provider, reckoned from {PART:,} rows", whole)
    return [Figure(f"first load of {counted[0]:,} threats", first_load, peer, "100 ×")]


def main() -> None:
    application = QgsApplication([], False)
    application.initQgis()
    with tempfile.TemporaryDirectory() as folder, Country(Path(folder) / "service", THREATS) as country:
        figures = measure(country, Path(folder) / "desk")
    show(figures)


main()
