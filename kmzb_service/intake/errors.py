"""What can go wrong with a file, and with one of its rows."""

from __future__ import annotations


class IntakeError(Exception):
    """The file or its mapping cannot be used at all; the message is one sentence for a person."""


class Refused(Exception):
    """One row cannot go in.

    Attributes:
        column: the column of the file at fault, empty when it is the row as a whole.
        reason: what is wrong with it, for a person.
    """

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(f"{column}: {reason}" if column else reason)
        self.column = column
        self.reason = reason
