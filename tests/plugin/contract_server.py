"""A small honest service in memory, over real HTTP, that fails when and how a test wants.

It keeps the contract of the desk's four resources, no more; the rules of the
workflow are the real service's business.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from local_server import Exchange, LocalServer, Seen
from osgeo import ogr
from sample_replica import catalogue_json

Fault = Callable[[Exchange], None]
TOKENS = {"coordinator-token": "coordinator", "viewer-token": "viewer"}
NOW = "2024-06-01T08:00:00.000Z"
_DESK_COLUMNS = ("fid", "geom", "lon", "lat", "pending_status")


@dataclass
class ContractServer(LocalServer):
    """Serves a snapshot file and what happens after it.

    Attributes:
        sample: where the first state comes from.
        file: bytes of the snapshot that is served.
        threats: features by id, as they are now.
        decisions: all that were accepted, oldest first.
        meetings: all that were accepted, by UUID, with the ids of their signals.
        faults: by path, what happens instead of the next answers; each happens once.
        page: most rows of one answer of ``/changes``.
        open_to_all: whoever comes without a token is a coordinator.
        scope: what ``/me`` says of the reach.
    """

    sample: Path
    file: bytes = b""
    threats: dict[int, dict[str, Any]] = field(default_factory=dict)
    decisions: list[dict[str, Any]] = field(default_factory=list)
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    page: int = 5000
    epoch: str = "sample"
    open_to_all: bool = False
    meetings: dict[str, list[int]] = field(default_factory=dict)
    scope: Any = "all"
    contract: int = 1
    schema_version: int = 3
    catalogue: dict[str, Any] = field(default_factory=catalogue_json)

    def __post_init__(self) -> None:
        super().__init__()
        self.begin_epoch(self.epoch)
        self.routes = {
            "/me": self._me,
            "/catalogue": self._catalogue,
            "/snapshots": self._snapshots,
            "/snapshots/file": self._snapshot_file,
            "/changes": self._list_changes,
            "/decisions": self._decide,
            "/meetings": self._hold,
        }

    def __enter__(self) -> ContractServer:
        super().__enter__()
        return self

    def fail(self, path: str, *faults: Fault) -> None:
        """Have the next requests for a path fail, one fault each."""
        self.faults.setdefault(path, []).extend(faults)

    def asked(self, path: str) -> list[Seen]:
        """The requests for a path, oldest first."""
        return [seen for seen in self.seen if seen.path.partition("?")[0] == path]

    def change(self, fid: int, **properties: Any) -> None:
        """Let a threat change, as an import or another desk does."""
        feature = self.threats[fid]
        own = feature["properties"]
        own.update(properties, version=own["version"] + 1, updated_at=NOW)
        self._changes.append(("threat", fid))

    def move(self, fid: int, lon: float, lat: float) -> None:
        """Let a threat move."""
        self.threats[fid]["geometry"]["coordinates"] = [lon, lat]
        self.change(fid)

    def remove(self, fid: int) -> None:
        """Let a threat go."""
        self._removed.add(fid)
        self._changes.append(("threat", fid))

    def begin_epoch(self, epoch: str) -> None:
        """Go back to the first state, as a restored database does."""
        self.epoch = epoch
        self._changes: list[tuple[str, int]] = []  # kind and id, oldest first
        self._removed: set[int] = set()
        self.threats = {feature["id"]: feature for feature in features_of(self.sample, "threats")}
        self.decisions = decisions_of(self.sample)
        self.publish(NOW)

    def publish(self, built_at: str, **facts: str) -> None:
        """Serve a snapshot of the first state whose bytes are others than before."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(shutil.copy(self.sample, folder))
            with sqlite3.connect(path) as connection:
                facts = {"cursor": self.cursor(0), "epoch": self.epoch, "built_at": built_at, **facts}
                connection.executemany("INSERT OR REPLACE INTO kmzb_replica VALUES (?, ?)", facts.items())
            connection.close()
            self.file = path.read_bytes()

    def dispatch(self, exchange: Exchange, path: str) -> None:
        if self.faults.get(path):
            self.faults[path].pop(0)(exchange)
        elif path.startswith("/snapshots/") or self._role(exchange):
            super().dispatch(exchange, path)
        else:
            exchange.problem("unauthenticated", 401)

    def _role(self, exchange: Exchange) -> str | None:
        token = exchange.headers.get("Authorization", "").removeprefix("Bearer ")
        return TOKENS.get(token, "coordinator" if self.open_to_all else None)

    def _me(self, exchange: Exchange) -> None:
        service = {"name": "kmzb-service", "version": "0.0", "contract": self.contract}
        member = {"name": "A. Nowak", "role": self._role(exchange), "unit": None, "scope": self.scope}
        exchange.answer_json({**member, "service": service})

    def _catalogue(self, exchange: Exchange) -> None:
        text = json.dumps(self.catalogue)
        etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:16]}"'
        if exchange.headers.get("If-None-Match") == etag:
            exchange.begin(304, ETag=etag)
        else:
            exchange.answer_json(self.catalogue, ETag=etag)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.file).hexdigest()

    def _snapshots(self, exchange: Exchange) -> None:
        newest = {
            "url": f"{self.url}/snapshots/file",
            "size": len(self.file),
            "sha256": self.sha256,
            "cursor": self.cursor(0),
            "built_at": NOW,
            "schema_version": self.schema_version,
            "scope": "all",
        }
        exchange.answer_json({"snapshots": [newest]})

    def _snapshot_file(self, exchange: Exchange) -> None:
        start = self.requested_start(exchange)
        headers = {"ETag": f'"{self.sha256}"', "Accept_Ranges": "bytes"}
        if start:
            span = f"bytes {start}-{len(self.file) - 1}/{len(self.file)}"
            exchange.answer(206, self.file[start:], Content_Range=span, **headers)
        else:
            exchange.answer(200, self.file, **headers)

    def requested_start(self, exchange: Exchange) -> int:
        """The first byte asked for; 0 where the condition of the range does not hold."""
        span = exchange.headers.get("Range", "bytes=0-")
        held = exchange.headers.get("If-Range") in (None, f'"{self.sha256}"')
        return int(span.removeprefix("bytes=").rstrip("-")) if held else 0

    def cursor(self, position: int) -> str:
        return f"{self.epoch}.{position}"

    def _list_changes(self, exchange: Exchange) -> None:
        epoch, _, position = exchange.query["cursor"].rpartition(".")
        if epoch != self.epoch:
            exchange.problem("cursor-expired", 410, snapshots=f"{self.url}/snapshots")
            return
        start = int(position)
        limit = min(int(exchange.query["limit"]), self.page)
        newest = {change: number for number, change in enumerate(self._changes)}
        waiting = [(kind, key) for number, (kind, key) in enumerate(self._changes) if number >= start]
        page = waiting[:limit]
        current = [change for number, change in enumerate(page, start) if newest[change] == number]
        threats = [key for kind, key in current if kind == "threat"]
        exchange.answer_json(
            {
                "threats": [self.threats[key] for key in threats if key not in self._removed],
                "areas": [],
                "units": [],
                "decisions": [self.decisions[key] for kind, key in current if kind == "decision"],
                "removed": {
                    "threats": [key for key in threats if key in self._removed],
                    "areas": [],
                    "units": [],
                },
                "next_cursor": self.cursor(start + len(page)),
                "up_to_date": len(page) == len(waiting),
            }
        )

    def _decide(self, exchange: Exchange) -> None:
        if self._role(exchange) == "viewer":
            exchange.problem("forbidden", 403)
            return
        sent = json.loads(exchange.body)["decisions"]
        exchange.answer_json({"outcomes": [self.decide(decision) for decision in sent]})

    def _hold(self, exchange: Exchange) -> None:
        if self._role(exchange) == "viewer":
            exchange.problem("forbidden", 403)
            return
        sent = json.loads(exchange.body)["meetings"]
        exchange.answer_json({"outcomes": [self.hold(meeting) for meeting in sent]})

    def hold(self, meeting: dict[str, Any]) -> dict[str, Any]:
        """Judge one meeting as the service does: each concern becomes a signal."""
        uuid = meeting["uuid"]
        if uuid in self.meetings:
            return {"uuid": uuid, "outcome": "duplicate", "threats": self.meetings[uuid]}
        known = {one["code"] for one in self.catalogue["categories"] if one["source"] == "community"}
        for number, concern in enumerate(meeting["concerns"]):
            if concern["category"] not in known:
                where = {"rule": "unknown_category", "field": f"concerns.{number}.category"}
                return {"uuid": uuid, "outcome": "rejected", "detail": "No such category.", **where}
        self.meetings[uuid] = [self._signal(meeting, concern) for concern in meeting["concerns"]]
        return {"uuid": uuid, "outcome": "accepted", "threats": self.meetings[uuid]}

    def _signal(self, meeting: dict[str, Any], concern: dict[str, Any]) -> int:
        fid = max(self.threats) + 1
        example = next(one for one in self.threats.values() if one["properties"]["source"] == "community")
        self.threats[fid] = {
            "type": "Feature",
            "id": fid,
            "geometry": {"type": "Point", "coordinates": [meeting["lon"], meeting["lat"]]},
            "properties": {
                **example["properties"],
                **concern,
                "ref": f"S-{fid:07}",
                "occurred_from": meeting["held_at"],
                "place": meeting["place"],
                "meeting": meeting["uuid"],
                "organiser": meeting["organiser"],
                "participants": meeting["participants"],
            },
        }
        self._changes.append(("threat", fid))
        return fid

    def decide(self, decision: dict[str, Any]) -> dict[str, Any]:
        """Judge one decision as the service does."""
        uuid = decision["uuid"]
        threat = self.threats.get(decision["threat_id"])
        if threat is None:
            return {
                "uuid": uuid,
                "outcome": "rejected",
                "rule": "unknown_threat",
                "title": "?",
                "field": None,
            }
        own = threat["properties"]
        known = next((one for one in self.decisions if one["uuid"] == uuid), None)
        if known is not None:
            return {"uuid": uuid, "outcome": "duplicate", "decision": known, "threat": threat}
        if decision["base_version"] != own["version"]:
            of_threat = [one for one in self.decisions if one["threat_id"] == threat["id"]]
            won = of_threat[-1] if of_threat else None
            if won and own["status"] == decision["to_status"]:
                same = {"uuid": uuid, "outcome": "duplicate", "same_result": True}
                return {**same, "decision": won, "threat": threat}
            return {"uuid": uuid, "outcome": "conflict", "decision": won, "threat": threat}
        optional = ("reason", "note", "method", "institution", "planned_date")
        row = {
            **dict.fromkeys(optional),
            **decision,
            "id": len(self.decisions) + 1,
            "threat_version": own["version"] + 1,
            "from_status": own["status"],
            "received_at": NOW,
            "actor": "A. Nowak",
            "actor_role": "coordinator",
            "actor_unit": None,
            "hash": f"{len(self.decisions) + 1:064x}",
        }
        self.decisions.append(row)
        self._changes.append(("decision", len(self.decisions) - 1))
        self.change(threat["id"], status=decision["to_status"])
        return {"uuid": uuid, "outcome": "accepted", "decision": row, "threat": threat}


def features_of(path: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a snapshot file as the service's features.

    Geometries are read with OGR; values are read as they are stored, because
    OGR would rewrite dates in a form of its own.
    """
    shapes = ogr.Open(str(path))
    with sqlite3.connect(path) as connection:
        connection.row_factory = sqlite3.Row
        rows = {row["fid"]: dict(row) for row in connection.execute(f"SELECT * FROM {table}")}
    connection.close()
    return [
        {
            "type": "Feature",
            "id": shape.GetFID(),
            "geometry": json.loads(shape.GetGeometryRef().ExportToJson()),
            "properties": {
                name: value for name, value in rows[shape.GetFID()].items() if name not in _DESK_COLUMNS
            },
        }
        for shape in shapes.GetLayer(table)
    ]


def decisions_of(path: Path) -> list[dict[str, Any]]:
    """The decisions of a snapshot file."""
    with sqlite3.connect(path) as connection:
        connection.row_factory = sqlite3.Row
        rows = [dict(row) for row in connection.execute("SELECT * FROM decisions ORDER BY fid")]
    connection.close()
    return [{"id": row.pop("fid"), **row} for row in rows]


def page_of_a_proxy(status: int = 200) -> Fault:
    """A page for people, as proxies put in between."""
    html = b"<!DOCTYPE html><html><body>Sign in to the network of the command</body></html>"
    return lambda exchange: exchange.answer(status, html, Content_Type="text/html; charset=utf-8")


def problem(slug: str, status: int) -> Fault:
    """An answer that tells a problem."""
    return lambda exchange: exchange.problem(slug, status)


def hang_up(exchange: Exchange) -> None:
    """No answer: the connection breaks."""
    exchange.hang_up()
