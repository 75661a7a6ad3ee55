"""A conflict as rich text: one's own decision, theirs and the report now, field by field."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from kmzb_qgis_plugin.gui.threat_text import Names
from kmzb_qgis_plugin.gui.words import day_text, field_name, moment_text, role_name
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.replica.outbox import Entry

_LONG: Final = re.compile(r"\S{10}(?=\S{4})")


class Row(NamedTuple):
    """A field in three columns; ``differs`` where a person has to look at it."""

    label: str
    mine: str
    theirs: str
    now: str
    differs: bool


def conflict(entry: Entry, names: Names) -> str:
    """The table; what differs is bold and has a sign, so that weight is not the only difference."""
    heads = (tr("Mine"), tr("Theirs"), tr("Now"))
    lines = ["<tr>" + "".join(f"<th align='left'>{_safe(head)}</th>" for head in heads) + "</tr>"]
    for row in rows(entry, names):
        label = f"<b>≠ {_safe(row.label)}</b>" if row.differs else f"<i>{_safe(row.label)}</i>"
        lines.append(f"<tr><td colspan='3'>{label}</td></tr>")
        cells = (_cell(cell) for cell in (row.mine, row.theirs, row.now))
        lines.append(
            "<tr>" + "".join(f"<td width='33%' valign='top'>{cell}</td>" for cell in cells) + "</tr>"
        )
    return f"<table width='100%' cellspacing='0' cellpadding='2'>{''.join(lines)}</table>"


def rows(entry: Entry, names: Names) -> list[Row]:
    """The fields that any of the three has, then what of the report changed since one saw it."""
    outcome = entry.outcome
    theirs = (outcome.decision if outcome is not None else None) or {}
    now = (outcome.threat or {}).get("properties", {}) if outcome is not None else {}
    return [*_decisions(entry, theirs, now, names), *_changed(entry.base, now, names)]


def _decisions(
    entry: Entry, theirs: Mapping[str, Any], now: Mapping[str, Any], names: Names
) -> Iterator[Row]:
    mine = entry.decision.to_json()

    def row(label: str, ours: str, their: str, present: str = "") -> Iterator[Row]:
        if ours or their or present:
            yield Row(label, ours, their, present, ours != their)

    yield from row(
        tr("Status"),
        names("status", mine.get("to_status")),
        names("status", theirs.get("to_status")),
        names("status", now.get("status")),
    )
    for field in ("reason", "institution", "method"):
        yield from row(field_name(field), names(field, mine.get(field)), names(field, theirs.get(field)))
    yield from row(
        field_name("planned_date"), day_text(mine.get("planned_date")), day_text(theirs.get("planned_date"))
    )
    yield from row(field_name("note"), mine.get("note") or "", theirs.get("note") or "")
    their_name = ", ".join(
        part for part in (theirs.get("actor") or "", role_name(theirs.get("actor_role") or "")) if part
    )
    yield Row(tr("Decided by"), tr("you"), their_name, "", False)
    yield Row(
        tr("When"),
        moment_text(entry.decision.decided_at),
        moment_text(theirs.get("decided_at")),
        moment_text(now.get("updated_at")),
        False,
    )


def _changed(seen: Mapping[str, Any], now: Mapping[str, Any], names: Names) -> Iterator[Row]:
    """What one saw of the report when one decided, where it is otherwise now."""

    def told(field: str, value: Any) -> str:
        if value is None:
            return ""
        if field == "category":
            return names("category", value)
        if field == "unit":
            return names.place(value)
        return moment_text(value) if field in ("read_due", "verify_due") else str(value)

    labels = {
        "category": tr("Category"),
        "description": tr("Description"),
        "place": tr("Place"),
        "unit": tr("Unit"),
        "confirmations": tr("Confirmed by others"),
        "attachments": tr("Attachments"),
        "verify_due": tr("Due"),
    }
    for field, label in labels.items():
        if field in seen and field in now and seen[field] != now[field]:
            yield Row(
                tr("{} of the report").format(label),
                told(field, seen[field]),
                "",
                told(field, now[field]),
                True,
            )


def _cell(text: str) -> str:
    """A text in a narrow column, into which long words and addresses are broken."""
    return _safe(_LONG.sub("\\g<0>\u200b", text)).replace("\n", "<br>") or "–"


def _safe(text: str) -> str:
    return html.escape(text)
