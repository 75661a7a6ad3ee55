"""The types of files that may come with a report, told by what is in them.

Libraries that guess a type know hundreds and settle for likely ones: they take
any old Office file, or Windows installer, for a Word document. Here six are
allowed, and everything that is not clearly one of them is refused.
"""

from __future__ import annotations

import codecs
import mmap
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_CHUNK = 64 * 1024
_NAME_LENGTH = 100
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_WORD_STREAM = "WordDocument".encode("utf-16-le")
# the first box of a QuickTime film from before they said what they are
_OLD_FILM = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")
_BINARY = re.compile(r"[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# what Windows does not allow in names, separators among it, and marks that turn text around
_NOT_IN_NAMES = re.compile(r'[\0-\x1f\x7f-\x9f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@dataclass(frozen=True)
class FileType:
    """A type of file: its media type, and the endings that its name may have, the usual one first."""

    media_type: str
    endings: tuple[str, ...]


_TYPES: tuple[tuple[FileType, Callable[[mmap.mmap], bool]], ...] = (
    (FileType("image/jpeg", (".jpg", ".jpeg")), lambda data: data[:3] == b"\xff\xd8\xff"),
    (FileType("application/pdf", (".pdf",)), lambda data: data[:5] == b"%PDF-"),
    (
        FileType("video/3gpp", (".3gp", ".3gpp", ".3g2")),
        lambda data: data[4:10] in (b"ftyp3g", b"ftyp3G"),
    ),
    (
        FileType("video/quicktime", (".mov", ".qt")),
        lambda data: data[4:12] == b"ftypqt  " or (data[:2] == b"\0\0" and data[4:8] in _OLD_FILM),
    ),
    (
        FileType("application/msword", (".doc",)),
        lambda data: data[:8] == _OLE and data.find(_WORD_STREAM) > 0,
    ),
)
_TEXT = FileType("text/plain", (".txt",))


def type_of(path: Path) -> FileType | None:
    """The type of a file; none when it is not one of those that are allowed, or empty."""
    with path.open("rb") as file:
        if not path.stat().st_size:
            return None
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            found = next((kind for kind, fits in _TYPES if fits(data)), None)
    return found or (_TEXT if _is_text(path) else None)


def _is_text(path: Path) -> bool:
    """Whether a file is text: UTF-8, UTF-16 with its mark, or what Polish Windows programs write."""
    with path.open("rb") as file:
        mark = file.read(2)
    marked = mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    return any(_decodes(path, codec) for codec in (("utf-16",) if marked else ("utf-8", "cp1250")))


def _decodes(path: Path, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                if _BINARY.search(decoder.decode(chunk)):
                    return False
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def safe_name(given: str, kind: FileType) -> str:
    """A file's name as it is shown and offered for saving.

    It is the client's last part of a path without what a computer could
    misunderstand, and ends as its type does, so that nothing opens it as
    something else. Files are never found by it.
    """
    name = _NOT_IN_NAMES.sub("", re.split(r"[/\\]", given)[-1]).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if not dot or f".{ending.lower()}" not in kind.endings:
        stem, ending = name, kind.endings[0].removeprefix(".")
    stem = stem.strip(" .")[:_NAME_LENGTH]
    if not stem or _DEVICES.fullmatch(stem):
        stem = f"attachment{stem and f'-{stem}'}"
    return f"{stem}.{ending}"
