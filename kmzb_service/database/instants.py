"""Instants as text, one form everywhere: ``YYYY-MM-DDTHH:MM:SS.sssZ``."""

from __future__ import annotations

from datetime import UTC, datetime


def instant_text(value: datetime) -> str:
    """Write an aware instant in UTC with milliseconds, so that text order is time order."""
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def whole_milliseconds(value: datetime) -> datetime:
    """Cut an instant to the milliseconds that :func:`instant_text` keeps."""
    return value.replace(microsecond=value.microsecond // 1000 * 1000)
