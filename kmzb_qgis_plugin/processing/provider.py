"""The provider "KMZB" of QGIS's Processing."""

from __future__ import annotations

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from kmzb_qgis_plugin.paths import resource
from kmzb_qgis_plugin.processing import runs
from kmzb_qgis_plugin.processing.choropleth import ChoroplethLayer
from kmzb_qgis_plugin.processing.comparison import ComparePeriods
from kmzb_qgis_plugin.processing.district_statistics import DistrictStatistics
from kmzb_qgis_plugin.processing.filter_to_layer import FilterToLayer
from kmzb_qgis_plugin.processing.hotspots import Hotspots
from kmzb_qgis_plugin.processing.near_repeat import NearRepeats
from kmzb_qgis_plugin.processing.print_district_maps import PrintDistrictMaps
from kmzb_qgis_plugin.processing.siting import Siting
from kmzb_qgis_plugin.processing.statistics_report import StatisticsReport
from kmzb_qgis_plugin.processing.synchronise import Synchronise
from kmzb_qgis_plugin.processing.verification_cards import VerificationCards

ALGORITHMS = (
    Synchronise,
    FilterToLayer,
    DistrictStatistics,
    ChoroplethLayer,
    Hotspots,
    NearRepeats,
    Siting,
    ComparePeriods,
    StatisticsReport,
    PrintDistrictMaps,
    VerificationCards,
)


class KmzbProvider(QgsProcessingProvider):
    """Gathers the algorithms under one name."""

    def id(self) -> str:
        return "kmzb"

    def name(self) -> str:
        return "KMZB"

    def icon(self) -> QIcon:
        return QIcon(str(resource("icons", "kmzb.svg")))

    def loadAlgorithms(self) -> None:
        """Offer every algorithm; QGIS makes a copy of one for each run."""
        for algorithm in ALGORITHMS:
            self.addAlgorithm(algorithm())

    def unload(self) -> None:
        """What QGIS calls before it takes the provider out."""
        runs.end_all(self)
