"""How a layer's fields are named and shown: aliases, values in words, map tips."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from qgis.core import QgsEditorWidgetSetup, QgsMapLayer, QgsVectorLayer

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers.pictograms import DARK_INK, LIGHT_INK

# For the service and for SQL; a person reads the local day and hour, and the names.
_TECHNICAL: Final = frozenset(
    ("fid", "lon", "lat", "version", "updated_at", "voivodeship", "local_weekday", "approximate", "meeting")
)
# Only citizens' reports are verified.
_WORKFLOW: Final = frozenset(
    ("status", "pending_status", "confirmations", "attachments", "read_due", "verify_due")
)
# Only community signals come from a meeting.
_MEETING: Final = frozenset(("organiser", "participants"))
_SIGN_PIXELS: Final = 9
"""Without a window there are no fonts to measure."""
_INSTANT_WIDGET: Final = {"display_format": "yyyy-MM-dd HH:mm", "field_format": "yyyy-MM-ddTHH:mm:ss.zzzZ"}


def set_abstract(layer: QgsMapLayer, text: str) -> None:
    """Say what a layer shows, which QGIS repeats in the layer tree's tip."""
    properties = layer.serverProperties()
    # From QGIS 3.38 on; before, the layer has it itself.
    (properties if hasattr(properties, "setAbstract") else layer).setAbstract(text)


def describe_threats(layer: QgsVectorLayer, source: str, catalogue: Catalogue, lang: str) -> None:
    """Name the fields of a source's threats and show codes in words."""
    categories = {category.name(lang): category.code for category in catalogue.categories}
    statuses = {status.name(lang): status.code for status in catalogue.statuses}
    sources = {source.name(lang): source.code for source in catalogue.sources}
    parts_of_day = {
        tr("morning"): "morning",
        tr("forenoon"): "forenoon",
        tr("afternoon"): "afternoon",
        tr("evening"): "evening",
        tr("night"): "night",
    }
    set_aliases(
        layer,
        {
            "ref": tr("Reference"),
            "source": tr("Source"),
            "category": tr("Category"),
            "status": tr("Status"),
            "pending_status": tr("Status that waits to be sent"),
            "occurred_from": tr("Occurred from (UTC)"),
            "occurred_to": tr("Occurred until (UTC)"),
            "local_day": tr("Day it occurred"),
            "local_hour": tr("Hour it occurred"),
            "part_of_day": tr("Part of day"),
            "weekdays": tr("Weekdays (1 is Monday)"),
            "reported_at": tr("Reported (UTC)"),
            "description": tr("Description"),
            "place": tr("Place"),
            "unit": tr("Unit"),
            "county": tr("County (TERYT)"),
            "commune": tr("Commune (TERYT)"),
            "confirmations": tr("Confirmations"),
            "attachments": tr("Attachments"),
            "organiser": tr("Organiser of the meeting"),
            "participants": tr("People at the meeting"),
            "read_due": tr("To be read by (UTC)"),
            "verify_due": tr("To be verified by (UTC)"),
        },
    )
    set_value_maps(
        layer,
        {
            "category": categories,
            "status": statuses,
            "pending_status": statuses,
            "source": sources,
            "part_of_day": parts_of_day,
        },
    )
    for field in ("occurred_from", "occurred_to", "reported_at", "read_due", "verify_due"):
        _set_widget(layer, field, "DateTime", _INSTANT_WIDGET)
    _set_widget(layer, "description", "TextEdit", {"IsMultiline": True})
    verified = catalogue.source(source)
    without_workflow = verified is not None and not verified.workflow
    _hide(
        layer,
        _TECHNICAL
        | (_WORKFLOW if without_workflow else frozenset())
        | (frozenset() if source == "community" else _MEETING),
    )
    layer.setDisplayExpression('"ref"')
    set_map_tip(layer, _threat_tip())


def describe_areas(layer: QgsVectorLayer) -> None:
    """Name the fields of administrative areas."""
    set_aliases(
        layer,
        {
            "code": tr("TERYT code"),
            "level": tr("Level"),
            "name": tr("Name"),
            "parent": tr("Part of"),
            "approximate": tr("Boundary is approximate"),
            "population": tr("Population"),
        },
    )
    levels = {tr("voivodeship"): "voivodeship", tr("county"): "county", tr("commune"): "commune"}
    set_value_maps(layer, {"level": levels})
    _hide(layer, _TECHNICAL - {"approximate"})
    layer.setDisplayExpression('"name"')
    set_map_tip(layer, f"<b>{escaped('name')}</b> {escaped('code')}")


def describe_units(layer: QgsVectorLayer) -> None:
    """Name the fields of police units."""
    set_aliases(
        layer,
        {
            "code": tr("Code"),
            "name": tr("Name"),
            "kind": tr("Kind"),
            "parent": tr("Superior unit"),
            "areas": tr("Areas (TERYT)"),
        },
    )
    _hide(layer, {*_TECHNICAL, "seat_lon", "seat_lat"})
    layer.setDisplayExpression('"name"')
    set_map_tip(layer, f"<b>{escaped('name')}</b>")


def _threat_tip() -> str:
    """HTML for a threat under the pointer. What people wrote is text there, never markup."""
    # Poland's clocks differ from UTC by whole hours, so the minutes are the same.
    clock = "[% lpad(\"local_hour\", 2, '0') || ':' || format_date(\"occurred_from\", 'mm') %]"
    return (
        f"<b>{escaped('category')}</b><br>{escaped('ref')} {escaped('status')}"
        f'<br>[% to_string("local_day") %] {clock}'
        f"[% if(\"place\" IS NULL, '', '<br>') %]{escaped('place')}"
        f"[% if(\"description\" IS NULL, '', '<hr>') %]{escaped('description')}"
    )


def escaped(field: str) -> str:
    """A field's value in words as HTML text; an expression has no function for that."""
    text = f'if("{field}" IS NULL, \'\', represent_value("{field}"))'
    if field in ("description", "place", "name", "site", "ref", "code"):
        text = f"coalesce(\"{field}\", '')"
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = f"replace({text}, '{sign}', '{entity}')"
    return f"[% {text} %]"


def set_map_tip(layer: QgsVectorLayer, html: str, *, whole_lines: bool = False) -> None:
    """Say what stands under the pointer.

    Args:
        layer: to whose rows it points.
        html: with expressions.
        whole_lines: break none; near an edge of the map QGIS makes a tip so narrow that its end is cut off.
    """
    # In a dark theme QGIS's own black letters would stand on black.
    look = f"background: {LIGHT_INK}; color: {DARK_INK}; padding: 2px"
    if whole_lines:
        look += "; white-space: nowrap"
    layer.setMapTipTemplate(f'<div style="{look}">{html}</div>')


def set_aliases(layer: QgsVectorLayer, aliases: Mapping[str, str]) -> None:
    """Name fields; those that the layer does not have, or has under a shortened name, stay as they are."""
    for field, alias in aliases.items():
        layer.setFieldAlias(layer.fields().lookupField(field), alias)


def fit_columns(layer: QgsVectorLayer, signs: Mapping[str, int]) -> None:
    """Make columns of the attribute table so many signs wide, by field; QGIS cuts headings at either end."""
    table = layer.attributeTableConfig()
    table.update(layer.fields())
    for field, number in signs.items():
        at = layer.fields().lookupField(field)
        if at >= 0:
            table.setColumnWidth(at, _SIGN_PIXELS * number)
    layer.setAttributeTableConfig(table)


def set_value_maps(layer: QgsVectorLayer, maps: Mapping[str, Mapping[str, str]]) -> None:
    """Show the codes of fields as names.

    Args:
        layer: with the fields.
        maps: codes by name, by field.
    """
    for field, codes_by_name in maps.items():
        # A list of one-entry maps keeps the catalogue's order, a single map would be sorted.
        entries = [{name: code} for name, code in codes_by_name.items()]
        _set_widget(layer, field, "ValueMap", {"map": entries})


def set_decimals(layer: QgsVectorLayer, decimals: Mapping[str, int]) -> None:
    """Show numbers of fields with so many decimals; the numbers stay as they are."""
    for field, number in decimals.items():
        _set_widget(layer, field, "Range", {"Precision": number, "AllowNull": True, "Style": "SpinBox"})


def _set_widget(layer: QgsVectorLayer, field: str, widget: str, config: Mapping[str, Any]) -> None:
    layer.setEditorWidgetSetup(layer.fields().lookupField(field), QgsEditorWidgetSetup(widget, dict(config)))


def _hide(layer: QgsVectorLayer, fields: Collection[str]) -> None:
    """Leave fields out of forms and of the attribute table."""
    for field in fields:
        index = layer.fields().lookupField(field)
        if index >= 0:
            layer.setEditorWidgetSetup(index, QgsEditorWidgetSetup("Hidden", {}))
    table = layer.attributeTableConfig()
    table.update(layer.fields())
    columns = table.columns()
    for column in columns:
        column.hidden = column.hidden or column.name in fields
    table.setColumns(columns)
    layer.setAttributeTableConfig(table)
