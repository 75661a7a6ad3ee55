"""The printing algorithms, over a local copy and in ``qgis_process`` without a window."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback

from kmzb_qgis_plugin.layers.comparison import class_name
from kmzb_qgis_plugin.processing.provider import KmzbProvider
from kmzb_qgis_plugin.settings import Connection
from tests.plugin.processing.test_provider import profile, qgis_process

__all__ = ["profile"]


def pdf(command: str, *arguments: str) -> str:
    return subprocess.run([command, *arguments], capture_output=True, check=True, text=True).stdout


def pages(path: Path) -> int:
    return int(next(line for line in pdf("pdfinfo", str(path)).splitlines() if "Pages" in line).split()[1])


def test_districts_in_one_book(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection], tmp_path: Path
) -> None:
    loaded()
    target = tmp_path / "book.pdf"
    found = run(
        "printdistrictmaps",
        CONNECTION="Lubuskie",
        DISTRICTS="0862, 0806",
        SHEET=2,
        TITLE="Odprawa: {district}",
        MARKING="poufne",
        OUTPUT=str(target),
    )
    assert found["PAGES"] == pages(target) == 2
    text = pdf("pdftotext", "-layout", str(target), "-")
    assert "Odprawa: powiat strzelecko-drezdenecki" in text
    assert "POUFNE" in text.replace(" ", "")
    assert "1191 x 842" in pdf("pdfinfo", str(target))


def test_a_file_each_by_unit_for_the_public(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection], tmp_path: Path
) -> None:
    loaded()
    found = run(
        "printdistrictmaps",
        CONNECTION="Lubuskie",
        LEVEL=3,
        PUBLIC=1,
        ONE_BOOK=False,
        OUTPUT=str(tmp_path / "x.pdf"),
    )
    assert found["PAGES"] == 3
    assert sorted(path.name[:11] for path in tmp_path.iterdir()) == [
        "kmzb-kmp-gw",
        "kmzb-kpp-sd",
        "kmzb-kwp-gw",
    ]


def test_a_comparison_in_a_file_is_printed_with_its_colours_and_explained(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection], tmp_path: Path
) -> None:
    loaded()
    compared, target = tmp_path / "zmiana roku.gpkg", tmp_path / "map.pdf"
    run(
        "comparison",
        CONNECTION="Lubuskie",
        FIRST="2023-06-01",
        LAST="2024-05-31",
        PLACES=3,
        OUTPUT=str(compared),
        STYLE=str(compared.with_suffix(".qml")),
    )
    given = {"CONNECTION": "Lubuskie", "DISTRICTS": "0806", "OUTPUT": str(target)}
    run("printdistrictmaps", **given, BASE_LAYERS=[str(compared)])
    text = " ".join(pdf("pdftotext", "-layout", str(target), "-").replace("ﬁ", "fi").split())
    assert "zmiana roku" in text
    assert class_name(2, whole=False) in text.replace("\u00a0", " ")


def test_cards_of_references_and_of_the_queue(
    run: Callable[..., dict[str, Any]], loaded: Callable[..., Connection], tmp_path: Path
) -> None:
    loaded()
    target = tmp_path / "cards.pdf"
    found = run("verificationcards", CONNECTION="Lubuskie", REFERENCES="Z-0000001", OUTPUT=str(target))
    assert found["PAGES"] == 1
    assert "Z-0000001" in pdf("pdftotext", str(target), "-")
    found = run("verificationcards", CONNECTION="Lubuskie", AREAS="0806", OUTPUT=str(target))
    assert found["PAGES"] == pages(target) > 1


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("printdistrictmaps", {"DISTRICTS": "9999"}, "no district of this kind with this code: 9999"),
        ("printdistrictmaps", {"LEVEL": 1}, "Choose at least one district"),
        ("printdistrictmaps", {"TEMPLATE": "/nowhere/own.qpt"}, "no file /nowhere/own.qpt"),
        ("printdistrictmaps", {"OUTPUT": "/nowhere/map.pdf", "DISTRICTS": "0862"}, "cannot be written"),
        ("verificationcards", {"REFERENCES": "Z-9999999"}, "no report with this reference: Z-9999999"),
        ("verificationcards", {"PERIOD": 1}, "Choose at least one"),
    ],
)
def test_what_is_wrong_is_told(
    run: Callable[..., dict[str, Any]],
    loaded: Callable[..., Connection],
    tmp_path: Path,
    name: str,
    given: dict[str, Any],
    told: str,
) -> None:
    loaded()
    with pytest.raises(QgsProcessingException, match=told):
        run(name, **{"CONNECTION": "Lubuskie", "OUTPUT": str(tmp_path / "x.pdf"), **given})
    assert list(tmp_path.iterdir()) == []


def test_cancelling_leaves_nothing(
    provider: KmzbProvider, loaded: Callable[..., Connection], tmp_path: Path
) -> None:
    loaded()
    feedback = QgsProcessingFeedback()
    feedback.progressChanged.connect(lambda percent: feedback.cancel() if percent > 10 else None)
    parameters = {"CONNECTION": "Lubuskie", "OUTPUT": str(tmp_path / "book.pdf")}
    algorithm = provider.algorithm("printdistrictmaps").create()
    found, _succeeded = algorithm.run(parameters, QgsProcessingContext(), feedback, {}, False)
    assert "OUTPUT" not in found
    assert list(tmp_path.iterdir()) == []


def test_without_a_window(profile: dict[str, str], tmp_path: Path) -> None:
    enabled = qgis_process(profile, "plugins", "enable", "kmzb_qgis_plugin")
    assert enabled.returncode == 0, enabled.stdout + enabled.stderr
    target = tmp_path / "map.pdf"
    done = qgis_process(
        profile, "--json", "run", "kmzb:printdistrictmaps", "--",
        "CONNECTION=Lubuskie", "DISTRICTS=0861", f"OUTPUT={target}",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["results"]["PAGES"] == pages(target) == 1
