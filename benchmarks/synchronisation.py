"""A synchronisation with nothing new, and one with 1,000 changes."""

from __future__ import annotations

from benchmarks.figures import Figure, median_seconds
from benchmarks.workspace import Workspace
from kmzb_qgis_plugin.client.qgis_adapter import qgis_session
from kmzb_qgis_plugin.client.service_client import ServiceClient
from kmzb_qgis_plugin.domain.decision import Decision
from kmzb_qgis_plugin.replica.replica import Replica

CHANGES = 1000


def measure(workspace: Workspace) -> list[Figure]:
    folder = workspace.folder / "sync"
    path = workspace.synchronise(folder, None).new_replica_path
    replica = Replica(path)
    try:
        idle = median_seconds(lambda: workspace.synchronise(folder, replica, sign_in=False))
        _change(workspace, replica)
        busy = median_seconds(lambda: workspace.synchronise(folder, replica, sign_in=False), runs=1)
        with replica.reader() as connection:
            seen = connection.execute("SELECT count(*) FROM decisions WHERE note = 'benchmark'").fetchone()[0]
        if seen != CHANGES:
            raise RuntimeError(f"{seen} of {CHANGES} changes arrived")
    finally:
        replica.close()
    return [
        Figure("synchronisation with nothing new", idle, aim="one request"),
        Figure(f"synchronisation with {CHANGES:,} changes", busy, aim="under 1 s"),
    ]


def _change(workspace: Workspace, replica: Replica) -> None:
    """Decide on reports from another desk."""
    with replica.reader() as connection:
        rows = connection.execute(
            "SELECT fid, version FROM threats WHERE status = 'eliminated' LIMIT ?", (CHANGES,)
        ).fetchall()
    client = ServiceClient(workspace.url, qgis_session(workspace.authcfg))
    outcomes = client.send_decisions(
        [Decision.new(fid, version, "verification", note="benchmark") for fid, version in rows]
    )
    if any(outcome.kind != "accepted" for outcome in outcomes):
        raise RuntimeError(f"not all decisions were accepted: {outcomes[0]}")
