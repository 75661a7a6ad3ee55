"""A threat's facts and its decisions as rich text. Whatever people wrote is escaped."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from datetime import datetime

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.decision import Decision
from kmzb_qgis_plugin.domain.sentence import part_of_day_name
from kmzb_qgis_plugin.gui.words import (
    day_text,
    due_text,
    field_name,
    moment_text,
    role_name,
    weekday_names,
)
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.replica.queries import DecisionRow, ThreatRow


class Names:
    """Names of codes in one language; a code that is not known stands for itself.

    Args:
        catalogue: of categories, statuses and the rest.
        language: two letters.
        places: names of areas by TERYT code and of units by code.
    """

    def __init__(self, catalogue: Catalogue, language: str, places: Mapping[str, str]) -> None:
        self._catalogue, self._language, self._places = catalogue, language, places

    def __call__(self, kind: str, code: str | None) -> str:
        """The name of a ``category``, ``status``, ``source``, ``reason``, ``method`` or ``institution``."""
        entry = getattr(self._catalogue, kind)(code) if code else None
        return entry.name(self._language) if entry else code or ""

    def place(self, code: str | None) -> str:
        """The name of an area or a unit."""
        return self._places.get(code, code) if code else ""


def title(threat: ThreatRow, names: Names) -> str:
    """The category, the reference and the status."""
    status = names("status", threat.status)
    if threat.pending_status:
        status = tr("{} → {} (to be sent)").format(status, names("status", threat.pending_status))
    line = " · ".join(part for part in (threat.ref, status) if part)
    return f"<b>{_safe(names('category', threat.category))}</b><br>{_safe(line)}"


def description(threat: ThreatRow) -> str:
    """What the reporter wrote, with its line breaks."""
    return _lines(threat.description or tr("No description"))


def facts(threat: ThreatRow, catalogue: Catalogue, names: Names, now: datetime) -> str:
    """All other facts, those that are there, one in a row."""
    status = catalogue.status(threat.status)
    due = getattr(threat, status.due) if status and status.due else None
    when = " – ".join(
        moment_text(instant) for instant in (threat.occurred_from, threat.occurred_to) if instant
    )
    habits = ", ".join(
        part
        for part in (
            part_of_day_name(threat.part_of_day, tr) if threat.part_of_day else "",
            weekday_names(threat.weekdays or ""),
        )
        if part
    )
    area = ", ".join(
        names.place(code) for code in (threat.commune, threat.county, threat.voivodeship) if code
    )
    return table(
        (
            (tr("Due"), f"{moment_text(due)} ({due_text(due, now)})" if due else ""),
            (tr("Place"), threat.place or ""),
            (tr("Occurred"), when),
            (tr("Usually"), habits),
            (tr("Reported"), moment_text(threat.reported_at)),
            (tr("Confirmed by others"), str(threat.confirmations) if threat.confirmations else ""),
            (tr("Attachments"), str(threat.attachments) if threat.attachments else ""),
            (tr("Organiser of the meeting"), threat.organiser or ""),
            (tr("People at the meeting"), "" if threat.participants is None else str(threat.participants)),
            (tr("Area"), area),
            (tr("Unit"), names.place(threat.unit)),
            (tr("Source"), names("source", threat.source)),
        )
    )


def told(decision: DecisionRow, names: Names) -> str:
    """One decision of the history in two or three lines."""
    who = ", ".join(part for part in (decision.actor, role_name(decision.actor_role)) if part)
    extras = (
        names("reason", decision.reason),
        names("institution", decision.institution),
        tr("planned for {}").format(day_text(decision.planned_date)) if decision.planned_date else "",
        names("method", decision.method),
    )
    lines = [
        f"<b>{_safe(names('status', decision.to_status))}</b> · {_safe(moment_text(decision.decided_at))}",
        _safe(who + (f", {names.place(decision.actor_unit)}" if decision.actor_unit else "")),
        _safe("; ".join(extra for extra in extras if extra)),
        _lines(decision.note or ""),
    ]
    return "<br>".join(line for line in lines if line)


def happened(what: str, when: str, more: str = "") -> str:
    """An event that is no decision: what, when, and perhaps more."""
    line = " · ".join(part for part in (f"<b>{_safe(what)}</b>", _safe(when)) if part)
    return f"{line}<br>{_safe(more)}" if more else line


def paragraph(text: str) -> str:
    """A sentence above a table."""
    return f"<p>{_safe(text)}</p>"


def decided(decision: Decision, names: Names, *, draft: bool = False) -> str:
    """A decision of one's own, all that it carries; one that is still being written has no moment yet."""
    members = decision.to_json()
    return table(
        (
            (tr("Status"), names("status", decision.to_status)),
            (field_name("reason"), names("reason", decision.reason)),
            (field_name("institution"), names("institution", decision.institution)),
            (field_name("planned_date"), day_text(members.get("planned_date"))),
            (field_name("method"), names("method", decision.method)),
            (field_name("note"), decision.note or ""),
            (tr("Decided"), "" if draft else moment_text(decision.decided_at)),
        )
    )


def table(rows: Iterable[tuple[str, str]]) -> str:
    """Labels and texts beside each other; rows without a text are left out."""
    cells = "".join(
        f"<tr><td valign='top'><i>{_safe(label)}</i>&nbsp;&nbsp;</td><td>{_lines(text)}</td></tr>"
        for label, text in rows
        if text
    )
    return f"<table cellspacing='0' cellpadding='1'>{cells}</table>"


def _lines(text: str) -> str:
    return _safe(text).replace("\n", "<br>")


def _safe(text: str) -> str:
    return html.escape(text)
