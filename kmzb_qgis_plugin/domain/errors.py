"""The root of the errors that a person is told about."""

from __future__ import annotations

from kmzb_qgis_plugin.domain.text import Tr


class KmzbError(Exception):
    """Something went wrong that the person must hear of.

    Attributes:
        try_again: whether the same attempt, made later, can succeed.
        log_message: what happened, for the log: technical, English, no secrets.
    """

    try_again = False

    def __init__(self, log_message: str) -> None:
        super().__init__(log_message)
        self.log_message = log_message

    def user_message(self, tr: Tr) -> str:
        """What happened and what to do, in the person's language."""
        return tr("Something unexpected happened. Details are in the log of messages (tab KMZB).")
