"""What happened to a threat, as events of a timeline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qgis.PyQt.QtGui import QIcon

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.gui import threat_text
from kmzb_qgis_plugin.gui.icons import category_icon, status_icon, theme_icon
from kmzb_qgis_plugin.gui.threat_text import Names
from kmzb_qgis_plugin.gui.timeline import Event
from kmzb_qgis_plugin.gui.words import moment_text
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.replica.queries import DecisionRow, ThreatRow


def events(
    threat: ThreatRow, decisions: Sequence[DecisionRow], catalogue: Catalogue, names: Names
) -> list[Event]:
    """The decisions, the newest first, between what waits to be sent and the report itself."""
    return list(_events(threat, decisions, catalogue, names))


def _events(
    threat: ThreatRow, decisions: Sequence[DecisionRow], catalogue: Catalogue, names: Names
) -> Iterator[Event]:
    if threat.pending_status:
        name = names("status", threat.pending_status)
        text = threat_text.happened(name, "", tr("your decision, to be sent"))
        yield Event(theme_icon("mActionSharingExport"), text, f"{name}, {tr('your decision, to be sent')}")
    for decision in reversed(decisions):
        spoken = (
            f"{names('status', decision.to_status)}, {moment_text(decision.decided_at)}, {decision.actor}"
        )
        yield Event(_sign(catalogue, decision.to_status, threat), threat_text.told(decision, names), spoken)
    when = moment_text(threat.reported_at)
    yield Event(
        _sign(catalogue, catalogue.initial if threat.status else "", threat),
        threat_text.happened(tr("Reported"), when),
        f"{tr('Reported')}, {when}",
    )


def _sign(catalogue: Catalogue, status: str, threat: ThreatRow) -> QIcon:
    """A status's sign, the category's where there is no status."""
    found = catalogue.status(status)
    return status_icon(found) if found is not None else category_icon(threat.category)
