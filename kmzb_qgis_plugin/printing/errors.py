"""What can go wrong with a print, and what the person is told of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kmzb_qgis_plugin.domain.errors import KmzbError
from kmzb_qgis_plugin.domain.text import Tr


class TemplateError(KmzbError):
    """A layout template cannot be read, or lacks items.

    Args:
        template: the file.
        missing: ids of the items that it lacks; none where it cannot be read at all.
    """

    def __init__(self, template: Path, missing: Sequence[str] = ()) -> None:
        lacks = f"lacks {', '.join(missing)}" if missing else "cannot be read"
        super().__init__(f"layout template {template} {lacks}")
        self.template = template
        self.missing = tuple(missing)

    def user_message(self, tr: Tr) -> str:
        if self.missing:
            return tr("The layout template “{}” lacks these items: {}").format(
                self.template.name, ", ".join(self.missing)
            )
        return tr("The layout template “{}” cannot be read.").format(self.template.name)


class ForeignLayers(TemplateError):
    """A layout template shows layers that the project does not have.

    Args:
        template: the file.
        layers: their names.
    """

    def __init__(self, template: Path, layers: Sequence[str]) -> None:
        super().__init__(template)
        self.log_message = f"layout template {template} names {', '.join(layers)}"
        self.layers = tuple(layers)

    def user_message(self, tr: Tr) -> str:
        return tr(
            "The layout template “{}” shows layers that are not in this project: {}. "
            "Add them to the project, or take them out of the template."
        ).format(self.template.name, ", ".join(self.layers))


class ConnectionClosed(KmzbError):
    """The data went away while it was being printed."""

    def user_message(self, tr: Tr) -> str:
        return tr("The connection was closed, so printing has ended. Open it and print again.")


class ReportGone(KmzbError):
    """A report is no longer in the data.

    Args:
        ref: its reference.
    """

    def __init__(self, ref: str) -> None:
        super().__init__(f"report {ref} is no longer in the replica")
        self.ref = ref

    def user_message(self, tr: Tr) -> str:
        return tr("The report {} is no longer in the data, so its card cannot be printed.").format(self.ref)


class NothingToPrint(KmzbError):
    """No district, or no report, is left to print."""

    def user_message(self, tr: Tr) -> str:
        return tr("Nothing is chosen to be printed. Choose at least one district or report.")


class DistrictError(KmzbError):
    """A district is not in the data, or has no boundary.

    Args:
        name: the district's name, or its code where it has none.
        reason: what is wrong, for the log.
    """

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"district {name}: {reason}")
        self.name = name

    def user_message(self, tr: Tr) -> str:
        return tr(
            "“{}” has no boundary in the data, so there is no map to print. Choose another district."
        ).format(self.name)


class ExportError(KmzbError):
    """A map cannot be written to a file.

    Args:
        path: the file that was to be.
        reason: what the system said, for the log.
    """

    try_again = True

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"export of {path}: {reason}")
        self.path = path

    def user_message(self, tr: Tr) -> str:
        return tr(
            "“{}” cannot be written. Close it if another program shows it, or choose another folder."
        ).format(self.path)


class MapTooLarge(ExportError):
    """There is not enough memory for a picture of this resolution."""

    def user_message(self, tr: Tr) -> str:
        return tr("There is not enough memory for a picture of this resolution. Choose a lower one, or PDF.")
