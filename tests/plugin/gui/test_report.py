"""The report: coordinates, links, the timeline and attachments."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from desk import Desk, ask, told, wait_for
from local_server import Exchange, LocalServer
from qgis.PyQt.QtCore import QBuffer, QIODevice, QLocale, QUrl
from qgis.PyQt.QtGui import QColor, QDesktopServices, QGuiApplication, QImage
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QMessageBox
from verification_hands import LEFT, some

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.domain.links import link_fault, link_to
from kmzb_qgis_plugin.gui.attachment_task import PREVIEW, preview
from kmzb_qgis_plugin.gui.coordinates_part import PL1992, WGS84
from kmzb_qgis_plugin.gui.messages import Messages
from kmzb_qgis_plugin.gui.outside import open_outside
from kmzb_qgis_plugin.gui.verification_dock import VerificationDock
from kmzb_qgis_plugin.gui.words import weekday_names
from kmzb_qgis_plugin.replica import attachments
from kmzb_qgis_plugin.replica.attachments import MOST_BYTES, AttachmentStore
from kmzb_qgis_plugin.replica.queries import ThreatRow
from kmzb_qgis_plugin.session import Session

GORZOW = (15.2369, 52.7368)
ROOT = Path(__file__).resolve().parents[3]


def picture(width: int = 1600, height: int = 900) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#2b6cb0"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG")
    return bytes(buffer.data())


FILES = {
    1: ("rondo.jpg", "image/jpeg", picture()),
    2: ("opis <b>.pdf", "application/pdf", b"%PDF-1.4 nic"),
    3: ("program.exe", "application/x-msdownload", b"MZ"),
}


class AttachmentServer(LocalServer):
    """Serves attachments of any threat, and is not there where it is told so."""

    def __init__(self) -> None:
        super().__init__()
        self.files = dict(FILES)
        self.lie: Callable[[bytes], bytes] = lambda content: content
        self.stall = False
        self.sizes: dict[int, int] = {}

    def dispatch(self, exchange: Exchange, path: str) -> None:
        parts = path.strip("/").split("/")
        if parts[0] != "threats":
            exchange.problem("not-found", 404)
        elif len(parts) == 3:
            rows = [
                {
                    "id": number,
                    "name": name,
                    "media_type": kind,
                    "size": self.sizes.get(number, len(content)),
                    "sha256": hashlib.sha256(content).hexdigest(),
                }
                for number, (name, kind, content) in self.files.items()
            ]
            exchange.answer_json({"attachments": rows})
        else:
            if self.stall:
                self.closing.wait(20)
            exchange.answer(
                200, self.lie(self.files[int(parts[3])][2]), Content_Type="application/octet-stream"
            )


@pytest.fixture
def server() -> Iterator[AttachmentServer]:
    with AttachmentServer() as running:
        yield running


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> list[QUrl]:
    """What was handed to other programs."""
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    return opened


@pytest.fixture
def dock(open_verification: Callable[..., VerificationDock], server: AttachmentServer) -> VerificationDock:
    return open_verification(url=server.url)


def with_files(dock: VerificationDock, number: int = 0) -> int:
    rows = ask(dock.session, "SELECT fid FROM threats WHERE attachments > 0 AND status = 'new' ORDER BY fid")
    return rows[number][0]


def look_at(dock: VerificationDock, fid: int) -> None:
    dock.show_threat(fid)
    wait_for(lambda: dock.threat.threat is not None and dock.threat.threat.fid == fid)


def fetched(dock: VerificationDock) -> None:
    part = dock.threat.attachments
    wait_for(lambda: part._task is None and not part._patience.isActive(), "the attachments")


def store(session: Session) -> AttachmentStore:
    return AttachmentStore(settings.workspace_folder(session.connection))


def test_coordinates_are_shown_and_copied_in_both_systems(dock: VerificationDock) -> None:
    part = dock.threat.coordinates
    assert part.isHidden()
    part.show_place(*GORZOW)
    shown = {system: text.text().replace("\u00a0", " ") for system, text in part.texts.items()}
    assert shown[WGS84] == "φ 52.736800° λ 15.236900°"
    assert shown[PL1992] == "X 547880.1 m Y 246048.8 m"  # northing first
    QTest.mouseClick(part.copies[WGS84], LEFT)
    assert QGuiApplication.clipboard().text() == "52.736800, 15.236900"
    QTest.mouseClick(part.copies[PL1992], LEFT)
    assert QGuiApplication.clipboard().text() == "547880.1, 246048.8"


def test_links_lead_to_the_pages_that_are_configured(
    dock: VerificationDock, outside: list[QUrl], desk: Desk
) -> None:
    part = dock.threat.coordinates
    part.show_place(*GORZOW)
    QTest.mouseClick(part.street, LEFT)
    QTest.mouseClick(part.geoportal, LEFT)
    assert outside[0].toString().endswith("viewpoint=52.736800,15.236900")
    assert outside[1].toString().endswith("bbox=245848.8,547680.1,246248.8,548080.1")
    settings.set_preference(settings.STREET_LINK, "")
    settings.set_preference(settings.GEOPORTAL_LINK, "file:///etc/passwd")
    part.show_place(*GORZOW)
    assert part.street.isHidden()
    QTest.mouseClick(part.geoportal, LEFT)
    assert len(outside) == 2
    assert "not valid" in told(desk.bar)[-1]


@pytest.mark.parametrize(
    ("template", "handed_over"),
    [
        # what a server has encoded stays so: a comma, an ampersand and a plus of its own
        (
            "https://mapa.example/?bbox={west}%2C{south}%2C{east}%2C{north}&o=a%26b%2Bc",
            "https://mapa.example/?bbox=245848.8%2C547680.1%2C246248.8%2C548080.1&o=a%26b%2Bc",
        ),
        # what people write is encoded: Polish letters, spaces, quotation marks
        (
            'https://mapa.example/zgłoszenia/ul. Żabia?q="{lat} {lon}"#skala={x}',
            "https://mapa.example/zg%C5%82oszenia/ul.%20%C5%BBabia"
            "?q=%2252.736800%2015.236900%22#skala=246048.8",
        ),
        # what a browser's address bar has made of the braces
        ("https://mapa.example/@%7Blat%7D,%7Blon%7D", "https://mapa.example/@52.736800,15.236900"),
    ],
)
def test_a_link_is_encoded_as_addresses_are(
    dock: VerificationDock, outside: list[QUrl], template: str, handed_over: str
) -> None:
    settings.set_preference(settings.GEOPORTAL_LINK, template)
    part = dock.threat.coordinates
    part.show_place(*GORZOW)
    QTest.mouseClick(part.geoportal, LEFT)
    assert bytes(outside[0].toEncoded()).decode() == handed_over


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        ("https://example.pl/{lat}/{lon}?e={x}&n={y}", ""),
        ("http://mapa/{west}", ""),
        ("https://{lat}.example.pl/", "address"),
        ("https://%7Blat%7D.example.pl/", "address"),
        ("https://example.pl/%7Bheight%7D", "height"),
        ("javascript:alert({lat})", "address"),
        ("example.pl/{lat}", "address"),
        ("", "address"),
        ("https://example.pl/{lat.__class__}", "lat.__class__"),
        ("https://example.pl/{height}", "height"),
    ],
)
def test_only_web_links_with_known_placeholders_are_good(template: str, fault: str) -> None:
    assert link_fault(template) == fault


def test_a_link_takes_the_places_values() -> None:
    link = link_to("https://m.pl/{lat}/{lon}/{x}/{y}/{z}", 52.5, 15.25, 1000, 2000)
    assert link == "https://m.pl/52.500000/15.250000/1000.0/2000.0/{z}"


def test_the_history_is_a_timeline_from_the_report_to_what_waits(
    language: str, dock: VerificationDock
) -> None:
    fid = some(dock, "verification")
    look_at(dock, fid)
    events = [label.text() for label in dock.threat.history.texts]
    assert len(events) == 2
    words = {
        "en": ("Verification", "coordinator", "Reported", "your decision, to be sent"),
        "pl": ("Weryfikacja", "koordynator", "Zgłoszono", "Twoja decyzja, do wysłania"),
    }
    status, role, reported, waits = words[language]
    assert events[0].startswith(f"<b>{status}</b>")
    assert f"K. Nowak, {role}" in events[0]
    assert events[1].startswith(f"<b>{reported}</b>")
    dock.threat.form.choose_step(0)
    dock.threat.form.submit()
    wait_for(lambda: len(dock.threat.history.texts) == 3, "one's own is on top")
    assert waits in dock.threat.history.texts[0].text()
    image = dock.threat.history.grab().toImage()
    assert not image.isNull()


def test_pictures_are_fetched_and_shown_and_other_files_are_listed(
    language: str, dock: VerificationDock, server: AttachmentServer
) -> None:
    look_at(dock, with_files(dock))
    part = dock.threat.attachments
    assert not part.isHidden()
    assert part.state.text() == {"en": "Being fetched…", "pl": "Pobieranie…"}[language]
    fetched(dock)
    assert list(part.previews) == [1]
    shown = part.previews[1].pixmap()
    assert 0 < shown.width() <= part.width()
    assert shown.width() / shown.height() == pytest.approx(1600 / 900, rel=0.02)
    assert list(part.open_buttons) == [1, 2, 3]
    assert not part.open_buttons[3].isEnabled()  # a program is never opened
    assert part.state.isHidden()
    asked = [seen.path for seen in server.seen if seen.path.startswith("/threats")]
    assert len(asked) == 2  # the list and the picture; the rest only when it is wanted


def test_the_room_of_a_picture_does_not_depend_on_its_height(dock: VerificationDock) -> None:
    """Narrower it is lower, lower it needs no bar, without one it is wider: it could go round for ever."""
    look_at(dock, ask(dock.session, "SELECT fid FROM threats WHERE attachments = 0")[0][0])
    widths = set()
    for height in (400, 2000):
        dock.resize(360, height)
        QApplication.processEvents()
        widths.add(dock.threat.scroll.viewport().width())
    assert len(widths) == 1


BUSY = """
import threading
from qgis.PyQt.QtCore import QRunnable, QThreadPool
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtWidgets import QApplication
from kmzb_qgis_plugin.gui.attachments_part import Preview

class Task(QRunnable):
    def run(self):
        begun.release()
        shown.wait()

application = QApplication([])
begun, shown, pool = threading.Semaphore(0), threading.Event(), QThreadPool.globalInstance()
tasks = [Task() for _ in range(pool.maxThreadCount())]
for task in tasks:
    pool.start(task)
for task in tasks:
    begun.acquire()
preview = Preview(QImage(1600, 900, QImage.Format.Format_ARGB32_Premultiplied), "")
preview.resize(300, 200)
preview.grab()
print(preview.pixmap().width())
shown.set()
pool.waitForDone()
"""


def test_a_picture_is_shown_while_tasks_take_all_threads() -> None:
    """Qt's smooth scaling waits for one of them, and they for Python, which the window has: a standstill."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", BUSY], capture_output=True, text=True, timeout=30, env=environment, check=True
    )
    assert done.stdout.strip() == "300"


def test_what_was_fetched_is_there_without_a_network(
    language: str, dock: VerificationDock, server: AttachmentServer
) -> None:
    fid = with_files(dock)
    look_at(dock, fid)
    fetched(dock)
    dock.session.connection = settings.Connection(
        dock.session.connection.id, "Lubuskie", "http://127.0.0.1:9"
    )
    look_at(dock, some(dock, "eliminated"))
    look_at(dock, fid)
    fetched(dock)
    part = dock.threat.attachments
    assert list(part.previews) == [1]
    assert {"en": "cannot be reached", "pl": "Brak łączności z usługą"}[language] in part.state.text()
    assert not part.again.isHidden()
    other = with_files(dock, 1)
    look_at(dock, other)
    fetched(dock)
    words = {"en": "They are not on this computer yet.", "pl": "Nie ma ich jeszcze na tym komputerze."}
    assert part.state.text().startswith(words[language])
    assert part.open_buttons == {}


def test_other_files_are_opened_after_a_warning_only(
    language: str, dock: VerificationDock, outside: list[QUrl], monkeypatch: pytest.MonkeyPatch
) -> None:
    fid = with_files(dock)
    look_at(dock, fid)
    fetched(dock)
    answers = [QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Open]
    warned: list[str] = []

    def warning(_parent: object, _title: str, text: str, *_: object) -> object:
        warned.append(text)
        return answers.pop(0)

    monkeypatch.setattr(QMessageBox, "warning", warning)
    part = dock.threat.attachments
    QTest.mouseClick(part.open_buttons[2], LEFT)
    assert {"en": "“opis <b>.pdf” was sent by", "pl": "Plik „opis <b>.pdf” przysłała"}[language] in warned[0]
    fetched(dock)
    assert outside == []
    QTest.mouseClick(part.open_buttons[2], LEFT)
    wait_for(lambda: outside, "it is fetched and opened")
    path = Path(outside[0].toLocalFile())
    assert path.read_bytes() == FILES[2][2]
    assert path.name == f"{fid}-2.pdf"  # nothing of the sender's name
    assert path.stat().st_mode & 0o177 == 0
    QTest.mouseClick(part.open_buttons[1], LEFT)  # a picture needs no warning
    assert len(warned) == 2
    assert outside[1].toLocalFile().endswith(f"{fid}-1.jpg")


def test_what_is_not_what_was_announced_is_thrown_away(
    dock: VerificationDock, server: AttachmentServer
) -> None:
    server.lie = lambda content: content[:-1] + b"?"
    fid = with_files(dock)
    look_at(dock, fid)
    fetched(dock)
    part = dock.threat.attachments
    assert part.previews == {}
    assert part.state.text()
    assert [path.name for path in store(dock.session).folder.glob("*")] == [f"{fid}.json"]
    server.lie = lambda content: content
    QTest.mouseClick(part.again, LEFT)
    fetched(dock)
    assert list(part.previews) == [1]


def test_what_is_too_large_is_not_fetched(dock: VerificationDock, server: AttachmentServer) -> None:
    server.sizes[1] = MOST_BYTES + 1
    look_at(dock, with_files(dock))
    fetched(dock)
    assert "too large" in dock.threat.attachments.state.text()
    assert not [seen for seen in server.seen if seen.path.endswith("/attachments/1")]


def test_fetching_can_be_stopped_and_goes_on_later(
    language: str, dock: VerificationDock, server: AttachmentServer
) -> None:
    server.stall = True
    look_at(dock, with_files(dock))
    part = dock.threat.attachments
    wait_for(lambda: any(seen.path.endswith("/attachments/1") for seen in server.seen), "it has begun")
    QTest.mouseClick(part.cancel, LEFT)
    assert part.state.text() == {"en": "Stopped.", "pl": "Zatrzymano."}[language]
    server.stall = False
    QTest.mouseClick(part.again, LEFT)
    fetched(dock)
    assert list(part.previews) == [1]


def test_leaving_a_report_drops_what_comes_late(dock: VerificationDock, server: AttachmentServer) -> None:
    server.stall = True
    look_at(dock, with_files(dock))
    wait_for(lambda: any(seen.path.endswith("/attachments/1") for seen in server.seen), "it has begun")
    look_at(dock, ask(dock.session, "SELECT fid FROM threats WHERE attachments = 0")[0][0])
    assert dock.threat.attachments.isHidden()
    assert dock.threat.attachments._task is None


def test_what_was_to_be_opened_is_not_when_one_has_left_or_stopped(
    dock: VerificationDock, server: AttachmentServer, outside: list[QUrl], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QMessageBox, "warning", lambda *_: QMessageBox.StandardButton.Open)
    part = dock.threat.attachments
    look_at(dock, with_files(dock))
    fetched(dock)
    server.stall = True
    QTest.mouseClick(part.open_buttons[2], LEFT)
    wait_for(lambda: any(seen.path.endswith("/attachments/2") for seen in server.seen), "it has begun")
    server.stall = False
    look_at(dock, with_files(dock, 1))
    fetched(dock)
    assert list(part.previews) == [1]
    server.stall = True
    QTest.mouseClick(part.open_buttons[2], LEFT)
    QTest.mouseClick(part.cancel, LEFT)
    server.stall = False
    QTest.mouseClick(part.again, LEFT)
    fetched(dock)
    assert outside == []


def test_attachments_that_come_while_one_looks_are_shown(
    dock: VerificationDock, server: AttachmentServer
) -> None:
    fid = with_files(dock)
    look_at(dock, fid)
    fetched(dock)
    server.files[4] = ("drugie.jpg", "image/jpeg", picture(8, 8))
    with dock.session.replica._writing() as file:
        file.execute("UPDATE threats SET attachments = attachments + 1 WHERE fid = ?", (fid,))
    dock.threat.refresh()
    part = dock.threat.attachments
    wait_for(lambda: sorted(part.previews) == [1, 4], "the new one too")


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", picture(8, 8)[:40]]
)
def test_what_is_no_picture_is_not_shown(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(content)
    assert preview(path, b"jpeg").isNull()


def test_previews_are_small(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(picture(4000, 1000))
    image = preview(path, b"jpeg")
    assert image.width() == PREVIEW.width()
    assert image.format() == QImage.Format.Format_ARGB32_Premultiplied  # what a window shows as it is
    assert image.height() <= PREVIEW.height()


def test_the_store_keeps_to_its_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = AttachmentStore(tmp_path)
    kept.folder.mkdir()
    for number in range(4):
        path = kept.folder / f"{number}.jpg"
        path.write_bytes(b"x" * 100)
        os.utime(path, (1e9, 1e9) if number == 0 else None)
    kept.sweep()
    assert sorted(path.name for path in kept.folder.glob("*")) == ["1.jpg", "2.jpg", "3.jpg"]
    monkeypatch.setattr(attachments, "KEPT_BYTES", 150)
    kept.sweep()
    assert len(list(kept.folder.glob("*"))) == 1


def test_a_broken_list_is_as_none(tmp_path: Path) -> None:
    kept = AttachmentStore(tmp_path)
    assert kept.known(1) is None
    kept.folder.mkdir()
    for text in ("", "{", json.dumps([{"id": 1}]), json.dumps([1])):
        (kept.folder / "1.json").write_text(text, encoding="utf-8")
        assert kept.known(1) is None


def test_a_meetings_signal_says_who_and_how_many(dock: VerificationDock) -> None:
    fid = ask(dock.session, "SELECT fid FROM threats WHERE organiser IS NOT NULL")[0][0]
    look_at(dock, fid)
    threat: ThreatRow = dock.threat.threat
    assert threat.organiser in dock.threat.facts.text()
    assert str(threat.participants) in dock.threat.facts.text()


def test_weekdays_are_told_in_the_words_of_the_window(language: str) -> None:
    """Beside the part of the day, which is; the computer may be of another language."""
    QLocale.setDefault(QLocale("de"))
    assert weekday_names("4,6") == {"en": "Thu, Sat", "pl": "czw., sob."}[language]


def test_files_are_handed_over_as_local_ones(outside: list[QUrl], tmp_path: Path, messages: Messages) -> None:
    open_outside(tmp_path / "a b.pdf", messages)
    assert outside[0].isLocalFile()


def test_a_file_that_no_program_opens_is_told(
    monkeypatch: pytest.MonkeyPatch, messages: Messages, desk: Desk
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    open_outside(Path("film.3gp"), messages)
    assert "no program that opens film.3gp" in told(desk.bar)[-1]
