"""Text that the database makes: instants and days for the wire, and text without its case."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Text, cast
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class instant_as_text(FunctionElement[str]):  # noqa: N801 (reads as an SQL function)
    """An instant column as ``YYYY-MM-DDTHH:MM:SS.sssZ``, null where it is null."""

    type = Text()
    inherit_cache = True


@compiles(instant_as_text, "sqlite")
def _on_sqlite(element: instant_as_text, compiler: Any, **options: Any) -> str:
    # stored as text with a blank and six digits: 2021-03-28 01:30:00.000000
    return f"replace(substr({compiler.process(element.clauses, **options)}, 1, 23), ' ', 'T') || 'Z'"


@compiles(instant_as_text, "postgresql")
def _on_postgresql(element: instant_as_text, compiler: Any, **options: Any) -> str:
    return f"""to_char({compiler.process(element.clauses, **options)}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')"""


class folded(FunctionElement[str]):  # noqa: N801 (reads as an SQL function)
    """A text in which upper and lower case of any alphabet are the same."""

    type = Text()
    inherit_cache = True


def fold(text: str | None) -> str | None:
    """What :class:`folded` is on SQLite, whose own functions know the letters of English only."""
    return None if text is None else text.lower().upper()


@compiles(folded, "sqlite")
def _folded_on_sqlite(element: folded, compiler: Any, **options: Any) -> str:
    return f"kmzb_fold({compiler.process(element.clauses, **options)})"


@compiles(folded, "postgresql")
def _folded_on_postgresql(element: folded, compiler: Any, **options: Any) -> str:
    # ICU's rules whatever the database's locale: also those that make one letter two
    return f"""upper(lower({compiler.process(element.clauses, **options)} COLLATE "und-x-icu"))"""


def day_as_text(column: ColumnElement[Any]) -> ColumnElement[str]:
    """A day column as ``YYYY-MM-DD``, null where it is null."""
    return cast(column, Text)
