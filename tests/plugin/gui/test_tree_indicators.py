"""Signs in QGIS's layer tree, and a layer that is being edited while the filter changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from desk import Desk, ask, wait_for
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QEvent, QObject
from qgis.PyQt.QtTest import QTest

from kmzb_qgis_plugin.domain.decision import Decision
from kmzb_qgis_plugin.domain.period import to_instant_text
from kmzb_qgis_plugin.domain.threat_filter import ThreatFilter
from kmzb_qgis_plugin.gui.tree_indicators import AGE, FILTER, WAITING, TreeIndicators
from kmzb_qgis_plugin.session import Session


@pytest.fixture
def signs(opened: Callable[..., Session], desk: Desk) -> Iterator[TreeIndicators]:
    made = TreeIndicators(opened(), desk.layer_tree)
    yield made
    made.close()


def tips(signs: TreeIndicators, desk: Desk) -> list[str]:
    group = signs._session.layers.find_group()
    return [one.toolTip() for one in desk.layer_tree.indicators(group)]


def test_age_filter_and_what_waits(language: str, signs: TreeIndicators, desk: Desk) -> None:
    session = signs._session
    assert len(tips(signs, desk)) == 1
    age, filtered, waits = {
        "en": (
            "Data as of ",
            "Filtered: All sources; all categories; any date; containing “żary”",
            "Waiting to be sent: 1 decision",
        ),
        "pl": (
            "Stan danych: ",
            "Filtr: Wszystkie źródła; wszystkie kategorie; bez ograniczenia daty; zawierające „żary”",
            "Czeka na wysłanie: 1 decyzja",
        ),
    }[language]
    assert tips(signs, desk)[0].startswith(age)

    session.set_filter(ThreatFilter(text="żary"))
    assert tips(signs, desk)[1] == filtered
    session.set_filter(ThreatFilter())
    assert list(signs.shown) == [AGE]

    fid, version, ref = ask(session, "SELECT fid, version, ref FROM threats WHERE status = 'new' LIMIT 1")[0]
    session.decide(Decision.new(fid, version, "verification"), ref, {})
    wait_for(lambda: WAITING in signs.shown, "the sign of what waits")
    assert waits in tips(signs, desk)


class Paintings(QObject):
    """Counts how often a widget is painted."""

    number = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        self.number += event.type() == QEvent.Type.Paint
        return False


def test_a_sign_is_painted_without_being_waited_for(signs: TreeIndicators, desk: Desk) -> None:
    session = signs._session
    desk.layer_tree.show()
    wait_for(lambda: not session._background.busy("drawn"), "the first drawing")
    QTest.qWait(300)
    paintings = Paintings()
    desk.layer_tree.viewport().installEventFilter(paintings)
    session.filter = ThreatFilter(overdue=True)  # nothing else changes in the tree
    signs.refresh()
    wait_for(lambda: paintings.number, "the sign is painted")


def test_old_data_have_another_sign(language: str, signs: TreeIndicators) -> None:
    fresh = signs.shown[AGE].icon().pixmap(16).toImage()
    signs._session.last_sync = to_instant_text(datetime.now(UTC) - timedelta(days=3))
    signs.refresh()
    assert signs.shown[AGE].icon().pixmap(16).toImage() != fresh
    assert {"en": "(3 days ago)", "pl": "(3 dni temu)"}[language] in signs.shown[AGE].toolTip()


def test_a_click_tells_which_sign(signs: TreeIndicators, desk: Desk) -> None:
    chosen: list[str] = []
    signs.chosen.connect(chosen.append)
    signs._session.set_filter(ThreatFilter(overdue=True))
    signs.shown[FILTER].clicked.emit(desk.layer_tree.currentIndex())
    assert chosen == [FILTER]


def test_signs_come_back_with_the_layers(signs: TreeIndicators, desk: Desk) -> None:
    session = signs._session
    session.layers.remove()
    signs.refresh()
    assert signs.shown == {}
    session.show_layers()
    signs.refresh()
    assert len(tips(signs, desk)) == 1
    signs.close()
    assert tips(signs, desk) == []


def test_a_layer_that_was_edited_is_filtered_afterwards(signs: TreeIndicators) -> None:
    session = signs._session
    wait_for(lambda: not session._background.busy("drawn"), "the first drawing")
    layer = session.layers.layer("citizen")
    layer.setReadOnly(False)
    assert layer.startEditing()
    refused: list[list[str]] = []
    session.layersRefused.connect(refused.append)
    session.set_filter(ThreatFilter(categories=frozenset({"speeding"})))
    wait_for(lambda: refused, "the refusal is told")
    assert refused == [[layer.name()]]
    (number,) = ask(session, "SELECT count(*) FROM threats WHERE category = 'speeding'")[0]
    assert layer.featureCount() > number
    layer.rollBack()
    wait_for(lambda: layer.featureCount() == number, "filtered once editing has ended")
    assert QgsProject.instance().mapLayer(layer.id()) is layer
