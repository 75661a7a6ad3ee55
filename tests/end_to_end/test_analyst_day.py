"""An analyst's day, with a real service and a second analyst, from the first load to the audit."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from analyst_at_work import Analyst
from desk import wait_for
from qgis.PyQt.QtCore import QLocale, Qt
from qgis.PyQt.QtTest import QTest
from service_process import ServiceProcess
from verification_hands import choose_entry

from kmzb_qgis_plugin.gui.filter_parts import CategoriesPart, PeriodPart
from kmzb_qgis_plugin.gui.print_dialog import PrintDialog
from kmzb_qgis_plugin.replica import queries

WARSAW = ZoneInfo("Europe/Warsaw")
LEFT = Qt.MouseButton.LeftButton


def in_service(service: ServiceProcess, sql: str, *parameters: object) -> list[tuple[object, ...]]:
    """Ask the service's database directly."""
    with closing(sqlite3.connect(service.database)) as file:
        return file.execute(sql, parameters).fetchall()


def shown(analyst: Analyst) -> int:
    """How many threats the layers of the map hold now."""
    layers = analyst.session.layers
    return sum(layers.layer(role).featureCount() for role in ("citizen", "community", "police"))


def keep_only_category(analyst: Analyst, code: str) -> None:
    """Uncheck every group with the space bar, then check one category."""
    tree = next(part for part in analyst.filter.parts if isinstance(part, CategoriesPart)).tree
    for number in range(tree.topLevelItemCount()):
        tree.setCurrentItem(tree.topLevelItem(number))
        QTest.keyClick(tree, Qt.Key.Key_Space)
    tree.expandAll()
    tree.setCurrentItem(tree.box(code))
    QTest.keyClick(tree, Qt.Key.Key_Space)


def choose_period(analyst: Analyst, kind: str) -> None:
    period = next(part for part in analyst.filter.parts if isinstance(part, PeriodPart))
    period.kind.setCurrentIndex(period.kind.findData(kind))


def start_of(day: date) -> str:
    """When a day begins in Warsaw, as the service's database writes instants."""
    return f"{datetime.combine(day, time(), WARSAW).astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"


def status_at(analyst: Analyst, fid: int) -> str:
    with closing(analyst.session.replica.reader()) as connection:
        return queries.threat(connection, fid).status


def print_district(analyst: Analyst, code: str, path: Path) -> None:
    """Fill the dialog in and press its button."""
    dialog = PrintDialog(analyst.session, analyst.messages, parent=analyst.desk.window)
    dialog.show()
    wait_for(lambda: dialog.list.level.count() > 0, "the districts are listed")
    dialog.list.level.setCurrentIndex(dialog.list.level.findData("county"))
    QTest.keyClicks(dialog.list.search, code)
    wait_for(lambda: dialog.list.districts.count() == 1, "the district is found")
    dialog.list.districts.setCurrentRow(0)
    dialog.file.setFilePath(str(path))
    dialog.open_after.setChecked(False)
    QTest.mouseClick(dialog.print_button, LEFT)
    wait_for(path.exists, "the page is printed")
    dialog.done(0)
    dialog.deleteLater()


def test_the_analysts_day(service: ServiceProcess, analyst: Callable[..., Analyst], tmp_path: Path) -> None:
    service.command("demo", "--reports", "2500")
    service.start()

    # Connect and load.
    nowak = analyst("A. Nowak", "coordinator", "KWP-GORZOW")
    nowak.connect()
    total = in_service(service, "SELECT count(*) FROM threat WHERE NOT removed")[0][0]
    assert shown(nowak) == total

    # Filter by category and date; the service's own database says the same.
    keep_only_category(nowak, "speeding")
    choose_period(nowak, "last_90")
    today = datetime.now(WARSAW).date()
    expected = in_service(
        service,
        "SELECT count(*) FROM threat"
        " WHERE category = 'speeding' AND occurred_from >= ? AND occurred_from < ?",
        start_of(today - timedelta(days=89)),
        start_of(today + timedelta(days=1)),
    )[0][0]
    assert 0 < expected < total
    wait_for(lambda: shown(nowak) == expected, "the layers follow the filter")
    words = f"Shown {QLocale().toString(expected)} of {QLocale().toString(total)}"
    wait_for(lambda: nowak.filter.shown.text() == words, "the dock says how many")
    QTest.mouseClick(nowak.filter.reset, LEFT)
    wait_for(lambda: shown(nowak) == total, "the filter is reset")

    # Decide: it is in the service, and on the second analyst's map.
    kowalska = analyst("B. Kowalska", "verifier", "KWP-GORZOW")
    kowalska.connect()
    reports = [row[0] for row in in_service(service, "SELECT id FROM threat WHERE status = 'new' LIMIT 3")]
    assert len(reports) == 3
    first, second, third = reports
    nowak.show(first)
    nowak.decide("Take up verification", note="patrol o 18")
    wait_for(lambda: nowak.counts() == {"sent": 1}, "the decision is sent")
    assert in_service(service, "SELECT actor, note FROM decision WHERE threat_id = ?", first) == [
        ("A. Nowak", "patrol o 18")
    ]
    assert status_at(kowalska, first) == "new"
    kowalska.synchronise()
    assert status_at(kowalska, first) == "verification"

    # Decide with the service stopped: it waits, and arrives exactly once.
    nowak.wait_until_synchronised()
    service.stop()
    nowak.show(second)
    nowak.decide("Take up verification")
    wait_for(lambda: nowak.counts() == {"sent": 1, "waiting": 1}, "the decision waits")
    nowak.wait_until_synchronised()
    assert nowak.counts() == {"sent": 1, "waiting": 1}
    service.start()
    nowak.synchronise()
    nowak.synchronise()
    assert nowak.counts() == {"sent": 2}
    assert in_service(service, "SELECT count(*) FROM decision WHERE threat_id = ?", second) == [(1,)]

    # Two decide differently on the same report: the second is told, sees both, and settles it.
    kowalska.show(third)
    kowalska.decide("Take up verification")
    wait_for(lambda: kowalska.counts() == {"sent": 1}, "the colleague's decision is sent")
    nowak.show(third)
    form = nowak.verification.threat.form
    wait_for(lambda: "Mark as joke or mistake" in [one.text() for one in form.steps.buttons()])
    QTest.mouseClick(
        next(one for one in form.steps.buttons() if one.text() == "Mark as joke or mistake"), LEFT
    )
    form.fields.reason.setCurrentIndex(form.fields.reason.findData("joke"))
    QTest.mouseClick(form.send, LEFT)
    wait_for(lambda: nowak.counts().get("conflict") == 1, "the conflict is told")
    assert in_service(service, "SELECT actor FROM decision WHERE threat_id = ?", third) == [("B. Kowalska",)]
    nowak.wait_until_synchronised()
    outbox = nowak.verification.outbox
    nowak.verification.show_outbox()
    choose_entry(outbox)
    assert "B. Kowalska" in outbox.text.text() and "Joke or mistake" in outbox.text.text()
    QTest.mouseClick(outbox.take_theirs, LEFT)
    assert nowak.counts() == {"sent": 2, "dismissed": 1}
    nowak.synchronise()
    assert status_at(nowak, third) == "verification"

    # Print a district: the page says what the service's database says.
    page = tmp_path / "gorzow.pdf"
    print_district(nowak, "0861", page)
    text = subprocess.run(
        ["pdftotext", "-layout", str(page), "-"], check=True, capture_output=True, text=True
    )
    printed = in_service(service, "SELECT count(*) FROM threat WHERE county = '0861'")[0][0]
    assert f"Threats on the map: {printed}" in text.stdout
    assert "112" in text.stdout

    assert "the chain is whole" in service.command("audit", "verify")
