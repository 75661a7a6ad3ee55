"""Every route of the application, asked by every role with every reach: nothing beyond the reach comes back.

The routes are read from the application. One whose place-holders or body are
not known here fails the test: whoever adds a route says how it is asked.

An ordinary run asks with every reach as a viewer, and with every role for one
reach; all combinations take a minute more:

    KMZB_TEST_SIZE=full python -m pytest tests/service/test_scope_leaks.py
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, get_args
from uuid import uuid4

import pytest
from fastapi.routing import APIRoute
from sample_map import decision
from scoped_map import UNITS, add_threats, add_units, as_reader
from sqlalchemy import Engine, select
from starlette.testclient import TestClient
from test_sync_changes import cursor_at

from kmzb_service.catalogue.model import Role
from kmzb_service.database.engine import reading
from kmzb_service.database.tables import decision as decisions
from kmzb_service.database.tables import threat
from kmzb_service.ogc.collections import COLLECTIONS
from kmzb_service.ogc.formats import offered_formats
from kmzb_service.security.scope import Reach, Scope
from kmzb_service.security.units import Units
from kmzb_service.settings import Settings
from kmzb_service.sync.snapshots import build_snapshot, snapshot_folder

# unit of the caller, its reach, the units whose threats it may read
GORZOW = {"KWP-GORZOW", "KPP-KROSNO", "KP-GUBIN", "KPP-ZARY"}
CALLERS: tuple[tuple[str | None, Reach, set[str | None]], ...] = (
    ("KP-GUBIN", "own", {"KP-GUBIN"}),
    ("KPP-KROSNO", "own", {"KPP-KROSNO", "KP-GUBIN"}),
    ("KPP-KROSNO", "voivodeship", {*GORZOW}),
    ("KPP-KROSNO", "country", {*UNITS, None}),
    (None, "country", {*UNITS, None}),
)
ROLES: tuple[str, ...] = get_args(Role)
FULL = os.environ.get("KMZB_TEST_SIZE") == "full"
ONE_REACH = CALLERS[1]
READS_NOTHING = {"sender"}


@dataclass
class World:
    """A map, and everything about each threat that only who may read it may see."""

    ids: dict[str | None, int]
    secrets: dict[str | None, set[bytes]]
    values: dict[str, list[str]]
    cursors: list[str]

    def beyond(self, seen: set[str | None]) -> Iterator[tuple[str | None, bytes]]:
        for unit, secrets in self.secrets.items():
            if unit not in seen:
                yield from ((unit, secret) for secret in secrets)


@pytest.fixture
def world(anonymous: TestClient, engine: Engine, settings: Settings) -> World:
    add_units(engine)
    ids = {unit: group[0] for unit, group in add_threats(engine, per_unit=1).items()}
    headquarters = as_reader(anonymous, engine, None, role="admin")
    secrets: dict[str | None, set[bytes]] = {}
    for unit, threat_id in ids.items():
        name, content = f"of-{unit}-alone.txt", f"the file of {unit}".encode()
        sent = headquarters.post(
            f"/threats/{threat_id}/attachments", files=[("file", (name, content, "text/plain"))]
        )
        assert sent.status_code == 201, sent.text
        with reading(engine) as connection:
            ref = connection.execute(select(threat.c.ref).where(threat.c.id == threat_id)).scalar_one()
            taken = connection.execute(
                select(decisions.c.uuid, decisions.c.hash).where(decisions.c.threat_id == threat_id)
            ).one()
        words = (f"secret of {unit}", ref, *taken, name)
        secrets[unit] = {content, *(word.encode() for word in words)}
    with reading(engine) as connection:
        tree = Units().tree(connection)
    scopes = [Scope.of(tree, unit, reach) for unit, reach, _ in CALLERS]
    for scope in {scope.key: scope for scope in scopes}.values():
        build_snapshot(engine, settings, scope=scope)
    return World(
        ids=ids,
        secrets=secrets,
        values={
            "collection_id": list(COLLECTIONS),
            "feature_id": [str(one) for one in ids.values()],
            "threat_id": [str(one) for one in ids.values()],
            "attachment_id": [str(number) for number in range(1, len(ids) + 1)],
            "name": [path.name for path in snapshot_folder(settings).glob("*.gpkg")],
        },
        cursors=[cursor_at(engine, 0, key) for key in {scope.key for scope in scopes}],
    )


# What GET routes are asked besides their address.
def queries(path: str, world: World) -> list[dict[str, str]]:
    if path == "/changes":
        return [{"cursor": cursor} for cursor in world.cursors]
    if path.endswith("/items"):
        collection = COLLECTIONS[path.split("/")[2]]
        plain = [{"f": entry.name} for entry in offered_formats(collection)]
        clever = {"threats": "description LIKE 'secret%'", "decisions": "threat_id > 0"}
        return [*plain, {"sortby": "-id", "limit": "3"}, {"filter": clever.get(collection.name, "id > 0")}]
    return [{}, {"f": "html"}] if path.startswith("/collections") else [{}]


# How routes that write are asked: a body for each threat.
Body = Callable[[World, int], dict[str, Any]]


def one_decision(_world: World, threat_id: int) -> dict[str, Any]:
    return {"json": {"decisions": [decision(threat_id, "verification")]}}


def the_same_report(_world: World, threat_id: int) -> dict[str, Any]:
    properties = {
        "source": "citizen",
        "source_id": f"source-{threat_id}",
        "category": "speeding",
        "occurred_from": "2021-03-01T12:00:00Z",
        "description": "sent once more",
    }
    geometry = {"type": "Point", "coordinates": [15.2, 52.2]}
    return {"json": {"type": "Feature", "geometry": geometry, "properties": properties}}


def a_confirmation(_world: World, _threat_id: int) -> dict[str, Any]:
    return {"json": {"uuid": str(uuid4())}}


def a_file(_world: World, _threat_id: int) -> dict[str, Any]:
    return {"files": [("file", ("new.txt", b"a new file", "text/plain"))]}


def a_meeting(_world: World, _threat_id: int) -> dict[str, Any]:
    return {"json": {"meetings": []}}


BODIES: dict[str, Body] = {
    "/decisions": one_decision,
    "/collections/threats/items": the_same_report,
    "/threats/{threat_id}/confirmations": a_confirmation,
    "/threats/{threat_id}/attachments": a_file,
    "/meetings": a_meeting,
}


def routes(app: Any) -> list[tuple[str, str]]:
    """Method and address of every route of an application, those that are put in whole among them."""
    found = []
    for route in flattened(app.routes):
        found += [(method, route.path) for method in sorted(route.methods or ())]
    return found


def flattened(several: Any) -> Iterator[APIRoute]:
    for route in several:
        if isinstance(route, APIRoute):
            yield route
        else:
            # a router that the application has taken in; anything else fails here
            yield from flattened(route.original_router.routes)


def addresses(path: str, world: World) -> list[str]:
    names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    unknown = [name for name in names if name not in world.values]
    assert not unknown, f"{path}: say in World.values what {unknown} can be"
    filled: Any = itertools.product(*(world.values[name] for name in names))
    if names == ["threat_id", "attachment_id"] and not FULL:
        own = zip(*(world.values[name] for name in names), strict=True)
        others = itertools.product(world.values["threat_id"][1:3], world.values["attachment_id"])
        filled = {*own, *others}
    return [path.format(**dict(zip(names, values, strict=True))) for values in filled]


def requests(app: Any, world: World) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for method, path in routes(app):
        if method == "HEAD" and not FULL:
            continue  # the same handler as GET
        if method in ("GET", "HEAD"):
            for address in addresses(path, world):
                for query in queries(address, world) if method == "GET" else [{}]:
                    yield method, address, {"params": query}
        else:
            assert path in BODIES, f"{method} {path}: say in BODIES how it is asked"
            for number in world.ids.values():
                address = path.replace("{threat_id}", str(number))
                yield method, address, BODIES[path](world, number)


def test_every_route_is_known(anonymous: TestClient) -> None:
    found = {path for _, path in routes(anonymous.app)}
    assert {"/changes", "/snapshots/{name}", "/collections/{collection_id}/items", *BODIES} <= found


@pytest.mark.parametrize(("unit", "reach", "seen"), CALLERS)
def test_nothing_beyond_the_reach_comes_back(
    anonymous: TestClient,
    engine: Engine,
    world: World,
    unit: str | None,
    reach: Reach,
    seen: set[str | None],
) -> None:
    for role in ROLES if FULL or (unit, reach, seen) == ONE_REACH else ("viewer",):
        client = as_reader(anonymous, engine, unit, reach, role)
        may_see = set() if role in READS_NOTHING else seen
        told: set[bytes] = set()
        for method, address, asked in requests(anonymous.app, world):
            answer = client.request(method, address, **asked)
            assert answer.status_code < 500, (method, address, answer.text)
            content = answer.content + str(answer.headers).encode()
            for owner, secret in world.beyond(may_see):
                assert secret not in content, f"{role}: {method} {address} {asked} tells of {owner}"
            for owner in may_see:
                told.update(secret for secret in world.secrets[owner] if secret in content)
        # whatever may be seen does come back somewhere: the secrets are good ones
        assert told == {secret for owner in may_see for secret in world.secrets[owner]}, role
