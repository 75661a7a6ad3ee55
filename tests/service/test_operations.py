"""The document on running the service: its commands work as they stand there, on both databases."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import crossplane
import pytest
from on_databases import ON_POSTGIS
from postgres_cluster import SUPERUSER, PostgresCluster

from kmzb_service.frame import MAX_BODY_BYTES
from kmzb_service.settings import Settings

DOCUMENT = (Path(__file__).parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", DOCUMENT, re.DOTALL | re.MULTILINE)


def run(script: str, **environment: str) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KMZB_")}
    clean["PATH"] = f"{Path(sys.executable).parent}:{clean['PATH']}"
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        env=clean | environment, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_the_commands_of_an_embedded_installation(tmp_path: Path) -> None:
    told = run("\n".join(blocks("sh")).replace("/var/lib/kmzb", str(tmp_path)))
    assert "was up to date" in told
    assert told.count("the chain is whole") == 2
    assert (tmp_path / "restored" / "kmzb.sqlite").exists()


@ON_POSTGIS
def test_the_commands_of_an_installation_on_postgresql(
    database_kind: str, postgres: PostgresCluster, tmp_path: Path
) -> None:
    server = {"PGHOST": "127.0.0.1", "PGPORT": str(postgres.port)}
    (administration,) = blocks("postgres")
    run(administration, PGUSER=SUPERUSER, **server)
    script = "\n".join(blocks("sh")).replace("/var/lib/kmzb", str(tmp_path))
    # a new database to restore into, as the text says
    script = script.replace(
        "kmzb-service restore",
        f"export KMZB_DATABASE_URL={postgres.url('restored', 'kmzb')}\nkmzb-service restore",
    )
    run(
        "createdb --owner=kmzb restored; psql --dbname=restored --command='CREATE EXTENSION postgis'",
        PGUSER=SUPERUSER,
        **server,
    )
    told = run(script, KMZB_DATABASE_URL=postgres.url("kmzb", "kmzb"))
    assert "was up to date" in told
    assert told.count("the chain is whole") == 2
    for name in ("kmzb", "restored"):
        postgres.drop_database(name)
    postgres.execute("DROP ROLE kmzb")


DEPLOY = Path(__file__).parents[2] / "deploy"


def test_the_unit_is_one_that_systemd_takes(tmp_path: Path) -> None:
    unit = tmp_path / "kmzb.service"
    unit.write_text((DEPLOY / "kmzb.service").read_text().replace("/usr/local/bin/kmzb-service", "/bin/true"))
    run(f"systemd-analyze verify {unit} 2>&1 | tee {tmp_path}/said; test ! -s {tmp_path}/said")
    # 0 is the closest, 10 a program that may do anything
    run(f"systemd-analyze security --offline=true --threshold=20 --no-pager {unit}")


def test_the_settings_of_the_unit_are_those_of_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = (DEPLOY / "kmzb.env").read_text().splitlines()
    for line in lines:
        if not line.startswith("#"):
            monkeypatch.setenv(*line.split("=", 1))
    assert Settings.from_environment().database_url.startswith("postgresql+psycopg://")
    source = (DEPLOY.parent / "kmzb_service" / "settings.py").read_text()
    documented = set(re.findall(r"^\| `(KMZB_\w+)`", DOCUMENT, re.MULTILINE))
    assert documented == set(re.findall(r'"(KMZB_\w+)"', source))
    assert {line.split("=")[0] for line in lines if not line.startswith("#")} <= documented


def test_the_example_of_nginx_is_one_that_nginx_takes(tmp_path: Path) -> None:
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"events {{}}\nhttp {{\n    include {DEPLOY / 'nginx.conf'};\n}}\n")
    parsed = crossplane.parse(str(whole), strict=True)
    assert parsed["status"] == "ok", parsed["errors"]
    (server,) = (entry for entry in parsed["config"][1]["parsed"] if entry["directive"] == "server")
    limit = next(entry["args"] for entry in server["block"] if entry["directive"] == "client_max_body_size")
    assert limit == [f"{MAX_BODY_BYTES // 2**20}m"]


@pytest.mark.parametrize("name", ["kmzb.env", "kmzb.service", "nginx.conf"])
def test_the_document_leads_to_every_file(name: str) -> None:
    assert (DEPLOY / name).exists()
    assert f"](../deploy/{name})" in DOCUMENT
