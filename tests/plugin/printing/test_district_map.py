"""The printed map: the district, its threats and nothing else, explained and counted."""

from __future__ import annotations

import itertools
import re
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from osgeo import ogr
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsLayoutExporter,
    QgsLayoutItem,
    QgsLayoutItemMap,
    QgsLayoutItemPage,
    QgsPointClusterRenderer,
    QgsPointDisplacementRenderer,
    QgsPrintLayout,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QRectF
from qgis.PyQt.QtGui import QColor, QImage

from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.layers.comparison import class_name, dress
from kmzb_qgis_plugin.layers.layer_tree import EXPLAINED_PROPERTY, KmzbLayers, LayerError
from kmzb_qgis_plugin.paths import resource
from kmzb_qgis_plugin.printing import district as district_module
from kmzb_qgis_plugin.printing.district import District, DistrictData
from kmzb_qgis_plugin.printing.district_map import DistrictMap, build_layout
from kmzb_qgis_plugin.printing.errors import DistrictError, ForeignLayers, TemplateError
from kmzb_qgis_plugin.printing.export import export
from kmzb_qgis_plugin.printing.print_layers import PICTOGRAMS_UP_TO, own_layers
from kmzb_qgis_plugin.printing.scope import Content
from kmzb_qgis_plugin.printing.template import missing_fonts
from kmzb_qgis_plugin.replica.replica import Replica
from tests.plugin.printing.conftest import LONG_TITLE

DPI = 100
FEW = "\"local_day\" >= '2024-03-01'"
NONE = "\"local_day\" >= '2044-01-01'"
FAR_PART = "14.65 52.6, 14.85 52.6, 14.85 52.7, 14.65 52.7, 14.65 52.6"
# Boxes that must stand beside each other; pictures lie on the map and on the table.
BOXES = (
    "title",
    "subtitle",
    "brand",
    "date",
    "emblem",
    "rule",
    "map",
    "scale_bar",
    "scale",
    "filter",
    "legend_title",
    "legend",
    "counts_title",
    "counts",
    "notice",
    "marking",
    "office",
    "not_shown",
    "page",
    "trend_title",
    "trend",
    "overview_title",
    "overview",
)


def _map(layout: QgsPrintLayout) -> QgsLayoutItemMap:
    return layout.itemById("map")


def _threat_layers(layout: QgsPrintLayout) -> list[QgsVectorLayer]:
    return [layer for layer in _map(layout).layers() if "layername=threats" in layer.source()]


def _box(item: QgsLayoutItem) -> QRectF:
    return QRectF(item.pagePos(), item.rect().size())


def _page(layout: QgsPrintLayout) -> QImage:
    return QgsLayoutExporter(layout).renderPageToImage(0, dpi=DPI)


def _pixel(layout: QgsPrintLayout, lon: float, lat: float) -> tuple[int, int]:
    """Where on the page's picture a place lies."""
    item = _map(layout)
    to_map = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4326"), item.crs(), QgsProject.instance()
    )
    place, extent = to_map.transform(lon, lat), item.extent()
    x = item.pagePos().x() + (place.x() - extent.xMinimum()) / extent.width() * item.rect().width()
    y = item.pagePos().y() + (extent.yMaximum() - place.y()) / extent.height() * item.rect().height()
    return round(x / 25.4 * DPI), round(y / 25.4 * DPI)


def _near(image: QImage, at: tuple[int, int], color: str, reach: int = 6, tolerance: int = 40) -> bool:
    wanted = QColor(color)
    for x, y in itertools.product(*(range(middle - reach, middle + reach + 1) for middle in at)):
        found = image.pixelColor(x, y)
        parts = zip(found.getRgb(), wanted.getRgb(), strict=True)
        if all(abs(one - other) <= tolerance for one, other in parts):
            return True
    return False


@pytest.mark.parametrize(
    "template", ["district_a4_landscape", "district_a4_portrait", "district_a3_portrait", "wall_a3_landscape"]
)
@pytest.mark.parametrize(
    ("level", "code", "where"),
    [
        ("county", "0806", ""),
        ("county", "0806", FEW),
        ("county", "0806", NONE),
        ("county", "0861", ""),
        ("unit", "KWP-GW", ""),
    ],
)
def test_nothing_overlaps_or_leaves_the_page(
    print_map: Callable[..., QgsPrintLayout], level: str, code: str, where: str, template: str
) -> None:
    path = resource("layouts", f"{template}.qpt")
    layout = print_map(level, code, where, template=path, title=LONG_TITLE, sentence="słowo, " * 120)
    page = layout.pageCollection().page(0).rect()
    items = {name: layout.itemById(name) for name in BOXES}
    boxes = {name: _box(item) for name, item in items.items() if item is not None}
    assert len(boxes) > 15
    for name, box in boxes.items():
        assert page.adjusted(5, 5, -5, -5).contains(box), f"{name} leaves the page"
    for (name, box), (other, other_box) in itertools.combinations(boxes.items(), 2):
        # Boxes may touch within half a millimetre.
        assert not box.adjusted(0.5, 0.5, -0.5, -0.5).intersects(other_box), f"{name} covers {other}"
    for item in layout.items():
        if isinstance(item, QgsLayoutItem) and not isinstance(item, QgsLayoutItemPage):
            assert page.contains(_box(item)), f"{item.displayName()} leaves the page"


@pytest.mark.parametrize(("level", "code"), [("county", "0806"), ("unit", "KMP-GW"), ("county", "0862")])
def test_map_shows_the_whole_district_at_a_round_scale(
    print_map: Callable[..., QgsPrintLayout], connection: sqlite3.Connection, level: str, code: str
) -> None:
    layout = print_map(level, code)
    item = _map(layout)
    assert item.crs().authid() == "EPSG:2180"
    assert round(item.scale()) % 2500 == 0
    column = "county" if level == "county" else "unit"
    page = _box(item)
    for lon, lat in connection.execute(f"SELECT lon, lat FROM threats WHERE {column} = ?", (code,)):
        x, y = _pixel(layout, lon, lat)
        assert page.contains(x * 25.4 / DPI, y * 25.4 / DPI)


@pytest.mark.parametrize("where", ["", FEW, '"status" IS NULL OR "status" = \'new\''])
@pytest.mark.parametrize(("level", "code"), [("county", "0806"), ("unit", "KWP-GW")])
def test_map_legend_and_table_agree(
    print_map: Callable[..., QgsPrintLayout],
    request_for: Callable[..., DistrictMap],
    level: str,
    code: str,
    where: str,
) -> None:
    data = request_for(level, code, where).data
    layout = print_map(level, code, where)
    drawn = [feature for layer in _threat_layers(layout) for feature in layer.getFeatures()]
    assert len(drawn) == data.total > 0
    table = layout.itemById("counts").multiFrame().tableContents()
    assert table[-1][-1].content() == f"{data.total:,}".replace(",", "\u00a0")
    sums = [0] * (len(table[0]) - 2)
    for row in table[1:-1]:
        for column, cell in enumerate(row[2:]):
            sums[column] += int(cell.content().replace("\u00a0", "") or 0)
    assert [int(cell.content().replace("\u00a0", "") or 0) for cell in table[-1][2:]] == sums

    legend = layout.itemById("legend").model()
    labels = [
        node.data(0) for layer in legend.rootGroup().findLayers() for node in legend.layerLegendNodes(layer)
    ]
    statuses = {feature["status"] for feature in drawn if feature["source"] == "citizen"}
    for status, name in (("new", "Nowe"), ("confirmed", "Potwierdzone"), ("mistake", "Żart lub pomyłka")):
        number = sum(feature["status"] == status for feature in drawn)
        entry = f"{name} ({number})"
        assert (entry in labels) == (status in statuses)
    assert not any("(0)" in label for label in labels)


def test_threats_are_painted_in_the_district_and_none_outside(
    print_map: Callable[..., QgsPrintLayout], connection: sqlite3.Connection
) -> None:
    layout = print_map("county", "0806", "\"status\" = 'eliminated'")
    image, extent = _page(layout), _box(_map(layout)).adjusted(3, 3, -3, -3)
    inside, outside = [], []
    for county, lon, lat in connection.execute(
        "SELECT county, lon, lat FROM threats WHERE status = 'eliminated'"
    ):
        at = _pixel(layout, lon, lat)
        if county == "0806":
            inside.append(at)
        elif extent.contains(at[0] * 25.4 / DPI, at[1] * 25.4 / DPI):
            outside.append(at)
    assert len(inside) > 10
    assert len(outside) > 10
    assert all(_near(image, at, "#2b6cb0") for at in inside)
    assert not any(_near(image, at, "#2b6cb0", reach=2) for at in outside)


def test_surroundings_are_dimmed_and_the_boundary_is_bold(print_map: Callable[..., QgsPrintLayout]) -> None:
    layout = print_map("county", "0807", NONE)
    image = _page(layout)
    inside = QColor(image.pixelColor(*_pixel(layout, 15.5, 52.35)))
    outside = QColor(image.pixelColor(*_pixel(layout, 14.95, 52.35)))
    assert inside.lightness() > outside.lightness() + 5
    # From a neighbour into the district one crosses the navy line.
    left, y = _pixel(layout, 14.9, 52.3)
    right, _ = _pixel(layout, 15.4, 52.3)
    assert any(_near(image, (x, y), "#1f3a68", reach=1) for x in range(left, right))


def test_a_district_in_two_parts_is_shown_with_both(
    replica: Replica, print_map: Callable[..., QgsPrintLayout]
) -> None:
    source = ogr.Open(str(replica.path), 1)
    areas = source.GetLayerByName("areas")
    areas.SetAttributeFilter("code = '0812'")
    feature = areas.GetNextFeature()
    parts = ogr.Geometry(ogr.wkbMultiPolygon)
    own = feature.GetGeometryRef()
    for part in range(own.GetGeometryCount()):
        parts.AddGeometry(own.GetGeometryRef(part))
    parts.AddGeometry(ogr.CreateGeometryFromWkt(f"POLYGON(({FAR_PART}))"))
    feature.SetGeometry(parts)
    areas.SetFeature(feature)
    middle = own.Centroid()
    feature = areas = source = None  # OGR writes when the data set goes
    layout = print_map("county", "0812", NONE)
    image = _page(layout)
    near, far, between = (
        QColor(image.pixelColor(*_pixel(layout, lon, lat)))
        for lon, lat in ((middle.GetX(), middle.GetY()), (14.75, 52.65), (15.2, 52.3))
    )
    assert min(near.lightness(), far.lightness()) > between.lightness() + 5
    corner, y = _pixel(layout, 14.6, 52.65)
    inside, _ = _pixel(layout, 14.75, 52.65)
    assert any(_near(image, (x, y), "#1f3a68", reach=1) for x in range(corner, inside)), "its boundary"


def test_few_threats_have_pictograms_and_many_have_signs(
    project: QgsProject, request_for: Callable[..., DistrictMap]
) -> None:
    few = request_for("county", "0806", FEW)
    many = request_for("unit", "KWP-GW")
    assert few.data.total <= PICTOGRAMS_UP_TO < many.data.total
    layouts = [build_layout(project, request) for request in (few, many)]
    few_renderer, many_renderer = (_threat_layers(layout)[0].renderer() for layout in layouts)
    # Many signs hide each other: those that do are one symbol with their number.
    assert isinstance(many_renderer, QgsPointClusterRenderer)
    few_printed = few_renderer.categories()[0]
    many_printed = many_renderer.embeddedRenderer().categories()[0]
    assert few_printed.symbol().symbolLayerCount() == 2
    assert many_printed.symbol().symbolLayerCount() == 1
    assert few_printed.symbol().size() > 2 * many_printed.symbol().size()


def test_signs_are_larger_on_a3_and_lie_over_the_seats_of_units(
    print_map: Callable[..., QgsPrintLayout],
) -> None:
    small, large = (print_map("county", "0861", FEW, paper=paper) for paper in ("A4", "A3"))
    sizes = []
    for layout in (small, large):
        categories = _threat_layers(layout)[0].renderer().categories()  # they own their symbols
        sizes.append(categories[0].symbol().size())
    assert 1.2 < sizes[1] / sizes[0] < 1.6
    tables = [re.findall("layername=(\\w+)", layer.source()) for layer in _map(small).layers()]
    assert tables.index(["threats"]) < tables.index(["units"])


def test_overview_of_a_small_district_is_its_voivodeship(
    print_map: Callable[..., QgsPrintLayout], write_row: Callable
) -> None:
    """Of a whole country's 380 counties nobody finds one."""
    whole = print_map("county", "0801").itemById("overview").extent()
    write_row("UPDATE areas SET level = 'voivodeship', code = '14' WHERE code = '0812'")
    write_row("UPDATE areas SET code = '1401' WHERE code = '0811'")
    overview = print_map("county", "1401").itemById("overview")
    assert overview.extent().width() < whole.width() / 2
    assert whole.contains(overview.extent().center())


@pytest.mark.parametrize(
    ("number", "kind", "words"),
    [
        (3, QgsPointDisplacementRenderer, "Around a point: in one place"),
        (9, QgsPointClusterRenderer, "Several close together, with their number"),
    ],
)
def test_threats_on_one_place_are_shown_as_such(
    print_map: Callable[..., QgsPrintLayout], write_row: Callable, number: int, kind: type, words: str
) -> None:
    """A few stand in a ring around the place, more are one symbol with their number; the legend says so."""
    one = "SELECT fid FROM threats WHERE county = '0806' AND source = 'citizen' ORDER BY fid LIMIT ?"
    write_row(f"UPDATE threats SET lon = 15.5, lat = 52.8 WHERE fid IN ({one})", number)
    only = f'"fid" IN ({one.replace("?", str(number))})'
    layout = print_map("county", "0806", only)
    assert isinstance(_threat_layers(layout)[0].renderer(), kind)
    legend = layout.itemById("legend").model()
    names = [node.name() for node in legend.rootGroup().findLayers()]
    assert words in names
    assert not any(
        "in one place" in node.name()
        for node in print_map("county", "0806", '"fid" BETWEEN 500 AND 700')
        .itemById("legend")
        .model()
        .rootGroup()
        .findLayers()
    )


def test_very_many_threats_are_numbers_in_cells(
    print_map: Callable[..., QgsPrintLayout],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    text_of: Callable,
) -> None:
    monkeypatch.setattr(district_module, "DENSE_COUNT", 1000)
    layout = print_map("voivodeship", "08")
    assert not _threat_layers(layout)
    cells = next(layer for layer in _map(layout).layers() if layer.fields().lookupField("number") >= 0)
    assert sum(feature["number"] for feature in cells.getFeatures()) == 2600
    export(layout, tmp_path / "map.pdf")
    text = text_of(tmp_path / "map.pdf")
    assert "50–199" in text
    assert "1000" not in text, "a class that no cell falls into"
    assert "Threats on the map: 2 600" in text
    assert "Nowe (" in text, "the signs over the table's columns are not explained"


def test_texts_are_on_the_page(
    print_map: Callable[..., QgsPrintLayout], tmp_path: Path, text_of: Callable
) -> None:
    layout = print_map("county", "0806", FEW)
    export(layout, tmp_path / "map.pdf")
    text = text_of(tmp_path / "map.pdf")
    for words in (
        "Mapa zagrożeń – powiat strzelecko-drezdenecki",
        "Zgłoszenia i zdarzenia",
        "Data as of 31.05.2024 23:35",
        "Printed 01.06.2024",
        "Legend",
        "Zgłoszenia obywateli (",
        "Boundary: powiat strzelecko-drezdenecki",
        "Scale 1 :",
        "km",
        "call 112 or 997",
        "KPP w Strzelcach Krajeńskich",
        "powiat międzyrzecki",
    ):
        assert words in text, words
    assert "Shown: Wszystkie źródła; wszystkie kategorie;" in text


def test_language_of_names_and_dates(
    print_map: Callable[..., QgsPrintLayout], tmp_path: Path, text_of: Callable
) -> None:
    layout = print_map("county", "0806", lang="en")
    export(layout, tmp_path / "map.pdf")
    text = text_of(tmp_path / "map.pdf")
    assert "Citizens' reports (" in text
    assert "Not confirmed (" in text
    assert "Printed 2024-06-01" in text
    assert "Niepotwierdzone" not in text


def test_long_texts_are_whole(
    print_map: Callable[..., QgsPrintLayout], tmp_path: Path, text_of: Callable
) -> None:
    sentence = "kategorie: " + ", ".join(f"kategoria{number}" for number in range(60)) + "; KONIEC"
    layout = print_map("county", "0806", title=LONG_TITLE, sentence=sentence)
    export(layout, tmp_path / "map.pdf")
    text = text_of(tmp_path / "map.pdf")
    assert all(word in text for word in LONG_TITLE.split())
    assert "KONIEC" in text


def test_district_without_threats_says_so(
    print_map: Callable[..., QgsPrintLayout], tmp_path: Path, text_of: Callable
) -> None:
    layout = print_map("county", "0806", NONE)
    assert not _threat_layers(layout)
    export(layout, tmp_path / "map.pdf")
    text = text_of(tmp_path / "map.pdf")
    assert "Threats on the map: 0" in text
    assert "No threats match the filter." in text
    assert "Nowe" not in text


def test_project_is_left_as_it_was(
    layers_in_project: KmzbLayers, project: QgsProject, print_map: Callable[..., QgsPrintLayout]
) -> None:
    """The map has a layer of the person's own, and none of the canvas's KMZB layers."""
    own = QgsVectorLayer("LineString?crs=EPSG:2180", "roads", "memory")
    hidden = QgsVectorLayer("Point?crs=EPSG:2180", "hidden", "memory")
    project.addMapLayers([own, hidden])
    project.layerTreeRoot().findLayer(hidden).setItemVisibilityChecked(False)
    before, subset = set(project.mapLayers()), layers_in_project.layer("citizen").subsetString()
    layout = print_map("county", "0806", base=own_layers(project))
    assert set(project.mapLayers()) == before
    assert layers_in_project.layer("citizen").subsetString() == subset
    assert project.layoutManager().layouts() == []
    drawn = _map(layout).layers()
    assert own in drawn
    assert hidden not in drawn
    assert not {layer.id() for layer in drawn} & {layer.id() for layer in layers_in_project.layers().values()}


def test_an_analysis_of_the_project_is_explained_and_a_persons_own_layer_is_not(
    project: QgsProject,
    print_map: Callable[..., QgsPrintLayout],
    text_of: Callable[[Path], str],
    tmp_path: Path,
) -> None:
    own = QgsVectorLayer("Polygon?crs=EPSG:2180", "forests", "memory")
    periods = "2024-01-01 – 2024-05-31 w porównaniu z 2023-01-01 – 2023-05-31"
    compared = QgsVectorLayer("Polygon?crs=EPSG:2180&field=class:integer", periods, "memory")
    dress(compared, whole=False, spots=False)
    compared.setCustomProperty(EXPLAINED_PROPERTY, True)
    project.addMapLayers([own, compared])
    layout = print_map("county", "0806", base=own_layers(project))
    assert {own, compared} <= set(_map(layout).layers())
    export(layout, tmp_path / "map.pdf")
    text = text_of(tmp_path / "map.pdf")
    assert class_name(2, whole=False) in text
    assert "w porównaniu z" in text
    assert "forests" not in text


def test_template_of_ones_own_is_used(print_map: Callable[..., QgsPrintLayout], tmp_path: Path) -> None:
    template = tmp_path / "own.qpt"
    content = resource("layouts", "district_a4_landscape.qpt").read_text(encoding="utf-8")
    template.write_text(content.replace('id="rule"', 'id="our_border"'), encoding="utf-8")
    layout = print_map("county", "0806", template=template)
    assert layout.itemById("our_border") is not None


@pytest.mark.parametrize(
    ("old", "new", "missing"),
    [
        ('id="legend"', 'id="legende"', "legend"),
        ('id="map"', 'id="karte"', "map"),
        ('id="title"', 'id="counts"', "title"),
    ],
)
def test_template_that_lacks_an_item_names_it(
    print_map: Callable[..., QgsPrintLayout], tmp_path: Path, old: str, new: str, missing: str
) -> None:
    template = tmp_path / "own.qpt"
    content = resource("layouts", "district_a4_landscape.qpt").read_text(encoding="utf-8")
    template.write_text(content.replace(old, new), encoding="utf-8")
    with pytest.raises(TemplateError) as caught:
        print_map("county", "0806", template=template)
    assert missing in caught.value.missing
    message = caught.value.user_message(tr)
    assert "own.qpt" in message
    assert missing in message


def test_template_that_names_a_layer_of_another_project_says_which(
    print_map: Callable[..., QgsPrintLayout], project: QgsProject, tmp_path: Path
) -> None:
    template = tmp_path / "own.qpt"
    content = resource("layouts", "district_a4_landscape.qpt").read_text(encoding="utf-8")
    content = content.replace('id="overview"', 'id="our_map"').replace(
        "<LayerSet/>",
        '<LayerSet><Layer name="roads" provider="ogr" source="x.shp">roads_1</Layer></LayerSet>',
        1,
    )
    template.write_text(content, encoding="utf-8")
    with pytest.raises(ForeignLayers) as caught:
        print_map("county", "0806", template=template)
    assert "own.qpt" in caught.value.user_message(tr)
    assert "roads" in caught.value.user_message(tr)
    project.addMapLayer(QgsVectorLayer("Point?crs=EPSG:2180", "roads", "memory"))
    assert print_map("county", "0806", template=template).itemById("our_map") is not None


def test_fonts_that_are_not_there_are_named_and_the_page_is_whole(
    print_map: Callable[..., QgsPrintLayout], tmp_path: Path, text_of: Callable
) -> None:
    template = tmp_path / "own.qpt"
    content = resource("layouts", "district_a4_landscape.qpt").read_text(encoding="utf-8")
    template.write_text(content.replace("Open Sans", "Komenda Grotesk"), encoding="utf-8")
    layout = print_map("county", "0806", template=template)
    assert missing_fonts(layout) == ["Komenda Grotesk"]
    export(layout, tmp_path / "map.pdf")
    assert "Zgłoszenia obywateli" in text_of(tmp_path / "map.pdf")
    assert missing_fonts(print_map("county", "0806")) == []


def test_thousands_of_categories_groups_and_statuses_leave_a_legend_that_fits(
    print_map: Callable[..., QgsPrintLayout],
    catalogue: Catalogue,
    write_row: Callable,
    connection: sqlite3.Connection,
) -> None:
    numbers = range(2000)
    base, group, status = catalogue.categories[0], catalogue.groups[0], catalogue.statuses[0]
    large = replace(
        catalogue,
        groups=tuple(replace(group, code=f"g{number}") for number in numbers),
        categories=tuple(replace(base, code=f"c{number}", group=f"g{number}") for number in numbers),
        statuses=tuple(replace(status, code=f"s{number}") for number in numbers),
    )
    write_row("UPDATE threats SET category = 'c' || (fid % 2000) WHERE source = 'citizen'")
    write_row("UPDATE threats SET status = 's' || (fid % 2000) WHERE source = 'citizen'")
    for reports in ("status", "category"):
        layout = print_map("voivodeship", "08", catalogue=large, content=Content(reports))
        legend, table = layout.itemById("legend"), layout.itemById("counts")
        assert legend.pagePos().y() + legend.rect().height() < table.pagePos().y()
        assert len(table.multiFrame().tableContents()[0]) < 15


@pytest.mark.parametrize("content", [None, "", "<not xml", "<html><body/></html>"])
def test_file_that_is_no_template_is_an_error_in_words(
    print_map: Callable[..., QgsPrintLayout], tmp_path: Path, content: str | None
) -> None:
    template = tmp_path / "own.qpt"
    if content is not None:
        template.write_text(content, encoding="utf-8")
    with pytest.raises(TemplateError) as caught:
        print_map("county", "0806", template=template)
    assert "own.qpt" in caught.value.user_message(tr)


def test_district_without_a_boundary_is_an_error_in_words(
    print_map: Callable[..., QgsPrintLayout], write_row: Callable
) -> None:
    write_row("UPDATE areas SET geom = NULL WHERE code = '0806'")
    with pytest.raises(DistrictError) as caught:
        print_map("county", "0806")
    assert "powiat strzelecko-drezdenecki" in caught.value.user_message(tr)


def test_replica_that_has_gone_is_an_error_in_words(
    project: QgsProject, request_for: Callable[..., DistrictMap], tmp_path: Path
) -> None:
    request = request_for("county", "0806")
    district = District("county", "0806", "x", ("0806",))
    gone = DistrictMap(
        **{
            **request.__dict__,
            "replica_path": tmp_path / "gone.gpkg",
            "data": DistrictData(district, district.where(""), ()),
        }
    )
    with pytest.raises(LayerError):
        build_layout(project, gone)
