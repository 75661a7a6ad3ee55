"""Opening files and pages with the program that the system has for them."""

from __future__ import annotations

from pathlib import Path

from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices

from kmzb_qgis_plugin.gui.messages import Messages
from kmzb_qgis_plugin.i18n import tr


def open_outside(what: Path | str, messages: Messages) -> None:
    """Have the system open a file, a folder or the page at an address; say so where no program does."""
    url = QUrl.fromLocalFile(str(what)) if isinstance(what, Path) else QUrl(what)
    if not QDesktopServices.openUrl(url):
        messages.warning(tr("This computer has no program that opens {}").format(what))
