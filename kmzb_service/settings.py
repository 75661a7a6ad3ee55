"""Settings of the service, read from the environment (``KMZB_…``)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

POLAND_BOUNDS = (14.0, 48.9, 24.2, 54.9)
SECRET_LENGTH = 24


class SettingsError(ValueError):
    """A setting in the environment cannot be used; the message names it."""


@dataclass(frozen=True)
class Settings:
    """What an installation chooses.

    Attributes:
        database_url: SQLAlchemy URL; one SpatiaLite file by default.
        data_dir: folder for snapshots and other files the service owns.
        accepted_bounds: west, south, east, north in degrees (EPSG:4326);
            points outside are refused at intake.
        timezone: the zone whose calendar days the map speaks of.
        metrics_token: opens ``/metrics`` to other computers; none for this one alone.
        snapshot_minutes: after how long a snapshot in use is renewed; 0 for never by itself.
        tombstone_days: how long a desk may stay away and still be told what has left its scope.
    """

    database_url: str
    data_dir: Path
    accepted_bounds: tuple[float, float, float, float] = POLAND_BOUNDS
    timezone: str = "Europe/Warsaw"
    metrics_token: str | None = None
    snapshot_minutes: int = 360
    tombstone_days: int = 90

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @classmethod
    def from_environment(cls) -> Settings:
        """Read ``KMZB_DATA_DIR``, ``KMZB_DATABASE_URL`` and the others that docs/operations.md lists.

        Raises:
            SettingsError: a value is malformed.
        """
        data_dir = Path(os.environ.get("KMZB_DATA_DIR", "kmzb-data")).absolute()
        url = os.environ.get("KMZB_DATABASE_URL", f"sqlite:///{data_dir / 'kmzb.sqlite'}")
        timezone = os.environ.get("KMZB_TIMEZONE", "Europe/Warsaw")
        try:
            ZoneInfo(timezone)
        except (KeyError, ValueError) as error:
            raise SettingsError(f"KMZB_TIMEZONE: unknown time zone {timezone!r}") from error
        return cls(
            database_url=url,
            data_dir=data_dir,
            accepted_bounds=_bounds(os.environ.get("KMZB_ACCEPTED_BOUNDS")),
            timezone=timezone,
            metrics_token=_secret(os.environ.get("KMZB_METRICS_TOKEN")),
            snapshot_minutes=_whole("KMZB_SNAPSHOT_MINUTES", cls.snapshot_minutes, lowest=0),
            tombstone_days=_whole("KMZB_TOMBSTONE_DAYS", cls.tombstone_days, lowest=1),
        )


def _whole(name: str, usual: int, lowest: int) -> int:
    text = os.environ.get(name, str(usual))
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) >= lowest):
        raise SettingsError(f"{name} must be a whole number, {lowest} at least")
    return int(text)


def _secret(text: str | None) -> str | None:
    if text is not None and len(text) < SECRET_LENGTH:
        raise SettingsError(f"KMZB_METRICS_TOKEN needs {SECRET_LENGTH} characters or more")
    return text


def _bounds(text: str | None) -> tuple[float, float, float, float]:
    if text is None:
        return POLAND_BOUNDS
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        raise SettingsError("KMZB_ACCEPTED_BOUNDS must be west,south,east,north in degrees") from error
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise SettingsError("KMZB_ACCEPTED_BOUNDS must be west,south,east,north in degrees")
    return west, south, east, north
