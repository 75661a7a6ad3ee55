"""Where the layers of a saved project find the replica, whose file's folder and name change."""

from __future__ import annotations

import re
from typing import Final

from kmzb_qgis_plugin import settings

_REPLICA: Final = re.compile(rf"(?:.*/)?{settings.ROOT}/([^/]+)/replica-\d+\.gpkg")


def present_path(path: str) -> str:
    """The newest replica of the connection whose replica a project names, or else of the last one used.

    QGIS asks before it opens a layer. A project comes from another folder or computer, or from before
    everything was loaded anew: QGIS would have the person look for files that are gone.

    Args:
        path: as the project has it; any other one, and one without a replica here, stays.
    """
    found = _REPLICA.fullmatch(path)
    if found is None:
        return path
    from kmzb_qgis_plugin.replica.replica import generations

    for identifier in (found[1], settings.last_connection()):
        connection = settings.connection(identifier)
        if connection is not None and (paths := generations(settings.workspace_folder(connection))):
            return str(paths[0])
    return path
