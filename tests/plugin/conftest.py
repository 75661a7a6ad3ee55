"""What the plugin's tests share; being here puts this folder on the import path."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QLocale
from sample_replica import catalogue_json, write_sample_replica

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.i18n import install_translator

TRANSLATIONS = Path(__file__).resolve().parents[2] / "i18n"
LANGUAGES = ("en", "pl")
LOCALES = {"en": "en_GB", "pl": "pl_PL"}
LRELEASE = shutil.which("lrelease") or "/usr/lib/qt5/bin/lrelease"


@pytest.fixture(scope="session")
def compiled_translations(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the translations as QGIS loads them."""
    folder = tmp_path_factory.mktemp("i18n")
    for language in LANGUAGES:
        source = TRANSLATIONS / f"kmzb_{language}.ts"
        compiled = folder / f"{language}.qm"
        subprocess.run([LRELEASE, "-silent", str(source), "-qm", str(compiled)], check=True)
    return folder


@pytest.fixture
def speak(qgis_app: QgsApplication, compiled_translations: Path) -> Iterator[Callable[[str], None]]:
    """Has the plugin speak a language from now on."""
    installed = []

    def install(language: str) -> None:
        translator = install_translator(compiled_translations / f"{language}.qm")
        assert translator is not None
        installed.append(translator)

    yield install
    for translator in installed:
        QCoreApplication.removeTranslator(translator)


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest, speak: Callable[[str], None]) -> Iterator[str]:
    """Each language in turn, of QGIS and its plugin, dates and numbers. To be asked for before a window."""
    locale, translation = QLocale(), QgsApplication.instance().translation()
    QLocale.setDefault(QLocale(LOCALES[request.param]))
    QgsApplication.setTranslation(request.param)
    speak(request.param)
    yield str(request.param)
    QgsApplication.setTranslation(translation)
    QLocale.setDefault(locale)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The service's own catalogue."""
    return Catalogue.from_json(catalogue_json())


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot file of 600 threats that no test writes to."""
    return write_sample_replica(tmp_path_factory.mktemp("sample") / "sample.gpkg", threats=600)
