"""The formats of the standard face, and which one a request wants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from starlette.requests import Request

from kmzb_service.ogc.collections import Collection
from kmzb_service.problems import Problem
from kmzb_service.web import GEOJSON as GEOJSON_TYPE
from kmzb_service.web import JSON as JSON_TYPE

_Code = TypeVar("_Code", bound=str)


@dataclass(frozen=True)
class Format:
    """A format of answers.

    Attributes:
        name: its name in ``f=``.
        media_type: what it is over HTTP.
        title: for people.
        paged: whether it comes in pages; the others are downloads of everything that was asked for.
    """

    name: str
    media_type: str
    title: str
    paged: bool = True

    @property
    def is_json(self) -> bool:
        return _is_json(self.media_type)


JSON = Format("json", JSON_TYPE, "JSON")
GEOJSON = Format("geojson", GEOJSON_TYPE, "GeoJSON")
HTML = Format("html", "text/html", "HTML")
CSV = Format("csv", "text/csv", "CSV", paged=False)
NDJSON = Format("ndjson", "application/x-ndjson", "GeoJSON, a feature a line", paged=False)
SEQUENCE = Format("geojsonseq", "application/geo+json-seq", "GeoJSON text sequence", paged=False)
FLATGEOBUF = Format("fgb", "application/vnd.flatgeobuf", "FlatGeobuf", paged=False)

DOCUMENT = (JSON, HTML)
FEATURE = (GEOJSON, HTML)
FEATURES = (GEOJSON, HTML, CSV, NDJSON, SEQUENCE, FLATGEOBUF)


def offered_formats(collection: Collection) -> tuple[Format, ...]:
    """The formats of a collection's features: FlatGeobuf is of geometries."""
    return tuple(entry for entry in FEATURES if entry is not FLATGEOBUF or collection.resource.geometry)


def choose_format(request: Request, offered: tuple[Format, ...]) -> Format:
    """The format that a request wants: that of ``f``, or the best one of ``Accept``.

    Args:
        request: the request.
        offered: what there is, the default first. JSON of any kind stands for JSON of any other.

    Raises:
        Problem: invalid-parameter or not-acceptable.
    """
    if "f" in request.query_params:
        wanted = request.query_params["f"]
        found = [entry for entry in offered if wanted == entry.name or (wanted == "json" and entry.is_json)]
        if not found:
            names = ", ".join(entry.name for entry in offered)
            raise Problem("invalid-parameter", f"f must be one of {names}", field="f")
        return found[0]
    accepted = request.headers.get("accept", "*/*")
    ranges = [_media_range(part) for part in accepted.split(",")]
    best = max(offered, key=lambda entry: _quality(entry, ranges))
    if _quality(best, ranges) <= 0:
        raise Problem("not-acceptable", f"asked for: {accepted}", field="Accept")
    return best


def choose_language(request: Request, offered: Sequence[_Code]) -> _Code:
    """The language that ``Accept-Language`` likes best; the first one offered where it likes none."""
    ranges = [_media_range(part) for part in request.headers.get("accept-language", "").split(",")]

    def quality(language: str) -> float:
        # a region does not matter: en-GB is en
        named = [value for name, value in ranges if name.partition("-")[0] == language]
        return max(named or [value for name, value in ranges if name == "*"] or [0.0])

    return max(offered, key=quality)


def _media_range(text: str) -> tuple[str, float]:
    media_type, *parameters = (part.strip().lower() for part in text.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return media_type, float(value)
            except ValueError:
                return media_type, 0.0
    return media_type, 1.0


def _quality(entry: Format, ranges: list[tuple[str, float]]) -> float:
    """How welcome a format is: what the range that fits it most closely says."""
    main = entry.media_type.partition("/")[0]
    closest, quality = 0, 0.0
    for media_type, asked in ranges:
        closeness = {entry.media_type: 4, f"{main}/*": 2, "*/*": 1, "*": 1}.get(media_type, 0)
        if closeness == 0 and entry.is_json and _is_json(media_type):
            closeness = 3
        if closeness > closest:
            closest, quality = closeness, asked
    return quality


def _is_json(media_type: str) -> bool:
    return media_type.endswith(("/json", "+json"))
