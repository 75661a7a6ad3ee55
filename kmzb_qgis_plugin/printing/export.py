"""Layouts as files or on a printer: page by page, whole or not at all.

Layouts belong to the main thread, so whoever prints many adds one, lets the window
work, and adds the next. Until :meth:`Output.finish` nothing stands under the file's
name, and :meth:`Output.discard` leaves nothing behind.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final

from osgeo import gdal
from qgis.core import (
    Qgis,
    QgsLayoutExporter,
    QgsLayoutItemMap,
    QgsLayoutRenderContext,
    QgsMessageLog,
    QgsPrintLayout,
)
from qgis.PyQt.QtCore import QMarginsF, QSizeF
from qgis.PyQt.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter
from qgis.PyQt.QtPrintSupport import QPrinter

from kmzb_qgis_plugin.printing.errors import ExportError, MapTooLarge

DEFAULT_DPI: Final = 300
PDF, PNG, SVG = ".pdf", ".png", ".svg"
ENDINGS: Final = (PDF, PNG, SVG)

_INCH: Final = 25.4
_END_OF_PDF: Final = b"%%EOF"
_LOG_TAG: Final = "KMZB"


class Output:
    """Where pages go. A context manager: what is not finished when it ends is discarded.

    Attributes:
        written: the files that are whole already, and stay.
    """

    written: Sequence[Path] = ()

    def add(self, layout: QgsPrintLayout, name: str) -> None:
        """Write the pages of a layout.

        Args:
            layout: used in the main thread only, and no more afterwards.
            name: of the file, without ending, where each layout has one of its own.

        Raises:
            ExportError: it cannot be written.
        """
        raise NotImplementedError

    def finish(self) -> list[Path]:
        """Put what was written in its place; return the files.

        Raises:
            ExportError: it cannot be put there.
        """
        raise NotImplementedError

    def discard(self) -> None:
        """Leave nothing of what is not whole."""

    def __enter__(self) -> Output:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.discard()


class Book(Output):
    """All pages in one PDF: lines as lines, text as text, every page with its place on earth.

    Args:
        path: the file; one that is there is replaced once the new one is whole.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._part = _part_of(path)
        self._pages: _Pages | None = None

    def add(self, layout: QgsPrintLayout, name: str) -> None:
        if self._pages is None:
            _check_folder(self._path)
            self._pages = _Pages(QPdfWriter(str(self._part)), self._path)
        self._pages.add(layout)

    def finish(self) -> list[Path]:
        if self._pages is None:
            return []
        pages, self._pages = self._pages, None
        pages.end()
        try:
            _check_whole(self._part)
            _georeference(self._part, pages.places)
            self._part.replace(self._path)
        except OSError as error:
            self.discard()
            raise ExportError(self._path, str(error)) from error
        return [self._path]

    def discard(self) -> None:
        if self._pages is not None:
            self._pages.end()
            self._pages = None
        self._part.unlink(missing_ok=True)


class Files(Output):
    """A file for each layout; those that are whole stay when the rest is given up.

    Args:
        folder: where they go.
        ending: one of :data:`ENDINGS`.
        dpi: resolution of pictures.
        name: of the only file, in place of the layout's own.
    """

    def __init__(
        self, folder: Path, ending: str = PDF, dpi: int = DEFAULT_DPI, name: str | None = None
    ) -> None:
        self._folder, self._ending, self._dpi, self._name = folder, ending, dpi, name
        self.written: list[Path] = []

    def add(self, layout: QgsPrintLayout, name: str) -> None:
        path = self._folder / f"{self._name or name}{self._ending}"
        export(layout, path, self._dpi)
        self.written.append(path)

    def finish(self) -> list[Path]:
        return list(self.written)


class OnPaper(Output):
    """A printer.

    Args:
        printer: as the person has set it up; its paper follows the layouts.
    """

    def __init__(self, printer: QPrinter) -> None:
        self._printer = printer
        self._pages: _Pages | None = None

    def add(self, layout: QgsPrintLayout, name: str) -> None:
        if self._pages is None:
            self._pages = _Pages(self._printer, Path(self._printer.outputFileName() or "printer"))
        self._pages.add(layout)

    def finish(self) -> list[Path]:
        self._end()
        return []

    def discard(self) -> None:
        if self._pages is not None:
            self._printer.abort()
            self._end()

    def _end(self) -> None:
        if self._pages is not None:
            self._pages.end()
            self._pages = None


def export(layout: QgsPrintLayout, path: Path, dpi: int = DEFAULT_DPI) -> None:
    """Write one layout into one file; its ending says what it is to be.

    Args:
        layout: used in the main thread only.
        path: the file; one that is there is replaced once the new one is whole.
        dpi: resolution of a picture.

    Raises:
        ExportError: the file cannot be written.
        MapTooLarge: there is not enough memory for the resolution.
    """
    ending = path.suffix.lower()
    if ending == PDF:
        with Book(path) as book:
            book.add(layout, path.stem)
            book.finish()
    elif ending == SVG:
        settings = QgsLayoutExporter.SvgExportSettings()
        settings.dpi = dpi
        settings.forceVectorOutput = True
        settings.exportMetadata = False
        settings.textRenderFormat = Qgis.TextRenderFormat.AlwaysText
        _export(layout, path, lambda exporter, part: exporter.exportToSvg(part, settings))
    else:
        pictures = QgsLayoutExporter.ImageExportSettings()
        pictures.dpi = dpi
        pictures.generateWorldFile = False
        pictures.exportMetadata = False
        _export(layout, path, lambda exporter, part: exporter.exportToImage(part, pictures))


class _Pages:
    """Paints layouts one after the other on a device that has pages."""

    def __init__(self, device: QPagedPaintDevice, path: Path) -> None:
        self._device, self._path = device, path
        self._painter: QPainter | None = None
        self.places: list[tuple[tuple[float, ...], str, str] | None] = []

    def add(self, layout: QgsPrintLayout) -> None:
        context = layout.renderContext()
        context.setDpi(DEFAULT_DPI)
        context.setFlag(QgsLayoutRenderContext.Flag.FlagForceVectorOutput, True)
        context.setTextRenderFormat(Qgis.TextRenderFormat.AlwaysText)
        for number in range(layout.pageCollection().pageCount()):
            self._next(layout.pageCollection().page(number).rect().size())
            result = QgsLayoutExporter(layout).renderPage(self._painter, number)
            if result is not None and result != QgsLayoutExporter.ExportResult.Success:
                raise ExportError(self._path, f"the exporter says {result}")
            self.places.append(_place_of(layout, number))

    def _next(self, size: QSizeF) -> None:
        """Begin a page of a size in millimetres."""
        # Qt keeps a paper's upright size apart from its orientation, and printers need both.
        upright = QSizeF(min(size.width(), size.height()), max(size.width(), size.height()))
        wide = size.width() > size.height()
        orientation = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
        paper = QPageSize(upright, QPageSize.Unit.Millimeter)
        self._device.setPageLayout(QPageLayout(paper, orientation, QMarginsF(0, 0, 0, 0)))
        if isinstance(self._device, QPrinter):
            self._device.setFullPage(True)
        if self._painter is None:
            if isinstance(self._device, QPdfWriter):
                self._device.setResolution(DEFAULT_DPI)
            self._painter = QPainter()
            if not self._painter.begin(self._device):
                self._painter = None
                raise ExportError(self._path, "painting cannot begin")
        elif not self._device.newPage():
            raise ExportError(self._path, "no further page can be begun")

    def end(self) -> None:
        if self._painter is not None:
            self._painter.end()
            self._painter = None


def _place_of(layout: QgsPrintLayout, page: int) -> tuple[tuple[float, ...], str, str] | None:
    """Where a page lies on earth: GDAL's transform at 300 dpi, the CRS as WKT, the map's frame as WKT."""
    item = layout.referenceMap()
    if not isinstance(item, QgsLayoutItemMap) or item.page() != page or item.mapRotation():
        return None
    extent, place = item.extent(), item.pagePos()
    across, down = extent.width() / item.rect().width(), extent.height() / item.rect().height()
    west, north = extent.xMinimum() - place.x() * across, extent.yMaximum() + place.y() * down
    pixel = _INCH / DEFAULT_DPI
    transform = (west, across * pixel, 0.0, north, 0.0, -down * pixel)
    return transform, item.crs().toWkt(), extent.asWktPolygon()


def _georeference(path: Path, places: list[tuple[tuple[float, ...], str, str] | None]) -> None:
    """Write the pages' places into a PDF. A GDAL that cannot leaves it a good PDF, and the log says so."""
    for number, place in enumerate(places, start=1):
        if place is None:
            continue
        transform, crs, frame = place
        try:
            document = gdal.OpenEx(
                f"PDF:{number}:{path}",
                gdal.OF_RASTER | gdal.OF_UPDATE,
                open_options=[f"DPI={DEFAULT_DPI}"],
            )
        except RuntimeError:
            document = None
        if document is None:
            message = f"page {number} has no georeference: {gdal.GetLastErrorMsg()}"
            QgsMessageLog.logMessage(message, _LOG_TAG, Qgis.MessageLevel.Warning, False)
            return
        document.SetGeoTransform(transform)
        document.SetProjection(crs)
        document.SetMetadataItem("NEATLINE", frame)
        document = None  # GDAL writes when the document goes


def _check_whole(path: Path) -> None:
    """Qt does not say when a disk is full, so the file's end is looked at.

    Raises:
        OSError: it is not there.
    """
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - 64, 0))
        if _END_OF_PDF not in file.read():
            raise OSError("the file is not whole; is the disk full?")


def _part_of(path: Path) -> Path:
    # The exporter chooses the picture's format by the ending.
    return path.with_name(f".kmzb-{uuid.uuid4().hex[:12]}{path.suffix}")


def _export(
    layout: QgsPrintLayout,
    path: Path,
    write: Callable[[QgsLayoutExporter, str], QgsLayoutExporter.ExportResult],
) -> None:
    part = _part_of(path)
    results = QgsLayoutExporter.ExportResult
    try:
        _check_folder(path)
        result = write(QgsLayoutExporter(layout), str(part))
        if result == results.MemoryError:
            raise MapTooLarge(path, "not enough memory")
        if result != results.Success:
            raise ExportError(path, f"the exporter says {result}")
        part.replace(path)
    except OSError as error:
        raise ExportError(path, str(error)) from error
    finally:
        part.unlink(missing_ok=True)


def _check_folder(path: Path) -> None:
    """QGIS does not say why it could not write, so what is usual is asked first.

    Raises:
        ExportError: the folder is not there, or may not be written to.
    """
    if not path.parent.is_dir():
        raise ExportError(path, f"{path.parent} is not a folder")
    if not os.access(path.parent, os.W_OK):
        raise ExportError(path, f"{path.parent} may not be written to")
