"""The service over HTTP: the routers put together, and what holds for every answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.types import ASGIApp

from kmzb_service.catalogue.model import load_catalogue
from kmzb_service.database.engine import open_engine
from kmzb_service.database.schema import require_ready
from kmzb_service.failures import answer_failures
from kmzb_service.frame import RequestFrame
from kmzb_service.health import router as health
from kmzb_service.intake import routes as intake
from kmzb_service.intake.attachments import AttachmentStore
from kmzb_service.intake.reception import Reception
from kmzb_service.metrics import router as metrics
from kmzb_service.observation import Observation
from kmzb_service.ogc import routes as ogc
from kmzb_service.ogc.summary import Summaries
from kmzb_service.security import routes as security
from kmzb_service.security.gate import Gate
from kmzb_service.sendfile import FileSender
from kmzb_service.settings import Settings
from kmzb_service.sync import routes as sync
from kmzb_service.sync.builder import SnapshotBuilder
from kmzb_service.verification import routes as verification

_GZIP_FROM_BYTES = 1_024
_GZIP_LEVEL = 3  # the levels above take more time than the network saves


def create_app(settings: Settings) -> FastAPI:
    """The service for an installation.

    Raises:
        DatabaseNotReady: the database has no tables, or those of another version.
        sqlalchemy.exc.SQLAlchemyError: the database cannot be opened.
    """
    engine = open_engine(settings.database_url)
    require_ready(engine)
    # The definition is our own, at /api: OpenAPI 3.0, as the standard wants it.
    app = FastAPI(lifespan=_lifespan, openapi_url=None, redirect_slashes=False)
    app.state.engine = engine
    app.state.settings = settings
    app.state.summaries = Summaries()
    app.state.snapshots = SnapshotBuilder(engine, settings)
    app.state.gate = Gate(engine, settings)
    app.state.attachments = AttachmentStore(engine, settings)
    app.state.reception = Reception(engine, settings, load_catalogue())
    for router in (
        health,
        metrics,
        ogc.public,
        ogc.router,
        security.router,
        sync.router,
        verification.router,
        intake.router,
        intake.readable,
    ):
        app.include_router(router)
    app.add_middleware(
        GZipMiddleware,
        minimum_size=_GZIP_FROM_BYTES,
        compresslevel=_GZIP_LEVEL,
        # a range of a compressed file would not be one of the file
        exclude_content_types=(*DEFAULT_EXCLUDED_CONTENT_TYPES, sync.GEOPACKAGE),
    )
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=("GET", "HEAD", "POST"),
            allow_headers=("Authorization", "Content-Type", "If-None-Match", "If-Range", "Range"),
            expose_headers=(
                "Content-Crs",
                "Content-Range",
                "ETag",
                "Location",
                "Retry-After",
                "X-Request-ID",
            ),
        )
    app.add_middleware(RequestFrame)
    app.add_middleware(Observation)
    answer_failures(app)
    return app


def served_app(settings: Settings) -> ASGIApp:
    """The service as a server process runs it."""
    return FileSender(create_app(settings))


def app_of_environment() -> ASGIApp:
    """The service for the installation that the environment describes: what a worker process runs."""
    return served_app(Settings.from_environment())


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.snapshots.start()
    yield
    await run_in_threadpool(app.state.snapshots.close)
    await run_in_threadpool(app.state.gate.close)
    app.state.engine.dispose()
