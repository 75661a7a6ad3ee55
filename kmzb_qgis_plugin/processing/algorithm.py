"""What the algorithms share: the connection that they work with, and how errors are told."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsMessageLog,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterNumber,
)
from qgis.PyQt.QtGui import QIcon

from kmzb_qgis_plugin import settings
from kmzb_qgis_plugin.domain.catalogue import Catalogue
from kmzb_qgis_plugin.domain.errors import KmzbError
from kmzb_qgis_plugin.domain.period import now_text
from kmzb_qgis_plugin.i18n import tr
from kmzb_qgis_plugin.paths import resource
from kmzb_qgis_plugin.processing import runs
from kmzb_qgis_plugin.settings import Connection

if TYPE_CHECKING:
    from kmzb_qgis_plugin.replica.replica import Replica

LOG_TAG = "KMZB"
CONNECTION = "CONNECTION"


@dataclass(frozen=True)
class LocalCopy:
    """What a connection has on this computer.

    Attributes:
        connection: whose it is.
        replica: open for as long as the algorithm works.
        reader: a connection to it that only reads.
        catalogue: names, statuses, deadlines.
        places: names of areas and units by code.
    """

    connection: Connection
    replica: Replica
    reader: sqlite3.Connection
    catalogue: Catalogue
    places: Mapping[str, str]


class KmzbAlgorithm(QgsProcessingAlgorithm):
    """An algorithm that works with a connection's local copy.

    A derived one has a ``code``, and defines :meth:`title`, :meth:`help`, :meth:`add_parameters` and
    :meth:`work`, where it imports what it works with: all algorithms are made when QGIS starts.
    """

    code = ""

    def title(self) -> str:
        """Its name in the toolbox."""
        raise NotImplementedError

    def help(self) -> str:
        """What it does, in a few sentences."""
        raise NotImplementedError

    def add_parameters(self) -> None:
        """Add the parameters that follow the connection."""
        raise NotImplementedError

    def work(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Do it.

        Raises:
            KmzbError, QgsProcessingException: it cannot be done.
        """
        raise NotImplementedError

    def add_advanced(self, parameter: QgsProcessingParameterDefinition) -> None:
        """Add a parameter that the dialog folds away, as few need it."""
        parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
        self.addParameter(parameter)

    def name(self) -> str:
        return self.code

    def displayName(self) -> str:
        return self.title()

    def group(self) -> str:
        return tr("Threat map")

    def groupId(self) -> str:
        return "threats"

    def shortHelpString(self) -> str:
        return self.help()

    def icon(self) -> QIcon:
        return QIcon(str(resource("icons", "kmzb.svg")))

    def createInstance(self) -> KmzbAlgorithm:
        return type(self)()

    def initAlgorithm(self, _configuration: Mapping[str, Any] | None = None) -> None:
        """Ask for a connection by name: a name means the same in a model, a batch and on a command line."""
        known = connections_by_name()
        names = list(known)
        last = settings.connection(settings.last_connection())
        default = next((name for name, one in known.items() if one == last), names[0] if names else None)
        self.addParameter(
            QgsProcessingParameterEnum(
                CONNECTION, tr("Connection"), names, defaultValue=default, usesStaticStrings=True
            )
        )
        self.add_parameters()

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """Name the connections that there are where the wanted one is not, and the limits of numbers."""
        known = connections_by_name()
        wanted = parameters.get(CONNECTION)
        if not known:
            return False, tr(
                "This QGIS profile has no connection. Make one in QGIS: Plugins ▸ KMZB ▸ Connections…"
            )
        if isinstance(wanted, str) and wanted not in known:
            return False, tr("There is no connection “{}”. There are: {}").format(wanted, ", ".join(known))
        for definition in self.parameterDefinitions():
            if isinstance(definition, QgsProcessingParameterNumber):
                wrong = _wrong_number(definition, parameters.get(definition.name()))
                if wrong:
                    return False, wrong
        return super().checkParameterValues(parameters, context)

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Work, and tell an error in the person's words; the details go to the log."""
        try:
            with runs.noted(feedback):
                return self.work(parameters, context, feedback)
        except KmzbError as error:
            QgsMessageLog.logMessage(error.log_message, LOG_TAG, Qgis.MessageLevel.Warning, False)
            raise QgsProcessingException(error.user_message(tr)) from error

    def connection(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Connection:
        """The connection that was chosen.

        Raises:
            QgsProcessingException: it has been deleted meanwhile.
        """
        name = self.parameterAsEnumString(parameters, CONNECTION, context)
        found = connections_by_name().get(name)
        if found is None:
            raise QgsProcessingException(tr("There is no connection “{}”.").format(name))
        return found

    @contextmanager
    def local_copy(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Iterator[LocalCopy]:
        """The chosen connection's data, open within.

        Raises:
            QgsProcessingException: nothing has been loaded yet.
            KmzbError: the files cannot be read.
        """
        with open_copy(self.connection(parameters, context)) as copy:
            yield copy


@contextmanager
def open_copy(connection: Connection) -> Iterator[LocalCopy]:
    """A connection's data, open within; errors as of :meth:`KmzbAlgorithm.local_copy`."""
    from kmzb_qgis_plugin.replica import queries
    from kmzb_qgis_plugin.replica.replica import Replica

    replica = Replica.open(settings.workspace_folder(connection))
    if replica is None:
        raise QgsProcessingException(
            tr("Nothing has been loaded from “{}” yet. Synchronise it first.").format(connection.name)
        )
    with closing(replica), closing(replica.reader()) as reader:
        text = replica.catalogue_text
        if text is None:
            raise QgsProcessingException(
                tr("Nothing has been loaded from “{}” yet. Synchronise it first.").format(connection.name)
            )
        yield LocalCopy(connection, replica, reader, Catalogue.from_json(text), queries.place_names(reader))


def with_help(parameter: QgsProcessingParameterDefinition, text: str) -> QgsProcessingParameterDefinition:
    """Give a parameter its tip, for what would make its label wider than the dialog."""
    parameter.setHelp(text)
    return parameter


def _wrong_number(definition: QgsProcessingParameterNumber, value: object) -> str:
    """What is wrong with a number that was given; empty if nothing. QGIS would only name the parameter."""
    if not isinstance(value, (int, float, str)) or value == "":
        return ""
    try:
        number = float(value)
    except ValueError:
        return tr("{}: “{}” is not a number.").format(definition.description(), value)
    least, most = definition.minimum(), definition.maximum()
    if least <= number <= most:
        return ""
    return tr("{}: {} is not from {} to {}.").format(
        definition.description(), value, *(f"{end:.10g}" for end in (least, most))
    )


def connections_by_name() -> dict[str, Connection]:
    """The connections by what a person calls them; of two with the same name, each with its address."""
    known = settings.connections()
    names = [one.name for one in known]
    return {one.name if names.count(one.name) == 1 else f"{one.name} ({one.url})": one for one in known}


def data_date(copy: LocalCopy) -> str:
    """The instant at which the local copy was last in step with the service."""
    return copy.replica.synced_at or copy.replica.fact("built_at") or now_text()
