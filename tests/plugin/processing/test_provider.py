"""The algorithms in QGIS's Processing, over a local copy, and in ``qgis_process`` without a window."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingException,
    QgsVectorLayer,
)

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.domain import named_filters
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.processing.provider import KmzbProvider
from kmzb_qgis_plugin.settings import Connection

ROOT = Path(__file__).parents[3]
# Debian's wrapper hands on an option that qgis_process does not know.
QGIS_PROCESS = shutil.which("qgis_process.bin") or "qgis_process"


def count(connection: Connection, sql: str) -> int:
    file = settings.workspace_folder(connection) / "replica-1.gpkg"
    with closing(sqlite3.connect(file)) as opened:
        return int(opened.execute(f"SELECT count(*) FROM threats WHERE {sql}").fetchone()[0])


def test_every_algorithm_says_what_it_does(
    provider: KmzbProvider, make_connection: Callable[..., Connection]
) -> None:
    make_connection()
    for algorithm in provider.algorithms():
        made: QgsProcessingAlgorithm = algorithm.create()
        assert len(made.shortHelpString()) > 80
        assert made.displayName()
        assert made.parameterDefinition("CONNECTION").options() == ["Lubuskie"]
        assert made.parameterDefinition("CONNECTION").defaultValue() == "Lubuskie"


def test_what_few_need_is_folded_away(
    provider: KmzbProvider, make_connection: Callable[..., Connection]
) -> None:
    make_connection()
    made = [provider.algorithm(name).create() for name in ("hotspots", "nearrepeat", "siting", "comparison")]
    folded = {
        parameter.name()
        for algorithm in made
        for parameter in algorithm.parameterDefinitions()
        if parameter.flags() & parameter.Flag.FlagAdvanced
    }
    assert folded == {"RINGS", "NORMAL", "PERMUTATIONS", "SEED", "ROADS", "WEIGHTS"}


def test_filter_to_layer_takes_a_saved_filter_and_what_narrows_it(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection]
) -> None:
    connection = loaded()
    known = {"nocne": ThreatFilter(hours=frozenset(range(6)), sources=frozenset({"citizen"}))}
    settings.save_named_filters_json(connection.id, named_filters.write(known))
    found = run(
        "filtertolayer",
        CONNECTION="Lubuskie",
        FILTER="nocne",
        FIRST="2024-01-01",
        AREAS="0861, 0862",
        OUTPUT="memory:",
    )
    expected = count(
        connection,
        "source = 'citizen' AND local_hour < 6 AND local_day >= '2024-01-01' AND county IN ('0861', '0862')",
    )
    assert expected > 0
    assert found["COUNT"] == expected
    assert found["OUTPUT"].featureCount() == expected
    assert {feature["county"] for feature in found["OUTPUT"].getFeatures()} <= {"0861", "0862"}
    assert "2024" in found["SENTENCE"]


def test_all_facts_are_written_as_qgis_reads_them(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection], tmp_path: Path
) -> None:
    """Whoever joins or filters the result finds dates as dates, and nothing where nothing is known."""
    replica = settings.workspace_folder(loaded()) / "replica-1.gpkg"
    target = tmp_path / "threats.gpkg"
    for output in ("memory:", str(target)):
        found = run("filtertolayer", CONNECTION="Lubuskie", OUTPUT=output)["OUTPUT"]
        written = found if isinstance(found, QgsVectorLayer) else QgsVectorLayer(found, "threats", "ogr")
        kept = QgsVectorLayer(f"{replica}|layername=threats", "kept", "ogr")
        assert [field.type() for field in written.fields()] == [field.type() for field in kept.fields()]
        assert written.fields().names() == kept.fields().names()
        assert written.crs() == kept.crs()
        both = zip(written.getFeatures(), kept.getFeatures(), strict=True)
        for ours, theirs in both:
            assert ours.attributes() == theirs.attributes()
            assert ours.geometry().equals(theirs.geometry())


def test_sources_and_periods_are_chosen_from_lists(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection]
) -> None:
    connection = loaded()
    found = run("filtertolayer", CONNECTION="Lubuskie", SOURCES=[2], OUTPUT="memory:")
    assert found["COUNT"] == count(connection, "source = 'police'")
    today = run("filtertolayer", CONNECTION="Lubuskie", PERIOD=1, OUTPUT="memory:")
    assert today["COUNT"] == 0


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"FILTER": "nie ma"}, "no saved filter “nie ma”"),
        ({"FILTER": "{"}, "not a filter"),
        ({"FILTER": '{"date_field": "born"}'}, "not a filter"),
        ({"AREAS": "9999,0861"}, "no area or unit with this code: 9999"),
        ({"UNITS": "'; --"}, "no area or unit"),
        ({"FIRST": "2024-02-01", "LAST": "2024-01-01"}, "lies after the last"),
        ({"FIRST": "kiedyś"}, "FIRST"),
        ({"CONNECTION": "inne"}, "There is no connection “inne”. There are: Lubuskie"),
    ],
)
def test_what_is_wrong_with_a_parameter_is_told(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection], given: dict[str, str], told: str
) -> None:
    loaded()
    with pytest.raises(QgsProcessingException, match=told):
        run("filtertolayer", **{"CONNECTION": "Lubuskie", "OUTPUT": "memory:", **given})


def test_a_connection_that_has_loaded_nothing(
    run: Callable[..., dict[str, Any]], make_connection: Callable[..., Connection]
) -> None:
    make_connection()
    with pytest.raises(QgsProcessingException, match="Synchronise it first"):
        run("filtertolayer", CONNECTION="Lubuskie", OUTPUT="memory:")


def test_a_profile_without_connections(run: Callable[..., dict[str, Any]], clean_settings: None) -> None:
    with pytest.raises(QgsProcessingException, match="no connection"):
        run("filtertolayer", CONNECTION="", OUTPUT="memory:")


def test_synchronising_says_why_it_failed(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection]
) -> None:
    loaded()
    with pytest.raises(QgsProcessingException, match="cannot be reached"):
        run("synchronise", CONNECTION="Lubuskie")


def profile_with(connection: Connection, home: Path) -> dict[str, str]:
    """The environment of a QGIS profile with the packaged plugin and a connection."""
    folder = home / "profiles" / "default"
    plugins = folder / "python" / "plugins"
    plugins.mkdir(parents=True)
    (plugins / "kmzb_qgis_plugin").symlink_to(ROOT / "build" / "kmzb_qgis_plugin")
    ini = folder / "QGIS" / "QGIS3.ini"
    ini.parent.mkdir()
    ini.write_text(
        "[kmzb]\n"
        f"connections\\{connection.id}\\name=Lubuskie\n"
        f"connections\\{connection.id}\\url={connection.url}\n"
        f"connections\\{connection.id}\\authcfg={connection.authcfg}\n"
    )
    return {
        **os.environ,
        "QGIS_CUSTOM_CONFIG_PATH": str(home),
        "QT_QPA_PLATFORM": "offscreen",
        "LC_ALL": "C.UTF-8",
    }


@pytest.fixture
def profile(tmp_path: Path, loaded: Callable[..., Connection]) -> dict[str, str]:
    """The environment of a QGIS profile with the packaged plugin and a loaded connection."""
    connection = loaded()
    environment = profile_with(connection, tmp_path)
    workspace = tmp_path / "profiles" / "default" / "kmzb" / connection.id
    workspace.mkdir(parents=True)
    shutil.copy(settings.workspace_folder(connection) / "replica-1.gpkg", workspace)
    return environment


def qgis_process(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [QGIS_PROCESS, *arguments], env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def test_without_a_window(profile: dict[str, str], tmp_path: Path) -> None:
    enabled = qgis_process(profile, "plugins", "enable", "kmzb_qgis_plugin")
    assert enabled.returncode == 0, enabled.stdout + enabled.stderr
    target = tmp_path / "threats.gpkg"
    done = qgis_process(
        profile, "--json", "run", "kmzb:filtertolayer", "--",
        "CONNECTION=Lubuskie", "AREAS=0861", f"OUTPUT={target}",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)["results"]
    layer = QgsVectorLayer(str(target), "threats", "ogr")
    assert layer.featureCount() == results["COUNT"] > 0
    report = tmp_path / "report.pdf"
    written = qgis_process(
        profile, "run", "kmzb:statisticsreport", "--", "CONNECTION=Lubuskie", "LANGUAGE=0", f"OUTPUT={report}"
    )
    assert written.returncode == 0, written.stderr
    text = subprocess.run(["pdftotext", str(report), "-"], capture_output=True, check=True).stdout.decode()
    assert "Statystyka zagrożeń bezpieczeństwa" in text
    refused = qgis_process(profile, "run", "kmzb:filtertolayer", "--", "CONNECTION=inne", "OUTPUT=memory:")
    assert refused.returncode != 0
    assert "There are: Lubuskie" in refused.stdout + refused.stderr
