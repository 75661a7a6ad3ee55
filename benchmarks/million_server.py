"""Serves a snapshot of a million threats over loopback, and accepts every decision: python -m … FILE."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from benchmarks import million
from kmzb_qgis_plugin.replica import schema

NOW = "2026-06-30T08:00:00.000Z"


class Handler(BaseHTTPRequestHandler):
    """The desk's resources, as far as a first load, a synchronisation and decisions need them."""

    protocol_version = "HTTP/1.1"
    path_of_file: Path
    sha256: str

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == "/file":
            self._file()
        elif path == "/catalogue":
            self._answer(million.facts()["catalogue"].encode())
        else:
            self._json(self._content(path))

    def do_POST(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["decisions"]
        with sqlite3.connect(f"file:{self.path_of_file}?mode=ro", uri=True) as connection:
            connection.row_factory = sqlite3.Row
            self._json({"outcomes": [_accepted(connection, decision) for decision in sent]})

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""

    def _content(self, path: str) -> dict[str, Any]:
        if path == "/me":
            identity = json.loads(million.facts()["identity"])
            service = {"name": "million", "version": "0", "contract": 1}
            return {name: identity[name] for name in ("name", "role", "unit", "scope")} | {"service": service}
        if path == "/snapshots":
            newest = {
                "url": f"http://{self.headers['Host']}/file",
                "size": self.path_of_file.stat().st_size,
                "sha256": self.sha256,
                "cursor": "1",
                "built_at": NOW,
                "schema_version": schema.SCHEMA_VERSION,
            }
            return {"snapshots": [newest]}
        empty = {"threats": [], "areas": [], "units": [], "decisions": []}
        return {**empty, "removed": {}, "next_cursor": "1", "up_to_date": True}

    def _file(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/geopackage+sqlite3")
        self.send_header("Content-Length", str(self.path_of_file.stat().st_size))
        self.end_headers()
        with self.path_of_file.open("rb") as file:
            shutil.copyfileobj(file, self.wfile, 1 << 20)

    def _json(self, content: Any) -> None:
        self._answer(json.dumps(content).encode())

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _accepted(connection: sqlite3.Connection, decision: dict[str, Any]) -> dict[str, Any]:
    fid = decision["threat_id"]
    row = dict(connection.execute("SELECT * FROM threats WHERE fid = ?", (fid,)).fetchone())
    version = decision["base_version"] + 1
    properties = {name: row[name] for name in schema.THREAT_MEMBERS}
    properties |= {"status": decision["to_status"], "version": version, "updated_at": NOW}
    geometry = {"type": "Point", "coordinates": [row["lon"], row["lat"]]}
    done = dict.fromkeys(schema.DECISION_MEMBERS) | decision
    done |= {"id": 10_000_000 + fid, "threat_version": version, "from_status": row["status"]}
    done |= {"received_at": NOW, "actor": "A. Nowak", "actor_role": "coordinator", "hash": f"{fid:064x}"}
    threat = {"type": "Feature", "id": fid, "geometry": geometry, "properties": properties}
    return {"uuid": decision["uuid"], "outcome": "accepted", "threat": threat, "decision": done}


def main() -> None:
    Handler.path_of_file = Path(sys.argv[1])
    with Handler.path_of_file.open("rb") as file:
        Handler.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()


main()
