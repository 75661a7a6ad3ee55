"""A meeting's document, and what keeps it from being sent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.meeting import Concern, Meeting, categories_for, faults

NOW = "2024-06-01T08:00:00.000Z"
WHOLE = Meeting.new(
    kind="debate",
    held_at="2024-05-20T16:00:00.000Z",
    lon=15.24,
    lat=52.73,
    place="Dom Kultury, ul. Pomorska 73",
    organiser="KMP Gorzów",
    participants=45,
)


@pytest.fixture
def whole(catalogue: Catalogue) -> Meeting:
    category = categories_for(catalogue, WHOLE.held_at)[0].code
    return replace(WHOLE, concerns=(Concern(category, "Młodzież pod sklepem"),))


def test_a_meeting_survives_its_document(whole: Meeting) -> None:
    assert Meeting.from_json(whole.to_json()) == whole
    assert whole.to_json()["concerns"][0]["description"] == "Młodzież pod sklepem"


@pytest.mark.parametrize("document", ["{}", '{"uuid": "a", "concerns": [{"text": "b"}]}', "[", '"a"'])
def test_what_is_no_meeting_is_refused(document: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Meeting.from_json(document)


def test_a_whole_meeting_has_no_faults(whole: Meeting, catalogue: Catalogue) -> None:
    assert faults(whole, catalogue, NOW) == ()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"held_at": None}, "held_at"),
        ({"held_at": "2024-06-02T00:00:00.000Z"}, "held_in_future"),
        ({"lon": None}, "point"),
        ({"place": " "}, "place"),
        ({"organiser": ""}, "organiser"),
        ({"participants": None}, "participants"),
        ({"concerns": ()}, "concerns"),
        ({"concerns": (Concern("speeding", "x"),)}, "concerns/0/category"),
    ],
)
def test_each_fault_is_named(whole: Meeting, catalogue: Catalogue, change: dict, fault: str) -> None:
    assert faults(replace(whole, **change), catalogue, NOW) == (fault,)


@pytest.mark.parametrize("text", ["", "x" * 501])
def test_a_concern_needs_a_text_of_the_map_s_length(whole: Meeting, catalogue: Catalogue, text: str) -> None:
    concern = Concern(whole.concerns[0].category, text)
    assert faults(replace(whole, concerns=(*whole.concerns, concern)), catalogue, NOW) == (
        "concerns/1/description",
    )


def test_only_the_communitys_categories_are_offered(catalogue: Catalogue) -> None:
    assert {one.source for one in categories_for(catalogue, None)} == {"community"}
