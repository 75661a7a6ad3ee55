"""Mapping files: what is wrong with one is said with its key, before a row is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from kmzb_service.catalogue.model import load_catalogue
from kmzb_service.intake.errors import IntakeError
from kmzb_service.intake.mapping import Mapping, load_mapping

ROOT = Path(__file__).resolve().parents[2]

SMALLEST = """
[source]
name = "test"
plane = "police"
[columns]
id = "nr"
occurred_from = "data"
[category]
fixed = "theft"
"""


def load(folder: Path, text: str | bytes) -> Mapping:
    path = folder / "mapping.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_mapping(path, load_catalogue())


def test_defaults_of_the_smallest_mapping(tmp_path: Path) -> None:
    mapping = load(tmp_path, SMALLEST)
    assert (mapping.file.encoding, mapping.file.delimiter) == ("utf-8", ",")
    assert (mapping.times.zone, mapping.times.formats) == ("Europe/Warsaw", ("iso",))
    assert mapping.file_columns() == ("nr", "data")


@pytest.mark.parametrize(
    "name",
    ["docs/mapping-example.toml", "docs/meetings-mapping-example.toml", "tests/data/nyc-vehicle-thefts.toml"],
)
def test_the_shipped_mappings_can_be_used(name: str) -> None:
    assert load_mapping(ROOT / name, load_catalogue()).columns.id


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('id = "nr"', "", "columns.id: is missing"),
        ('id = "nr"', 'id = "nr"\nidd = "x"', "columns.idd: no such key"),
        ('plane = "police"', 'plane = "secret"', "source.plane: "),
        ('name = "test"', 'name = "a:b"', "source.name: "),
        ('fixed = "theft"', "", "either columns.category or category.fixed"),
        ('id = "nr"', 'id = "nr"\ncategory = "k"', "either columns.category or category.fixed"),
        ('fixed = "theft"', 'fixed = "speeding"', "category.fixed: 'speeding' is no category of the police"),
        ('fixed = "theft"', 'fixed = "theft"\nunknown = "x"', "category.unknown: 'x' is no category"),
        ('fixed = "theft"', 'fixed = "theft"\nvalues = { a = "x" }', "category.values.a: 'x' is no category"),
        (
            "[category]",
            '[times]\nzone = "Mars/Base"\n[category]',
            "times.zone: unknown time zone",
        ),
        ("[category]", "[times]\nformats = []\n[category]", "times.formats: "),
        ("[category]", '[times]\nambiguous = "guess"\n[category]', "times.ambiguous: "),
        ("[category]", '[file]\ndelimiter = "||"\n[category]', "file.delimiter: "),
        ("[category]", '[coordinates]\nx = "a"\n[category]', "coordinates: x and y go together"),
        ("[category]", '[coordinates]\nx = "a"\ny = "b"\n[category]', "coordinates: crs is needed"),
        ("[category]", "[coordinates]\nbounds = [20, 50, 10, 60]\n[category]", "coordinates: bounds must be"),
        ("[category]", "[coordinates]\nbounds = [20, 50]\n[category]", "coordinates.bounds"),
        ('id = "nr"', 'id = "nr"\nstatus = "s"', "columns.status is for the citizen plane only"),
        ("[category]", '[status.values]\na = "x"\n[category]', "status.values.a: 'x' is no status"),
        ("[source]", "[source", "is not valid TOML"),
    ],
)
def test_a_wrong_key_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(IntakeError) as failure:
        load(tmp_path, SMALLEST.replace(old, new, 1))
    assert message in str(failure.value)
    assert "\n" not in str(failure.value)


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="not UTF-8"):
        load(tmp_path, SMALLEST.replace("test", "łąka").encode("cp1250"))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="cannot be read"):
        load_mapping(tmp_path / "none.toml", load_catalogue())
