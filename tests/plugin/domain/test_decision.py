"""Decisions and what they must carry."""

from __future__ import annotations

import json
from datetime import date

import pytest

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.decision import Decision, missing_fields
from kmzb_qgis_plugin.domain.period import parse_instant


def test_a_new_decision_is_one_of_its_own() -> None:
    first, second = (Decision.new(7, 2, "verification") for _ in range(2))
    assert first.uuid != second.uuid
    assert parse_instant(first.decided_at).tzinfo is not None


def test_empty_texts_are_none() -> None:
    decision = Decision.new(7, 2, "unconfirmed", note="  ", reason="", institution=" x ")
    assert (decision.note, decision.reason, decision.institution) == (None, None, "x")


def test_json_leaves_out_what_is_none_and_comes_back() -> None:
    decision = Decision.new(7, 2, "handed_over", institution="ZDW", planned_date=date(2024, 8, 1), note="ął")
    sent = decision.to_json()
    assert sent["planned_date"] == "2024-08-01"
    assert "reason" not in sent
    assert Decision.from_json(json.dumps(sent)) == decision == Decision.from_json(sent)


@pytest.mark.parametrize("broken", ["{}", '{"uuid": "x"}', '{"novelty": 1}', "1"])
def test_broken_json_is_a_value_error(broken: str) -> None:
    with pytest.raises(ValueError):
        Decision.from_json(broken)


@pytest.mark.parametrize(
    ("from_status", "to_status", "given", "missing"),
    [
        ("new", "verification", {}, ()),
        ("verification", "unconfirmed", {}, ("reason",)),
        ("verification", "unconfirmed", {"reason": "not_found"}, ()),
        ("verification", "unconfirmed", {"reason": "other"}, ("note",)),
        ("verification", "unconfirmed", {"reason": "other", "note": "x"}, ()),
        ("confirmed", "handed_over", {"note": "x"}, ("institution",)),
        ("confirmed", "confirmed", {}, ("note",)),
    ],
)
def test_missing_fields(
    catalogue: Catalogue, from_status: str, to_status: str, given: dict[str, str], missing: tuple[str, ...]
) -> None:
    step = catalogue.transition(from_status, to_status)
    assert step is not None
    decision = Decision.new(1, 1, to_status, **given)
    assert missing_fields(decision, step, catalogue.reason(decision.reason)) == missing
