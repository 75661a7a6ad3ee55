"""Runs inside QGIS, with a connection that signs in with OAuth2: the person before the browser.

The person refuses; closes the browser and cancels; signs in; and signs in again after the issuer has
forgotten them. ``KMZB_TEST_OAUTH2`` is the configuration, as QGIS stores it.
"""

from __future__ import annotations

import json
import os
import threading
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from person_in_window import PersonInWindow
from qgis.core import QgsApplication, QgsAuthMethodConfig
from qgis.PyQt.QtCore import QObject, QThreadPool, QTimer, QUrl, pyqtSlot
from qgis.PyQt.QtGui import QDesktopServices

from kmzb_qgis_plugin import settings

CONFIG = json.loads(os.environ["KMZB_TEST_OAUTH2"])
ANSWERS = ("no", None, "yes", "yes")
"""What the person says in the browser at each step; nothing where they close it."""
TOKEN_SECONDS = float(os.environ["KMZB_TEST_TOKEN_SECONDS"])
"""After which a token of the issuer is old."""


class Browser(QObject):
    """Stands where the system's browser would be opened."""

    def __init__(self, person: Person) -> None:
        super().__init__()
        self.person = person

    @pyqtSlot(QUrl)
    def open(self, url: QUrl) -> None:
        person = self.person
        person.asked += 1
        answer = ANSWERS[len(person.ended)]
        if answer is not None:
            address = f"{url.toString()}&agreed={answer}"
            threading.Thread(target=self.go, args=(address,), daemon=True).start()

    def go(self, address: str) -> None:
        """Follow the issuer back to QGIS, which lets go of a browser that brings a refusal."""
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                page, back = answer.read(), urlsplit(answer.url)
            if b"location.hash" in page and back.fragment:
                # What the script of QGIS's page does: this part of an address no server is told.
                urllib.request.urlopen(f"http://{back.netloc}/?{back.fragment}", timeout=30).read()
        except (urllib.error.URLError, ConnectionError) as error:
            print("the browser:", error)


class Person(PersonInWindow):
    """Cancels where the browser was closed."""

    def __init__(self) -> None:
        super().__init__(len(ANSWERS))
        self.browser = Browser(self)
        QDesktopServices.setUrlHandler("http", self.browser, "open")

    def look(self) -> None:
        if self.asked and ANSWERS[len(self.ended)] is None and self.session.syncing:
            self.session.cancel_sync()
        super().look()

    def take_step(self, number: int) -> None:
        self.session.sync(by_hand=False)  # what the clock does; it must not ask after a refusal
        if number < len(ANSWERS) - 1:
            self.session.sync()
        else:
            address = f"{os.environ['KMZB_TEST_ISSUER']}/sign-out"
            urllib.request.urlopen(urllib.request.Request(address, b"{}", method="POST"), timeout=30).read()
            self.timer.stop()
            QTimer.singleShot(round(TOKEN_SECONDS * 1000), self.go_on)

    def go_on(self) -> None:
        self.session.sync()
        self.timer.start()


def store_connection() -> None:
    """Have the plugin find it as the one that was open last."""
    manager = QgsApplication.authManager()
    manager.setMasterPassword("test", True)
    config = QgsAuthMethodConfig("OAuth2")
    config.setName("KMZB test")
    config.setConfig("oauth2config", json.dumps(CONFIG))
    manager.storeAuthenticationConfig(config)
    connection = settings.Connection("test", "Lubuskie", os.environ["KMZB_DEMO_URL"], config.id())
    settings.save_connection(connection)
    settings.set_preference("last_connection", connection.id)
    settings.set_preference("sync_minutes", 0)


QThreadPool.globalInstance().setExpiryTimeout(100)  # threads end soon, as after a pause
store_connection()
person = Person()
