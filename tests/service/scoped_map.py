"""A map of two voivodeships with units under units, and callers who read different parts of it."""

from __future__ import annotations

from typing import Any

from sample_map import add_decisions, add_reports, add_unit
from sqlalchemy import Engine
from starlette.testclient import TestClient

from kmzb_service.security.tokens import create_token

# code → the unit above, the areas that it lists, the voivodeship that it lies in
UNITS: dict[str, tuple[str | None, str, str]] = {
    "KWP-GORZOW": (None, "08", "08"),
    "KPP-KROSNO": ("KWP-GORZOW", "0802", "08"),
    "KP-GUBIN": ("KPP-KROSNO", "", "08"),
    "KPP-ZARY": ("KWP-GORZOW", "0811", "08"),
    "KWP-POZNAN": (None, "30", "30"),
    "KPP-KOLO": ("KWP-POZNAN", "3009", "30"),
}


def add_units(engine: Engine) -> None:
    for code, (parent, areas, _) in UNITS.items():
        add_unit(engine, code, parent=parent, areas=areas)


def add_threats(engine: Engine, per_unit: int = 2) -> dict[str | None, list[int]]:
    """Reports of every unit, and of none, each with a decision on it, that say whose they are; their ids."""
    ids: dict[str | None, list[int]] = {}
    for unit, voivodeship in [*((code, entry[2]) for code, entry in UNITS.items()), (None, None)]:
        ids[unit] = add_reports(
            engine, per_unit, unit=unit, voivodeship=voivodeship, description=f"secret of {unit}"
        )
        for threat_id in ids[unit]:
            add_decisions(engine, threat_id, "verification")
    return ids


def as_reader(
    app_of: TestClient, engine: Engine, unit: str | None, reach: str | None = None, role: str = "coordinator"
) -> TestClient:
    """The service as a caller of a unit sees it."""
    token = create_token(engine, f"{role} of {unit} for {reach}", role, unit, reach=reach)
    headers = {"Authorization": f"Bearer {token}"}
    return TestClient(app_of.app, headers=headers, raise_server_exceptions=False)


def ids_of(document: dict[str, Any]) -> set[int]:
    return {feature["id"] for feature in document["features"]}
