"""The text by which a desk searches threats: without case and without marks on letters."""

from __future__ import annotations

import sqlite3
import unicodedata

_LATIN = (*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00))
_MARKS = range(0x0300, 0x0370)


def fill_search_text(file: sqlite3.Connection) -> None:
    """Write the table ``threats_text`` of a snapshot: reference, place and description of each threat.

    It is apart from the threats, so that looking through a million of them reads a tenth of the file.
    """
    file.create_function("folded", 1, folded, deterministic=True)
    file.execute("CREATE TABLE threats_text (threat_id INTEGER PRIMARY KEY, folded TEXT NOT NULL)")
    file.execute(
        "INSERT INTO threats_text SELECT fid, "
        "folded(ref || char(10) || coalesce(place, '') || char(10) || coalesce(description, '')) FROM threats"
    )


def folded(text: str) -> str:
    """Small letters without marks: "Łódź" as "lodz". Desks fold what is searched by the same rule."""
    return text.casefold().translate(_PLAIN)


def _plain() -> dict[int, str | None]:
    letters = {sign: unicodedata.normalize("NFD", chr(sign))[0] for sign in _LATIN}
    return {**letters, ord("ł"): "l", ord("Ł"): "l", **dict.fromkeys(_MARKS)}


_PLAIN = _plain()
