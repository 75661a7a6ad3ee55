"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kmzb_qgis_plugin.printing.errors import ExportError


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a path beside the wanted one to write to; at the end it takes that one's place.

    Whatever goes wrong within, what was there before stays and nothing half-written does.

    Args:
        path: the file that is wanted. What is written to has the same ending.

    Raises:
        ExportError: the folder or the file cannot be written.
    """
    # Not ".kmzb-…": GDAL takes a name with ".kmz" in it for that of an archive.
    part = path.with_name(f".part-{uuid.uuid4().hex[:12]}{path.suffix}")
    try:
        if not path.parent.is_dir():
            raise NotADirectoryError(f"{path.parent} is not a folder")
        if not os.access(path.parent, os.W_OK):
            raise PermissionError(f"{path.parent} may not be written to")
        yield part
        part.replace(path)
    except OSError as error:
        raise ExportError(path, str(error)) from error
    finally:
        part.unlink(missing_ok=True)
