"""The parts of the filter that say where: areas of the administration, and police units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qgis.PyQt.QtWidgets import QWidget

from kmzb_qgis_plugin.domain.folding import alphabetic
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.facets import FacetCounts
from kmzb_qgis_plugin.gui.facet_tree import Facet, FacetGroup
from kmzb_qgis_plugin.gui.filter_parts import SearchedTreePart
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.replica.queries import AreaRow, UnitRow


class AreasPart(SearchedTreePart):
    """Voivodeships, their powiats and the gminas of those, as far as the replica has them."""

    collapsed = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Area"),
            tr("Search by name or code"),
            tr("No area has “{}” in its name or code. Clear the search to see all."),
            parent,
        )

    def set_places(self, areas: Sequence[AreaRow], units: Sequence[UnitRow]) -> None:
        known = {area.code for area in areas}
        under: dict[str, list[AreaRow]] = {}
        for area in areas:
            under.setdefault(area.parent if area.parent in known else "", []).append(area)

        def entry(area: AreaRow) -> Facet | FacetGroup:
            if area.code in under:
                return FacetGroup(area.name, [entry(part) for part in under[area.code]], area.code)
            return Facet(area.code, area.name, None, f"{area.name} ({area.code})", area.code)

        self.fill([entry(area) for area in under.get("", ())])

    def facet_counts(self, counts: FacetCounts) -> Mapping[str, int]:
        return counts.areas

    def set_from(self, threat_filter: ThreatFilter) -> None:
        if threat_filter.areas != self.tree.chosen():
            self.tree.choose(threat_filter.areas)

    def apply_to(self, threat_filter: ThreatFilter) -> ThreatFilter:
        return threat_filter.replace(areas=self.tree.chosen()) if self.filled else threat_filter


class UnitsPart(SearchedTreePart):
    """Police units under the highest one that commands them.

    The highest has a box of its own too: a threat belongs to one unit, not to those above it.
    """

    collapsed = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Unit"),
            tr("Search by name or code"),
            tr("No unit has “{}” in its name or code. Clear the search to see all."),
            parent,
        )

    def set_places(self, areas: Sequence[AreaRow], units: Sequence[UnitRow]) -> None:
        by_code = {unit.code: unit for unit in units}
        commanded: dict[str, list[UnitRow]] = {}
        for unit in units:
            commanded.setdefault(_highest(unit, by_code), []).append(unit)
        entries: list[Facet | FacetGroup] = []
        for code, members in commanded.items():
            facets = [
                Facet(unit.code, unit.name, None, f"{unit.name} ({unit.code})", unit.code)
                for unit in sorted(members, key=lambda unit: (unit.code != code, alphabetic(unit.name)))
            ]
            entries += facets if len(facets) == 1 else [FacetGroup(by_code[code].name, facets)]
        self.fill(entries)

    def facet_counts(self, counts: FacetCounts) -> Mapping[str, int]:
        return counts.units

    def set_from(self, threat_filter: ThreatFilter) -> None:
        if threat_filter.units != self.tree.chosen():
            self.tree.choose(threat_filter.units)

    def apply_to(self, threat_filter: ThreatFilter) -> ThreatFilter:
        return threat_filter.replace(units=self.tree.chosen()) if self.filled else threat_filter


def _highest(unit: UnitRow, by_code: dict[str, UnitRow]) -> str:
    """The code of the unit above all others; a circle of commands, which is an error in the data, is cut."""
    seen = {unit.code}
    while unit.parent in by_code and unit.parent not in seen:
        unit = by_code[unit.parent]
        seen.add(unit.code)
    return unit.code
