"""Keeps the map of coloured areas in step with the filter and the data."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject, pyqtSignal

from kmzb_qgis_plugin.domain.period import warsaw_today
from kmzb_qgis_plugin.domain.sentence import describe
from kmzb_qgis_plugin.domain.statistics import Statistics
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers import choropleth
from kmzb_qgis_plugin.layers.choropleth import Choropleth
from kmzb_qgis_plugin.replica import queries
from kmzb_qgis_plugin.session import Session
from kmzb_qgis_plugin.slots import guarded
from kmzb_qgis_plugin.statistics_source import StatisticsSource

COLOURED = "choropleth"


def _tell(map_: ChoroplethMap, error: Exception) -> None:
    map_.problemRaised.emit(error)


_told = guarded(_tell)


class ChoroplethMap(QObject):
    """One map in the project; it is known by its role, so a project that was saved with it goes on.

    Args:
        session: the open workspace.
        source: gives who counts, when something is to be counted.
        project: holds the map.
    """

    shown = pyqtSignal()
    """The map shows the figures of the present filter."""
    problemRaised = pyqtSignal(object)
    """An exception that the person has to hear of."""

    def __init__(
        self,
        session: Session,
        source: Callable[[], StatisticsSource],
        project: QgsProject,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._source = source
        self._project = project
        self._sizes: tuple[Path, Mapping[tuple[str, str], float]] | None = None
        for signal in self._signals():
            signal.connect(self._follow)

    def spec(self) -> Choropleth | None:
        """What the project's map shows; None where it has none."""
        layer = choropleth.find_layer(self._project)
        return None if layer is None else choropleth.spec_of(layer)

    def show(self, spec: Choropleth) -> None:
        """Show a figure of the threats that the filter keeps, now and from now on."""
        replica = self._session.replica
        if replica is None:
            return

        def write(connection: sqlite3.Connection, found: Statistics) -> None:
            if self._sizes is None or self._sizes[0] != replica.path:
                self._sizes = (replica.path, choropleth.measure_areas(connection))
            areas, units = queries.area_list(connection), queries.unit_list(connection)
            replica.write_figures(choropleth.figures_of(found, areas, units, self._sizes[1]))

        self._source().ask(COLOURED, lambda _found: self._draw(spec), self.problemRaised.emit, write)

    def remove(self) -> None:
        """Take the map out of the project."""
        choropleth.remove(self._project)

    def close(self) -> None:
        """Follow no longer; the map stays as it is."""
        for signal in self._signals():
            signal.disconnect(self._follow)

    def _signals(self) -> tuple[Any, ...]:
        session = self._session
        return (
            session.filterChanged,
            session.replicaOpened,
            session.replicaChanged,
            self._project.readProject,
        )

    @_told
    def _follow(self) -> None:
        spec = self.spec()
        if spec is not None:
            self.show(spec)

    @_told
    def _draw(self, spec: Choropleth) -> None:
        session = self._session
        if session.replica is None or session.catalogue is None:
            return
        names = session.places
        sentence = describe(
            session.filter, session.catalogue, warsaw_today(), session.language, tr, names, names
        )
        try:
            choropleth.show(session.layers, session.replica.path, spec, sentence)
        finally:
            self.shown.emit()
