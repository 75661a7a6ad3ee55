"""Decisions over HTTP: each accepted, a duplicate, in conflict or rejected, and the database agrees."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from on_databases import ClientAs
from sample_map import add_decisions, add_police_record, add_reports, change, decision
from sqlalchemy import Engine, select
from starlette.testclient import TestClient
from test_app import problem
from test_sync_changes import changes, here, rows

from kmzb_service.catalogue.model import load_catalogue
from kmzb_service.database import tables
from kmzb_service.database.tables import threat
from kmzb_service.security.tokens import create_token
from kmzb_service.verification.audit import verify_chain
from kmzb_service.verification.rules import RULES


@pytest.fixture
def report(engine: Engine) -> int:
    """A new report."""
    return add_reports(engine, 1)[0]


def send(client: TestClient | httpx.Client, *decisions: dict[str, Any]) -> list[dict[str, Any]]:
    answer = client.post("/decisions", json={"decisions": list(decisions)})
    assert answer.status_code == 200, answer.text
    return answer.json()["outcomes"]


def stored(engine: Engine) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.execute(select(tables.decision).order_by(tables.decision.c.id)))


def state(engine: Engine, report: int) -> tuple[str, int]:
    with engine.connect() as connection:
        row = connection.execute(select(threat.c.status, threat.c.version).where(threat.c.id == report)).one()
    return row.status, row.version


# --- accepted


def test_an_accepted_decision_changes_the_report(client_as: ClientAs, engine: Engine, report: int) -> None:
    client, before = client_as("verifier"), here(engine)
    sent = decision(report, "verification", method="patrol", note="Patrol wysłany.")
    (outcome,) = send(client, sent)
    assert (outcome["uuid"], outcome["outcome"]) == (sent["uuid"], "accepted")
    taken, feature = outcome["decision"], outcome["threat"]
    assert {name: taken[name] for name in sent} == sent
    assert (taken["from_status"], taken["threat_version"]) == ("new", 2)
    assert (taken["actor"], taken["actor_role"], taken["actor_unit"]) == (
        "a verifier",
        "verifier",
        "KPP-KROSNO",
    )
    assert (feature["properties"]["status"], feature["properties"]["version"]) == ("verification", 2)
    received = datetime.fromisoformat(taken["received_at"])
    due = datetime.fromisoformat(feature["properties"]["verify_due"])
    assert due - received == timedelta(days=load_catalogue().deadlines.verify_days)
    assert feature["properties"]["updated_at"] == taken["received_at"]
    assert state(engine, report) == ("verification", 2)
    # other desks see both with their next synchronisation
    document = changes(client, before)
    assert rows(document) == [("threats", report), ("decisions", taken["id"])]
    assert document["threats"][0] == feature
    assert document["decisions"][0] == taken


def test_the_way_of_a_report_through_the_workflow(client_as: ClientAs, engine: Engine, report: int) -> None:
    client = client_as("coordinator")
    steps = (
        ("verification", {}),
        ("confirmed", {"method": "beat_officer"}),
        ("confirmed", {"note": "Sprawdzono ponownie."}),
        ("handed_over", {"institution": "Zarząd Dróg w Krośnie", "planned_date": "2021-06-30"}),
        ("eliminated", {}),
        ("verification", {"note": "Wróciło."}),
        ("unconfirmed", {"reason": "other", "note": "Nic tam nie ma."}),
    )
    sent = [decision(report, to, version, **facts) for version, (to, facts) in enumerate(steps, start=1)]
    outcomes = send(client, *sent)
    assert [outcome["outcome"] for outcome in outcomes] == ["accepted"] * len(steps)
    assert outcomes[3]["decision"]["planned_date"] == "2021-06-30"
    assert state(engine, report) == ("unconfirmed", 8)
    assert verify_chain(engine).problems == ()


def test_blank_texts_are_no_texts(client: TestClient, engine: Engine, report: int) -> None:
    (outcome,) = send(client, decision(report, "verification", note="  \n", reason="", method=""))
    assert outcome["outcome"] == "accepted"
    assert (stored(engine)[0].note, stored(engine)[0].reason) == (None, None)


def test_instants_of_other_zones_and_precision(client: TestClient, report: int) -> None:
    (outcome,) = send(client, decision(report, "verification", decided_at="2021-03-28T03:30:00.123987+02:00"))
    assert outcome["decision"]["decided_at"] == "2021-03-28T01:30:00.123Z"


# --- duplicate


def test_the_same_decision_twice_is_written_once(client: TestClient, engine: Engine, report: int) -> None:
    sent = decision(report, "verification", note="raz")
    (first,) = send(client, sent)
    position = here(engine)
    (second,) = send(client, sent)
    assert second == {**first, "outcome": "duplicate"}
    assert len(stored(engine)) == 1
    assert here(engine) == position


def test_the_same_decision_twice_in_one_request(client: TestClient, engine: Engine, report: int) -> None:
    sent = decision(report, "verification")
    assert [outcome["outcome"] for outcome in send(client, sent, sent)] == ["accepted", "duplicate"]
    assert len(stored(engine)) == 1


def test_a_repetition_is_known_however_it_is_written(client: TestClient, engine: Engine, report: int) -> None:
    sent = decision(report, "verification")
    send(client, sent)
    again = {**sent, "uuid": sent["uuid"].upper(), "decided_at": "2021-03-02T09:30:00+01:00", "note": " "}
    (outcome,) = send(client, again)
    assert (outcome["outcome"], outcome["uuid"]) == ("duplicate", sent["uuid"])


def test_a_repetition_is_known_after_the_report_went_on(
    client: TestClient, engine: Engine, report: int
) -> None:
    sent = decision(report, "verification")
    send(client, sent, decision(report, "confirmed", 2))
    (outcome,) = send(client, sent)
    assert outcome["outcome"] == "duplicate"
    assert outcome["decision"]["to_status"] == "verification"
    assert outcome["threat"]["properties"]["status"] == "confirmed"


def test_a_stale_decision_with_the_same_result_is_a_duplicate(
    client: TestClient, engine: Engine, report: int
) -> None:
    first, second = decision(report, "verification"), decision(report, "verification")
    send(client, first)
    (outcome,) = send(client, second)
    assert (outcome["outcome"], outcome["same_result"]) == ("duplicate", True)
    assert outcome["decision"]["uuid"] == first["uuid"]
    assert len(stored(engine)) == 1


# --- conflict


def test_a_stale_decision_gets_the_one_that_won(client: TestClient, engine: Engine, report: int) -> None:
    add_decisions(engine, report, "verification")
    winner = decision(report, "confirmed", 2)
    send(client, winner)
    (outcome,) = send(client, decision(report, "unconfirmed", 2, reason="not_found"))
    assert outcome["outcome"] == "conflict"
    assert outcome["decision"]["uuid"] == winner["uuid"]
    assert outcome["threat"]["properties"]["version"] == 3
    assert "same_result" not in outcome
    assert state(engine, report) == ("confirmed", 3)
    assert len(stored(engine)) == 2


def test_a_report_that_an_import_changed(client: TestClient, engine: Engine, report: int) -> None:
    change(engine, threat, report, description="dopisane")
    (outcome,) = send(client, decision(report, "verification", 1))
    assert (outcome["outcome"], outcome["decision"]) == ("conflict", None)
    assert outcome["threat"]["properties"]["description"] == "dopisane"


def test_a_check_again_is_not_lost_to_an_older_confirmation(
    client: TestClient, engine: Engine, report: int
) -> None:
    add_decisions(engine, report, "verification", "confirmed")
    change(engine, threat, report, description="dopisane")
    # what confirmed the report came before the base of this decision: it did not win over it
    (outcome,) = send(client, decision(report, "confirmed", 3, note="Nadal tam jest."))
    assert (outcome["outcome"], outcome["decision"]) == ("conflict", None)


def test_a_version_that_is_not_there_yet(client: TestClient, engine: Engine, report: int) -> None:
    (outcome,) = send(client, decision(report, "verification", 5))
    assert (outcome["outcome"], outcome["decision"]) == ("conflict", None)
    assert stored(engine) == []


# --- rejected


def test_every_rule(client_as: ClientAs, engine: Engine) -> None:
    new, checked, confirmed, handed, gone = add_reports(engine, 5)
    record = add_police_record(engine)
    add_decisions(engine, checked, "verification")
    add_decisions(engine, confirmed, "verification", "confirmed")
    add_decisions(engine, handed, "verification", "confirmed", "handed_over")
    change(engine, threat, gone, removed=True)
    soon = datetime.now(UTC) + timedelta(minutes=6)
    cases = [
        ("unknown_threat", "threat_id", decision(999, "verification")),
        ("unknown_threat", "threat_id", decision(gone, "verification", 2)),
        ("no_workflow", "threat_id", decision(record, "verification")),
        ("unknown_status", "to_status", decision(new, "closed")),
        ("transition_not_allowed", "to_status", decision(new, "confirmed")),
        ("transition_not_allowed", "to_status", decision(new, "new")),
        ("role_not_allowed", None, decision(new, "mistake", reason="joke")),
        ("reason_required", "reason", decision(checked, "unconfirmed", 2)),
        ("reason_not_allowed", "reason", decision(checked, "unconfirmed", 2, reason="joke")),
        ("reason_not_allowed", "reason", decision(checked, "confirmed", 2, reason="lawful")),
        ("note_required", "note", decision(checked, "unconfirmed", 2, reason="other")),
        ("note_required", "note", decision(confirmed, "confirmed", 3)),
        ("unknown_reason", "reason", decision(checked, "unconfirmed", 2, reason="weather")),
        ("unknown_method", "method", decision(checked, "confirmed", 2, method="drone")),
        ("note_too_long", "note", decision(new, "verification", note="x" * 2001)),
        ("decided_in_future", "decided_at", decision(new, "verification", decided_at=soon.isoformat())),
    ]
    outcomes = send(client_as("verifier"), *(sent for _, _, sent in cases))
    for (rule, field, sent), outcome in zip(cases, outcomes, strict=True):
        assert outcome == {
            "uuid": sent["uuid"],
            "outcome": "rejected",
            "rule": rule,
            "title": RULES[rule][0],
            "field": field,
        }
    (handing,) = send(client_as("coordinator"), decision(confirmed, "handed_over", 3))
    assert (handing["rule"], handing["field"]) == ("institution_required", "institution")
    assert len(stored(engine)) == 6


def test_a_note_of_the_full_length_and_a_clock_that_is_a_little_fast(client: TestClient, report: int) -> None:
    soon = datetime.now(UTC) + timedelta(minutes=4)
    sent = decision(report, "verification", note="ż" * 2000, decided_at=soon.isoformat())
    assert send(client, sent)[0]["outcome"] == "accepted"


def test_a_uuid_for_another_decision(client: TestClient, engine: Engine, report: int) -> None:
    sent = decision(report, "verification", note="jedno")
    send(client, sent)
    for other in ({"note": "drugie"}, {"to_status": "mistake"}, {"threat_id": 99}, {"base_version": 2}):
        (outcome,) = send(client, {**sent, **other})
        assert (outcome["outcome"], outcome["rule"]) == ("rejected", "uuid_reused")
    assert len(stored(engine)) == 1


def test_one_bad_decision_does_not_hold_up_the_others(client: TestClient, engine: Engine) -> None:
    first, second = add_reports(engine, 2)
    outcomes = send(
        client, decision(first, "verification"), decision(first, "closed"), decision(second, "verification")
    )
    assert [outcome["outcome"] for outcome in outcomes] == ["accepted", "rejected", "accepted"]
    assert verify_chain(engine).problems == ()


# --- who, and in what form


def test_a_viewer_may_not_decide(client_as: ClientAs, engine: Engine, report: int) -> None:
    answer = client_as("viewer").post("/decisions", json={"decisions": [decision(report, "verification")]})
    assert (answer.status_code, problem(answer)["slug"]) == (403, "forbidden")
    assert stored(engine) == []


def test_nobody_may_not_decide(anonymous: TestClient, engine: Engine, report: int) -> None:
    answer = anonymous.post("/decisions", json={"decisions": [decision(report, "verification")]})
    assert problem(answer)["slug"] == "unauthenticated"
    assert stored(engine) == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"decisions": NaN}',
        b"[" * 200_000,
        b'"\\ud800"',
        b"{}",
        b'{"decisions": []}',
        b'{"decisions": [], "more": 1}',
        b'{"decisions": {}}',
        b'{"decisions": [1]}',
    ],
)
def test_bodies_that_are_none(client: TestClient, body: bytes) -> None:
    answer = client.post("/decisions", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, problem(answer)["slug"]) == (422, "invalid-body")


def test_a_body_that_is_not_called_json(client: TestClient, report: int) -> None:
    body = json.dumps({"decisions": [decision(report, "verification")]})
    answer = client.post("/decisions", content=body, headers={"Content-Type": "text/plain"})
    assert problem(answer)["slug"] == "invalid-body"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("uuid", "1"),
        ("uuid", None),
        ("threat_id", "1"),
        ("threat_id", 1.0),
        ("threat_id", True),
        ("threat_id", 0),
        ("threat_id", 2**63),
        ("base_version", None),
        ("base_version", 2**31),
        ("to_status", 5),
        ("to_status", "x" * 41),
        ("decided_at", "2021-03-01T12:00:00"),
        ("decided_at", "yesterday"),
        ("decided_at", 1614600000),
        ("decided_at", "0001-01-01T00:00:00+14:00"),
        ("planned_date", "2021-02-30"),
        ("planned_date", 18000),
        ("note", 5),
        ("note", "a\0b"),
        ("note", "\ud800"),
        ("institution", "x" * 501),
        ("colour", "red"),
    ],
)
def test_fields_of_the_wrong_form(
    client: TestClient, engine: Engine, report: int, field: str, value: Any
) -> None:
    good, bad = decision(report, "verification"), {**decision(report, "verification"), field: value}
    answer = client.post(
        "/decisions",
        content=json.dumps({"decisions": [good, bad]}),
        headers={"Content-Type": "application/json"},
    )
    assert (answer.status_code, problem(answer)["slug"]) == (422, "invalid-body")
    assert problem(answer)["field"] == f"decisions.1.{field}"
    assert stored(engine) == []


@pytest.mark.parametrize("field", ["uuid", "threat_id", "base_version", "to_status", "decided_at"])
def test_fields_that_must_be_there(client: TestClient, report: int, field: str) -> None:
    sent = decision(report, "verification")
    del sent[field]
    answer = client.post("/decisions", json={"decisions": [sent]})
    assert problem(answer)["field"] == f"decisions.0.{field}"


def test_more_than_a_thousand_decisions(client: TestClient, report: int) -> None:
    answer = client.post("/decisions", json={"decisions": [decision(report, "verification")] * 1001})
    assert problem(answer)["field"] == "decisions"


# --- at once


def test_many_desks_decide_on_one_report_at_once(live: str, engine: Engine) -> None:
    (report,) = add_reports(engine, 1)
    desks = 6
    add_decisions(engine, report, "verification")
    tokens = [create_token(engine, f"desk {number}", "coordinator") for number in range(desks)]
    together = threading.Barrier(desks)

    def decide(token: str) -> dict[str, Any]:
        ends = ("confirmed", {}) if tokens.index(token) % 2 else ("unconfirmed", {"reason": "not_found"})
        with httpx.Client(base_url=live, headers={"Authorization": f"Bearer {token}"}) as client:
            client.get("/me")
            together.wait()
            return send(client, decision(report, ends[0], 2, **ends[1]))[0]

    with ThreadPoolExecutor(desks) as pool:
        outcomes = list(pool.map(decide, tokens))
    kinds = [outcome["outcome"] for outcome in outcomes]
    assert sorted(set(kinds)) == ["accepted", "conflict", "duplicate"]
    assert (kinds.count("accepted"), kinds.count("conflict"), kinds.count("duplicate")) == (1, 3, 2)
    (won,) = (outcome for outcome in outcomes if outcome["outcome"] == "accepted")
    assert all(outcome["decision"] == won["decision"] for outcome in outcomes)
    assert len(stored(engine)) == 2
    assert verify_chain(engine).problems == ()


def test_one_desk_sends_the_same_decision_twice_at_once(live: str, engine: Engine) -> None:
    (report,) = add_reports(engine, 1)
    token, sent = create_token(engine, "desk", "verifier"), decision(report, "verification")

    def decide(_: int) -> str:
        with httpx.Client(base_url=live, headers={"Authorization": f"Bearer {token}"}) as client:
            return send(client, sent)[0]["outcome"]

    with ThreadPoolExecutor(4) as pool:
        kinds = sorted(pool.map(decide, range(4)))
    assert kinds == ["accepted", "duplicate", "duplicate", "duplicate"]
    assert len(stored(engine)) == 1
