"""What lies between the desk and the service may do what it likes: nothing is lost, and all is told."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from analyst_at_work import Analyst
from awkward_proxy import AwkwardProxy, Mood, corrupt, cropped, cut, page, portal, slow, stale, too_short
from desk import ask, told
from qgis.core import QgsNetworkAccessManager
from service_process import ServiceProcess, in_database

from kmzb_qgis_plugin.domain.decision import Decision

FULL = os.environ.get("KMZB_TEST_SIZE") == "full"
EVERYWHERE = ("/me", "/catalogue", "/changes", "/decisions", "/portal")
NOT_OURS = "did not come from a KMZB service"
UNREACHABLE = "cannot be reached"
MOODS: dict[str, tuple[Mood, str]] = {
    "a page with 200": (page(200), NOT_OURS),
    "a captive portal": (portal, NOT_OURS),
    "a page with 404": (page(404), NOT_OURS),
    "a page with 403": (page(403), NOT_OURS),
    "a page with 502": (page(502), "busy or being prepared"),
    "a page with 504": (page(504), "busy or being prepared"),
    "a page with 407": (page(407), "proxy refused"),
    "a cut body": (cut, UNREACHABLE),
    "a body that is too short": (too_short, UNREACHABLE),
    "half a body": (cropped, NOT_OURS),
    "a stale answer": (stale, "out of a cache"),
}
# The client's own tests tell all of them apart; here the ordinary run takes one of each kind.
TRIED = tuple(MOODS) if FULL else ("a captive portal", "a page with 502", "a cut body", "a stale answer")
CASES = [("spatialite", mood) for mood in TRIED] + [
    ("postgis", mood) for mood in TRIED if FULL or mood == "a cut body"
]


@pytest.fixture
def analyst(seat: Callable[[], Analyst]) -> Analyst:
    """An analyst whose first load is over."""
    made = seat()
    made.connect()
    assert made.session.last_error is None
    made.desk.bar.clearWidgets()
    return made


def decide(analyst: Analyst) -> Decision:
    """Write a decision down about a report that no test has decided about."""
    fid, version = ask(
        analyst.session, "SELECT fid, version FROM threats WHERE status = 'unconfirmed' ORDER BY fid LIMIT 1"
    )[0]
    decision = Decision.new(fid, version, "verification", note="przez proxy")
    analyst.session.outbox.add(decision, "Z", {})
    return decision


def arrived(served: ServiceProcess, decision: Decision) -> int:
    return in_database(served, "SELECT count(*) FROM decision WHERE uuid = :uuid", uuid=decision.uuid)[0][0]


@pytest.mark.parametrize(("served", "mood"), CASES, indirect=["served"])
def test_it_is_told_nothing_is_lost_and_the_next_synchronisation_works(
    served: ServiceProcess, proxy: AwkwardProxy, analyst: Analyst, mood: str
) -> None:
    decision = decide(analyst)
    spoil, says = MOODS[mood]
    proxy.be(spoil, *EVERYWHERE)
    analyst.synchronise()
    assert proxy.met
    assert says in told(analyst.desk.bar)[-1]
    assert analyst.counts() == {"waiting": 1}
    assert ask(analyst.session, "SELECT count(*) FROM threats")[0][0] > 0

    # The service has the decision, and its answer is spoilt.
    proxy.be(spoil, "/decisions", "/portal")
    analyst.synchronise()
    assert proxy.met
    # No cache keeps the answer to a POST; a stale one is seen for what it is.
    assert analyst.counts() == {"waiting": 1}
    assert arrived(served, decision) == 1

    proxy.behave()
    analyst.synchronise()
    assert analyst.session.last_error is None
    assert analyst.counts() == {"sent": 1}
    assert arrived(served, decision) == 1
    assert ask(analyst.session, "SELECT status FROM threats WHERE fid = ?", decision.threat_id) == [
        ("verification",)
    ]


@pytest.mark.parametrize("served", ["spatialite"], indirect=True)
def test_a_first_load_goes_on_where_it_was_cut(
    served: ServiceProcess, proxy: AwkwardProxy, seat: Callable[[], Analyst]
) -> None:
    analyst = seat()
    proxy.be(cut, "/snapshots/")
    analyst.connect_in_vain()
    assert proxy.met
    assert UNREACHABLE in told(analyst.desk.bar)[-1]
    assert analyst.session.replica is None
    proxy.behave()
    begun = len(proxy.seen)
    analyst.synchronise()
    assert analyst.session.replica is not None
    spans = [seen.headers["Range"] for seen in proxy.seen[begun:] if seen.headers["Range"]]
    assert len(spans) == 1
    assert int(spans[0].removeprefix("bytes=").rstrip("-")) > 0


@pytest.mark.parametrize("served", ["spatialite"], indirect=True)
@pytest.mark.parametrize("mood", [corrupt, page(200), cropped], ids=["corrupt", "page", "half"])
def test_a_spoilt_file_never_becomes_a_replica(
    served: ServiceProcess, proxy: AwkwardProxy, seat: Callable[[], Analyst], mood: Mood
) -> None:
    analyst = seat()
    proxy.be(mood, "/snapshots/")
    analyst.connect_in_vain()
    assert proxy.met
    assert analyst.session.replica is None
    assert told(analyst.desk.bar)
    proxy.behave()
    analyst.synchronise()
    assert analyst.session.last_error is None
    expected = in_database(served, "SELECT count(*) FROM threat WHERE NOT removed")
    assert ask(analyst.session, "SELECT count(*) FROM threats") == expected


@pytest.mark.parametrize("served", ["spatialite"], indirect=True)
def test_a_slow_network_is_waited_for_and_one_without_end_is_told(
    served: ServiceProcess, proxy: AwkwardProxy, analyst: Analyst
) -> None:
    decision = decide(analyst)
    proxy.be(slow(0.4), *EVERYWHERE)
    analyst.synchronise()
    assert analyst.session.last_error is None
    assert arrived(served, decision) == 1
    before = QgsNetworkAccessManager.timeout()
    QgsNetworkAccessManager.setTimeout(200)
    try:
        analyst.synchronise()
    finally:
        QgsNetworkAccessManager.setTimeout(before)
    assert "did not answer in time" in told(analyst.desk.bar)[-1]
