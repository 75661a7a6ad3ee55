"""A PostGIS database with a million threats, and a service on it, for one run of the benchmarks.

The demo of one voivodeship is copied by SQL until there are enough threats,
each copy elsewhere on the map and at other minutes. Decisions are those of the
demo: copies of them would not be a chain.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from sqlalchemy import Engine, text

from kmzb_service.database.engine import open_engine, take_positions, writing
from kmzb_service.database.tables import threat
from kmzb_service.security.tokens import create_token
from tests.postgres_cluster import SUPERUSER, PostgresCluster
from tests.service_process import ServiceProcess

_DEMO_REPORTS = 20_000
# What a copy's row has instead of its model's; k is the copy's number.
_OTHERWISE = {
    "id": "t.id + k * :step",
    "ref": "left(t.ref, 2) || (t.id + k * :step)",
    "source_id": "t.source_id || '-' || k",
    "seq": ":first + (k - 1) * :step + t.id - 1",
    "occurred_from": "t.occurred_from + k * interval '1 minute'",
    "geom": "ST_SetSRID(ST_MakePoint(ST_X(t.geom) + (k % 7) * 0.9 + random() * 0.004,"
    " ST_Y(t.geom) - (k / 7) * 0.35 + random() * 0.004), 4326)",
}


class Country:
    """Starts the database and the service; ends and removes both.

    Args:
        folder: the service's files.
        threats: how many there are at least.
    """

    def __init__(self, folder: Path, threats: int) -> None:
        self._threats = threats
        self._cluster = PostgresCluster()
        self._folder = folder

    def __enter__(self) -> Country:
        self._cluster.create()
        self.database = self._cluster.new_database()
        url = self._cluster.url(self.database)
        self.service = ServiceProcess(self._folder, KMZB_DATABASE_URL=url)
        self.service.command("demo", "--reports", str(_DEMO_REPORTS))
        self.engine: Engine = open_engine(url)
        self._fill()
        self.token = create_token(self.engine, "benchmark", "admin")
        self.headers = {"Authorization": f"Bearer {self.token}", "Accept-Encoding": "identity"}
        self.service.command("snapshot", "build")
        self.service.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.service.stop()
        self.engine.dispose()
        self._cluster.remove()

    @property
    def libpq(self) -> str:
        """The database as programs other than the service name it."""
        return f"postgresql://{SUPERUSER}@127.0.0.1:{self._cluster.port}/{self.database}"

    @property
    def port(self) -> int:
        return int(self.service.url.rpartition(":")[2])

    def _fill(self) -> None:
        with writing(self.engine) as connection:
            count, step = connection.execute(text("SELECT count(*), max(id) FROM threat")).one()
            copies = -(-self._threats // count) - 1
            names = [column.name for column in threat.columns]
            values = ", ".join(_OTHERWISE.get(name, f't."{name}"') for name in names)
            columns = ", ".join(f'"{name}"' for name in names)
            source = "threat t CROSS JOIN generate_series(1, :copies) k"
            connection.execute(
                text(f"INSERT INTO threat ({columns}) SELECT {values} FROM {source} ORDER BY 1"),
                {"step": step, "copies": copies, "first": take_positions(connection, copies * step)},
            )
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
