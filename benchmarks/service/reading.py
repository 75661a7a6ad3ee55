"""Pages of 1,000 features, one far from the beginning, and all of them in one answer."""

from __future__ import annotations

from sqlalchemy import text

from benchmarks.service.country import Country
from benchmarks.service.lines import Line
from benchmarks.service.load import (
    CLIENTS,
    SECONDS,
    download,
    in_turns,
    memory_peak,
    requests_per_second,
    seconds,
)
from benchmarks.service.peers import TIPG, TIPG_TABLE, BareLoop, tipg
from kmzb_service.database.wire import THREATS
from kmzb_service.ogc.collections import COLLECTIONS
from kmzb_service.ogc.paging import read_order

ITEMS = "/collections/threats/items"
PAGE = f"{ITEMS}?limit=1000"
FAR = 900_000


def measure(country: Country) -> list[Line]:
    return [*_pages(country), _far_page(country), _all_rows(country)]


def _pages(country: Country) -> list[Line]:
    bare = BareLoop(country.libpq)
    with tipg(country.libpq) as port:
        ours, theirs, loop = in_turns(
            lambda: requests_per_second(country.port, PAGE, country.headers),
            lambda: requests_per_second(port, f"/collections/{TIPG_TABLE}/items?limit=1000&f=geojson", {}),
            lambda: bare.per_second(SECONDS),
        )
    name = f"pages of 1,000, {CLIENTS} clients, one worker"
    return [
        Line(name, f"{ours:.0f}/s", f"{TIPG}: {theirs:.1f}/s", ours / theirs, "10 ×"),
        Line(name, f"{ours:.0f}/s", f"bare psycopg and orjson: {loop:.0f}/s", ours / loop, "0.7 ×"),
    ]


def _far_page(country: Country) -> Line:
    query = text("SELECT id FROM threat WHERE NOT removed ORDER BY id OFFSET :row LIMIT 1")
    with country.engine.connect() as connection:
        count = connection.execute(text("SELECT count(*) FROM threat")).scalar_one()
        far_id = connection.execute(query, {"row": min(FAR, count * 9 // 10)}).scalar_one()
    order = read_order("", THREATS.table, COLLECTIONS["threats"].properties)
    far_path = f"{PAGE}&cursor={order.cursor([far_id])}"
    first, far = in_turns(
        lambda: seconds(lambda: download(country.port, PAGE, country.headers)),
        lambda: seconds(lambda: download(country.port, far_path, country.headers)),
        turns=60,
    )
    return Line(
        f"the page at row {FAR:,}", f"{far * 1000:.1f} ms", f"the first: {first * 1000:.1f} ms", first / far,
        "0.8 to 1.2 ×"
    )  # fmt: skip


def _all_rows(country: Country) -> Line:
    path = f"{ITEMS}?f=ndjson"
    download(country.port, f"{path}&limit=20000", country.headers)
    sizes: list[int] = []
    grown = memory_peak(
        country.service.pid, lambda: sizes.append(download(country.port, path, country.headers))
    )
    return Line(
        "all rows in one answer", f"the worker grows by {grown / 2**20:.0f} MB at most",
        f"the answer: {sizes[0] / 2**20:.0f} MB", aim="under 50 MB",
    )  # fmt: skip
