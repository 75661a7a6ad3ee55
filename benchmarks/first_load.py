"""First load of a replica, against QGIS's own OAPIF provider reading the same service."""

from __future__ import annotations

import itertools

from qgis.core import QgsFeatureRequest, QgsVectorLayer

from benchmarks.figures import Figure, median_seconds
from benchmarks.workspace import Workspace
from kmzb_qgis_plugin.replica.replica import Replica

PAGE_SIZE = 1000


def measure(workspace: Workspace) -> list[Figure]:
    numbers = itertools.count()

    def ours() -> None:
        folder = workspace.folder / f"load-{next(numbers)}"
        result = workspace.synchronise(folder, None)
        replica = Replica(result.new_replica_path)
        layer = QgsVectorLayer(f"{replica.path}|layername=threats", "threats", "ogr")
        counted.add(layer.featureCount())
        del layer
        replica.close()

    def provider() -> None:
        uri = (
            f"url='{workspace.url}' typename='threats' pageSize='{PAGE_SIZE}' "
            f"authcfg={workspace.authcfg} restrictToRequestBBOX=''"
        )
        layer = QgsVectorLayer(uri, "threats", "OAPIF")
        if not layer.isValid():
            raise RuntimeError(f"QGIS cannot read the service: {layer.error().message()}")
        counted.add(sum(1 for _ in layer.getFeatures(QgsFeatureRequest())))

    counted: set[int] = set()
    first_load = median_seconds(ours)
    peer = median_seconds(provider, runs=1)
    if len(counted) != 1:
        raise RuntimeError(f"the two read different numbers of threats: {counted}")
    name = f"first load of {counted.pop():,} threats"
    return [Figure(name, first_load, ("QGIS's OAPIF provider", peer), "50 ×")]
