"""A desk in a QGIS process of its own that decides and sends without pause, until it is killed.

Called with the service's address, a token and what to do: ``work`` goes on for ever, ``finish`` sends
what waits and ends. Each thing that has been written down is told on a line of standard output: a decision
or a meeting by its identifier, a draft by its report and its text.
"""

from __future__ import annotations

import itertools
import random
import sys
import time
from contextlib import closing
from dataclasses import replace
from uuid import uuid4

from desk import ask, wait_for
from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsProject

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.domain.decision import Decision
from kmzb_qgis_plugin.domain.meeting import Concern, Meeting
from kmzb_qgis_plugin.gui import threat_panel
from kmzb_qgis_plugin.replica.outbox import Entry
from kmzb_qgis_plugin.session import Session
from kmzb_qgis_plugin.settings import Connection

CONNECTION = "desktokill"
MEETING_EVERY = 7


def sign_in(token: str) -> str:
    """The id of the configuration with the token; a desk that was killed has one."""
    manager = QgsApplication.authManager()
    manager.setMasterPassword("desk", True)
    known = [one for one in manager.availableAuthMethodConfigs().values() if one.name() == CONNECTION]
    if known:
        return str(known[0].id())
    config = QgsAuthMethodConfig("Basic")
    config.setName(CONNECTION)
    config.setConfig("username", "desk")
    config.setConfig("password", token)
    manager.storeAuthenticationConfig(config)
    return str(config.id())


def is_draft(entry: Entry) -> bool:
    return entry.state == "draft" and entry.meeting is None


def tell(kind: str, identifier: str) -> None:
    print(f"{kind} {identifier}", flush=True)


def decide_something(session: Session, chance: random.Random) -> None:
    """Take some step about some report, on what the verification panel shows of it; or only begin to write.

    Every other time it is a report about which somebody has begun to write, where there is one.
    """
    sql = "SELECT fid FROM threats WHERE source = 'citizen' AND status <> 'mistake' ORDER BY random() LIMIT 1"
    fid = ask(session, sql)[0][0]
    begun = [one.decision.threat_id for one in session.outbox.entries() if is_draft(one)]
    if begun and chance.random() < 0.5:
        fid = chance.choice(begun)
    with closing(session.replica.reader()) as connection:
        threat, _, draft = threat_panel.read(connection, session.outbox, fid)
    status = threat.pending_status or threat.status
    steps = session.catalogue.transitions_from(status, session.identity.role)
    if not steps:
        return
    step = chance.choice(steps)
    reasons = session.catalogue.reasons_for(step.to_status)
    decision = Decision.new(
        threat.fid,
        threat.version,
        step.to_status,
        reason=reasons[0].code if reasons else None,
        note=f"w trakcie zabijania {uuid4()}",
        method=session.catalogue.methods[0].code,
        institution=session.catalogue.institutions[0].code if "institution" in step.requires else None,
    )
    replaces = draft.uuid if draft is not None else None
    if chance.random() < 0.5:
        begun = replace(decision, uuid=str(uuid4()))
        session.keep_decision_draft(begun, threat.ref, threat._asdict(), replaces)
        tell("draft", f"{fid} {decision.note}")
        if chance.random() < 0.5:
            return
    session.decide(decision, threat.ref, threat._asdict(), replaces)
    tell("decision", decision.uuid)


def hold_something(session: Session) -> None:
    meeting = Meeting.new(
        held_at="2024-05-20T16:00:00.000Z",
        lon=15.24,
        lat=52.73,
        place="Dom Kultury",
        organiser="KMP",
        participants=12,
        concerns=(Concern("signal_youth", "pod sklepem"), Concern("signal_patrols", "wieczorami")),
    )
    session.submit_meeting(meeting)
    tell("meeting", meeting.uuid)


def main() -> None:
    url, token, what = sys.argv[1:]
    application = QgsApplication([], True)  # its profile is where QGIS_CUSTOM_CONFIG_PATH says
    application.initQgis()
    settings.set_preference("sync_minutes", 0)
    settings.set_preference("undo_seconds", 0)
    session = Session(QgsProject.instance())
    session.open(Connection(CONNECTION, "Desk", url, sign_in(token)))
    tell("open", "")
    wait_for(lambda: session.replica is not None, "the first load")
    if what == "finish":
        wait_for(lambda: not session.syncing)
        while session.waiting_count():
            session.sync()
            wait_for(lambda: not session.syncing)
        session.shut_down()
        return
    chance = random.Random()
    for number in itertools.count(1):
        if number % MEETING_EVERY:
            decide_something(session, chance)
        else:
            hold_something(session)
        until = time.monotonic() + chance.uniform(0, 0.05)
        while time.monotonic() < until:
            QgsApplication.processEvents()


main()
