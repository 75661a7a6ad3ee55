"""The button with the filters that a person gave names to, for each connection its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QFileDialog, QInputDialog, QMenu, QMessageBox, QToolButton, QWidget

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.domain import named_filters
from kmzb_qgis_plugin.domain.folding import alphabetic
from kmzb_qgis_plugin.domain.named_filters import NotNamedFilters
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.gui.messages import Messages, reported
from kmzb_qgis_plugin.gui.moved import QAction
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.replica.errors import storage_errors
from kmzb_qgis_plugin.session import Session

SUFFIX = ".json"
UNREADABLE = "filters-unreadable{}.json"


class SavedFilters(QToolButton):
    """Applies, saves, renames, deletes, imports and exports filters."""

    def __init__(self, session: Session, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.messages = messages
        self.setText(tr("Saved &Filters"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setAutoRaise(True)
        menu = QMenu(self)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)

    def filters(self) -> dict[str, ThreatFilter]:
        """The connection's filters by name; none where the text that holds them cannot be read."""
        connection = self.session.connection
        text = settings.named_filters_json(connection.id) if connection is not None else ""
        return _read(text) or {}

    def import_file(self, path: Path) -> None:
        """Add a file's filters; one whose name is taken by another filter gets a number after it.

        Raises:
            KmzbError: the file cannot be read or holds something else.
        """
        try:
            with storage_errors("the file of filters"):
                text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise NotNamedFilters(f"not text: {error!r}") from error
        known = self.filters()
        for name, threat_filter in named_filters.read(text).items():
            known[_free_name(name, threat_filter, known)] = threat_filter
        self._store(known)

    def export_file(self, path: Path) -> None:
        """Write all filters to a file.

        Raises:
            KmzbError: it cannot be written.
        """
        with storage_errors("the file of filters"):
            path.write_text(named_filters.write(self.filters()), encoding="utf-8")

    @reported
    def _fill(self) -> None:
        menu = self.menu()
        menu.clear()
        names = sorted(self.filters(), key=alphabetic)
        for name in names:
            action = self._action(menu, _shown(name), self._apply, name)
            action.setCheckable(True)
            action.setChecked(self.filters()[name] == self.session.filter)
        if not names:
            menu.addAction(tr("No filter is saved yet")).setEnabled(False)
        menu.addSeparator()
        self._action(menu, tr("&Save This Filter…"), self._save)
        for title, slot in ((tr("&Rename"), self._rename), (tr("&Delete"), self._delete)):
            named = menu.addMenu(title)
            named.setEnabled(bool(names))
            for name in names:
                self._action(named, f"{_shown(name)}…", slot, name)
        menu.addSeparator()
        self._action(menu, tr("&Import from File…"), self._import)
        self._action(menu, tr("&Export to File…"), self._export).setEnabled(bool(names))

    @staticmethod
    def _action(menu: QMenu, text: str, slot: Callable[..., Any], *arguments: str) -> QAction:
        action = QAction(text, menu)
        action.triggered.connect(lambda: slot(*arguments))
        menu.addAction(action)
        return action

    @reported
    def _apply(self, name: str) -> None:
        self.session.set_filter(self.filters()[name])

    @reported
    def _save(self) -> None:
        name = self._asked_name(tr("Save Filter"), "")
        if name:
            self._store({**self.filters(), name: self.session.filter})

    @reported
    def _rename(self, old: str) -> None:
        new = self._asked_name(tr("Rename Filter"), old)
        if new:
            known = self.filters()
            known[new] = known.pop(old)
            self._store(known)

    @reported
    def _delete(self, name: str) -> None:
        if self._agreed(tr("Delete Filter"), tr("Delete the saved filter “{}”?").format(name)):
            self._store({other: kept for other, kept in self.filters().items() if other != name})

    @reported
    def _import(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, tr("Import Filters"), "", tr("Filters (*.json)"))
        if path:
            self.import_file(Path(path))

    @reported
    def _export(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, tr("Export Filters"), "", tr("Filters (*.json)"))
        if path:
            self.export_file(Path(path if path.lower().endswith(SUFFIX) else path + SUFFIX))

    def _store(self, filters: Mapping[str, ThreatFilter]) -> None:
        connection = self.session.connection
        if connection is None:
            return
        before = settings.named_filters_json(connection.id)
        if before and _read(before) is None:
            self._set_aside(settings.workspace_folder(connection), before)
        settings.save_named_filters_json(connection.id, named_filters.write(filters))

    def _set_aside(self, folder: Path, text: str) -> None:
        """Keep a text of another version, which is about to be written over, and say where."""
        paths = (folder / UNREADABLE.format(f"-{number}" if number > 1 else "") for number in count(1))
        path = next(path for path in paths if not path.exists())
        with storage_errors("the file of filters"):
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.messages.warning(
            tr("The filters saved before cannot be read by this version; they are kept in {}").format(path)
        )

    def _asked_name(self, title: str, present: str) -> str:
        """A name that the person gave and that may be used; empty if there is none."""
        text, accepted = QInputDialog.getText(self, title, tr("Name"), text=present)
        name = text.strip()
        if not accepted or name == present:
            return ""
        taken = name in self.filters()
        question = tr("There is a saved filter “{}” already. Replace it?").format(name)
        return name if not taken or self._agreed(title, question) else ""

    def _agreed(self, title: str, question: str) -> bool:
        return QMessageBox.question(self, title, question) == QMessageBox.StandardButton.Yes


def _read(text: str) -> dict[str, ThreatFilter] | None:
    """Filters by name; None where the text holds something else."""
    try:
        return named_filters.read(text) if text else {}
    except NotNamedFilters:
        return None


def _free_name(name: str, threat_filter: ThreatFilter, known: Mapping[str, ThreatFilter]) -> str:
    number, free = 1, name
    while known.get(free, threat_filter) != threat_filter:
        number += 1
        free = f"{name} ({number})"
    return free


def _shown(name: str) -> str:
    """A name as a menu shows it, where a single & would underline what follows."""
    return name.replace("&", "&&")
