"""Translation of what the plugin says: English in the source, Polish for its users."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QLocale, QTranslator

from kmzb_qgis_plugin.domain.text import Tr
from kmzb_qgis_plugin.paths import translations_dir

# Where pylupdate5 files calls of a plain function named ``tr``.
_CONTEXT = "@default"


def tr(message: str, comment: str | None = None, n: int = -1) -> str:
    """Translate a message; ``n`` chooses the plural form of one with ``%n``."""
    return str(QCoreApplication.translate(_CONTEXT, message, comment, n))


def words_of(lang: str) -> Tr:
    """The translating function for a language, whatever the window speaks: what is printed may differ.

    Args:
        lang: ``pl`` or another.
    """
    translator = QTranslator()
    if not translator.load(str(translations_dir() / f"kmzb_{lang[:2].lower()}.qm")):
        translator.load(str(translations_dir() / "kmzb_en.qm"))

    def translate(message: str, comment: str | None = None, n: int = -1) -> str:
        found = translator.translate(_CONTEXT, message, comment, n) or message
        return found.replace("%n", str(n)) if n >= 0 else found

    return translate


def interface_language() -> str:
    """Two letters: what QGIS's window speaks. With ``--lang`` that is not the system's language."""
    application = QgsApplication.instance()
    return str(application.translation() or application.locale())[:2].lower()


def number_text(number: float, decimals: int | None = None) -> str:
    """A number as the window's language writes it.

    Args:
        number: any.
        decimals: how many; None for as many as it has, up to ten digits.
    """
    locale = QLocale(interface_language())
    if decimals is not None:
        return str(locale.toString(float(number), "f", decimals))
    # Qt puts thousands apart in whole numbers only.
    whole = int(number) == number
    return str(locale.toString(int(number)) if whole else locale.toString(float(number), "g", 10))


def install_translator(path: Path) -> QTranslator | None:
    """Load a compiled translation (``.qm``) and install it.

    The caller keeps the translator, and removes it from the application in the end.

    Returns:
        The installed translator, or None where the file cannot be loaded.
    """
    translator = QTranslator()
    if not translator.load(str(path)):
        return None
    QCoreApplication.installTranslator(translator)
    return translator
