"""The filters that were looked at, to go back to and forward again."""

from __future__ import annotations

from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter

MOST_STEPS = 100


class FilterHistory:
    """Steps between filters. Changes of nothing but the text, one after the other, are one step."""

    def __init__(self, present: ThreatFilter) -> None:
        self.restart(present)

    def restart(self, present: ThreatFilter) -> None:
        """Begin anew: there is nothing to go back to."""
        self.present = present
        self._past: list[ThreatFilter] = []
        self._future: list[ThreatFilter] = []
        self._typing = False

    @property
    def can_undo(self) -> bool:
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        return bool(self._future)

    def note(self, threat_filter: ThreatFilter) -> None:
        """Take down a filter as the newest step; the present one is no step."""
        if threat_filter == self.present:
            return
        both_follow = threat_filter.view is not None and self.present.view is not None
        if both_follow and threat_filter.without("view") == self.present.without("view"):
            self.present = threat_filter  # the map moved, and the filter followed
            return
        typing = threat_filter.without("text") == self.present.without("text")
        if not (typing and self._typing):
            self._past = [*self._past, self.present][-MOST_STEPS:]
        self.present, self._future, self._typing = threat_filter, [], typing

    def undo(self) -> ThreatFilter:
        """Go one step back, as far as there is one; the filter there."""
        return self._move(self._past, self._future)

    def redo(self) -> ThreatFilter:
        """Go one step forward again, as far as there is one; the filter there."""
        return self._move(self._future, self._past)

    def _move(self, source: list[ThreatFilter], target: list[ThreatFilter]) -> ThreatFilter:
        if source:
            target.append(self.present)
            self.present = source.pop()
        self._typing = False
        return self.present
