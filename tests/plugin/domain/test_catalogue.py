"""The catalogue, read from what the service really serves."""

from __future__ import annotations

import copy
import json
from datetime import date
from typing import Any

import pytest
from sample_replica import catalogue_json

from kmzb_qgis_plugin.domain.catalogue import Catalogue, CatalogueError


def test_everything_that_is_served_arrives(catalogue: Catalogue) -> None:
    served = catalogue_json()
    for part in ("sources", "groups", "categories", "statuses", "reasons", "methods", "institutions"):
        codes = [entry.code for entry in getattr(catalogue, part)]
        assert codes == [entry["code"] for entry in served[part]]
    steps = [(step.from_status, step.to_status) for step in catalogue.transitions]
    assert steps == [(step["from"], step["to"]) for step in served["transitions"]]
    assert catalogue.deadlines.read_days == 3


def test_text_and_object_are_read_alike(catalogue: Catalogue) -> None:
    assert Catalogue.from_json(json.dumps(catalogue_json())) == catalogue


def test_names_in_both_languages(catalogue: Catalogue) -> None:
    status = catalogue.status("new")
    assert status is not None
    assert (status.name("pl"), status.name("pl_PL"), status.name("en"), status.name("de")) == (
        "Nowe",
        "Nowe",
        "New",
        "New",
    )


def test_unknown_codes_are_none(catalogue: Catalogue) -> None:
    for find in (
        catalogue.source,
        catalogue.group,
        catalogue.category,
        catalogue.status,
        catalogue.reason,
        catalogue.method,
        catalogue.institution,
    ):
        assert find("gone") is None
    assert catalogue.status(None) is None
    assert catalogue.transition("new", "gone") is None


def test_categories_of_a_source(catalogue: Catalogue) -> None:
    assert [len(catalogue.categories_of(source)) for source in ("citizen", "police")] == [27, 7]
    assert catalogue.categories_of("gone") == ()


def test_the_role_decides_what_can_be_decided(catalogue: Catalogue) -> None:
    def results(role: str) -> set[str]:
        return {step.to_status for step in catalogue.transitions_from("new", role)}

    assert results("coordinator") == {"verification", "mistake"}
    assert results("verifier") == {"verification"}
    assert results("viewer") == set()
    assert catalogue.transitions_from(None, "admin") == ()


def test_reasons_belong_to_results(catalogue: Catalogue) -> None:
    assert "joke" in {reason.code for reason in catalogue.reasons_for("mistake")}
    assert "joke" not in {reason.code for reason in catalogue.reasons_for("unconfirmed")}
    assert catalogue.reasons_for("verification") == ()


def test_validity(catalogue: Catalogue) -> None:
    category = catalogue.category("wild_bathing")
    assert category is not None
    assert category.is_valid_on(date(2020, 12, 31))
    assert not category.is_valid_on(date(2021, 1, 1))


def test_members_of_a_newer_service_are_left_alone() -> None:
    document = catalogue_json()
    document["statuses"][0]["icon"] = "new.svg"
    document["novelty"] = 1
    assert Catalogue.from_json(document).statuses[0].code == "new"


def _without(path: list[Any]) -> dict[str, Any]:
    document = copy.deepcopy(catalogue_json())
    part: Any = document
    for step in path[:-1]:
        part = part[step]
    del part[path[-1]]
    return document


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "<html>",
        "[]",
        "null",
        _without(["statuses"]),
        _without(["categories", 3, "code"]),
        _without(["categories", 3, "name", "pl"]),
        _without(["statuses", 0, "symbol", "color"]),
        {**catalogue_json(), "transitions": [1]},
        {**catalogue_json(), "deadlines": {"read_days": "three", "verify_days": 5}},
    ],
)
def test_a_broken_document_is_an_error_of_ours(broken: Any) -> None:
    with pytest.raises(CatalogueError):
        Catalogue.from_json(broken)


def test_what_is_near_has_defaults_for_services_that_do_not_say(catalogue: Catalogue) -> None:
    dogs = catalogue.category("stray_dogs")
    assert dogs is not None
    assert (dogs.near_metres, dogs.near_days) == (500, 14)
    document = catalogue_json()
    for category in document["categories"]:
        del category["near_metres"], category["near_days"]
    old = Catalogue.from_json(document).category("stray_dogs")
    assert old is not None
    assert (old.near_metres, old.near_days) == (100, 30)
