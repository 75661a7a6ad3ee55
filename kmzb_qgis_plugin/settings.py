"""What the plugin remembers in ``QgsSettings``: connections and preferences, never a secret.

An administrator can preset any of it for a whole fleet in QGIS's global
settings file, because ``QgsSettings`` falls back to that file by itself.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.core import QgsApplication, QgsSettings

ROOT = "kmzb"
DEFAULT_SYNC_MINUTES = 5
DEFAULT_UNDO_SECONDS = 10
STREET_LINK, GEOPORTAL_LINK = "links/street", "links/geoportal"
COORDINATOR_EMAIL = "coordinator_email"
DEFAULT_STREET_LINK = "https://www.google.com/maps/@?api=1&map_action=pano&viewpoint={lat},{lon}"
DEFAULT_GEOPORTAL_LINK = (
    "https://mapy.geoportal.gov.pl/imap/Imgp_2.html?composition=default&bbox={west},{south},{east},{north}"
)


@dataclass(frozen=True)
class Connection:
    """A service that the user works with.

    Attributes:
        id: stable identifier; names the settings group and the workspace folder.
        name: what the user calls it.
        url: base URL of the service, without a trailing slash.
        authcfg: id of a QGIS authentication configuration; empty for none.
    """

    id: str
    name: str
    url: str
    authcfg: str = ""

    @classmethod
    def new(cls, name: str, url: str, authcfg: str = "") -> Connection:
        return cls(uuid.uuid4().hex[:12], name, url, authcfg)


def connections() -> list[Connection]:
    """Every stored connection, by name."""
    settings = QgsSettings()
    settings.beginGroup(f"{ROOT}/connections")
    ids = settings.childGroups()
    settings.endGroup()
    found = (connection(identifier) for identifier in ids)
    return sorted((entry for entry in found if entry), key=lambda entry: entry.name.casefold())


def connection(identifier: str) -> Connection | None:
    """The stored connection with this id, None when there is none."""
    settings = QgsSettings()
    key = f"{ROOT}/connections/{identifier}"
    url = settings.value(f"{key}/url", "", str)
    if not identifier or not url:
        return None
    return Connection(
        identifier,
        settings.value(f"{key}/name", identifier, str),
        url.rstrip("/"),
        settings.value(f"{key}/authcfg", "", str),
    )


def save_connection(entry: Connection) -> None:
    """Store a connection; of the sign-in only the configuration's id."""
    settings = QgsSettings()
    key = f"{ROOT}/connections/{entry.id}"
    settings.setValue(f"{key}/name", entry.name)
    settings.setValue(f"{key}/url", entry.url.rstrip("/"))
    settings.setValue(f"{key}/authcfg", entry.authcfg)


def delete_connection(identifier: str) -> None:
    """Forget a connection and its preferences; its workspace folder stays."""
    settings = QgsSettings()
    settings.remove(f"{ROOT}/connections/{identifier}")
    if last_connection() == identifier:
        settings.remove(f"{ROOT}/last_connection")


def workspace_folder(entry: Connection) -> Path:
    """The folder in the QGIS profile for this connection's replica and outbox."""
    return Path(QgsApplication.qgisSettingsDirPath()) / ROOT / entry.id


def last_connection() -> str:
    """Id of the connection that was open last; empty when there was none."""
    return str(preference("last_connection", ""))


def sync_minutes() -> int:
    """Minutes between two automatic synchronisations; 0 switches them off."""
    return int(preference("sync_minutes", DEFAULT_SYNC_MINUTES))


def undo_seconds() -> int:
    """Seconds for which a decision is kept back, so that it can be undone; 0 sends it at once."""
    return max(int(preference("undo_seconds", DEFAULT_UNDO_SECONDS)), 0)


def street_link() -> str:
    """The template of links to pages that show a place from the street; empty for none."""
    return str(preference(STREET_LINK, DEFAULT_STREET_LINK))


def coordinator_email() -> str:
    """Whom to ask about the map; empty where nobody has entered it."""
    return str(preference(COORDINATOR_EMAIL, ""))


def geoportal_link() -> str:
    """The template of links to a geoportal; empty for none."""
    return str(preference(GEOPORTAL_LINK, DEFAULT_GEOPORTAL_LINK))


def filter_json(identifier: str) -> str:
    """The filter last used with a connection, as JSON; empty when there is none."""
    return str(preference(f"connections/{identifier}/filter", ""))


def save_filter_json(identifier: str, text: str) -> None:
    """Remember the filter of a connection."""
    set_preference(f"connections/{identifier}/filter", text)


def named_filters_json(identifier: str) -> str:
    """The filters that were given names with a connection, as JSON; empty when there is none."""
    return str(preference(f"connections/{identifier}/named_filters", ""))


def save_named_filters_json(identifier: str, text: str) -> None:
    """Remember the named filters of a connection."""
    set_preference(f"connections/{identifier}/named_filters", text)


def preference(key: str, default: Any) -> Any:
    """A remembered value, in the type of ``default``; the default when what is stored is of no use."""
    try:
        return QgsSettings().value(f"{ROOT}/{key}", default, type(default))
    except TypeError:  # what PyQt raises for text that is no number
        return default


def set_preference(key: str, value: Any) -> None:
    """Remember a value."""
    QgsSettings().setValue(f"{ROOT}/{key}", value)
