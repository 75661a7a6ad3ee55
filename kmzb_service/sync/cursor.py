"""Cursors: places in the history of changes, opaque to the desk."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass

from kmzb_service.security.scope import COUNTRY_KEY


class CursorMalformed(ValueError):
    """A text that this service never gave out as a cursor."""


@dataclass(frozen=True)
class Cursor:
    """A position in the changes of one database, for one scope.

    Attributes:
        epoch: the database's identity; a restored database has another.
        position: the newest change that the desk has.
        scope: what part of the map the desk may see, as :attr:`Scope.key` says it.
    """

    epoch: str
    position: int
    scope: str = COUNTRY_KEY

    def encode(self) -> str:
        """The cursor as it travels."""
        facts = {"e": self.epoch, "p": self.position, "s": self.scope}
        document = json.dumps(facts, separators=(",", ":"))
        return base64.urlsafe_b64encode(document.encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str) -> Cursor:
        """Read a cursor.

        Raises:
            CursorMalformed: the text is none.
        """
        try:
            facts = json.loads(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
            cursor = cls(facts["e"], facts["p"], facts["s"])
        except (binascii.Error, ValueError, KeyError, TypeError, RecursionError) as error:
            raise CursorMalformed("not a cursor of this service") from error
        texts = isinstance(cursor.epoch, str) and isinstance(cursor.scope, str)
        if not texts or type(cursor.position) is not int or cursor.position < 0:
            raise CursorMalformed("not a cursor of this service")
        return cursor
