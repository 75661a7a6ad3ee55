"""The schema: made by migrations, the same as the tables that the code knows, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from geoalchemy2 import alembic_helpers
from on_databases import ON_POSTGIS
from postgres_cluster import PostgresCluster
from sample_map import add_decisions, add_reports
from sqlalchemy import Engine, inspect, select, text

from kmzb_service.database.engine import open_engine, reading, writing
from kmzb_service.database.schema import REVISION, DatabaseNotReady, initialise, migrate, require_ready
from kmzb_service.database.tables import metadata, service_fact
from kmzb_service.settings import Settings
from kmzb_service.verification.audit import verify_chain

MIGRATIONS = "kmzb_service.database:migrations"


@cache
def foreign_tables() -> set[str]:
    """The tables of SpatiaLite and PostGIS themselves."""
    engine = open_engine("sqlite://")
    with engine.begin() as connection:
        connection.execute(text("SELECT InitSpatialMetaData(0)"))
        return {"spatial_ref_sys", *inspect(connection).get_table_names()}


def ours(item: object, name: str, kind: str, reflected: bool, other: object) -> bool:
    """Whether a thing in the database is not one of SpatiaLite or PostGIS."""
    return name not in foreign_tables() and alembic_helpers.include_object(item, name, kind, reflected, other)


def differences(engine: Engine) -> list[str]:
    """What would have to change for the database to have the tables that the code knows."""
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_object": ours,
            },
        )
        return [repr(one) for one in compare_metadata(context, metadata)]


def at_baseline(settings: Settings) -> Engine:
    """A database as the first version of the service made it: without Alembic's note."""
    engine = open_engine(settings.database_url)
    config = Config()
    config.set_main_option("script_location", MIGRATIONS)
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(service_fact.insert().values(key="epoch", value="old"))
        connection.execute(text("DROP TABLE alembic_version"))
    return engine


def test_the_migrations_make_the_tables_that_the_code_knows(engine: Engine) -> None:
    assert differences(engine) == []


def test_a_database_of_the_first_version_is_brought_up_to_date(empty_settings: Settings) -> None:
    engine = at_baseline(empty_settings)
    assert differences(engine) != []
    (report,) = add_reports(engine, 1)
    add_decisions(engine, report, "verification", "confirmed")
    with pytest.raises(DatabaseNotReady, match="run 'kmzb-service migrate'"):
        require_ready(engine)
    assert initialise(engine) is False
    assert migrate(engine) == "0001"
    require_ready(engine)
    assert differences(engine) == []
    assert (verify_chain(engine).checked, verify_chain(engine).problems) == (2, ())
    with reading(engine) as connection:
        facts = dict(connection.execute(select(service_fact.c.key, service_fact.c.value)).all())
    assert facts == {"epoch": "old", "last_decision": "2", "forgotten_upto": "0"}
    assert migrate(engine) == REVISION
    engine.dispose()


def test_a_migration_that_fails_changes_nothing(empty_settings: Settings) -> None:
    engine = at_baseline(empty_settings)
    with engine.begin() as connection:
        connection.execute(text("CREATE INDEX ix_threat_unit_id ON threat (unit)"))  # stands in the way
    before = differences(engine)
    with pytest.raises(Exception, match="already exists"):
        migrate(engine)
    assert differences(engine) == before
    with engine.connect() as connection:
        assert not inspect(connection).has_table("alembic_version")
    engine.dispose()


def test_an_empty_database_is_not_migrated(empty_settings: Settings) -> None:
    engine = open_engine(empty_settings.database_url)
    with pytest.raises(DatabaseNotReady, match="run 'kmzb-service init' first"):
        migrate(engine)
    engine.dispose()


def test_revisions_are_numbered_and_the_newest_is_the_code_s() -> None:
    config = Config()
    config.set_main_option("script_location", MIGRATIONS)
    revisions = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert revisions == sorted(revisions, reverse=True)
    assert revisions[0] == REVISION


def test_several_that_create_it_at_once(empty_settings: Settings) -> None:
    engine = open_engine(empty_settings.database_url)
    with ThreadPoolExecutor(4) as pool:
        created = list(pool.map(lambda _: initialise(engine), range(4)))
    assert sorted(created) == [False, False, False, True]
    require_ready(engine)
    engine.dispose()


@ON_POSTGIS
def test_an_ordinary_owner_is_enough_where_postgis_is_there(
    postgres: PostgresCluster, empty_settings: Settings
) -> None:
    database = empty_settings.database_url.rpartition("/")[2]
    postgres.execute("CREATE EXTENSION postgis", database)
    postgres.execute("CREATE ROLE ordinary LOGIN")
    postgres.execute(f"ALTER DATABASE {database} OWNER TO ordinary")
    engine = open_engine(postgres.url(database, user="ordinary"))
    assert initialise(engine)
    require_ready(engine)
    engine.dispose()
