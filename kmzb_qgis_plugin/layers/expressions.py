"""Functions of QGIS's expressions, for labels and prints: names for codes, and days overdue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timezone
from typing import Any, Final

from qgis.core import QgsExpression, QgsExpressionContext, QgsExpressionFunction
from qgis.PyQt.QtCore import QDateTime, Qt

from kmzb_qgis_plugin.domain.catalogue import Catalogue, Named
from kmzb_qgis_plugin.domain.period import parse_instant, warsaw
from kmzb_qgis_plugin.i18n import tr

GROUP: Final = "KMZB"
Evaluate = Callable[..., Any]


class _Function(QgsExpressionFunction):  # type: ignore[misc]
    """A function that looks its answer up; NULL without an open connection."""

    def __init__(self, name: str, parameters: Sequence[str], help_text: str, evaluate: Evaluate) -> None:
        super().__init__(
            name,
            [QgsExpressionFunction.Parameter(one) for one in parameters],
            GROUP,
            help_text,
            handlesNull=True,
        )
        self._evaluate = evaluate

    def func(
        self,
        values: list[Any],
        _context: QgsExpressionContext,
        parent: QgsExpression,
        _node: object,
    ) -> Any:
        """Answer; what is wrong with a value is told as the expression's error."""
        try:
            return self._evaluate(*values)
        except (TypeError, ValueError) as error:
            parent.setEvalErrorString(f"{self.name()}: {error}")
            return None


class ExpressionFunctions:
    """Adds the functions to QGIS and takes them out again.

    Args:
        catalogue: gives the open connection's catalogue, None where none is open. It is called from
            whatever thread draws.
        language: of names.
    """

    def __init__(self, catalogue: Callable[[], Catalogue | None], language: str) -> None:
        self._catalogue = catalogue
        self._language = language
        # QGIS keeps no reference of its own to functions made in Python.
        self._functions = (
            _Function(
                "kmzb_status_name",
                ["code"],
                _help(
                    tr("The name of a report's status, in the language of QGIS."),
                    'kmzb_status_name("status")',
                    tr("Confirmed"),
                ),
                self._status_name,
            ),
            _Function(
                "kmzb_category_name",
                ["code"],
                _help(
                    tr("The name of a threat's category, in the language of QGIS."),
                    'kmzb_category_name("category")',
                    tr("Illegal parking"),
                ),
                self._category_name,
            ),
            _Function(
                "kmzb_days_overdue",
                ["status", "read_due", "verify_due"],
                _help(
                    tr(
                        "By how many days of the Polish calendar the deadline of a report's status has "
                        "passed: 0 where it has not, NULL where the status has no deadline."
                    ),
                    'kmzb_days_overdue("status", "read_due", "verify_due")',
                    "2",
                ),
                self._days_overdue,
            ),
        )

    def register(self) -> None:
        """Add the functions to QGIS."""
        for function in self._functions:
            QgsExpression.registerFunction(function)

    def unregister(self) -> None:
        """Take the functions out of QGIS."""
        for function in self._functions:
            QgsExpression.unregisterFunction(function.name())

    def _status_name(self, code: Any) -> str | None:
        catalogue = self._catalogue()
        return self._name(catalogue.status(code) if catalogue else None, code)

    def _category_name(self, code: Any) -> str | None:
        catalogue = self._catalogue()
        return self._name(catalogue.category(code) if catalogue else None, code)

    def _name(self, entry: Named | None, code: Any) -> str | None:
        """The name; the code itself where the catalogue has none, None for none."""
        if entry is not None:
            return entry.name(self._language)
        return code if isinstance(code, str) else None

    def _days_overdue(self, status: Any, read_due: Any, verify_due: Any) -> int | None:
        catalogue = self._catalogue()
        found = catalogue.status(status) if catalogue else None
        due = {"read_due": read_due, "verify_due": verify_due}.get(found.due or "") if found else None
        moment = _moment(due)
        if moment is None:
            return None
        days = (warsaw(datetime.now(timezone.utc)).date() - warsaw(moment).date()).days
        return max(days, 0)


def _moment(value: Any) -> datetime | None:
    """An instant, as QGIS reads it from a replica or as text; None for NULL."""
    if isinstance(value, QDateTime) and value.isValid():
        # Older QGIS reads the figures of UTC and takes them for local ones.
        local = value.timeSpec() == Qt.TimeSpec.LocalTime
        utc = value if local else value.toUTC()
        return datetime.fromisoformat(utc.toString("yyyy-MM-ddTHH:mm:ss.zzz")).replace(tzinfo=timezone.utc)
    return parse_instant(value) if isinstance(value, str) else None


def _help(text: str, example: str, result: str) -> str:
    return f"<p>{text}</p><h4>{tr('Example')}</h4><p><code>{example}</code> → {result}</p>"
