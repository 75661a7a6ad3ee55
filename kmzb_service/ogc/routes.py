"""OGC API – Features, Part 1: what any GIS client can read."""

from __future__ import annotations

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends
from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import Response

from kmzb_service.catalogue.model import load_catalogue
from kmzb_service.database.engine import reading
from kmzb_service.ogc.collections import COLLECTIONS, Collection
from kmzb_service.ogc.links import Link, link, next_link, self_link
from kmzb_service.ogc.openapi import OPENAPI, api_definition
from kmzb_service.ogc.query import CRS84, PARAMETERS, page_cursor, read_query
from kmzb_service.ogc.schema import SCHEMA_JSON, feature_schema, queryables_schema
from kmzb_service.ogc.summary import Summaries, Summary
from kmzb_service.problems import Problem
from kmzb_service.security.caller import identify
from kmzb_service.web import (
    GEOJSON,
    JSON,
    ReadableRoute,
    TheEngine,
    TheSettings,
    accepts,
    base_url,
    check_format,
    check_parameters,
    json_response,
    now_text,
    tagged_response,
)

# Each class stands here once what it demands is met by the routes below.
CONFORMANCE = tuple(
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}" for name in ("core", "oas30", "geojson")
)
_GREGORIAN = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
_RELATIONS = "http://www.opengis.net/def/rel/ogc/1.0"
_LARGEST_ID_DIGITS = 18

public = APIRouter(route_class=ReadableRoute, dependencies=[Depends(accepts())])
router = APIRouter(route_class=ReadableRoute, prefix="/collections", dependencies=[Depends(identify)])


async def _collection(collection_id: str) -> Collection:
    if collection_id not in COLLECTIONS:
        raise Problem("not-found", f"there is no collection {collection_id!r}")
    return COLLECTIONS[collection_id]


async def _summaries(request: Request) -> Summaries:
    summaries: Summaries = request.app.state.summaries
    return summaries


TheCollection = Annotated[Collection, Depends(_collection)]
TheSummaries = Annotated[Summaries, Depends(_summaries)]


@public.get("/")
async def landing_page(request: Request) -> Response:
    """What this service is, and where everything else is."""
    return json_response(
        {
            "title": "KMZB: national map of security threats",
            "description": "Threats, areas, police units and decisions (OGC API - Features)",
            "links": [
                self_link(request, JSON),
                link(request, "/api", "service-desc", OPENAPI, "the API's definition"),
                link(request, "/conformance", "conformance", JSON, "conformance classes that are met"),
                link(request, "/collections", "data", JSON, "the collections"),
            ],
        }
    )


@public.get("/conformance")
async def conformance() -> Response:
    """The conformance classes that are met."""
    return json_response({"conformsTo": CONFORMANCE})


@public.get("/api")
async def api(request: Request) -> Response:
    """The API's definition."""
    return json_response(api_definition(base_url(request)), OPENAPI)


@router.get("", dependencies=[Depends(accepts())])
def collections(request: Request, engine: TheEngine, summaries: TheSummaries) -> Response:
    """All collections."""
    with reading(engine) as connection:
        described = [
            _describe(request, collection, summaries.of(connection, collection))
            for collection in COLLECTIONS.values()
        ]
    return json_response({"links": [self_link(request, JSON)], "collections": described})


@router.get("/{collection_id}", dependencies=[Depends(accepts())])
def collection(
    request: Request, collection: TheCollection, engine: TheEngine, summaries: TheSummaries
) -> Response:
    """One collection."""
    with reading(engine) as connection:
        summary = summaries.of(connection, collection)
    described = _describe(request, collection, summary)
    described["links"].insert(0, self_link(request, JSON))
    return json_response(described)


@router.get("/{collection_id}/queryables", dependencies=[Depends(accepts())])
async def queryables(request: Request, collection: TheCollection) -> Response:
    """What can be queried, as a JSON Schema."""
    address = str(request.url.replace(query=""))
    return json_response(queryables_schema(collection, load_catalogue(), address), SCHEMA_JSON)


@router.get("/{collection_id}/schema", dependencies=[Depends(accepts())])
async def schema(request: Request, collection: TheCollection) -> Response:
    """What a feature has, as a JSON Schema."""
    address = str(request.url.replace(query=""))
    return json_response(feature_schema(collection, load_catalogue(), address), SCHEMA_JSON)


@router.get("/{collection_id}/items")
def items(
    request: Request,
    collection: TheCollection,
    engine: TheEngine,
    settings: TheSettings,
    summaries: TheSummaries,
) -> Response:
    """One page of features in the order of their ids."""
    check_parameters(request, {*PARAMETERS, *collection.queryables, "f"})
    check_format(request)
    asked = read_query(request.query_params, collection, settings.zone)
    resource = collection.resource
    with reading(engine) as connection:
        conditions = asked.conditions(collection, connection.dialect.name)
        rows = connection.execute(
            resource.rows.where(resource.table.c.id > asked.after, *conditions)
            .order_by(resource.table.c.id)
            # one more, to know whether there is a next page
            .limit(asked.limit + 1)
        ).all()
        whole = asked.bbox is None and asked.interval is None and not asked.equal
        matched = summaries.of(connection, collection).count if whole else None
    page = [resource.feature(row) for row in rows[: asked.limit]]
    links = [
        self_link(request, GEOJSON),
        link(request, f"/collections/{collection.name}", "collection", JSON),
    ]
    if len(rows) > asked.limit:
        links.append(next_link(request, page_cursor(page[-1]["id"]), GEOJSON))
    document = {
        "type": "FeatureCollection",
        "timeStamp": now_text(),
        **({} if matched is None else {"numberMatched": matched}),
        "numberReturned": len(page),
        "links": links,
        "features": page,
    }
    return json_response(document, GEOJSON)


@router.get("/{collection_id}/items/{feature_id}", dependencies=[Depends(accepts())])
def item(feature_id: str, request: Request, collection: TheCollection, engine: TheEngine) -> Response:
    """One feature."""
    feature = _feature(engine, collection, feature_id)
    if feature is None:
        raise Problem("not-found", f"{collection.name} has no feature {feature_id!r}")
    feature["links"] = _feature_links(request, collection)
    return tagged_response(request, orjson.dumps(feature), GEOJSON)


def _feature(engine: Engine, collection: Collection, feature_id: str) -> dict[str, Any] | None:
    if not (feature_id.isascii() and feature_id.isdigit() and len(feature_id) <= _LARGEST_ID_DIGITS):
        return None
    resource, present = collection.resource, collection.resource.present()
    query = resource.rows.where(resource.table.c.id == int(feature_id))
    with reading(engine) as connection:
        row = connection.execute(query if present is None else query.where(present)).first()
    return None if row is None else resource.feature(row)


def _feature_links(request: Request, collection: Collection) -> list[Link]:
    return [
        self_link(request, GEOJSON),
        link(request, f"/collections/{collection.name}", "collection", JSON, collection.title),
    ]


def _describe(request: Request, collection: Collection, summary: Summary) -> dict[str, Any]:
    path = f"/collections/{collection.name}"
    links: list[Link] = [
        link(request, f"{path}/items", "items", GEOJSON, collection.title),
        link(request, f"{path}/queryables", f"{_RELATIONS}/queryables", SCHEMA_JSON),
        link(request, f"{path}/schema", f"{_RELATIONS}/schema", SCHEMA_JSON),
    ]
    extent: dict[str, Any] = {}
    if summary.bbox is not None:
        extent["spatial"] = {"bbox": [summary.bbox], "crs": CRS84}
    if summary.interval is not None:
        extent["temporal"] = {"interval": [summary.interval], "trs": _GREGORIAN}
    return {
        "id": collection.name,
        "title": collection.title,
        "description": collection.description,
        "itemType": "feature",
        "crs": [CRS84],
        **({"extent": extent} if extent else {}),
        "links": links,
    }
