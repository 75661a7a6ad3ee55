"""Patterns of ``LIKE``: ``%`` is any text, ``_`` any character, a backslash takes the next one as it is."""

from __future__ import annotations

from collections.abc import Iterator

_ANY = {"%": "*", "_": "?"}


def for_like(pattern: str) -> str:
    """The pattern for SQL's LIKE with a backslash as its escape.

    Raises:
        ValueError: it ends with a lone backslash.
    """
    return "".join(
        character if wild or character not in "%_\\" else f"\\{character}"
        for character, wild in _characters(pattern)
    )


def for_glob(pattern: str) -> str:
    """The pattern for SQLite's GLOB, which tells upper from lower case as CQL2 wants it.

    Raises:
        ValueError: it ends with a lone backslash.
    """
    return "".join(
        _ANY[character] if wild else f"[{character}]" if character in "*?[" else character
        for character, wild in _characters(pattern)
    )


def _characters(pattern: str) -> Iterator[tuple[str, bool]]:
    """Each character and whether it is a wildcard."""
    rest = iter(pattern)
    for character in rest:
        if character != "\\":
            yield character, character in _ANY
            continue
        escaped = next(rest, None)
        if escaped is None:
            raise ValueError("the pattern ends with a lone backslash")
        yield escaped, False
