"""The conformance classes that are met: each stands here once all that it demands is."""

from __future__ import annotations

_CLASSES: dict[str, tuple[str, ...]] = {
    "ogcapi-features-1/1.0": ("core", "oas30", "geojson", "html"),
    "ogcapi-features-2/1.0": ("crs",),
    "ogcapi-features-3/1.0": ("queryables", "queryables-query-parameters", "filter", "features-filter"),
    "ogcapi-features-5/1.0": ("schemas", "core-roles-features", "returnables-and-receivables", "queryables"),
    "cql2/1.0": (
        "cql2-text",
        "cql2-json",
        "basic-cql2",
        "advanced-comparison-operators",
        "case-insensitive-comparison",
        "basic-spatial-functions",
        "basic-spatial-functions-plus",
        "spatial-functions",
        "temporal-functions",
        "property-property",
    ),
}
CONFORMANCE = tuple(
    f"http://www.opengis.net/spec/{standard}/conf/{name}"
    for standard, names in _CLASSES.items()
    for name in names
)
