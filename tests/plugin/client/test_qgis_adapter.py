"""The adapter inside a real QGIS, against a real server on this computer."""

from __future__ import annotations

import base64
import gc
import gzip
import hashlib
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from local_server import Exchange, LocalServer, unused_port
from qgis.core import (
    QgsApplication,
    QgsAuthCertUtils,
    QgsAuthMethodConfig,
    QgsCredentials,
    QgsNetworkAccessManager,
    QgsNetworkRequestParameters,
    QgsTask,
)
from qgis.PyQt.QtCore import QCoreApplication, QTimer
from qgis.PyQt.QtNetwork import QSslCertificate

from kmzb_qgis_plugin.client import qgis_adapter
from kmzb_qgis_plugin.client.errors import Cancelled, SignInUnavailable
from kmzb_qgis_plugin.client.qgis_adapter import qgis_session

MEGABYTE = 1 << 20
StoreConfig = Callable[[str, str], str]


@pytest.fixture
def server() -> Iterator[LocalServer]:
    with LocalServer() as server:
        yield server


def in_task(work: Callable[[], Any]) -> Any:
    """Do work in a task of QGIS while the main thread's events go on; return or raise what it did."""
    box: dict[str, Any] = {}

    def run(task: QgsTask) -> bool:
        try:
            box["result"] = work()
        except BaseException as error:  # noqa: BLE001  (raised again in the test)
            box["error"] = error
        return True

    task = QgsTask.fromFunction("test", run)
    QgsApplication.taskManager().addTask(task)
    while not box:
        QCoreApplication.processEvents()
        time.sleep(0.005)
    task.waitForFinished(5000)
    if "error" in box:
        raise box["error"]
    return box["result"]


def here(work: Callable[[], Any]) -> Any:
    return work()


both_threads = pytest.mark.parametrize("run", [here, in_task], ids=["main thread", "task"])


@pytest.fixture(autouse=True)
def _qgis(qgis_app: object) -> None:
    """Every test here needs QGIS."""


@both_threads
def test_get_brings_status_headers_and_body(server: LocalServer, run: Callable[..., Any]) -> None:
    server.routes["/x"] = lambda e: e.answer(
        200, "zażółć".encode(), Content_Type="text/plain; charset=utf-8", X_Own="1"
    )
    response = run(lambda: qgis_session("").get(server.url + "/x?a=b", headers={"X-Sent": "2"}, timeout=10))
    assert (response.status_code, response.text, response.headers["x-own"]) == (200, "zażółć", "1")
    assert server.seen[0].path == "/x?a=b"
    assert server.seen[0].headers["X-Sent"] == "2"


@both_threads
def test_post_sends_the_body(server: LocalServer, run: Callable[..., Any]) -> None:
    server.routes["/x"] = lambda e: e.answer_json({"got": e.body.decode()})
    response = run(lambda: qgis_session("").post(server.url + "/x", json={"ś": 1}, timeout=10))
    assert response.json() == {"got": '{"\\u015b": 1}'}
    assert server.seen[0].headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("method", ["PATCH", "HEAD"])
def test_other_methods(server: LocalServer, method: str) -> None:
    server.routes["/x"] = lambda e: e.answer(200, e.command.encode())
    response = qgis_session("").request(method, server.url + "/x", data=b"1", timeout=10)
    assert server.seen[0].method == method
    assert response.text == ("" if method == "HEAD" else method)


@both_threads
@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 422, 500, 503])
def test_an_error_status_is_an_answer_with_its_body(
    server: LocalServer, run: Callable[..., Any], status: int
) -> None:
    server.routes["/x"] = lambda e: e.problem("some-problem", status)
    response = run(lambda: qgis_session("").get(server.url + "/x", timeout=10))
    assert response.status_code == status
    assert response.json()["type"] == "urn:kmzb:problem:some-problem"


def test_an_answer_without_a_body(server: LocalServer) -> None:
    server.routes["/x"] = lambda e: e.begin(304, ETag='"1"')
    response = qgis_session("").get(server.url + "/x", timeout=10)
    assert (response.status_code, response.content, response.headers["ETag"]) == (304, b"", '"1"')


def test_redirections_are_followed_and_told(server: LocalServer) -> None:
    server.routes["/from"] = lambda e: e.answer(302, Location="/to")
    server.routes["/to"] = lambda e: e.answer(200, b"there")
    response = qgis_session("").get(server.url + "/from", timeout=10)
    assert (response.text, response.url) == ("there", server.url + "/to")
    assert [one.status_code for one in response.history] == [302]


def test_a_circle_of_redirections_ends(server: LocalServer) -> None:
    server.routes["/x"] = lambda e: e.answer(302, Location="/x")
    with pytest.raises(requests.TooManyRedirects):
        qgis_session("").get(server.url + "/x", timeout=10)


def test_packed_answers_are_unpacked_once(server: LocalServer) -> None:
    plain = b"a threat " * 100_000
    server.routes["/x"] = lambda e: e.answer(200, gzip.compress(plain), Content_Encoding="gzip")
    response = qgis_session("").get(server.url + "/x", timeout=10)
    assert "gzip" in server.seen[0].headers["Accept-Encoding"]
    assert response.content == plain
    assert "Content-Encoding" not in response.headers


def test_identity_is_asked_for_where_bytes_count(server: LocalServer) -> None:
    server.routes["/x"] = lambda e: e.answer(206, b"def", Content_Range="bytes 3-5/6")
    headers = {"Accept-Encoding": "identity", "Range": "bytes=3-", "If-Range": '"tag"'}
    response = qgis_session("").get(server.url + "/x", headers=headers, timeout=10)
    seen = server.seen[0].headers
    assert (seen["Accept-Encoding"], seen["Range"], seen["If-Range"]) == ("identity", "bytes=3-", '"tag"')
    assert (response.status_code, response.content) == (206, b"def")


@both_threads
def test_a_large_body_streams_through_little_memory(server: LocalServer, run: Callable[..., Any]) -> None:
    """The server can be only a few buffers ahead of a reader that has stopped to think."""
    size, sent = 96 * MEGABYTE, []
    block = bytes(range(256)) * 4096

    def route(exchange: Exchange) -> None:
        exchange.begin(200, Content_Length=str(size))
        for _ in range(size // len(block)):
            exchange.wfile.write(block)
            sent.append(len(block))

    def read() -> tuple[str, int, int]:
        digest, total = hashlib.sha256(), 0
        with qgis_session("").get(server.url + "/x", stream=True, timeout=10) as response:
            for piece in response.iter_content(MEGABYTE // 4):
                if not total:
                    time.sleep(0.5)  # long enough for the server to send all it can
                    ahead = sum(sent)
                digest.update(piece)
                total += len(piece)
        return digest.hexdigest(), total, ahead

    server.routes["/x"] = route
    digest, total, ahead = run(read)
    assert total == size
    assert digest == hashlib.sha256(block * (size // len(block))).hexdigest()
    assert ahead < size / 2


@both_threads
def test_cancelling_in_the_middle_ends_the_request(server: LocalServer, run: Callable[..., Any]) -> None:
    broken = threading.Event()

    def route(exchange: Exchange) -> None:
        exchange.begin(200, Content_Length=str(1 << 40))
        try:
            while not server.closing.is_set():
                exchange.wfile.write(b"x" * 65536)
        except OSError:
            broken.set()

    server.routes["/x"] = route
    stop = threading.Event()

    def read() -> None:
        session = qgis_session("", stop.is_set)
        with session.get(server.url + "/x", stream=True, timeout=10) as response:
            for number, _ in enumerate(response.iter_content(65536)):
                if number == 20:
                    break
        stop.set()
        session.get(server.url + "/stall", timeout=10)

    server.routes["/stall"] = lambda e: server.closing.wait(30)
    with pytest.raises(Cancelled):
        run(read)
    assert broken.wait(10)


@both_threads
def test_nobody_listens(run: Callable[..., Any]) -> None:
    with pytest.raises(requests.ConnectionError):
        run(lambda: qgis_session("").get(f"http://127.0.0.1:{unused_port()}/", timeout=10))


def test_an_unknown_host() -> None:
    with pytest.raises(requests.ConnectionError):
        qgis_session("").get("http://nowhere.invalid/", timeout=10)


def test_a_certificate_that_is_not_trusted(server: LocalServer, tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    options = ("-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost")
    files = ("-keyout", str(key), "-out", str(certificate))
    subprocess.run(["openssl", "req", *options, *files], check=True, capture_output=True)
    server.encrypt(certificate, key)
    server.routes["/x"] = lambda e: e.answer(200, b"secret")
    with pytest.raises(requests.exceptions.SSLError):
        qgis_session("").get(server.url.replace("http://", "https://") + "/x", timeout=10)
    assert server.seen == []


class Authority:
    """A certificate authority of a command, made with OpenSSL."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key, self.certificate = folder / "ca.key", folder / "ca.pem"
        self._openssl("req", "-x509", *NEW_KEY, "-subj", "/CN=KMZB test authority", *self._out("ca"))

    def issue(self, name: str) -> tuple[Path, Path]:
        """A certificate for a name on this computer, and its key."""
        request, extension = self.folder / f"{name}.csr", self.folder / f"{name}.ext"
        extension.write_text("subjectAltName=DNS:localhost,IP:127.0.0.1")
        self._openssl("req", *NEW_KEY, "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", str(request))
        signing = ("-CA", str(self.certificate), "-CAkey", str(self.key), "-CAcreateserial", "-days", "2")
        self._openssl(
            "x509", "-req", "-in", str(request), *signing, "-extfile", str(extension), "-out", f"{name}.pem"
        )
        return self.folder / f"{name}.pem", self.folder / f"{name}.key"

    def _out(self, name: str) -> tuple[str, ...]:
        return ("-days", "2", "-keyout", f"{name}.key", "-out", f"{name}.pem")

    def _openssl(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], check=True, capture_output=True, cwd=self.folder)


NEW_KEY = ("-newkey", "rsa:2048", "-nodes")


@pytest.fixture
def trusted(tmp_path: Path, basic_config: StoreConfig) -> Iterator[Authority]:
    """An authority that the administrator has added to QGIS."""
    authority, manager = Authority(tmp_path), QgsApplication.authManager()
    basic_config("unlocks", "the store")
    (certificate,) = QSslCertificate.fromPath(str(authority.certificate))
    assert manager.storeCertAuthority(certificate)
    assert manager.storeCertTrustPolicy(certificate, QgsAuthCertUtils.CertTrustPolicy.Trusted)
    assert manager.rebuildCaCertsCache()
    assert manager.rebuildTrustedCaCertsCache()
    yield authority
    manager.removeCertAuthority(certificate)
    manager.rebuildCaCertsCache()
    manager.rebuildTrustedCaCertsCache()


@both_threads
def test_a_client_certificate_signs_in(
    server: LocalServer, trusted: Authority, run: Callable[..., Any]
) -> None:
    """Both at once: a service whose certificate only QGIS's own authorities vouch for, and PKI sign-in."""
    certificate, key = trusted.issue("A. Nowak")
    server.encrypt(*trusted.issue("localhost"), clients_of=trusted.certificate)
    server.routes["/x"] = lambda e: e.answer(200, b"for you alone")
    config = QgsAuthMethodConfig("PKI-Paths")
    config.setName("KMZB test certificate")
    config.setConfig("certpath", str(certificate))
    config.setConfig("keypath", str(key))
    manager = QgsApplication.authManager()
    manager.storeAuthenticationConfig(config)
    url = server.url.replace("http://", "https://") + "/x"
    try:
        assert run(lambda: qgis_session(config.id()).get(url, timeout=10).content) == b"for you alone"
    finally:
        manager.removeAuthenticationConfig(config.id())


@both_threads
def test_no_answer_in_time(server: LocalServer, run: Callable[..., Any]) -> None:
    server.routes["/x"] = lambda e: server.closing.wait(30)
    with pytest.raises(requests.Timeout):
        run(lambda: qgis_session("").get(server.url + "/x", timeout=(0.3, 0.3)))


def test_a_body_that_stalls(server: LocalServer) -> None:
    def route(exchange: Exchange) -> None:
        exchange.begin(200, Content_Length="100")
        exchange.wfile.write(b"half")
        server.closing.wait(30)

    server.routes["/x"] = route
    with pytest.raises(requests.Timeout):
        qgis_session("").get(server.url + "/x", timeout=(0.3, 0.3))


def _trickle(exchange: Exchange, pieces: int, pause: float) -> None:
    exchange.begin(200, Content_Length=str(pieces))
    for _ in range(pieces):
        exchange.wfile.write(b"x")
        time.sleep(pause)


@pytest.fixture
def short_qgis_timeout() -> Iterator[None]:
    usual = QgsNetworkAccessManager.timeout()
    QgsNetworkAccessManager.setTimeout(600)
    yield
    QgsNetworkAccessManager.setTimeout(usual)


@both_threads
def test_a_long_download_outlives_the_timeout_while_data_flow(
    server: LocalServer, run: Callable[..., Any], short_qgis_timeout: None
) -> None:
    server.routes["/x"] = lambda e: _trickle(e, 16, 0.1)
    response = run(lambda: qgis_session("").get(server.url + "/x", timeout=(0.6, 0.6)))
    assert response.content == b"x" * 16


@both_threads
def test_the_timeout_of_qgis_is_a_timeout(
    server: LocalServer, run: Callable[..., Any], short_qgis_timeout: None
) -> None:
    server.routes["/x"] = lambda e: server.closing.wait(30)
    with pytest.raises(requests.Timeout):
        run(lambda: qgis_session("").get(server.url + "/x", timeout=20))


@both_threads
@pytest.mark.parametrize("length", [{"Content_Length": "1000"}, {"Transfer_Encoding": "chunked"}])
def test_a_server_that_dies_in_the_middle(
    server: LocalServer, run: Callable[..., Any], length: dict[str, str]
) -> None:
    def route(exchange: Exchange) -> None:
        exchange.begin(200, **length)
        exchange.wfile.write(b"5\r\nhello\r\n")
        exchange.hang_up()

    server.routes["/x"] = route
    with pytest.raises(requests.ConnectionError):
        run(lambda: qgis_session("").get(server.url + "/x", timeout=10))


def test_what_came_before_a_break_is_there_even_if_the_break_is_met_first(
    server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a busy computer all of it has happened before the first look."""

    def half(exchange: Exchange) -> None:
        exchange.begin(200, Content_Length="2000")
        exchange.wfile.write(b"x" * 1000)
        exchange.hang_up()

    wait = qgis_adapter._Body._wait

    def late(body: Any) -> None:
        for _ in range(20):
            time.sleep(0.01)
            QCoreApplication.processEvents()
        wait(body)

    monkeypatch.setattr(qgis_adapter._Body, "_wait", late)
    server.routes["/x"] = half
    answer = qgis_session("").get(server.url + "/x", stream=True, timeout=10)
    assert answer.raw.read(1000) == b"x" * 1000
    with pytest.raises(requests.ConnectionError):
        answer.raw.read(1000)


@both_threads
def test_the_authentication_configuration_is_applied(
    server: LocalServer, run: Callable[..., Any], basic_config: StoreConfig
) -> None:
    authcfg = basic_config("anna", "the-token")
    server.routes["/x"] = lambda e: e.answer(200, b"in")
    run(lambda: qgis_session(authcfg).get(server.url + "/x", timeout=10))
    expected = base64.b64encode(b"anna:the-token").decode()
    assert server.seen[0].headers["Authorization"] == f"Basic {expected}"


def test_another_host_is_not_shown_the_authentication(server: LocalServer, basic_config: StoreConfig) -> None:
    authcfg = basic_config("anna", "the-token")
    with LocalServer() as other:
        other.routes["/y"] = lambda e: e.answer(200, b"elsewhere")
        server.routes["/x"] = lambda e: e.answer(302, Location=other.url + "/y")
        assert qgis_session(authcfg).get(server.url + "/x", timeout=10).text == "elsewhere"
        assert "Authorization" not in other.seen[0].headers


def test_a_configuration_that_is_gone(server: LocalServer, basic_config: StoreConfig) -> None:
    server.routes["/x"] = lambda e: e.answer(200, b"in")
    with pytest.raises(SignInUnavailable):
        qgis_session("gone123").get(server.url + "/x", timeout=10)
    assert server.seen == []


class AskingCredentials(QgsCredentials):
    """Notes each time that a person would be asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.setInstance(self)

    def request(self, realm: str, username: str, password: str, message: str) -> tuple[bool, str, str]:
        self.asked.append(realm)
        return False, username, password

    def requestMasterPassword(self, password: str, stored: bool) -> tuple[bool, str]:  # noqa: N802
        return False, password


@pytest.fixture(scope="module")
def asking() -> AskingCredentials:
    return AskingCredentials()


def ask_as_the_window_does(reply: Any, authenticator: Any) -> None:
    """What QGIS's own window does about an answer that wants a sign-in."""
    realm = f"{authenticator.realm()} at {reply.url().host()}"
    ok, user, password = QgsCredentials.instance().get(realm, "", "", "Authentication required")
    if ok:
        QgsCredentials.instance().put(realm, user, password)
        authenticator.setUser(user)
        authenticator.setPassword(password)


@both_threads
def test_a_refused_sign_in_is_an_answer_and_asks_nobody(
    server: LocalServer, run: Callable[..., Any], asking: AskingCredentials
) -> None:
    """A proxy's 401 with Basic would make QGIS ask for a password at each request."""
    server.routes["/x"] = lambda e: e.answer(401, b"no", WWW_Authenticate='Basic realm="proxy"')

    def work() -> int:
        manager = QgsNetworkAccessManager.instance()
        gc.collect()  # what earlier tests left of this manager takes its connections with it when it goes
        manager.authenticationRequired.connect(ask_as_the_window_does)
        try:
            return qgis_session("").get(server.url + "/x", timeout=10).status_code
        finally:
            manager.authenticationRequired.disconnect(ask_as_the_window_does)

    assert [run(work) for _ in range(2)] == [401, 401]
    assert len(server.seen) == 2
    assert asking.asked == []
    # nothing false is left in QGIS's memory of passwords: now it has to ask
    assert QgsCredentials.instance().get("proxy at 127.0.0.1", "", "", "")[0] is False
    assert asking.asked.pop() == "proxy at 127.0.0.1"


def test_a_bearer_challenge_keeps_its_body(server: LocalServer) -> None:
    def route(exchange: Exchange) -> None:
        body = b'{"type": "urn:kmzb:problem:token-expired"}'
        exchange.answer(401, body, WWW_Authenticate="Bearer", Content_Type="application/problem+json")

    server.routes["/x"] = route
    assert qgis_session("").get(server.url + "/x", timeout=10).json()["type"].endswith("token-expired")


def test_the_window_lives_while_the_main_thread_waits(server: LocalServer) -> None:
    ticks: list[float] = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    timer.start(10)
    server.routes["/x"] = lambda e: _trickle(e, 10, 0.05)
    qgis_session("").get(server.url + "/x", timeout=10)
    timer.stop()
    assert len(ticks) > 10


def test_the_network_log_sees_requests(server: LocalServer) -> None:
    seen: list[str] = []
    manager = QgsNetworkAccessManager.instance()

    def note(parameters: Any) -> None:
        seen.append(parameters.request().url().toString())

    manager.requestAboutToBeCreated[QgsNetworkRequestParameters].connect(note)
    server.routes["/x"] = lambda e: e.answer(200)
    qgis_session("").get(server.url + "/x", timeout=10)
    manager.requestAboutToBeCreated[QgsNetworkRequestParameters].disconnect(note)
    assert server.url + "/x" in seen
