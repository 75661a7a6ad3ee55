"""The workspaces that the window's tests use serve here too."""

from __future__ import annotations

from tests.plugin.gui.conftest import clean_settings, loaded, make_connection

__all__ = ["clean_settings", "loaded", "make_connection"]
