"""The districts that can be printed, and what they are called."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from typing import Final

from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.printing.district import UNIT
from kmzb_qgis_plugin.replica import queries

LEVELS: Final = (UNIT, "county", "commune", "voivodeship")

_CITY_FROM: Final = 61  # TERYT numbers cities with the rights of a county from 61 on


@dataclass(frozen=True)
class Choice:
    """A district that can be printed: an area of a level, or a unit."""

    level: str
    code: str
    name: str
    kind: str

    @property
    def file_name(self) -> str:
        """Its code as part of a file's name."""
        return re.sub(r"[^\w-]+", "-", self.code).lower()


def read_choices(connection: sqlite3.Connection) -> list[Choice]:
    """All districts, by level and code."""
    areas = [
        Choice(area.level, area.code, area.name, _area_kind(area.level, area.code))
        for area in queries.area_list(connection)
    ]
    units = [
        Choice(UNIT, unit.code, unit.name, _unit_kind(unit.kind)) for unit in queries.unit_list(connection)
    ]
    return areas + units


def level_name(level: str) -> str:
    """What a level is called; an unknown one stands for itself."""
    names = {
        UNIT: tr("Police unit"),
        "county": tr("County"),
        "commune": tr("Commune"),
        "voivodeship": tr("Voivodeship"),
    }
    return names.get(level, level)


def _area_kind(level: str, code: str) -> str:
    if level == "county" and code[2:4].isdigit() and int(code[2:4]) >= _CITY_FROM:
        return tr("City with the rights of a county")
    return level_name(level)


def _unit_kind(kind: str) -> str:
    names = {
        "KWP": tr("Voivodeship police headquarters"),
        "KMP": tr("Municipal police headquarters"),
        "KPP": tr("County police headquarters"),
        "komisariat": tr("Police station"),
        "posterunek": tr("Police post"),
        "rewir": tr("Beat"),
    }
    return names.get(kind, kind)
