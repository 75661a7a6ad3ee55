"""The client against a small service on this computer, with the answers that real networks give."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from contract_server import ContractServer, hang_up, page_of_a_proxy, problem
from local_server import Exchange, LocalServer, unused_port

from kmzb_qgis_plugin.client import errors
from kmzb_qgis_plugin.client.service_client import Identity, Scope, ServiceClient, SnapshotInfo
from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.decision import Decision
from kmzb_qgis_plugin.domain.meeting import Concern, Meeting

Progress = list[tuple[int, int]]


def session(token: str = "coordinator-token") -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    session.headers["Authorization"] = f"Bearer {token}"
    return session


@pytest.fixture
def service(sample_file: Path) -> Iterator[ContractServer]:
    with ContractServer(sample_file) as service:
        yield service


@pytest.fixture
def client(service: ContractServer) -> ServiceClient:
    return ServiceClient(service.url + "/", session(), timeout=(2, 2))


def never() -> bool:
    return False


def test_me(client: ServiceClient) -> None:
    identity = client.me()
    assert (identity.name, identity.role, identity.unit, identity.contract) == (
        "A. Nowak",
        "coordinator",
        None,
        1,
    )
    assert Identity.from_json(json.dumps(identity.to_json())) == identity


@pytest.mark.parametrize(
    ("said", "scope"),
    [
        ("all", Scope("country")),
        ({"reach": "country", "voivodeship": None, "unit": None}, Scope("country")),
        ({"reach": "voivodeship", "voivodeship": "08", "unit": None}, Scope("voivodeship", "08")),
        ({"reach": "own", "voivodeship": "08", "unit": "KPP-ZARY"}, Scope("own", "08", "KPP-ZARY")),
    ],
)
def test_the_reach_is_read_in_both_forms(
    service: ContractServer, client: ServiceClient, said: Any, scope: Scope
) -> None:
    service.scope = said
    identity = client.me()
    assert identity.scope == scope
    assert Identity.from_json(json.dumps(identity.to_json())) == identity


@pytest.mark.parametrize(("contract", "error"), [(2, errors.ServiceTooNew), (0, errors.ServiceTooOld)])
def test_another_contract_is_told(
    service: ContractServer, client: ServiceClient, contract: int, error: type[Exception]
) -> None:
    service.contract = contract
    with pytest.raises(error, match=f"contract has version {contract}"):
        client.me()


def test_the_catalogue_comes_once(client: ServiceClient) -> None:
    text, etag = client.catalogue()
    assert text is not None
    assert Catalogue.from_json(text).initial == "new"
    assert client.catalogue(etag) == (None, etag)


def test_the_newest_snapshot(service: ContractServer, client: ServiceClient) -> None:
    info = client.newest_snapshot()
    assert (info.size, info.sha256) == (len(service.file), service.sha256)


def test_an_address_behind_a_proxy_that_changes_scheme_and_port(
    service: ContractServer, client: ServiceClient
) -> None:
    """The service behind it knows neither; the host is the same."""
    answer = {"size": 1, "sha256": "a", "cursor": "c", "built_at": "b", "schema_version": 1}
    url = "https://127.0.0.1:8443/snapshots/file"
    service.fail("/snapshots", lambda e: e.answer_json({"snapshots": [{**answer, "url": url}]}))
    assert client.newest_snapshot().url == f"{service.url}/snapshots/file"


def test_the_token_is_not_carried_to_another_host(service: ContractServer, client: ServiceClient) -> None:
    answer = {"size": 1, "sha256": "a", "cursor": "c", "built_at": "b", "schema_version": 1}
    url = "http://evil.example/file"
    service.fail("/snapshots", lambda e: e.answer_json({"snapshots": [{**answer, "url": url}]}))
    with pytest.raises(errors.ContractMismatch, match=r"evil\.example"):
        client.newest_snapshot()


def test_download(service: ContractServer, client: ServiceClient, tmp_path: Path) -> None:
    told: Progress = []
    client.download(client.newest_snapshot(), tmp_path / "part", lambda *bytes: told.append(bytes), never)
    assert (tmp_path / "part").read_bytes() == service.file
    size = len(service.file)
    assert told[0] == (0, size)
    assert told[-1] == (size, size)
    assert told == sorted(told)


def test_a_broken_download_goes_on_where_it_stopped(
    service: ContractServer, client: ServiceClient, tmp_path: Path
) -> None:
    part, info = tmp_path / "part", client.newest_snapshot()
    service.fail("/snapshots/file", lambda e: _cut(e, service, len(service.file) // 2), hang_up, hang_up)
    with pytest.raises(errors.NetworkUnreachable):
        client.download(info, part, lambda *_: None, never)
    service.faults.clear()
    there = part.stat().st_size
    assert 0 < there <= len(service.file) // 2
    client.download(info, part, lambda *_: None, never)
    assert part.read_bytes() == service.file
    headers = service.asked("/snapshots/file")[-1].headers
    assert (headers["Range"], headers["If-Range"]) == (f"bytes={there}-", f'"{service.sha256}"')


def _cut(exchange: Exchange, service: ContractServer, after: int) -> None:
    """Send a part of the file, then break as a service that is stopped does."""
    exchange.begin(200, Content_Length=str(len(service.file)), ETag=f'"{service.sha256}"')
    exchange.wfile.write(service.file[:after])
    exchange.wfile.flush()
    exchange.connection.shutdown(2)


def test_a_file_that_changed_meanwhile_starts_again(
    service: ContractServer, client: ServiceClient, tmp_path: Path
) -> None:
    part, info = tmp_path / "part", client.newest_snapshot()
    part.write_bytes(service.file[:1000])
    service.publish("2024-06-02T08:00:00.000Z")
    client.download(info, part, lambda *_: None, never)
    assert part.read_bytes() == service.file
    assert hashlib.sha256(part.read_bytes()).hexdigest() != info.sha256  # for install() to find


def test_a_part_that_is_too_long_starts_again(
    service: ContractServer, client: ServiceClient, tmp_path: Path
) -> None:
    part = tmp_path / "part"
    part.write_bytes(b"x" * (len(service.file) + 1))
    client.download(client.newest_snapshot(), part, lambda *_: None, never)
    assert part.read_bytes() == service.file


def test_a_file_longer_than_announced_is_discarded(
    service: ContractServer, client: ServiceClient, tmp_path: Path
) -> None:
    info = client.newest_snapshot()
    service.fail("/snapshots/file", lambda e: e.answer(200, service.file + b"more"))
    with pytest.raises(errors.IncompleteDownload):
        client.download(info, tmp_path / "part", lambda *_: None, never)
    assert not (tmp_path / "part").exists()


def test_a_page_instead_of_the_file(service: ContractServer, client: ServiceClient, tmp_path: Path) -> None:
    info = client.newest_snapshot()
    service.fail("/snapshots/file", page_of_a_proxy())
    with pytest.raises(errors.NotTheService):
        client.download(info, tmp_path / "part", lambda *_: None, never)
    assert not (tmp_path / "part").exists()


def test_a_wrong_range_is_no_success(service: ContractServer, client: ServiceClient, tmp_path: Path) -> None:
    part, info = tmp_path / "part", client.newest_snapshot()
    part.write_bytes(service.file[:1000])
    service.fail("/snapshots/file", lambda e: e.answer(206, b"x", Content_Range="bytes 5-5/9"))
    with pytest.raises(errors.ContractMismatch):
        client.download(info, part, lambda *_: None, never)
    assert part.read_bytes() == service.file[:1000]


def test_an_answer_without_bytes_is_no_endless_loop(
    service: ContractServer, client: ServiceClient, tmp_path: Path
) -> None:
    info = client.newest_snapshot()
    service.fail("/snapshots/file", lambda e: e.answer(200, b""))
    with pytest.raises(errors.NetworkUnreachable):
        client.download(info, tmp_path / "part", lambda *_: None, never)


def test_cancelling_a_download_keeps_what_is_there(
    service: ContractServer, client: ServiceClient, tmp_path: Path
) -> None:
    told: Progress = []
    with pytest.raises(errors.Cancelled):
        client.download(
            client.newest_snapshot(),
            tmp_path / "part",
            lambda *bytes: told.append(bytes),
            lambda: len(told) > 1,
        )
    assert service.file.startswith((tmp_path / "part").read_bytes())
    assert (tmp_path / "part").stat().st_size == told[-1][0] > 0


def test_changes(service: ContractServer, client: ServiceClient) -> None:
    service.change(1, place="ul. Nowa")
    service.remove(2)
    changes = client.changes(service.cursor(0))
    assert [feature["id"] for feature in changes.threats] == [1]
    assert changes.removed["threats"] == [2]
    assert (changes.next_cursor, changes.up_to_date) == (service.cursor(2), True)
    assert client.changes(service.cursor(0), limit=1).up_to_date is False


def _citizen(service: ContractServer) -> dict[str, Any]:
    return next(one for one in service.threats.values() if one["properties"]["status"] == "new")


def test_decisions(service: ContractServer, client: ServiceClient) -> None:
    threat = _citizen(service)
    version = threat["properties"]["version"]
    good = Decision.new(threat["id"], version, "verification", note="zażółć")
    stale = Decision.new(threat["id"], version, "mistake", reason="joke")
    unknown = Decision.new(10**9, 1, "verification")
    outcomes = client.send_decisions([good, stale, unknown])
    assert [outcome.kind for outcome in outcomes] == ["accepted", "conflict", "rejected"]
    assert outcomes[0].decision and outcomes[0].decision["note"] == "zażółć"
    assert outcomes[1].decision and outcomes[1].decision["uuid"] == good.uuid
    assert (outcomes[2].rule, outcomes[2].threat) == ("unknown_threat", None)
    assert client.send_decisions([good])[0].kind == "duplicate"


def meeting(category: str = "signal_youth") -> Meeting:
    return Meeting.new(
        held_at="2024-05-20T16:00:00.000Z",
        lon=15.2,
        lat=52.7,
        place="Dom Kultury",
        organiser="KMP",
        participants=40,
        concerns=(Concern(category, "Młodzież pod sklepem"), Concern("signal_patrols", "Wieczorami")),
    )


def test_meetings(service: ContractServer, client: ServiceClient) -> None:
    good, bad = meeting(), meeting("no_such")
    accepted, rejected, again = client.send_meetings([good, bad, good])
    assert (accepted.kind, len(accepted.threats)) == ("accepted", 2)
    assert service.threats[accepted.threats[0]]["properties"]["description"] == "Młodzież pod sklepem"
    assert (rejected.kind, rejected.rule, rejected.field) == (
        "rejected",
        "unknown_category",
        "concerns.0.category",
    )
    assert rejected.title == "No such category."
    assert (again.kind, again.threats) == ("duplicate", accepted.threats)


def test_a_service_that_takes_no_meetings(service: ContractServer, client: ServiceClient) -> None:
    for status in (404, 405):
        service.fail("/meetings", problem("not-found", status))
        with pytest.raises(errors.MeetingsNotTaken):
            client.send_meetings([meeting()])


@pytest.mark.parametrize(
    "outcomes", [[], [{"uuid": "other", "outcome": "accepted"}], [{"uuid": "UUID"}], None]
)
def test_meetings_that_are_not_answered_for_are_no_success(
    service: ContractServer, client: ServiceClient, outcomes: Any
) -> None:
    sent = meeting()
    text = json.dumps({"outcomes": outcomes}).replace("UUID", sent.uuid)
    service.fail("/meetings", lambda e: e.answer_json(json.loads(text)))
    with pytest.raises(errors.ContractMismatch):
        client.send_meetings([sent])


@pytest.mark.parametrize(
    "answer",
    [
        {"outcomes": []},
        {"outcomes": [{"uuid": "other", "outcome": "accepted", "threat": {"id": 1}}]},
        {"outcomes": [{"outcome": "accepted"}]},
        {"outcomes": [{"uuid": "UUID", "outcome": "maybe", "threat": {"id": 1}}]},
        {"outcomes": [{"uuid": "UUID", "outcome": "accepted"}]},
        {"outcomes": None},
        {},
    ],
)
def test_outcomes_that_settle_nothing_are_no_success(
    service: ContractServer, client: ServiceClient, answer: dict[str, Any]
) -> None:
    decision = Decision.new(1, 1, "verification")
    text = json.dumps(answer).replace("UUID", decision.uuid)
    service.fail("/decisions", lambda e: e.answer_json(json.loads(text)))
    with pytest.raises(errors.ContractMismatch):
        client.send_decisions([decision])


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (page_of_a_proxy(), errors.NotTheService),
        (page_of_a_proxy(403), errors.NotTheService),
        (page_of_a_proxy(404), errors.NotTheService),
        (page_of_a_proxy(502), errors.ServiceUnavailable),
        (page_of_a_proxy(401), errors.SignInRejected),
        (page_of_a_proxy(407), errors.ProxyRefused),
        (lambda e: e.answer_json({}, Age="7"), errors.StaleAnswer),
        (lambda e: e.answer_json([1, 2]), errors.NotTheService),
        (lambda e: e.answer_json({"hello": "world"}), errors.ContractMismatch),
        (lambda e: e.answer(200, b"{", Content_Type="application/json"), errors.NotTheService),
        (lambda e: e.answer(200, b""), errors.NotTheService),
        (problem("unauthenticated", 401), errors.SignInRejected),
        (problem("token-expired", 401), errors.TokenExpired),
        (problem("forbidden", 403), errors.NotAllowed),
        (problem("cursor-expired", 410), errors.CursorExpired),
        (problem("not-found", 404), errors.ServiceFailed),
        (problem("internal-error", 500), errors.ServiceFailed),
        (problem("snapshot-not-ready", 503), errors.ServiceUnavailable),
        (hang_up, errors.NetworkUnreachable),
        (lambda e: e.answer(302, Location="/me"), None),
    ],
)
def test_each_failure_is_its_own_error(
    service: ContractServer, client: ServiceClient, fault: Any, error: type[Exception] | None
) -> None:
    service.fail("/me", fault)
    if error is None:
        assert client.me().role == "coordinator"
    else:
        with pytest.raises(error) as raised:
            client.me()
        assert type(raised.value) is error


def test_retry_after_is_told(service: ContractServer, client: ServiceClient) -> None:
    service.fail("/snapshots", problem("snapshot-not-ready", 503))
    with pytest.raises(errors.ServiceUnavailable) as raised:
        client.newest_snapshot()
    assert raised.value.retry_after == 7


def test_the_log_shows_how_a_strange_answer_begins(service: ContractServer, client: ServiceClient) -> None:
    service.fail("/me", page_of_a_proxy())
    with pytest.raises(errors.NotTheService) as raised:
        client.me()
    assert "Sign in to the network" in raised.value.log_message


def test_a_post_that_a_redirection_turns_into_a_get_is_no_success(
    service: ContractServer, client: ServiceClient
) -> None:
    service.fail("/decisions", lambda e: e.answer(302, Location="/me"))
    with pytest.raises(errors.NotTheService):
        client.send_decisions([Decision.new(1, 1, "verification")])


def test_a_slow_service(service: ContractServer) -> None:
    service.fail("/me", lambda e: service.closing.wait(20))
    with pytest.raises(errors.TimedOut):
        ServiceClient(service.url, session(), timeout=(0.2, 0.2)).me()


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("http://nowhere.invalid", errors.NetworkUnreachable),
        ("kmzb.example", errors.AddressInvalid),
        ("ftp://kmzb.example", errors.AddressInvalid),
        ("", errors.AddressInvalid),
        ("http://", errors.AddressInvalid),
    ],
)
def test_wrong_addresses(url: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        ServiceClient(url, session(), timeout=(2, 2)).me()


def test_nobody_listens() -> None:
    with pytest.raises(errors.NetworkUnreachable):
        ServiceClient(f"http://127.0.0.1:{unused_port()}", session(), timeout=(2, 2)).me()


def test_a_proxy_that_refuses(service: ContractServer) -> None:
    through = session()
    through.proxies["http"] = f"http://127.0.0.1:{unused_port()}"
    with pytest.raises(errors.ProxyRefused):
        ServiceClient(service.url, through, timeout=(2, 2)).me()


def test_a_server_that_is_no_http_server() -> None:
    with LocalServer() as server:
        url = server.url.replace("http://", "https://")
        with pytest.raises(errors.CertificateRejected):
            ServiceClient(url, session(), timeout=(2, 2)).me()


def test_no_error_carries_the_token(service: ContractServer) -> None:
    for url in (service.url, f"http://127.0.0.1:{unused_port()}"):
        with pytest.raises(errors.KmzbError) as raised:
            ServiceClient(url, session("secret-token"), timeout=(2, 2)).me()
        assert "secret-token" not in raised.value.log_message + repr(raised.value)


def test_a_snapshot_knows_its_digest_in_lower_case(service: ContractServer, client: ServiceClient) -> None:
    entry = {"url": "/x", "size": 1, "sha256": "ABC", "cursor": "c", "built_at": "b", "schema_version": 1}
    service.fail("/snapshots", lambda e: e.answer_json({"snapshots": [entry]}))
    assert client.newest_snapshot() == SnapshotInfo(f"{service.url}/x", 1, "abc", "c", "b", 1)
