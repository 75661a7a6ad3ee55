"""Where the plugin's own files lie: beside the package once installed, one level up in a checkout."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@lru_cache
def _shipped(name: str) -> Path:
    installed = _PACKAGE / name
    return installed if installed.exists() else _PACKAGE.parent / name


def resource(*parts: str) -> Path:
    """A file or folder of ``resources/``, e.g. ``resource("icons", "new.svg")``."""
    return _shipped("resources").joinpath(*parts)


def translations_dir() -> Path:
    """The folder of the compiled translations."""
    return _shipped("i18n")


def metadata() -> Path:
    """The plugin's ``metadata.txt``."""
    return _shipped("metadata.txt")
