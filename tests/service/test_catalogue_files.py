"""The catalogue: complete, consistent, and the same document for everybody."""

from __future__ import annotations

import json
from datetime import date

import pytest
from pydantic import ValidationError

from kmzb_service.catalogue.model import Catalogue, load_catalogue


@pytest.fixture
def document() -> dict:
    return json.loads(load_catalogue().as_json())


def test_has_the_categories_of_july_2020_and_the_seven_crimes() -> None:
    catalogue = load_catalogue()
    by_source = {
        source.code: [one for one in catalogue.categories if one.source == source.code]
        for source in catalogue.sources
    }
    assert len(by_source["citizen"]) == 27
    assert [one.name.pl for one in by_source["police"]] == [
        "kradzież mienia",
        "kradzież pojazdu",
        "kradzież z włamaniem",
        "rozbój i wymuszenie rozbójnicze",
        "uszkodzenie ciała",
        "uszkodzenie mienia",
        "bójka i pobicie",
    ]
    assert by_source["community"]


def test_keeps_early_names_as_aliases() -> None:
    catalogue = load_catalogue()
    assert "bezdomność" in catalogue.category("homeless_person").aliases
    assert "miejsca grupowania się małoletnich" in catalogue.category("minors_gathering").aliases


def test_knows_the_special_rules_of_dangerous_entertainment() -> None:
    category = load_catalogue().category("dangerous_entertainment")
    assert (category.valid_from, category.description, category.public) == (
        date(2019, 1, 1),
        "required",
        "confirmed",
    )


def test_every_status_can_be_reached_and_no_name_is_empty() -> None:
    catalogue = load_catalogue()
    reached = {catalogue.initial}
    while more := {step.to for step in catalogue.transitions if step.from_ in reached} - reached:
        reached |= more
    assert reached == {status.code for status in catalogue.statuses}
    for entries in (catalogue.categories, catalogue.groups, catalogue.statuses, catalogue.reasons):
        assert all(entry.name.pl and entry.name.en for entry in entries)


def test_a_viewer_decides_nothing() -> None:
    assert all("viewer" not in step.roles for step in load_catalogue().transitions)


def test_the_etag_follows_the_content(document: dict) -> None:
    same = Catalogue.model_validate(document)
    document["deadlines"]["read_days"] += 1
    other = Catalogue.model_validate(document)
    assert same.etag() == load_catalogue().etag() != other.etag()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: d["categories"].append(d["categories"][0]), "twice"),
        (lambda d: d["categories"][0].update(group="none"), "unknown source or group"),
        (lambda d: d["transitions"][0].update(to="none"), "unknown status"),
        (lambda d: d["reasons"][0].update(statuses=["none"]), "unknown status"),
        (lambda d: d["transitions"][0].update(roles=["king"]), "transitions.0.roles"),
        (lambda d: d["statuses"][0].pop("name"), "statuses.0.name"),
        (lambda d: d.update(surprise=1), "surprise"),
        (lambda d: d["categories"][0].update(near_metres=0), "categories.0.near_metres"),
    ],
)
def test_a_broken_catalogue_is_refused(document: dict, change, message: str) -> None:
    change(document)
    with pytest.raises(ValidationError, match=message):
        Catalogue.model_validate(document)
