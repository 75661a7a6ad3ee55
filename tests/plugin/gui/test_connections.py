"""The dialogs for connections: what is stored, and what a test of a connection tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from desk import Desk, wait_for
from local_server import Exchange, LocalServer, unused_port
from qgis.core import QgsApplication, QgsSettings
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QDialogButtonBox, QMessageBox

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.gui.connection_editor import ConnectionEditor
from kmzb_qgis_plugin.gui.connections_dialog import ConnectionsDialog
from kmzb_qgis_plugin.settings import Connection

LEFT = Qt.MouseButton.LeftButton
ME = {
    "name": "A. Nowak",
    "role": "verifier",
    "unit": "KPP-SD",
    "scope": "all",
    "service": {"name": "kmzb-service", "version": "0.1.0", "contract": 1},
}


@pytest.fixture
def server() -> Iterator[LocalServer]:
    with LocalServer() as started:
        yield started


@pytest.fixture
def editor(clean_settings: None) -> Iterator[ConnectionEditor]:
    made = ConnectionEditor(Connection.new("", ""))
    made.show()
    yield made
    made.done(0)
    made.deleteLater()


def save_button(editor: ConnectionEditor):
    return editor.buttons.button(QDialogButtonBox.StandardButton.Save)


def outcome_of_test(editor: ConnectionEditor, url: str) -> str:
    """What the editor tells after a test of an address."""
    editor.url.setText(url)
    QTest.mouseClick(editor.test_button, LEFT)
    asking = editor.result.text()
    assert asking.endswith("…")
    wait_for(lambda: editor.result.text() != asking, "the test ends")
    return editor.result.text()


def test_only_the_id_of_the_sign_in_is_stored(
    desk: Desk, clean_settings: None, basic_config: Callable[[str, str], str]
) -> None:
    authcfg = basic_config("desk", "very-secret-token")
    dialog = ConnectionsDialog(parent=desk.window)

    def fill_in() -> None:
        editor = QApplication.activeModalWidget()
        assert isinstance(editor, ConnectionEditor)
        QTest.keyClicks(editor.name, "Lubuskie")
        QTest.keyClicks(editor.url, "https://kmzb.example.pl/")
        editor.sign_in.setConfigId(authcfg)
        QTest.mouseClick(save_button(editor), LEFT)

    QTimer.singleShot(0, fill_in)
    QTest.mouseClick(dialog.new_button, LEFT)

    (stored,) = settings.connections()
    assert (stored.name, stored.url, stored.authcfg) == ("Lubuskie", "https://kmzb.example.pl", authcfg)
    values = [str(QgsSettings().value(key)) for key in QgsSettings().allKeys() if key.startswith("kmzb/")]
    assert not any("secret" in value for value in values)
    assert [dialog.list.item(row).text() for row in range(dialog.list.count())] == ["Lubuskie"]


def test_editing_keeps_the_connection_and_removing_asks_first(
    desk: Desk, make_connection: Callable[..., Connection]
) -> None:
    connection = make_connection()
    dialog = ConnectionsDialog(parent=desk.window)

    def rename() -> None:
        editor = QApplication.activeModalWidget()
        editor.name.setText("Inna nazwa")
        QTest.mouseClick(save_button(editor), LEFT)

    QTimer.singleShot(0, rename)
    QTest.mouseClick(dialog.edit_button, LEFT)
    assert settings.connection(connection.id).name == "Inna nazwa"

    for answer, left in ((QMessageBox.StandardButton.No, 1), (QMessageBox.StandardButton.Yes, 0)):

        def reply(answer: QMessageBox.StandardButton = answer) -> None:
            box = QApplication.activeModalWidget()
            assert "Inna nazwa" in box.text()
            QTest.mouseClick(box.button(answer), LEFT)

        QTimer.singleShot(0, reply)
        QTest.mouseClick(dialog.remove_button, LEFT)
        assert len(settings.connections()) == left
    assert not dialog.open_button.isEnabled()


@pytest.mark.parametrize(
    ("url", "accepted", "warned"),
    [
        ("https://kmzb.example.pl", True, False),
        ("http://127.0.0.1:8000", True, False),
        ("http://[::1]:8000", True, False),
        ("http://10.1.2.3:8000", True, True),
        ("kmzb.example.pl", False, False),
        ("ftp://kmzb.example.pl", False, False),
        ("https://", False, False),
        ("https://kmzb.example.pl:port", False, False),
        ("https://kmzb example.pl", False, False),
    ],
)
def test_addresses_are_checked_while_they_are_typed(
    editor: ConnectionEditor, url: str, accepted: bool, warned: bool
) -> None:
    editor.name.setText("Lubuskie")
    editor.url.setText(url)
    assert save_button(editor).isEnabled() == accepted
    assert editor.test_button.isEnabled() == accepted
    assert ("Use https://" in editor.result.text()) == warned


def test_a_good_connection_tells_who_we_are(
    language: str, editor: ConnectionEditor, server: LocalServer
) -> None:
    server.routes["/me"] = lambda exchange: exchange.answer_json(ME)
    text = outcome_of_test(editor, server.url)
    words = {
        "en": ("The connection works", "Signed in as A. Nowak (verifier)", "You see the whole country"),
        "pl": ("Połączenie działa", "Zalogowano jako: A. Nowak (weryfikujący)", "Widzisz: cały kraj"),
    }
    assert all(word in text for word in words[language])
    assert "KPP-SD" in text
    assert "0.1.0" in text


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (
            lambda one: one.answer(200, b"<html>Proxy</html>", Content_Type="text/html"),
            "not come from a KMZB",
        ),
        (lambda one: one.problem("unauthenticated", 401), "did not accept the sign-in"),
        (lambda one: one.problem("token-expired", 401), "token has expired"),
        (lambda one: one.problem("database-unavailable", 503), "busy or being prepared"),
        (
            lambda one: one.answer_json({**ME, "service": {**ME["service"], "contract": 2}}),
            "newer than this version of the plugin",
        ),
    ],
    ids=["proxy page", "wrong token", "expired token", "no database", "other contract"],
)
def test_a_connection_that_fails_says_why(
    editor: ConnectionEditor, server: LocalServer, answer: Callable[[Exchange], None], expected: str
) -> None:
    server.routes["/me"] = answer
    assert expected in outcome_of_test(editor, server.url)
    assert editor.test_button.text() == "&Test"


def test_an_unreachable_service_is_said(editor: ConnectionEditor) -> None:
    assert "cannot be reached" in outcome_of_test(editor, f"http://127.0.0.1:{unused_port()}")


def test_a_test_can_be_cancelled(editor: ConnectionEditor, server: LocalServer) -> None:
    server.routes["/me"] = lambda exchange: server.closing.wait(30)
    editor.url.setText(server.url)
    QTest.mouseClick(editor.test_button, LEFT)
    wait_for(lambda: server.seen, "the request arrives")
    assert editor.test_button.text() == "&Cancel Test"
    QTest.mouseClick(editor.test_button, LEFT)

    assert "cancelled" in editor.result.text()
    wait_for(lambda: QgsApplication.taskManager().countActiveTasks() == 0, "the task ends")
    assert "cancelled" in editor.result.text()


def test_an_interval_that_is_no_number_is_the_default(clean_settings: None) -> None:
    QgsSettings().setValue("kmzb/sync_minutes", "seventeen")
    assert settings.sync_minutes() == settings.DEFAULT_SYNC_MINUTES
