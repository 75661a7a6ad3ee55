"""Classes that Qt 6 keeps in another module than Qt 5."""

from __future__ import annotations

try:
    from qgis.PyQt.QtGui import QAction, QShortcut
except ImportError:
    from qgis.PyQt.QtWidgets import QAction, QShortcut

__all__ = ["QAction", "QShortcut"]
