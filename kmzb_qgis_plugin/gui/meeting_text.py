"""A meeting as text: one line for lists, and all that was entered as rich text."""

from __future__ import annotations

from kmzb_qgis_plugin.domain.meeting import Meeting
from kmzb_qgis_plugin.gui.threat_text import Names, table
from kmzb_qgis_plugin.gui.words import meeting_kind_name, moment_text
from kmzb_qgis_plugin.i18n import tr


def title(meeting: Meeting) -> str:
    """The kind and the place."""
    return " · ".join(part for part in (meeting_kind_name(meeting.kind), meeting.place) if part)


def told(meeting: Meeting, names: Names) -> str:
    """All that was entered, a concern in a row."""
    concerns = [(names("category", one.category) or "–", one.description) for one in meeting.concerns]
    return table(
        (
            (tr("Kind"), meeting_kind_name(meeting.kind)),
            (tr("When"), moment_text(meeting.held_at)),
            (tr("Place"), meeting.place),
            (tr("Organiser"), meeting.organiser),
            (tr("Number of people"), str(meeting.participants or "")),
            *concerns,
        )
    )
