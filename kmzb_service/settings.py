"""Settings of the service, read from the environment (``KMZB_…``)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

POLAND_BOUNDS = (14.0, 48.9, 24.2, 54.9)
SECRET_LENGTH = 24


class SettingsError(ValueError):
    """A setting in the environment cannot be used; the message names it."""


@dataclass(frozen=True)
class OidcSettings:
    """Whose access tokens are believed (OpenID Connect), and where in them what stands.

    Attributes:
        issuer: the issuer's address, as its tokens name it.
        audience: what its tokens for this service name as theirs.
        keys_url: where its public keys are; found at the issuer if not given.
        name_claim, role_claim, unit_claim, reach_claim: names of claims; dots lead into objects.
        roles: the issuer's name of a role → this service's; what is not in it counts as it is.
        leeway_seconds: by how much clocks may differ.
        refresh_seconds: pause between two questions for keys, at the least.
    """

    issuer: str
    audience: str
    keys_url: str | None = None
    name_claim: str = "preferred_username"
    role_claim: str = "kmzb_role"
    unit_claim: str = "kmzb_unit"
    reach_claim: str = "kmzb_reach"
    roles: Mapping[str, str] = field(default_factory=dict)
    leeway_seconds: int = 60
    refresh_seconds: int = 30


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
        requests_per_minute: of one caller, in each worker; 0 for any number.
        failures_per_minute: sign-ins that fail from one address, in each worker; 0 for any number.
        cors_origins: web pages of other origins that may read the answers.
        oidc: an issuer of access tokens beside the service's own; none for these alone.
    """

    database_url: str
    data_dir: Path
    accepted_bounds: tuple[float, float, float, float] = POLAND_BOUNDS
    timezone: str = "Europe/Warsaw"
    metrics_token: str | None = None
    snapshot_minutes: int = 360
    tombstone_days: int = 90
    requests_per_minute: int = 0
    failures_per_minute: int = 30
    cors_origins: tuple[str, ...] = ()
    oidc: OidcSettings | None = None

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
            requests_per_minute=_whole("KMZB_REQUESTS_PER_MINUTE", cls.requests_per_minute, lowest=0),
            failures_per_minute=_whole("KMZB_FAILURES_PER_MINUTE", cls.failures_per_minute, lowest=0),
            cors_origins=_origins(os.environ.get("KMZB_CORS_ORIGINS", "")),
            oidc=_oidc(),
        )


def _whole(name: str, usual: int, lowest: int) -> int:
    text = os.environ.get(name, str(usual))
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) >= lowest):
        raise SettingsError(f"{name} must be a whole number, {lowest} at least")
    return int(text)


def _origins(text: str) -> tuple[str, ...]:
    origins = tuple(part.strip() for part in text.split(",") if part.strip())
    for origin in origins:
        parts = urlsplit(origin)
        if parts.scheme not in ("http", "https") or origin != f"{parts.scheme}://{parts.netloc}":
            raise SettingsError(f"KMZB_CORS_ORIGINS: {origin!r} is no origin such as https://map.example.org")
    return origins


def _oidc() -> OidcSettings | None:
    given, usual = os.environ.get, OidcSettings
    issuer, audience = given("KMZB_OIDC_ISSUER"), given("KMZB_OIDC_AUDIENCE")
    if not issuer and not audience:
        return None
    if not issuer or not audience:
        raise SettingsError("KMZB_OIDC_ISSUER and KMZB_OIDC_AUDIENCE go together")
    keys_url = given("KMZB_OIDC_KEYS_URL")
    for name, url in (("KMZB_OIDC_ISSUER", issuer), ("KMZB_OIDC_KEYS_URL", keys_url)):
        if url is not None and not _is_safe(url):
            raise SettingsError(f"{name} must begin with https:// (http:// on this computer only)")
    return OidcSettings(
        issuer=issuer,
        audience=audience,
        keys_url=keys_url,
        name_claim=given("KMZB_OIDC_NAME_CLAIM", usual.name_claim),
        role_claim=given("KMZB_OIDC_ROLE_CLAIM", usual.role_claim),
        unit_claim=given("KMZB_OIDC_UNIT_CLAIM", usual.unit_claim),
        reach_claim=given("KMZB_OIDC_REACH_CLAIM", usual.reach_claim),
        roles=_pairs("KMZB_OIDC_ROLES"),
        leeway_seconds=_whole("KMZB_OIDC_LEEWAY_SECONDS", usual.leeway_seconds, lowest=0),
        refresh_seconds=_whole("KMZB_OIDC_REFRESH_SECONDS", usual.refresh_seconds, lowest=1),
    )


def _is_safe(url: str) -> bool:
    """Whether what is asked there cannot be changed on the way."""
    parts = urlsplit(url)
    local = parts.hostname in ("127.0.0.1", "::1", "localhost")
    return bool(parts.netloc) and (parts.scheme == "https" or (parts.scheme == "http" and local))


def _pairs(name: str) -> Mapping[str, str]:
    text = os.environ.get(name, "")
    pairs = [part.rpartition("=") for part in text.split(",") if part.strip()]
    if not all(theirs.strip() and ours.strip() for theirs, _, ours in pairs):
        raise SettingsError(f"{name} must be like their-role=coordinator,other-role=viewer")
    return {theirs.strip(): ours.strip() for theirs, _, ours in pairs}


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
