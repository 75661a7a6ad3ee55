"""The document on running the service: its commands work as they stand there, on both databases."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from on_databases import ON_POSTGIS
from postgres_cluster import SUPERUSER, PostgresCluster

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
