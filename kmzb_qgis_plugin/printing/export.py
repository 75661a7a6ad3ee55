"""Layouts as files: written beside the target and put in its place whole."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Final

from qgis.core import Qgis, QgsLayoutExporter, QgsPrintLayout

from kmzb_qgis_plugin.printing.errors import ExportError, MapTooLarge

DEFAULT_DPI: Final = 300


def export_pdf(layout: QgsPrintLayout, path: Path) -> None:
    """Write a PDF with lines as lines and text as text.

    Args:
        layout: what to write; used in the main thread only.
        path: the file; one that is there is replaced once the new one is whole.

    Raises:
        ExportError: the file cannot be written.
    """
    settings = QgsLayoutExporter.PdfExportSettings()
    settings.dpi = DEFAULT_DPI
    settings.forceVectorOutput = True
    settings.rasterizeWholeImage = False
    settings.appendGeoreference = False
    settings.textRenderFormat = Qgis.TextRenderFormat.AlwaysText
    _export(layout, path, lambda exporter, part: exporter.exportToPdf(part, settings))


def export_png(layout: QgsPrintLayout, path: Path, dpi: int = DEFAULT_DPI) -> None:
    """Write a picture.

    Args:
        layout: what to write; used in the main thread only.
        path: the file; one that is there is replaced once the new one is whole.
        dpi: resolution.

    Raises:
        ExportError: the file cannot be written.
        MapTooLarge: there is not enough memory for the resolution.
    """
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = dpi
    settings.generateWorldFile = False
    _export(layout, path, lambda exporter, part: exporter.exportToImage(part, settings))


def _export(
    layout: QgsPrintLayout,
    path: Path,
    write: Callable[[QgsLayoutExporter, str], QgsLayoutExporter.ExportResult],
) -> None:
    # The exporter chooses the picture's format by the ending.
    part = path.with_name(f".kmzb-{uuid.uuid4().hex[:12]}{path.suffix}")
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
        OSError: the folder is not there, or may not be written to.
    """
    if not path.parent.is_dir():
        raise NotADirectoryError(f"{path.parent} is not a folder")
    if not os.access(path.parent, os.W_OK):
        raise PermissionError(f"{path.parent} may not be written to")
