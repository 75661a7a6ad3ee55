"""The command line of the service.

Commands import their own work: GDAL, SciPy and FastAPI take longer to load
than most commands take to run.
"""

from __future__ import annotations

import os
import socket
import sqlite3
import ssl
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

import click
from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from kmzb_service import __version__
from kmzb_service.catalogue.model import Role, load_catalogue
from kmzb_service.database.backup import BackupFailed, back_up, restore
from kmzb_service.database.engine import open_engine, reading
from kmzb_service.database.schema import REVISION, DatabaseNotReady, initialise, require_ready
from kmzb_service.database.schema import migrate as bring_up_to_date
from kmzb_service.intake.errors import IntakeError
from kmzb_service.intake.outcome import Progress, Rejects, Summary, no_progress
from kmzb_service.log import CONFIGURATION
from kmzb_service.security.issuer_callers import list_issuer_callers
from kmzb_service.security.scope import EVERYTHING, REACHES, Scope
from kmzb_service.security.tokens import (
    TokenRefused,
    change_token,
    create_token,
    list_tokens,
    revoke_token,
    usual_reach,
)
from kmzb_service.security.units import Units
from kmzb_service.settings import Settings, SettingsError

EXIT_REJECTED = 3
# A worker has so long to finish its requests when it is told to stop, and
# to show that it is alive before it is replaced. One that is killed just while
# it is asked for that is found missing only when the second is over.
_SECONDS_TO_FINISH, _SECONDS_TO_ANSWER = 10, 20

ExistingFile = click.Path(exists=True, dir_okay=False, path_type=Path)
NewFile = click.Path(dir_okay=False, path_type=Path)
ExistingFolder = click.Path(exists=True, file_okay=False, path_type=Path)
NewFolder = click.Path(file_okay=False, path_type=Path)


class CommandGroup(click.Group):
    """Turns every expected failure into one sentence and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (BackupFailed, IntakeError, SettingsError, DatabaseNotReady, TokenRefused) as error:
            raise click.ClickException(str(error)) from error
        except DBAPIError as error:
            raise click.ClickException(f"the database failed: {error.orig}") from error
        except SQLAlchemyError as error:
            raise click.ClickException(f"KMZB_DATABASE_URL cannot be used: {error}") from error
        except sqlite3.Error as error:
            raise click.ClickException(f"a file could not be written: {error}") from error
        except OSError as error:
            where = f": {error.filename}" if error.filename else ""
            raise click.ClickException(f"{error.strerror or error}{where}") from error


@click.group(cls=CommandGroup)
@click.version_option(__version__, prog_name="kmzb-service")
def main() -> None:
    """The backing service of the national map of security threats (KMZB).

    \b
    Settings come from the environment:
      KMZB_DATA_DIR         folder of the service's files (kmzb-data)
      KMZB_DATABASE_URL     the database; by default kmzb.sqlite in that folder
      KMZB_ACCEPTED_BOUNDS  west,south,east,north in degrees (Poland)
      KMZB_TIMEZONE         whose calendar days count (Europe/Warsaw)
      KMZB_METRICS_TOKEN    opens /metrics to other computers
      and those that docs/operations.md lists

    \b
    Exit codes:
      0  done
      1  failed; the message says why
      2  wrong usage
      3  done, but rows of a file were refused
    """


@main.command()
def init() -> None:
    """Create the database. One that is there already is left as it is."""
    settings = Settings.from_environment()
    with _opened(settings, create=True) as (engine, created):
        state = "is ready" if created else "was there already"
        click.echo(f"The database {engine.url.render_as_string(hide_password=True)} {state}.")


@main.command()
def migrate() -> None:
    """Bring the database up to date with this version of the service.

    Stop the service and make a backup first. One that is up to date is left as it is.
    """
    with _connected(Settings.from_environment()) as engine:
        found = bring_up_to_date(engine)
    changed = "was up to date" if found == REVISION else f"had schema {found}"
    click.echo(f"The database {changed}; it has schema {REVISION}.")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8087, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one."
)
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Processes that share the work; one for each core is a good number.",
)
@click.option("--tls-cert", type=ExistingFile, help="Certificate, with those above it, in one PEM file.")
@click.option("--tls-key", type=ExistingFile, help="Its private key, a PEM file without a password.")
def serve(host: str, port: int, workers: int, tls_cert: Path | None, tls_key: Path | None) -> None:
    """Serve the map over HTTP until stopped; with a certificate and its key, over HTTPS."""
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    settings = Settings.from_environment()
    with _opened(settings):
        pass  # says what is wrong before anything listens
    _check_certificate(tls_cert, tls_key)
    alone = workers == 1
    with ExitStack() as stack:
        if not alone:
            stack.enter_context(_shared_figures())
        config = uvicorn.Config(
            _app(settings) if alone else "kmzb_service.app:app_of_environment",
            factory=not alone,
            workers=workers,
            log_config=CONFIGURATION,
            access_log=False,  # it would write down addresses and queries
            server_header=False,
            ssl_certfile=tls_cert,
            ssl_keyfile=tls_key,
            timeout_graceful_shutdown=_SECONDS_TO_FINISH,
            timeout_worker_healthcheck=_SECONDS_TO_ANSWER,
        )
        server = uvicorn.Server(config)
        listener = stack.enter_context(socket.create_server((host, port), family=_family(host)))
        # asyncio sets this only on sockets of its own making; connections inherit it.
        # Without it every small answer waits 40 ms for the client's delayed acknowledgement.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        address = f"[{host}]" if ":" in host else host
        scheme = "http" if tls_cert is None else "https"
        click.echo(f"Listening on {scheme}://{address}:{listener.getsockname()[1]}")
        if alone:
            server.run(sockets=[listener])
        else:
            Multiprocess(config, [listener]).run()
    if alone and not server.started:
        raise click.ClickException("the service did not start")


def _check_certificate(certificate: Path | None, key: Path | None) -> None:
    """Say what is wrong with a certificate and its key before anything listens.

    Raises:
        click.ClickException: they do not go together, or cannot be used.
    """
    if (certificate is None) != (key is None):
        raise click.UsageError("--tls-cert and --tls-key go together")
    if certificate is None:
        return
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        # without this OpenSSL would ask the terminal for a password
        context.load_cert_chain(certificate, key, password=lambda: "")
    except ssl.SSLError as error:
        raise click.ClickException(f"{certificate} and {key} cannot be used: {error}") from error


def _app(settings: Settings) -> Any:
    from kmzb_service.app import served_app

    return served_app(settings)


@contextmanager
def _shared_figures() -> Iterator[None]:
    """A folder through which workers add up their metrics; it has to be named before those are loaded."""
    with TemporaryDirectory(prefix="kmzb-metrics-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        yield


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


@main.command()
@click.option("--reports", type=click.IntRange(1), help="Citizens' reports; 60000 if not given.")
@click.option("--seed", type=click.IntRange(0), help="What chance is drawn from; 2016 if not given.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The demo's last day; today if not given.")
def demo(reports: int | None, seed: int | None, until: datetime | None) -> None:
    """Fill the database with made-up data for Lubuskie and build a snapshot.

    The same options make the same data. Run again without options, it
    repeats the demo that is there, which changes nothing.
    """
    from kmzb_service.intake.demo.load import REPORTS, SEED, DemoPlan, load_demo, plan_in

    settings = Settings.from_environment()
    today = datetime.now(settings.zone).date()
    if until is not None and until.date() > today:
        raise click.BadParameter("lies in the future", param_hint="'--until'")
    with _opened(settings, create=True) as (engine, _), _watching() as watch:
        usual = plan_in(engine) or DemoPlan(REPORTS, SEED, today)
        plan = DemoPlan(
            reports=usual.reports if reports is None else reports,
            seed=usual.seed if seed is None else seed,
            until=usual.until if until is None else until.date(),
        )
        done = load_demo(engine, settings, load_catalogue(), plan, watch)
        _build_snapshot(engine, settings, watch("Building a snapshot"))
    for name, summary in done.items():
        click.echo(f"{name}: {_counts(summary)}")
    if any(summary.rejected for summary in done.values()):
        raise click.exceptions.Exit(EXIT_REJECTED)


@main.group(name="import")
def import_() -> None:
    """Bring files into the database.

    Importing a file twice changes nothing. A row that cannot go in is
    reported with its line, column and reason, and the others go in.
    """


_rejects_option = click.option(
    "--rejects",
    "rejects_file",
    type=NewFile,
    help="CSV file for the refused rows; by default in the folder 'rejects' of KMZB_DATA_DIR.",
)


@import_.command()
@click.argument("file", type=ExistingFile)
@click.option(
    "--prg",
    is_flag=True,
    help="FILE is of the state register of boundaries (shapefile, GML, or a ZIP of shapefiles): "
    "the other options follow from that.",
)
@click.option("--level", type=click.Choice(["voivodeship", "county", "commune"]))
@click.option("--code-field", help="Field with the TERYT code.")
@click.option("--name-field")
@click.option("--parent-field", help="Field with the code of the area above; else taken from the code.")
@click.option("--population-field")
@click.option("--crs", help="Coordinate system, for example EPSG:2180, in place of what the file says.")
@click.option("--approximate", is_flag=True, help="The borders are only approximate.")
@_rejects_option
def areas(
    file: Path,
    prg: bool,
    level: str | None,
    code_field: str | None,
    name_field: str | None,
    parent_field: str | None,
    population_field: str | None,
    crs: str | None,
    approximate: bool,
    rejects_file: Path | None,
) -> None:
    """Import voivodeships, counties or communes.

    From any file of polygons: --level, --code-field and --name-field say what
    it has. From an official file: --prg.
    """
    from kmzb_service.intake.areas import AreaFields, import_areas, import_prg

    described = (level, code_field, name_field, parent_field, population_field, crs)
    if prg and (approximate or any(described)):
        raise click.UsageError("--prg goes with no other option but --rejects")
    settings = Settings.from_environment()
    with (
        _opened(settings) as (engine, _),
        Rejects(rejects_file or _rejects_path(settings, file)) as rejects,
        _progress(f"Importing {file.name}") as progress,
    ):
        if prg:
            summary = import_prg(engine, file, rejects, progress=progress)
        elif level is None or code_field is None or name_field is None:
            raise click.UsageError("--level, --code-field and --name-field are needed, or --prg")
        else:
            fields = AreaFields(code_field, name_field, parent_field, population_field)
            summary = import_areas(
                engine, file, level, fields, rejects, crs=crs, approximate=approximate, progress=progress
            )
    _report(summary, rejects)


@import_.command()
@click.argument("file", type=ExistingFile)
@_rejects_option
def units(file: Path, rejects_file: Path | None) -> None:
    """Import commands, stations and posts.

    FILE is TOML with [[units]], CSV, or anything GDAL reads, with the fields
    code, name, kind and where known parent, areas (codes with commas
    between), seat_lon, seat_lat. A unit without a geometry watches over the
    areas that it lists, which have to be imported before.
    """
    from kmzb_service.intake.units import import_units

    settings = Settings.from_environment()
    with (
        _opened(settings) as (engine, _),
        Rejects(rejects_file or _rejects_path(settings, file)) as rejects,
        _progress(f"Importing {file.name}") as progress,
    ):
        summary = import_units(engine, file, rejects, progress)
    _report(summary, rejects)


@import_.command()
@click.argument("file", type=ExistingFile)
@click.option(
    "--mapping",
    "mapping_file",
    required=True,
    type=ExistingFile,
    help="TOML file that says which column is what; docs/mapping-example.toml explains all keys.",
)
@_rejects_option
def threats(file: Path, mapping_file: Path, rejects_file: Path | None) -> None:
    """Import citizens' reports, community signals or police records."""
    from kmzb_service.intake.mapping import load_mapping
    from kmzb_service.intake.threats import import_threats

    settings = Settings.from_environment()
    catalogue = load_catalogue()
    mapping = load_mapping(mapping_file, catalogue)
    with (
        _opened(settings) as (engine, _),
        Rejects(rejects_file or _rejects_path(settings, file)) as rejects,
        _progress(f"Importing {file.name}") as progress,
    ):
        summary = import_threats(engine, settings, catalogue, file, mapping, rejects, progress)
    _report(summary, rejects)


@import_.command()
@click.argument("file", type=ExistingFile)
@click.option(
    "--mapping",
    "mapping_file",
    type=ExistingFile,
    help="TOML file for a file of another form; docs/meetings-mapping-example.toml is one.",
)
@_rejects_option
def meetings(file: Path, mapping_file: Path | None, rejects_file: Path | None) -> None:
    """Import meetings and debates with what was raised there.

    FILE has a row for each concern, with the columns id (of the concern),
    meeting (the same for all rows of one), kind (meeting or debate, spotkanie
    or debata), held_at, place, organiser, participants, category, description, and
    lon, lat in a CSV file; other files, such as GeoJSON, have points.
    Columns may be empty where nothing is known of place, participants or description.
    """
    from kmzb_service.intake.mapping import load_mapping
    from kmzb_service.intake.meetings import meetings_mapping, require_meetings
    from kmzb_service.intake.threats import import_threats

    settings = Settings.from_environment()
    catalogue = load_catalogue()
    if mapping_file is None:
        mapping = meetings_mapping(file)
    else:
        mapping = require_meetings(load_mapping(mapping_file, catalogue), mapping_file.name)
    with (
        _opened(settings) as (engine, _),
        Rejects(rejects_file or _rejects_path(settings, file)) as rejects,
        _progress(f"Importing {file.name}") as progress,
    ):
        summary = import_threats(engine, settings, catalogue, file, mapping, rejects, progress)
    _report(summary, rejects)


_unit_option = click.option(
    "--unit",
    help="Code of the unit to which it belongs: decisions are on its reports and those of units under it. "
    "Without one it belongs to the headquarters of the country.",
)
_reach_option = click.option(
    "--reach",
    type=click.Choice(REACHES),
    help="What it reads: the unit's own area with the units under it, its voivodeship, or the country. "
    "If not given: the voivodeship, and the country without a unit.",
)


@main.group()
def token() -> None:
    """Access tokens: who may use the service."""


@token.command()
@click.option("--name", required=True, help="Whose it is; every token has a name of its own.")
@click.option("--role", required=True, type=click.Choice(get_args(Role)))
@_unit_option
@_reach_option
@click.option("--days", type=click.IntRange(1, 36500), help="Days until it expires; never if not given.")
def create(name: str, role: str, unit: str | None, reach: str | None, days: int | None) -> None:
    """Make a token and print it: it cannot be shown again."""
    expires_at = None if days is None else datetime.now(UTC) + timedelta(days=days)
    with _opened(Settings.from_environment()) as (engine, _):
        secret = create_token(engine, name, role, unit, expires_at, reach)
        _warn_of_unknown_unit(engine, unit)
    click.echo("Keep this token safe, it is not shown again:", err=True)
    click.echo(secret)


@token.command()
@click.option("--name", required=True)
@_unit_option
@_reach_option
def change(name: str, unit: str | None, reach: str | None) -> None:
    """Give a token another unit and reach; desks that use it start again from a new snapshot."""
    with _opened(Settings.from_environment()) as (engine, _):
        if not change_token(engine, name, unit, reach or usual_reach(unit)):
            raise click.ClickException(f"there is no token in use named {name!r}")
        _warn_of_unknown_unit(engine, unit)
    click.echo(f"The token of {name} is changed.")


def _warn_of_unknown_unit(engine: Engine, unit: str | None) -> None:
    """A unit may be imported later: until then nothing is known of its voivodeship and of units under it."""
    with reading(engine) as connection:
        known = unit is None or unit in Units().tree(connection).parents
    if not known:
        click.echo(f"There is no unit {unit} yet: the token reads only what is given to that code.", err=True)


@token.command(name="list")
def list_() -> None:
    """List the tokens, without their secrets."""
    now = datetime.now(UTC)
    with _opened(Settings.from_environment()) as (engine, _):
        tokens = list_tokens(engine)
    for one in tokens:
        state = "revoked" if one.revoked_at else "expired" if one.expired(now) else "valid"
        expires = "never" if one.expires_at is None else f"{one.expires_at:%Y-%m-%d}"
        click.echo(
            f"{one.name}\t{one.role}\t{one.unit or '-'}\t{one.reach}\t{state}\texpires {expires}"
            f"\t{_last_used(one.last_used_at)}"
        )


def _last_used(instant: datetime | None) -> str:
    return "never used" if instant is None else f"last used {instant:%Y-%m-%d %H:%M} UTC"


@token.command()
def signed_in() -> None:
    """List who has signed in through the OpenID Connect issuer, and when last."""
    with _opened(Settings.from_environment()) as (engine, _):
        callers = list_issuer_callers(engine)
    for one in callers:
        told = (one.name, one.role, one.unit or "-", _last_used(one.last_used_at), one.subject)
        click.echo("\t".join(told))


@token.command()
@click.option("--name", required=True)
def revoke(name: str) -> None:
    """Make a token useless from now on."""
    with _opened(Settings.from_environment()) as (engine, _):
        if not revoke_token(engine, name):
            raise click.ClickException(f"there is no token in use named {name!r}")
    click.echo(f"The token of {name} is revoked.")


@main.group()
def snapshot() -> None:
    """Snapshots: ready-made files from which desks start."""


@snapshot.command()
@click.option("--voivodeship", help="Of what is in the voivodeship with this TERYT code.")
@click.option("--unit", help="Of what is given to this unit and the units under it.")
def build(voivodeship: str | None, unit: str | None) -> None:
    """Build a snapshot of the present state: of the country, of a voivodeship or of a unit."""
    if voivodeship and unit:
        raise click.UsageError("--voivodeship and --unit do not go together")
    settings = Settings.from_environment()
    with _opened(settings) as (engine, _), _progress("Building a snapshot") as progress:
        with reading(engine) as connection:
            tree = Units().tree(connection)
        scope = Scope.of(tree, unit, "own") if unit else EVERYTHING
        if voivodeship:
            scope = Scope("voivodeship", voivodeship)
        click.echo(_build_snapshot(engine, settings, progress, scope))


@snapshot.command()
def renew() -> None:
    """Renew the snapshots that desks use and that have fallen behind; remove those that nobody uses.

    The service does this by itself, unless KMZB_SNAPSHOT_MINUTES is 0.
    """
    from kmzb_service.sync.builder import renew_snapshots

    settings = Settings.from_environment()
    with _opened(settings) as (engine, _), _progress("Renewing snapshots") as progress, _writing_snapshots():
        made = renew_snapshots(engine, settings, progress)
    click.echo(f"snapshots renewed: {len(made)}")


def _build_snapshot(engine: Engine, settings: Settings, progress: Progress, scope: Scope = EVERYTHING) -> str:
    from kmzb_service.sync.snapshots import build_snapshot, snapshot_folder

    with _writing_snapshots():
        info = build_snapshot(engine, settings, progress, scope)
    return f"{snapshot_folder(settings) / info.file}: {info.size} bytes"


@contextmanager
def _writing_snapshots() -> Iterator[None]:
    try:
        yield
    except RuntimeError as error:  # what GDAL raises
        raise click.ClickException(f"the snapshot could not be written: {error}") from error


@main.command()
@click.argument("file", type=NewFile)
@click.option("--attachments", "folder", type=NewFolder, help="Copy the attachments into this folder too.")
def backup(file: Path, folder: Path | None) -> None:
    """Write the database into FILE, while the service goes on.

    A SpatiaLite database becomes another such file; of one on PostgreSQL, pg_dump makes an archive.
    A folder that has attachments of an earlier backup gets only those that are new.
    """
    from kmzb_service.intake.attachments import attachment_folder, copy_attachments

    settings = Settings.from_environment()
    with _opened(settings) as (engine, _), _progress("Making a backup"):
        back_up(engine, file)
    click.echo(f"{file}: {file.stat().st_size} bytes")
    # after the database, so that all that it speaks of is there
    if folder is not None:
        click.echo(f"{folder}: {copy_attachments(attachment_folder(settings), folder)} new attachments")


@main.command(name="restore")
@click.argument("file", type=ExistingFile)
@click.option("--attachments", "folder", type=ExistingFolder, help="The folder that 'backup' filled.")
def restore_command(file: Path, folder: Path | None) -> None:
    """Bring a backup back into a database without tables.

    Desks start again from a new snapshot: what they know may be newer than the backup.
    """
    from kmzb_service.intake.attachments import attachment_folder, copy_attachments

    settings = Settings.from_environment()
    with _connected(settings, create=True) as engine, _progress("Restoring the backup"):
        restore(engine, file)
    if folder is not None:
        copy_attachments(folder, attachment_folder(settings))
    _check_chain(settings)
    _check_attachments(settings)


@main.group()
def attachments() -> None:
    """The files that came with reports."""


@attachments.command(name="verify")
def verify_attachments() -> None:
    """Check that every attachment is there, and as it was sent."""
    _check_attachments(Settings.from_environment())


@attachments.command()
def sweep() -> None:
    """Remove files that have belonged to no report for a day."""
    from kmzb_service.intake.attachments import AttachmentStore

    settings = Settings.from_environment()
    with _opened(settings) as (engine, _):
        click.echo(f"{AttachmentStore(engine, settings).sweep()} files removed.")


def _check_attachments(settings: Settings) -> None:
    from kmzb_service.intake.attachments import AttachmentStore

    with _opened(settings) as (engine, _):
        lost = 0
        for problem in AttachmentStore(engine, settings).lost():
            click.echo(problem, err=True)
            lost += 1
    if lost:
        raise click.ClickException(f"attachments that were lost: {lost}")
    click.echo("All attachments are there.")


@main.group()
def audit() -> None:
    """The audit chain of decisions."""


@audit.command()
def verify() -> None:
    """Check that no decision was changed, removed or slipped in."""
    _check_chain(Settings.from_environment())


def _check_chain(settings: Settings) -> None:
    from kmzb_service.verification.audit import verify_chain

    with _opened(settings) as (engine, _):
        report = verify_chain(engine)
    for problem in report.problems:
        click.echo(problem, err=True)
    if report.problems:
        raise click.ClickException(f"problems found: {len(report.problems)}, in {report.checked} decisions")
    click.echo(f"{report.checked} decisions checked: the chain is whole.")


@contextmanager
def _opened(settings: Settings, create: bool = False) -> Iterator[tuple[Engine, bool]]:
    """The database and whether it has just been created.

    Raises:
        DatabaseNotReady: it is not there, or of another version.
    """
    with _connected(settings, create) as engine:
        created = create and initialise(engine)
        require_ready(engine)
        yield engine, created


@contextmanager
def _connected(settings: Settings, create: bool = False) -> Iterator[Engine]:
    """The database, whatever is in it.

    Raises:
        DatabaseNotReady: there is no such file, and none may be created.
    """
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        file = Path(url.database)
        if create:
            settings.data_dir.mkdir(parents=True, exist_ok=True)
            file.parent.mkdir(parents=True, exist_ok=True)
        elif not file.exists():
            raise DatabaseNotReady(f"there is no database at {file}: run 'kmzb-service init' first")
    engine = open_engine(settings.database_url)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _progress(label: str) -> Iterator[Progress]:
    """A progress bar on a terminal, one line elsewhere; on stderr, so that output can be piped."""
    if not sys.stderr.isatty():
        click.echo(f"{label} …", err=True)
        yield no_progress
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def show(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        yield show


@contextmanager
def _watching() -> Iterator[Callable[[str], Progress]]:
    """Starts a progress for each step of a long work and ends the one before."""
    with ExitStack() as stack:

        def watch(label: str) -> Progress:
            stack.close()
            return stack.enter_context(_progress(label))

        yield watch


def _rejects_path(settings: Settings, file: Path) -> Path:
    return settings.data_dir / "rejects" / f"{file.stem}.csv"


def _counts(summary: Summary) -> str:
    text = (
        f"{summary.read} read = {summary.added} added + {summary.updated} updated + "
        f"{summary.unchanged} unchanged + {summary.rejected} rejected"
    )
    if summary.repaired:
        text += f"; repaired geometries: {summary.repaired}"
    if summary.moved:
        text += f"; threats in another area or unit than before: {summary.moved}"
    return text


def _report(summary: Summary, rejects: Rejects) -> None:
    """Say what became of the rows; leave with the exit code that tells whether all went in."""
    click.echo(_counts(summary))
    if not rejects.count:
        return
    for one in rejects.first:
        column = f", {one.column}" if one.column else ""
        click.echo(f"line {one.line}{column}: {one.reason}", err=True)
    if rejects.count > len(rejects.first):
        click.echo(f"… and {rejects.count - len(rejects.first)} more", err=True)
    click.echo(f"All refused rows are in {rejects.path}", err=True)
    raise click.exceptions.Exit(EXIT_REJECTED)
