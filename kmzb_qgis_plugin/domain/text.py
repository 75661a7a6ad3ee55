"""How the domain asks for words in the user's language without knowing Qt."""

from __future__ import annotations

from typing import Protocol


class Tr(Protocol):
    """The translating function; :func:`kmzb_qgis_plugin.i18n.tr` is one.

    Functions that make text take it as a parameter named ``tr``, so that the
    tool that gathers messages finds the calls.
    """

    def __call__(self, message: str, comment: str | None = None, n: int = -1) -> str: ...
