"""The catalogue that the service serves: what there is, and what may follow what."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVar

from kmzb_qgis_plugin.domain.errors import KmzbError
from kmzb_qgis_plugin.domain.text import Tr

NEAR_METRES: Final = 100
NEAR_DAYS: Final = 30
"""What holds with a service that does not say which reports are near-duplicates."""


class CatalogueError(KmzbError):
    """The catalogue's document is broken."""

    def user_message(self, tr: Tr) -> str:
        return tr(
            "The catalogue of categories and statuses that the service sent cannot be used. "
            "Tell the service's administrator; a newer version of the plugin may be needed."
        )


@dataclass(frozen=True)
class Named:
    """A name in both languages."""

    name_pl: str
    name_en: str

    def name(self, lang: str) -> str:
        """The Polish name for ``pl`` (``pl_PL``…), the English one otherwise."""
        return self.name_pl if lang[:2].lower() == "pl" else self.name_en


@dataclass(frozen=True)
class Entry(Named):
    """A named thing that rows refer to by its code."""

    code: str


@dataclass(frozen=True)
class Source(Entry):
    """One of the planes that information comes in."""

    ref_prefix: str
    workflow: bool


@dataclass(frozen=True)
class Group(Entry):
    """Categories that belong together."""


@dataclass(frozen=True)
class Category(Entry):
    """A kind of threat, with the days between which it can be reported.

    Attributes:
        near_metres, near_days: other reports of the category so near, and so few days apart,
            are likely of the same thing.
    """

    source: str
    group: str
    aliases: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    description: str
    public: str
    near_metres: int = NEAR_METRES
    near_days: int = NEAR_DAYS

    def is_valid_on(self, day: date) -> bool:
        """Whether the category is in force on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True)
class Status(Entry):
    """A status of a citizen's report.

    Attributes:
        symbol_color: ``#rrggbb``, the public map's where it is known.
        symbol_sign: a shape, so that colour is never the only difference.
        waits: the report stands in the queue of what has to be done.
        hidden: citizens no longer see it.
        due: the report's field that holds the deadline while it has this status.
        outcome: ``confirmed``, ``eliminated`` (confirmed, and gone since) or ``unconfirmed``; None while
            the report is not decided.
    """

    symbol_color: str
    symbol_sign: str
    waits: bool
    hidden: bool
    due: str | None
    outcome: str | None


@dataclass(frozen=True)
class Transition(Named):
    """A decision that the workflow allows, with what it must carry."""

    from_status: str
    to_status: str
    roles: tuple[str, ...]
    requires: tuple[str, ...]


@dataclass(frozen=True)
class Reason(Entry):
    """Why a decision was made; ``statuses`` are the decisions it can be given for."""

    statuses: tuple[str, ...]
    requires: tuple[str, ...]


@dataclass(frozen=True)
class Choice(Entry):
    """A method of verification, or an institution."""


@dataclass(frozen=True)
class Deadlines:
    """Days to read a new report, and days to verify it."""

    read_days: int
    verify_days: int


@dataclass(frozen=True)
class Catalogue:
    """Sources, categories, statuses and the workflow between them."""

    initial: str
    deadlines: Deadlines
    sources: tuple[Source, ...]
    groups: tuple[Group, ...]
    categories: tuple[Category, ...]
    statuses: tuple[Status, ...]
    transitions: tuple[Transition, ...]
    reasons: tuple[Reason, ...]
    methods: tuple[Choice, ...]
    institutions: tuple[Choice, ...]

    @classmethod
    def from_json(cls, document: str | Mapping[str, Any]) -> Catalogue:
        """Read what ``GET /catalogue`` sends. Members that are not known are left alone.

        Raises:
            CatalogueError: it is not JSON, or something needed is missing.
        """
        try:
            content = json.loads(document) if isinstance(document, str) else document
            return cls(
                initial=content["initial"],
                deadlines=Deadlines(
                    int(content["deadlines"]["read_days"]), int(content["deadlines"]["verify_days"])
                ),
                sources=tuple(
                    Source(**_entry(one), ref_prefix=one["ref_prefix"], workflow=bool(one["workflow"]))
                    for one in content["sources"]
                ),
                groups=tuple(Group(**_entry(one)) for one in content["groups"]),
                categories=tuple(_category(one) for one in content["categories"]),
                statuses=tuple(_status(one) for one in content["statuses"]),
                transitions=tuple(_transition(one) for one in content["transitions"]),
                reasons=tuple(
                    Reason(
                        **_entry(one),
                        statuses=tuple(one["statuses"]),
                        requires=tuple(one.get("requires", ())),
                    )
                    for one in content["reasons"]
                ),
                methods=tuple(Choice(**_entry(one)) for one in content["methods"]),
                institutions=tuple(Choice(**_entry(one)) for one in content["institutions"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise CatalogueError(f"the catalogue cannot be read: {error!r}") from error

    def source(self, code: str) -> Source | None:
        """The source with a code, None for an unknown one."""
        return _find(self.sources, code)

    def group(self, code: str) -> Group | None:
        """The group with a code, None for an unknown one."""
        return _find(self.groups, code)

    def category(self, code: str) -> Category | None:
        """The category with a code, None for an unknown one."""
        return _find(self.categories, code)

    def status(self, code: str | None) -> Status | None:
        """The status with a code, None for an unknown one or none."""
        return _find(self.statuses, code)

    def reason(self, code: str | None) -> Reason | None:
        """The reason with a code, None for an unknown one or none."""
        return _find(self.reasons, code)

    def method(self, code: str | None) -> Choice | None:
        """The method with a code, None for an unknown one or none."""
        return _find(self.methods, code)

    def institution(self, code: str | None) -> Choice | None:
        """The institution with a code, None where the text is free."""
        return _find(self.institutions, code)

    def categories_of(self, source: str) -> tuple[Category, ...]:
        """A source's categories, in the catalogue's order."""
        return tuple(category for category in self.categories if category.source == source)

    def transitions_from(self, status: str | None, role: str) -> tuple[Transition, ...]:
        """The decisions that a role may make about a report with a status."""
        return tuple(step for step in self.transitions if step.from_status == status and role in step.roles)

    def decided_by(self, role: str) -> frozenset[str]:
        """The statuses of reports that wait for a decision which a role may make."""
        return frozenset(
            status.code
            for status in self.statuses
            if status.waits and self.transitions_from(status.code, role)
        )

    def transition(self, from_status: str | None, to_status: str) -> Transition | None:
        """The step between two statuses, None where the workflow has none."""
        return next(
            (
                step
                for step in self.transitions
                if step.from_status == from_status and step.to_status == to_status
            ),
            None,
        )

    def reasons_for(self, status: str) -> tuple[Reason, ...]:
        """The reasons that can be given for a decision with this result."""
        return tuple(reason for reason in self.reasons if status in reason.statuses)


_E = TypeVar("_E", bound=Entry)


def _find(entries: tuple[_E, ...], code: str | None) -> _E | None:
    return next((entry for entry in entries if entry.code == code), None)


def _names(one: Mapping[str, Any]) -> dict[str, str]:
    return {"name_pl": str(one["name"]["pl"]), "name_en": str(one["name"]["en"])}


def _entry(one: Mapping[str, Any]) -> dict[str, str]:
    return {"code": str(one["code"]), **_names(one)}


def _category(one: Mapping[str, Any]) -> Category:
    return Category(
        **_entry(one),
        source=one["source"],
        group=one["group"],
        aliases=tuple(one.get("aliases", ())),
        valid_from=_day(one.get("valid_from")),
        valid_to=_day(one.get("valid_to")),
        description=one.get("description", "optional"),
        public=one.get("public", "always"),
        near_metres=int(one.get("near_metres", NEAR_METRES)),
        near_days=int(one.get("near_days", NEAR_DAYS)),
    )


def _status(one: Mapping[str, Any]) -> Status:
    return Status(
        **_entry(one),
        symbol_color=one["symbol"]["color"],
        symbol_sign=one["symbol"]["sign"],
        waits=bool(one.get("waits", False)),
        hidden=bool(one.get("hidden", False)),
        due=one.get("due"),
        outcome=one["outcome"] if "outcome" in one else _outcome(one),
    )


def _outcome(status: Mapping[str, Any]) -> str | None:
    """What a service that does not tell outcomes yet means by a status."""
    if status.get("due") is not None:
        return None
    return "unconfirmed" if status.get("hidden") else "confirmed"


def _transition(one: Mapping[str, Any]) -> Transition:
    return Transition(
        **_names(one),
        from_status=one["from"],
        to_status=one["to"],
        roles=tuple(one["roles"]),
        requires=tuple(one.get("requires", ())),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
