"""``GET /metrics``: figures of the service for Prometheus, over all its worker processes.

Several workers write theirs into files of a folder that they share (named by
``PROMETHEUS_MULTIPROC_DIR``, which ``serve`` sets); whichever is asked adds them up.
"""

from __future__ import annotations

import ipaddress
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from fastapi import APIRouter
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector
from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import Response

from kmzb_service.database.engine import current_position, reading
from kmzb_service.problems import Problem
from kmzb_service.settings import Settings
from kmzb_service.web import ReadableRoute, TheEngine, TheSettings, check_parameters

disable_created_metrics()  # type: ignore[no-untyped-call]

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)

REQUESTS = Counter("kmzb_requests", "Requests that were answered", ("method", "route", "status"))
REQUEST_SECONDS = Histogram(
    "kmzb_request_seconds", "Seconds until an answer was sent whole", ("method", "route"), buckets=_SECONDS
)
ANSWERED_BYTES = Counter("kmzb_answered_bytes", "Bytes of the answers' bodies", ("method", "route"))
UNDER_WAY = Gauge("kmzb_requests_under_way", "Requests that are being answered", multiprocess_mode="livesum")
DECISIONS = Counter("kmzb_decisions", "Decisions that desks sent", ("outcome",))

router = APIRouter(route_class=ReadableRoute)


@router.get("/metrics")
def metrics(request: Request, engine: TheEngine, settings: TheSettings) -> Response:
    """The service's figures, for this computer and for whoever has the token of the settings."""
    _check_reader(request, settings)
    check_parameters(request, set())
    registry = REGISTRY
    if SHARED_FOLDER in os.environ:
        registry = _of_all_workers(Path(os.environ[SHARED_FOLDER]))
    state = CollectorRegistry()
    state.register(_State(engine, settings))
    return Response(generate_latest(registry) + generate_latest(state), media_type=CONTENT_TYPE_LATEST)


def _of_all_workers(folder: Path) -> CollectorRegistry:
    """The figures of all workers; what a worker that has died was doing is forgotten, what it did is not."""
    for pid in {path.stem.rpartition("_")[2] for path in folder.glob("gauge_live*.db")}:
        if not Path(f"/proc/{pid}").exists():
            mark_process_dead(pid)  # type: ignore[no-untyped-call]
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


def _check_reader(request: Request, settings: Settings) -> None:
    """Refuse callers from elsewhere.

    Raises:
        Problem: forbidden.
    """
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    wanted = settings.metrics_token
    if wanted is not None and secrets.compare_digest(given.encode(), wanted.encode()):
        return
    if request.client is None or not _is_loopback(request.client.host):
        raise Problem("forbidden", "only for this computer, or with the token of KMZB_METRICS_TOKEN")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class _State(Collector):
    """What is the same whichever worker looks: the database's and the files' state."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self._engine = engine
        self._snapshots = settings.data_dir / "snapshots"

    def collect(self) -> Iterator[Metric]:
        with reading(self._engine) as connection:
            position = current_position(connection)
        yield GaugeMetricFamily("kmzb_change_position", "The newest change in the database", position)
        newest = max((_changed(path) for path in self._snapshots.glob("*.json")), default=0.0)
        yield GaugeMetricFamily(
            "kmzb_snapshot_built_timestamp_seconds",
            "When the newest snapshot was made; 0 without any",
            newest,
        )


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # just removed: a newer one is there
        return 0.0
