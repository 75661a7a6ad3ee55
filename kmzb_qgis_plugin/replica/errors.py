"""What can go wrong with files on the desk."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kmzb_qgis_plugin.domain.errors import KmzbError
from kmzb_qgis_plugin.domain.text import Tr

# EFBIG: a file size limit, and FAT32's 4 GiB.
_FULL = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}
# How SQLite words what it met; Python before 3.11 does not give its codes.
_BUSY_WORDS = ("locked", "busy")
_DENIED_WORDS = ("readonly", "unable to open", "disk i/o error")


class StorageDamaged(KmzbError):
    """A file of the desk cannot be read as what it should be."""


class ReplicaDamaged(StorageDamaged):
    """The replica's file cannot be read as one."""

    try_again = True

    def user_message(self, tr: Tr) -> str:
        return tr(
            "The local copy of the data is damaged. Synchronise to load it anew; "
            "your decisions and meetings are not affected."
        )


class ReplicaOfOtherVersion(ReplicaDamaged):
    """The replica's file is of a version that this plugin does not read."""

    def user_message(self, tr: Tr) -> str:
        return tr(
            "The local copy of the data was made by another version of the plugin and is loaded anew "
            "with the next synchronisation; your decisions and meetings are not affected."
        )


class DiskFull(KmzbError):
    """There is no room for a file."""

    try_again = True

    def user_message(self, tr: Tr) -> str:
        return tr(
            "The disk with the QGIS profile is full. Make room on it and try again; "
            "the data that were there before are unchanged."
        )


class StorageBusy(KmzbError):
    """Another program holds a file for too long."""

    try_again = True

    def user_message(self, tr: Tr) -> str:
        return tr(
            "The local data are in use by another program, perhaps a second QGIS. "
            "Close it or try again later."
        )


class StorageDenied(KmzbError):
    """A file cannot be opened or written."""

    def user_message(self, tr: Tr) -> str:
        return tr(
            "The plugin cannot write to its folder in the QGIS profile. Check the folder's permissions "
            "and that its drive is connected."
        )


class OutboxDamaged(StorageDamaged):
    """The file of the decisions and meetings that wait cannot be read.

    Attributes:
        kept_as: where it was set aside, None where it is still in use.
        rescued: how many decisions and meetings could be read from it and are in the new one.
    """

    def __init__(self, log_message: str, kept_as: Path | None = None, rescued: int = 0) -> None:
        super().__init__(log_message)
        self.kept_as = kept_as
        self.rescued = rescued

    def user_message(self, tr: Tr) -> str:
        if self.kept_as is None:
            return tr(
                "The outbox, the file with your unsent decisions and meetings, is damaged. Open the "
                "connection again: what can be read will be rescued."
            )
        rescued = tr("%n entry(ies) could be rescued.", None, self.rescued)
        return tr(
            "The outbox, the file with your unsent decisions and meetings, was damaged. {} Check what you "
            "entered last; the damaged file is kept as {}."
        ).format(rescued, self.kept_as)


@contextmanager
def storage_errors(
    path: Path | str, damaged: Callable[[str], StorageDamaged] = ReplicaDamaged
) -> Iterator[None]:
    """Within it, failures of files and of SQLite become errors that a person can be told.

    Args:
        path: the file or folder at work, for the log.
        damaged: makes the error for a file that SQLite cannot read.
    """
    try:
        yield
    except sqlite3.ProgrammingError:
        raise  # a mistake of ours, no fault of the file
    except sqlite3.Error as error:
        raise _sqlite_error(error, path, damaged) from error
    except OSError as error:
        log = f"{path}: {error}"
        raise DiskFull(log) if error.errno in _FULL else StorageDenied(log) from error


def _sqlite_error(
    error: sqlite3.Error, path: Path | str, damaged: Callable[[str], StorageDamaged]
) -> KmzbError:
    words = str(error).lower()
    log = f"{path}: {type(error).__name__}: {error}"
    if "full" in words:
        return DiskFull(log)
    if any(word in words for word in _BUSY_WORDS):
        return StorageBusy(log)
    if any(word in words for word in _DENIED_WORDS):
        return StorageDenied(log)
    return damaged(log)
