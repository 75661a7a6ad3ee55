"""The session: what survives, what is dropped, what is told."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from threading import Event

import pytest
from desk import ask, wait_for
from local_server import LocalServer
from qgis.core import QgsApplication, QgsCredentials, QgsProject, QgsSettings

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.background import Background
from kmzb_qgis_plugin.client.errors import (
    NetworkUnreachable,
    NotTheService,
    PasswordStoreLocked,
    SignInRejected,
    TokenExpired,
)
from kmzb_qgis_plugin.client.qgis_adapter import qgis_session
from kmzb_qgis_plugin.domain.decision import Decision
from kmzb_qgis_plugin.domain.errors import KmzbError
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.gui.messages import Messages
from kmzb_qgis_plugin.gui.notice import Notice
from kmzb_qgis_plugin.gui.state_strip import StateStrip
from kmzb_qgis_plugin.gui.words import clock_text
from kmzb_qgis_plugin.replica.errors import StorageDenied
from kmzb_qgis_plugin.replica.replica import Replica
from kmzb_qgis_plugin.session import Session
from kmzb_qgis_plugin.settings import Connection


def test_only_the_newest_answer_of_a_topic_arrives(qgis_app: object) -> None:
    background, gate, answers = Background(), Event(), []

    def slow() -> str:
        gate.wait(30)
        return "slow"

    background.run("topic", slow, answers.append, answers.append)
    background.run("topic", lambda: "never started", answers.append, answers.append)
    background.run("topic", lambda: "newest", answers.append, answers.append)
    background.run("other", lambda: "other", answers.append, answers.append)
    gate.set()
    wait_for(lambda: len(answers) == 2)
    background.close()
    assert answers == ["newest", "other"]


def test_an_error_in_the_background_is_handed_over(qgis_app: object) -> None:
    background, errors = Background(), []
    background.run("topic", lambda: 1 / 0, errors.append, errors.append)
    wait_for(lambda: errors)
    assert isinstance(errors[0], ZeroDivisionError)
    assert not background.busy("topic")
    background.close()


def test_what_was_asked_before_closing_is_not_delivered_after(qgis_app: object) -> None:
    background, answers = Background(), []
    background.run("topic", lambda: 1, answers.append, answers.append)
    background.close()
    wait_for(lambda: True)
    assert answers == []


def test_a_workspace_opens_without_a_network(
    opened: Callable[..., Session], problems: list[Exception]
) -> None:
    session = opened()
    assert ask(session, "SELECT count(*) FROM threats") == [(600,)]
    assert set(session.layers.layers()) >= {"citizen", "community", "police", "areas", "units"}
    assert session.identity.role == "coordinator"
    assert isinstance(session.last_error, NetworkUnreachable)
    assert [type(problem) for problem in problems] == [NetworkUnreachable]


def test_the_same_failure_by_the_clock_is_told_once(
    opened: Callable[..., Session], problems: list[Exception]
) -> None:
    session = opened()
    for by_hand, told in ((False, 1), (False, 1), (True, 2)):
        session.sync(by_hand=by_hand)
        wait_for(lambda: not session.syncing)
        assert len(problems) == told


def test_another_failure_by_the_clock_is_told(
    opened: Callable[..., Session], problems: list[Exception]
) -> None:
    with LocalServer() as server:
        server.routes["/me"] = lambda one: one.answer(200, b"<html>", Content_Type="text/html")
        session = opened(url=server.url)
        server.routes["/me"] = lambda one: one.problem("unauthenticated", 401)
        session.sync(by_hand=False)
        wait_for(lambda: not session.syncing)
    assert [type(problem) for problem in problems] == [NotTheService, SignInRejected]


def test_the_clock_follows_the_setting(opened: Callable[..., Session]) -> None:
    session = opened()
    assert not session._schedule._clock.isActive()
    settings.set_preference("sync_minutes", 5)
    session.restart_clock()
    assert session._schedule._clock.interval() == 300_000
    session.close()
    assert not session._schedule._clock.isActive()


def test_layers_of_another_connection_are_pointed_to_the_new_replica(
    opened: Callable[..., Session], loaded: Callable[..., Connection]
) -> None:
    session = opened()
    first = session.layers.layer("citizen")
    session.open(loaded())
    wait_for(lambda: not session.syncing)
    assert session.layers.layer("citizen") is first
    assert str(session.replica.path) in first.source()
    assert len(QgsProject.instance().layerTreeRoot().findGroups()) == 1


def test_what_was_decided_while_a_new_replica_was_made_is_marked_in_it(
    opened: Callable[..., Session],
) -> None:
    session = opened()
    fid, version = ask(session, "SELECT fid, version FROM threats WHERE status = 'new' LIMIT 1")[0]
    made = session.replica.path.with_name("replica-2.gpkg")
    with closing(session.replica.reader()) as source, closing(sqlite3.connect(made)) as copy:
        source.backup(copy)
    session.outbox.add(Decision.new(fid, version, "verification"), "Z-1", {})
    for _ in session._adopting(Replica(made)):
        pass
    wait_for(
        lambda: ask(session, f"SELECT pending_status FROM threats WHERE fid = {fid}") == [("verification",)]
    )


def test_layers_come_back_after_the_project_was_cleared(opened: Callable[..., Session]) -> None:
    session = opened()
    session.set_filter(ThreatFilter(sources=frozenset({"police"})))
    QgsProject.instance().clear()
    session.set_filter(ThreatFilter(sources=frozenset({"citizen"})))
    assert session.layers.layers() == {}
    session.show_layers()
    expected = ask(session, "SELECT count(*) FROM threats WHERE source = 'citizen'")[0][0]
    wait_for(lambda: session.layers.layer("police").featureCount() == 0)
    assert session.layers.layer("citizen").featureCount() == expected


def test_a_filter_of_another_time_that_cannot_be_read_is_left_behind(
    loaded: Callable[..., Connection], session: Session
) -> None:
    connection = loaded()
    settings.save_filter_json(connection.id, '{"period": {"kind": "stardate"}}')
    session.open(connection)
    assert session.filter == ThreatFilter()
    wait_for(lambda: not session.syncing)


def test_a_damaged_outbox_is_told(
    loaded: Callable[..., Connection], session: Session, problems: list[Exception]
) -> None:
    connection = loaded()
    (settings.workspace_folder(connection) / "outbox.sqlite").write_bytes(
        b"not a database, but long enough" * 99
    )
    session.open(connection)
    assert "damaged" in problems[0].log_message or "kept as" in problems[0].log_message
    session.decide(Decision.new(1, 1, "verification"), "Z-0000001", {})
    assert session.outbox.overview().counts["waiting"] == 1
    wait_for(lambda: not session.syncing)


def test_a_damaged_replica_leaves_the_outbox_usable(
    loaded: Callable[..., Connection], session: Session
) -> None:
    connection = loaded()
    (settings.workspace_folder(connection) / "replica-1.gpkg").write_bytes(b"broken" * 1000)
    session.open(connection)
    assert session.replica is None
    assert session.outbox.overview().counts["waiting"] == 0
    wait_for(lambda: not session.syncing)


def test_deciding_without_a_connection_is_an_error(session: Session) -> None:
    with pytest.raises(KmzbError, match="no connection"):
        session.decide(Decision.new(1, 1, "verification"), "Z", {})


def test_no_secret_is_in_the_settings(make_connection: Callable[..., Connection]) -> None:
    make_connection(authcfg="abc1234")
    keys = [key for key in QgsSettings().allKeys() if key.startswith("kmzb/connections/")]
    assert {key.rsplit("/", 1)[1] for key in keys} == {"name", "url", "authcfg"}


def test_a_connection_that_is_removed_takes_its_filter_along(make_connection) -> None:
    connection = make_connection()
    settings.save_filter_json(connection.id, "{}")
    settings.set_preference("last_connection", connection.id)
    settings.delete_connection(connection.id)
    assert [key for key in QgsSettings().allKeys() if connection.id in key] == []
    assert settings.last_connection() == ""


def test_the_map_of_many_threats_shows_cells(loaded: Callable[..., Connection], session: Session) -> None:
    connection = loaded()
    path = settings.workspace_folder(connection) / "replica-1.gpkg"
    with closing(sqlite3.connect(path)) as file, file:
        columns = [
            row[1] for row in file.execute("PRAGMA table_info(threats)") if row[1] not in ("fid", "geom")
        ]
        names = ", ".join(columns)
        triggers = file.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'threats'"
        )
        for (name,) in triggers.fetchall():
            file.execute(f'DROP TRIGGER "{name}"')
        for _ in range(9):
            file.execute(
                f"INSERT INTO threats (geom, {names}) SELECT geom, {names} FROM threats WHERE fid <= 600"
            )
    session.open(connection)
    wait_for(lambda: session.layers.dense, "cells stand for points")
    cells = session.layers.layer("cells")
    wait_for(lambda: sum(cell["number"] for cell in cells.getFeatures()) == 6000)
    before = cells.featureCount()
    session.set_map_scale(100_000)
    wait_for(lambda: cells.featureCount() > before, "finer cells at a larger scale")
    session.set_filter(ThreatFilter(sources=frozenset({"police"})))
    wait_for(lambda: not session.layers.dense)
    wait_for(lambda: not session.syncing)


def test_a_workspace_folder_that_cannot_be_written_leaves_the_session_closed(
    make_connection: Callable[..., Connection], session: Session
) -> None:
    connection = make_connection()
    folder = settings.workspace_folder(connection)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way")
    with pytest.raises(StorageDenied):
        session.open(connection)
    assert session.connection is None
    folder.unlink()


def test_the_clock_does_not_go_on_with_a_sign_in_that_was_refused(
    opened: Callable[..., Session], problems: list[Exception]
) -> None:
    with LocalServer() as server:
        server.routes["/me"] = lambda one: one.problem("token-expired", 401)
        session = opened(url=server.url)
        asked = len(server.seen)
        for _ in range(3):
            session._schedule._clock.timeout.emit()
            session.sync(by_hand=False)
        assert not session.syncing
        assert (len(server.seen), [type(problem) for problem in problems]) == (asked, [TokenExpired])
        session.sync()
        wait_for(lambda: not session.syncing)
        assert len(server.seen) > asked
    assert len(problems) == 2


@pytest.mark.parametrize(("wished", "seconds"), [("1", 5), ("40", 40), ("9000", 120)])
def test_a_service_that_asks_for_patience_is_asked_again_after_a_while(
    opened: Callable[..., Session], problems: list[Exception], wished: str, seconds: int
) -> None:
    with LocalServer() as server:
        server.routes["/me"] = lambda one: one.answer_json(
            {"type": "urn:kmzb:problem:snapshot-not-ready", "title": "not ready", "status": 503},
            503,
            Retry_After=wished,
        )
        session = opened(url=server.url)
        assert session._schedule._retry.interval() == seconds * 1000
        assert session.retry_at is not None
        asked = len(server.seen)
        session._schedule._retry.timeout.emit()
        wait_for(lambda: not session.syncing)
        assert len(server.seen) > asked
    assert session._schedule._retry.isActive()
    assert len(problems) == 1
    session.close()
    assert (session._schedule._retry.isActive(), session.retry_at) == (False, None)


class Asker(QgsCredentials):
    """A person whom QGIS asks for the master password; gives none unless ``answer`` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0
        self.answer = ""
        self.setInstance(self)

    def request(self, realm: str, username: str, password: str, message: str = "") -> tuple[bool, str, str]:
        return False, "", ""

    def requestMasterPassword(self, password: str, stored: bool = False) -> tuple[bool, str]:  # noqa: N802
        self.asked += 1
        return bool(self.answer), self.answer


ASKER: list[Asker] = []


@pytest.fixture
def locked(basic_config: Callable[[str, str], str]) -> Iterator[tuple[str, Asker]]:
    """An authentication configuration in a locked store, and the person who can unlock it."""
    authcfg = basic_config("desk", "token")
    asker = ASKER[0] if ASKER else Asker()
    ASKER[:] = [asker]  # QGIS has no way to give up the one that it asks
    asker.asked, asker.answer = 0, ""
    manager = QgsApplication.authManager()
    manager.clearMasterPassword()
    yield authcfg, asker
    assert manager.setMasterPassword("test", True)


def test_the_strip_says_when_the_service_is_asked_again(
    opened: Callable[..., Session], messages: Messages
) -> None:
    with LocalServer() as server:
        server.routes["/me"] = lambda one: one.problem("snapshot-not-ready", 503)
        session = opened(url=server.url)
    strip, notice = StateStrip(session, messages), Notice(session)
    notice.refresh()
    when = clock_text(session.retry_at)
    assert strip.sync.text.text().endswith(f"asked again at {when}")
    assert f"asked again at {when}" in notice.text.text()


def test_a_locked_password_store_is_asked_for_by_hand_alone(
    opened: Callable[..., Session], problems: list[Exception], locked: tuple[str, Asker]
) -> None:
    authcfg, asker = locked
    with LocalServer() as server:
        server.routes["/me"] = lambda one: one.problem("forbidden", 403)
        session = opened(url=server.url, authcfg=authcfg)
        assert (asker.asked, server.seen) == (1, [])
        for _ in range(3):
            session.sync(by_hand=False)
            assert not session.syncing
        assert (asker.asked, server.seen) == (1, [])
        assert [type(problem) for problem in problems] == [PasswordStoreLocked]

        asker.answer = "test"
        session.sync()
        wait_for(lambda: not session.syncing)
        assert asker.asked == 2
        assert server.seen[0].headers["Authorization"].startswith("Basic ")


def test_nobody_is_asked_for_a_password_where_no_sign_in_is_chosen(
    opened: Callable[..., Session], locked: tuple[str, Asker]
) -> None:
    session = opened()
    assert locked[1].asked == 0
    assert isinstance(session.last_error, NetworkUnreachable)


def test_a_request_in_the_background_never_asks_for_the_password(locked: tuple[str, Asker]) -> None:
    authcfg, asker = locked
    background, errors = Background(), []
    with LocalServer() as server:
        session = qgis_session(authcfg)
        background.run("topic", lambda: session.get(server.url, timeout=5), errors.append, errors.append)
        wait_for(lambda: errors)
    background.close()
    assert isinstance(errors[0], PasswordStoreLocked)
    assert (asker.asked, server.seen) == (0, [])
