"""A decision of verification, as the desk makes it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final

from kmzb_qgis_plugin.domain.catalogue import Reason, Transition
from kmzb_qgis_plugin.domain.period import now_text

NOTE_MAX_LENGTH: Final = 2000
DECISION: Final = "decision"
"""The kind of what waits to be sent that a decision is."""
EARLIER_NOT_ACCEPTED: Final = "earlier_not_accepted"
"""The desk's own rule, which keeps back a decision that stands on one that was rejected."""


@dataclass(frozen=True)
class Decision:
    """What was decided about a threat. Once made it never changes.

    Attributes:
        uuid: made by the desk; sending the same decision again does nothing twice.
        threat_id: the threat.
        base_version: the threat's version that the person saw.
        to_status: the result.
        decided_at: instant.
        reason, method: codes of the catalogue.
        note: free text.
        institution: a code of the catalogue or free text.
        planned_date: ``YYYY-MM-DD``.
    """

    uuid: str
    threat_id: int
    base_version: int
    to_status: str
    decided_at: str
    reason: str | None = None
    note: str | None = None
    method: str | None = None
    institution: str | None = None
    planned_date: str | None = None

    @classmethod
    def new(
        cls,
        threat_id: int,
        base_version: int,
        to_status: str,
        *,
        reason: str | None = None,
        note: str | None = None,
        method: str | None = None,
        institution: str | None = None,
        planned_date: date | None = None,
    ) -> Decision:
        """Decide now. Empty texts count as none."""
        return cls(
            uuid=str(uuid.uuid4()),
            threat_id=threat_id,
            base_version=base_version,
            to_status=to_status,
            decided_at=now_text(),
            reason=reason or None,
            note=_text(note),
            method=method or None,
            institution=_text(institution),
            planned_date=None if planned_date is None else planned_date.isoformat(),
        )

    @property
    def has_text(self) -> bool:
        """Whether a person has written something of their own: the rest is chosen anew as fast."""
        return bool(self.note or self.institution)

    def joined(self, later: Decision) -> Decision:
        """This decision with the texts of a later one about the same threat too."""
        notes = [note for note in (self.note, later.note) if note]
        institution = self.institution or later.institution
        return replace(self, note="\n".join(notes) or None, institution=institution)

    def to_json(self) -> dict[str, Any]:
        """The JSON object that the service takes: members that are None are left out."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    @classmethod
    def from_json(cls, document: str | Mapping[str, Any]) -> Decision:
        """Read what :meth:`to_json` made, as an object or as text.

        Raises:
            ValueError: it is not such a document.
        """
        content = json.loads(document) if isinstance(document, str) else document
        try:
            return cls(**content)
        except TypeError as error:
            raise ValueError(f"not a decision: {error}") from error


def missing_fields(decision: Decision, transition: Transition, reason: Reason | None) -> tuple[str, ...]:
    """The members that the step, or the reason given, asks for and the decision lacks."""
    required = dict.fromkeys(transition.requires + (() if reason is None else reason.requires))
    return tuple(name for name in required if not getattr(decision, name))


def _text(value: str | None) -> str | None:
    return (value or "").strip() or None
