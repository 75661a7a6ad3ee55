"""Names that the service's tests share with their fixtures."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

ClientAs = Callable[..., TestClient]

ON_SPATIALITE = pytest.mark.parametrize("database_kind", ["spatialite"], indirect=True)
ON_POSTGIS = pytest.mark.parametrize("database_kind", ["postgis"], indirect=True)
