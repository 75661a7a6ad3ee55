"""OGC API – Features: what any GIS client can read."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends
from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from kmzb_service.catalogue.model import Catalogue, load_catalogue
from kmzb_service.database.engine import asking, reading
from kmzb_service.ogc.collections import COLLECTIONS, Collection
from kmzb_service.ogc.conformance import CONFORMANCE
from kmzb_service.ogc.crs import CRS84, SUPPORTED, Crs, read_crs
from kmzb_service.ogc.flatgeobuf import write_flatgeobuf
from kmzb_service.ogc.formats import (
    CSV,
    DOCUMENT,
    FEATURE,
    FLATGEOBUF,
    HTML,
    NDJSON,
    SEQUENCE,
    Format,
    choose_format,
    choose_language,
    offered_formats,
)
from kmzb_service.ogc.html import html_page
from kmzb_service.ogc.links import Link, alternate_links, link, next_link, self_link
from kmzb_service.ogc.openapi import OPENAPI, api_definition
from kmzb_service.ogc.query import DEFAULT_LIMIT, MAX_LIMIT, PARAMETERS, read_query
from kmzb_service.ogc.schema import LANGUAGES, SCHEMA_JSON, Language, feature_schema, queryables_schema
from kmzb_service.ogc.selection import Page, Selection
from kmzb_service.ogc.summary import Summaries, Summary
from kmzb_service.ogc.writers import write_csv, write_geojson, write_lines, write_sequence
from kmzb_service.problems import Problem
from kmzb_service.security.caller import TheCaller, require_reader
from kmzb_service.security.scope import Scope
from kmzb_service.web import (
    GEOJSON,
    JSON,
    ReadableRoute,
    TheEngine,
    TheSettings,
    accepts,
    base_url,
    check_parameters,
    json_response,
    now_text,
    tagged_response,
)

_GREGORIAN = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
_RELATIONS = "http://www.opengis.net/def/rel/ogc/1.0"
_LARGEST_ID_DIGITS = 18
# answers up to this size are sent as a whole, with their length
_WHOLE_BYTES = 1024 * 1024

Writer = Callable[[Page], Iterator[bytes]]
_DOWNLOADS: dict[Format, Writer] = {
    CSV: write_csv,
    NDJSON: write_lines,
    SEQUENCE: write_sequence,
    FLATGEOBUF: write_flatgeobuf,
}

public = APIRouter(route_class=ReadableRoute)
router = APIRouter(route_class=ReadableRoute, prefix="/collections", dependencies=[Depends(require_reader)])


async def _collection(collection_id: str) -> Collection:
    if collection_id not in COLLECTIONS:
        raise Problem("not-found", f"there is no collection {collection_id!r}")
    return COLLECTIONS[collection_id]


async def _summaries(request: Request) -> Summaries:
    summaries: Summaries = request.app.state.summaries
    return summaries


def offers(*formats: Format, parameters: tuple[str, ...] = ()) -> Callable[[Request], Any]:
    """A dependency that finds the format of the answer and refuses unknown parameters."""
    known = {*parameters, "f"}

    async def choose(request: Request) -> Format:
        check_parameters(request, known)
        return choose_format(request, formats)

    return choose


DocumentFormat = Annotated[Format, Depends(offers(*DOCUMENT))]
FeatureFormat = Annotated[Format, Depends(offers(*FEATURE, parameters=("crs",)))]
TheCollection = Annotated[Collection, Depends(_collection)]
TheSummaries = Annotated[Summaries, Depends(_summaries)]


@public.get("/")
async def landing_page(request: Request, format_: DocumentFormat) -> Response:
    """What this service is, and where everything else is."""
    document = {
        "title": "KMZB: national map of security threats",
        "description": "Threats, areas, police units and decisions (OGC API - Features)",
        "links": [
            self_link(request, format_.media_type),
            *alternate_links(request, DOCUMENT, format_),
            link(request, "/api", "service-desc", OPENAPI, "The API's definition"),
            link(request, "/conformance", "conformance", JSON, "Conformance classes that are met"),
            link(request, "/collections", "data", JSON, "The collections"),
        ],
    }
    return _document(request, format_, "landing.html", document)


@public.get("/conformance")
async def conformance(request: Request, format_: DocumentFormat) -> Response:
    """The conformance classes that are met."""
    return _document(request, format_, "conformance.html", {"conformsTo": CONFORMANCE})


@public.get("/api", dependencies=[Depends(accepts())])
async def api(request: Request) -> Response:
    """The API's definition."""
    return json_response(api_definition(base_url(request)), OPENAPI)


@router.get("")
def collections(
    request: Request,
    caller: TheCaller,
    engine: TheEngine,
    summaries: TheSummaries,
    format_: DocumentFormat,
) -> Response:
    """All collections."""
    with reading(engine) as connection:
        described = [
            _describe(request, collection, summaries.of(connection, collection, caller.scope))
            for collection in COLLECTIONS.values()
        ]
    document = {
        "links": [self_link(request, format_.media_type), *alternate_links(request, DOCUMENT, format_)],
        "crs": list(SUPPORTED),
        "collections": described,
    }
    return _document(request, format_, "collections.html", document)


@router.get("/{collection_id}")
def collection(
    request: Request,
    collection: TheCollection,
    caller: TheCaller,
    engine: TheEngine,
    summaries: TheSummaries,
    format_: DocumentFormat,
) -> Response:
    """One collection."""
    with reading(engine) as connection:
        summary = summaries.of(connection, collection, caller.scope)
    described = _describe(request, collection, summary)
    own = [self_link(request, format_.media_type), *alternate_links(request, DOCUMENT, format_)]
    described["links"] = own + described["links"]
    return _document(request, format_, "collection.html", described)


@router.get("/{collection_id}/queryables", dependencies=[Depends(accepts())])
async def queryables(request: Request, collection: TheCollection) -> Response:
    """What can be queried, as a JSON Schema."""
    return _schema_in_a_language(request, collection, queryables_schema)


@router.get("/{collection_id}/schema", dependencies=[Depends(accepts())])
async def schema(request: Request, collection: TheCollection) -> Response:
    """What a feature has, as a JSON Schema."""
    return _schema_in_a_language(request, collection, feature_schema)


def _schema_in_a_language(
    request: Request,
    collection: Collection,
    make: Callable[[Collection, Catalogue, str, Language], dict[str, Any]],
) -> Response:
    """A schema whose codes have their names in the language that the request asks for."""
    address = str(request.url.replace(query=""))
    language = choose_language(request, LANGUAGES)
    response = json_response(make(collection, load_catalogue(), address, language), SCHEMA_JSON)
    response.headers["Content-Language"] = language
    response.headers["Vary"] = "Accept-Language"
    return response


@router.get("/{collection_id}/items")
def items(
    request: Request,
    collection: TheCollection,
    caller: TheCaller,
    engine: TheEngine,
    settings: TheSettings,
    summaries: TheSummaries,
) -> Response:
    """Features: a page of them, or a download of all that were asked for."""
    check_parameters(request, {*PARAMETERS, *collection.properties, "f"})
    format_ = choose_format(request, offered_formats(collection))
    asked = read_query(request.query_params, collection, settings.zone)
    selection = Selection(collection, asked.crs, asked.properties, asked.geometry)
    if format_ is FLATGEOBUF and not asked.geometry:
        raise Problem("invalid-parameter", "properties: FlatGeobuf needs the geometry", field="properties")
    limit = asked.limit
    if format_.paged:
        # the standard wants a limit that is too large to be cut, not refused
        limit = min(limit or DEFAULT_LIMIT, MAX_LIMIT)
    page = Page(engine, selection, asked, limit, caller.scope)
    if format_ in _DOWNLOADS:
        return _answer(_DOWNLOADS[format_](page), format_.media_type, asked.crs)

    def tail(page: Page) -> dict[str, Any]:
        matched: int | None = None
        if asked.after is None and page.next_cursor is None:
            matched = page.returned
        elif asked.number_matched:
            matched = page.count()
        elif asked.asks_for_all:
            matched = summaries.count(engine, collection, caller.scope)
        return _page_members(request, collection, format_, page, matched)

    if format_ is HTML:
        features = [selection.feature(row) for rows in page for row in rows]
        return html_page(
            request,
            "items.html",
            collection=collection,
            names=selection.names,
            features=features,
            document=tail(page),
        )
    return _answer(write_geojson(page, tail), GEOJSON, asked.crs)


def _page_members(
    request: Request, collection: Collection, format_: Format, page: Page, matched: int | None
) -> dict[str, Any]:
    """A feature collection's members besides its features."""
    links = [
        self_link(request, format_.media_type),
        *alternate_links(request, offered_formats(collection), format_),
        link(request, f"/collections/{collection.name}", "collection", JSON),
    ]
    if page.next_cursor is not None:
        links.append(next_link(request, page.next_cursor, format_.media_type))
    return {
        "timeStamp": now_text(),
        **({} if matched is None else {"numberMatched": matched}),
        "numberReturned": page.returned,
        "links": links,
    }


def _answer(pieces: Iterator[bytes], media_type: str, crs: Crs) -> Response:
    """An answer from its pieces; whatever goes wrong with the first ones is still told as a problem."""
    headers = {"Content-Crs": f"<{crs.uri}>"}
    begun, size = [], 0
    for piece in pieces:
        begun.append(piece)
        size += len(piece)
        if size > _WHOLE_BYTES:
            return StreamingResponse(itertools.chain(begun, pieces), media_type=media_type, headers=headers)
    return Response(b"".join(begun), media_type=media_type, headers=headers)


@router.get("/{collection_id}/items/{feature_id}")
def item(
    feature_id: str,
    request: Request,
    collection: TheCollection,
    caller: TheCaller,
    engine: TheEngine,
    format_: FeatureFormat,
) -> Response:
    """One feature."""
    crs = read_crs(request.query_params.get("crs", CRS84.uri), "crs")
    feature = _feature(engine, Selection.whole(collection, crs), feature_id, caller.scope)
    if feature is None:
        raise Problem("not-found", f"{collection.name} has no feature {feature_id!r}")
    if format_ is HTML:
        return html_page(request, "item.html", collection=collection, feature=feature, axes=crs.axes)
    feature["links"] = [
        self_link(request, GEOJSON),
        *alternate_links(request, FEATURE, format_),
        link(request, f"/collections/{collection.name}", "collection", JSON, collection.title),
    ]
    response = tagged_response(request, orjson.dumps(feature), GEOJSON)
    response.headers["Content-Crs"] = f"<{crs.uri}>"
    return response


def _feature(engine: Engine, selection: Selection, feature_id: str, scope: Scope) -> dict[str, Any] | None:
    if not (feature_id.isascii() and feature_id.isdigit() and len(feature_id) <= _LARGEST_ID_DIGITS):
        return None
    resource = selection.collection.resource
    query = selection.rows.where(resource.table.c.id == int(feature_id), scope.visible(resource))
    with asking(engine) as connection:
        row = connection.execute(query).first()
    return None if row is None else selection.feature(row)


def _document(request: Request, format_: Format, template: str, document: dict[str, Any]) -> Response:
    """A document as JSON or as a page."""
    return html_page(request, template, document=document) if format_ is HTML else json_response(document)


def _describe(request: Request, collection: Collection, summary: Summary) -> dict[str, Any]:
    path = f"/collections/{collection.name}"
    links: list[Link] = [
        *(
            link(request, f"{path}/items?f={entry.name}", "items", entry.media_type, entry.title)
            for entry in offered_formats(collection)
        ),
        link(request, f"{path}/queryables", f"{_RELATIONS}/queryables", SCHEMA_JSON, "What can be queried"),
        link(request, f"{path}/schema", f"{_RELATIONS}/schema", SCHEMA_JSON, "What a feature has"),
    ]
    extent: dict[str, Any] = {}
    if summary.bbox is not None:
        extent["spatial"] = {"bbox": [summary.bbox], "crs": CRS84.uri}
    if summary.interval is not None:
        extent["temporal"] = {"interval": [summary.interval], "trs": _GREGORIAN}
    return {
        "id": collection.name,
        "title": collection.title,
        "description": collection.description,
        "itemType": "feature",
        **({"crs": list(SUPPORTED), "storageCrs": CRS84.uri} if collection.resource.geometry else {}),
        **({"extent": extent} if extent else {}),
        "links": links,
    }
