"""QGIS's own provider: its subset strings, which newer versions leave to the service."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from live_server import serving
from qgis.core import Qgis, QgsVectorLayer
from sample_map import add_reports
from sqlalchemy import Engine
from starlette.types import ASGIApp, Receive, Scope, Send

from kmzb_service.app import create_app
from kmzb_service.security.tokens import create_token
from kmzb_service.settings import Settings

PUSHES_FILTERS = Qgis.QGIS_VERSION_INT >= 33800


class Recorder:
    """Middleware that keeps the filters that a client sends."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.filters: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self.filters += parse_qs(scope["query_string"].decode()).get("filter", [])
        await self._app(scope, receive, send)


@pytest.mark.parametrize(
    ("subset", "kept"),
    [
        ('"category" = \'speeding\' AND "local_hour" > 18', lambda n: n % 3 == 0 and (12 + n) % 24 > 18),
        ('"local_hour" IN (13, 14)', lambda n: (12 + n) % 24 in (13, 14)),
        ("\"ref\" LIKE 'Z-000000%'", lambda n: n < 10),
        ('"local_hour" >= 3 AND NOT "local_hour" > 5', lambda n: 3 <= (12 + n) % 24 <= 5),
        ('"status" IS NULL', lambda n: False),
    ],
)
def test_a_subset_string_keeps_the_same_rows_whoever_applies_it(
    settings: Settings,
    engine: Engine,
    basic_config: Callable[[str, str], str],
    subset: str,
    kept: Callable[[int], bool],
) -> None:
    add_reports(engine, 23)
    authcfg = basic_config("qgis", create_token(engine, "qgis", "viewer"))
    service = Recorder(create_app(settings))
    with serving(service) as address:
        layer = QgsVectorLayer(f"authcfg={authcfg} url='{address}' typename='threats'", "threats", "OAPIF")
        assert layer.isValid()
        assert layer.setSubsetString(subset)
        found = {feature["ref"] for feature in layer.getFeatures()}
    assert found == {f"Z-{number:07d}" for number in range(1, 24) if kept(number)}
    assert bool(service.filters) == PUSHES_FILTERS
