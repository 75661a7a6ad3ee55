"""Telling a full disk from other failures: the service's own, or its database's."""

from __future__ import annotations

import errno
import sqlite3

from sqlalchemy.exc import DBAPIError

_USED_UP = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_DISK_FULL = "53100"  # PostgreSQL's code for it


def no_room_left(error: BaseException) -> bool:
    """Whether something failed because a disk, or what is granted of one, is used up."""
    if isinstance(error, OSError):
        return error.errno in _USED_UP
    if isinstance(error, RuntimeError):
        # GDAL hands on what SQLite says
        return "disk is full" in str(error)
    cause = error.orig if isinstance(error, DBAPIError) else error
    return (
        getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
        or getattr(cause, "sqlstate", None) == _DISK_FULL
    )
