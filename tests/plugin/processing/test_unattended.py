"""The document on prints without a window: its script runs as it stands there, against a real service."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from osgeo import ogr
from qgis.core import QgsApplication
from service_process import ServiceProcess

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.domain.decision import Decision
from kmzb_qgis_plugin.replica.outbox import Outbox
from kmzb_qgis_plugin.settings import Connection
from tests.plugin.processing.test_provider import QGIS_PROCESS, profile_with, qgis_process

DOCUMENT = (Path(__file__).parents[3] / "docs" / "unattended.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", DOCUMENT, re.DOTALL | re.MULTILINE)


def decide_about_a_new_report(service: ServiceProcess, outbox_folder: Path) -> int:
    """Queue a decision that waits to be sent; return the report."""
    with closing(sqlite3.connect(service.database)) as file:
        threat_id, version, ref = file.execute(
            "SELECT id, version, ref FROM threat WHERE source = 'citizen' AND status = 'new' LIMIT 1"
        ).fetchone()
    outbox_folder.mkdir(parents=True)
    with closing(Outbox.open(outbox_folder)) as outbox:
        outbox.add(
            Decision(
                "9b2f0f0e-8d8e-4d50-9b57-1c1c2b6f3a10", threat_id, version, "verification",
                "2026-07-01T08:00:00.000Z",
            ),
            ref,
            {"status": "new"},
        )  # fmt: skip
    return int(threat_id)


def status_of(service: ServiceProcess, threat_id: int) -> str:
    with closing(sqlite3.connect(service.database)) as file:
        return str(file.execute("SELECT status FROM threat WHERE id = ?", (threat_id,)).fetchone()[0])


def test_synchronising_loads_the_map_and_sends_what_waits(
    run: Callable[..., dict[str, Any]], service: ServiceProcess, connect: Callable[..., Connection]
) -> None:
    connection = connect()
    threat_id = decide_about_a_new_report(service, settings.workspace_folder(connection))
    found = run("synchronise", CONNECTION="Lubuskie")
    with closing(sqlite3.connect(service.database)) as file:
        assert found["THREATS"] == file.execute("SELECT count(*) FROM threat").fetchone()[0] > 0
    assert found["SYNCED_AT"].endswith("Z")
    assert status_of(service, threat_id) == "verification"
    again = run("synchronise", CONNECTION="Lubuskie")
    assert again["THREATS"] == found["THREATS"]
    assert again["SYNCED_AT"] >= found["SYNCED_AT"]


def test_the_script_of_monday_morning(connect: Callable[..., Connection], tmp_path: Path) -> None:
    connection = connect()
    environment = profile_with(connection, tmp_path)
    shutil.copy(QgsApplication.qgisAuthDatabaseFilePath(), tmp_path / "profiles" / "default")
    password = tmp_path / "master-password"
    password.write_text("test")
    environment["QGIS_AUTH_PASSWORD_FILE"] = str(password)
    assert qgis_process(environment, "plugins", "enable", "kmzb_qgis_plugin").returncode == 0

    script, analysis = blocks("sh")
    assert script.startswith("#!/bin/sh\nset -eu\n")
    script += analysis.replace("PERIOD=4", "FIRST=2026-01-01 LAST=2026-06-30")  # in the demo's years
    prints = tmp_path / "prints"
    script = script.replace("/srv/kmzb-prints", str(prints)).replace("qgis_process.bin", QGIS_PROCESS)
    done = subprocess.run(["sh", "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (day,) = prints.iterdir()
    assert sorted(path.name for path in day.iterdir()) == [
        "mapy.pdf", "powiaty.gpkg", "statystyka.pdf", "statystyka.xlsx",
        "zmiana.gpkg", "zmiana.pdf", "zmiana.qml",
    ]  # fmt: skip
    pages = subprocess.run(["pdfinfo", day / "mapy.pdf"], capture_output=True, text=True, check=True).stdout
    assert re.search(r"^Pages: +14$", pages, re.MULTILINE)
    assert re.search(r"^Page size: +1191 x 842 pts \(A3\)$", pages, re.MULTILINE)
    assert ogr.Open(str(day / "powiaty.gpkg")).GetLayer(0).GetFeatureCount() == 14


def test_the_units_are_ones_that_systemd_takes(tmp_path: Path) -> None:
    service, timer = blocks("ini")
    (tmp_path / "kmzb-monday.service").write_text(service.replace("/usr/local/bin/kmzb-monday", "/bin/true"))
    (tmp_path / "kmzb-monday.timer").write_text(timer)
    done = subprocess.run(
        ["systemd-analyze", "verify", tmp_path / "kmzb-monday.timer"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    (calendar,) = re.findall(r"OnCalendar=(.*)", timer)
    said = subprocess.run(
        ["systemd-analyze", "calendar", calendar], capture_output=True, text=True, check=True
    ).stdout
    assert re.search(r"Next elapse: Mon .* 0[456]:00:00", said)
