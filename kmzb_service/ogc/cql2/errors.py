"""What can be wrong with a filter."""

from __future__ import annotations

from kmzb_service.problems import Problem


class FilterError(Problem):
    """A filter that cannot be answered.

    Args:
        detail: what is wrong.
        place: where: ``args[1].args[0]`` of the filter's JSON, or line and column of its text.
    """

    def __init__(self, detail: str, place: str = "") -> None:
        at = f" (at {place})" if place else ""
        super().__init__("invalid-parameter", f"filter: {detail}{at}", field="filter", place=place or None)
