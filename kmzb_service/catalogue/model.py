"""The catalogue as one validated, immutable value."""

from __future__ import annotations

import hashlib
import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, PositiveInt, model_validator

Role = Literal["sender", "viewer", "verifier", "coordinator", "admin"]
Field_ = Literal["reason", "note", "method", "institution", "planned_date"]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Name(_Entry):
    pl: str
    en: str


class _Named(_Entry):
    code: str
    name: Name


class Source(_Named):
    ref_prefix: str
    workflow: bool


class Group(_Named):
    pass


class Category(_Named):
    source: str
    group: str
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    description: Literal["optional", "required"] = "optional"
    public: Literal["always", "confirmed"] = "always"
    near_metres: PositiveInt = 100
    near_days: NonNegativeInt = 30


class StatusSymbol(_Entry):
    color: str
    sign: str


class Status(_Named):
    symbol: StatusSymbol
    waits: bool = False
    hidden: bool = False
    due: Literal["read_due", "verify_due"] | None = None
    outcome: Literal["confirmed", "eliminated", "unconfirmed"] | None = None


class Transition(_Entry):
    from_: str = Field(alias="from")
    to: str
    name: Name
    roles: tuple[Role, ...]
    requires: tuple[Field_, ...] = ()


class Reason(_Named):
    statuses: tuple[str, ...]
    requires: tuple[Field_, ...] = ()


class Choice(_Named):
    pass


class Deadlines(_Entry):
    read_days: int
    verify_days: int


class Catalogue(_Entry):
    """What both programs must know: it is served, never coded twice."""

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

    @model_validator(mode="after")
    def _references_hold(self) -> Catalogue:
        sources = {source.code for source in self.sources}
        groups = {group.code for group in self.groups}
        statuses = {status.code for status in self.statuses}
        named = [category.code for category in self.categories]
        if len(named) != len(set(named)):
            raise ValueError("a category code appears twice")
        for category in self.categories:
            if category.source not in sources or category.group not in groups:
                raise ValueError(f"category {category.code}: unknown source or group")
        used = {self.initial} | {end for step in self.transitions for end in (step.from_, step.to)}
        used |= {status for reason in self.reasons for status in reason.statuses}
        if used - statuses:
            raise ValueError(f"unknown status {sorted(used - statuses)}")
        return self

    def category(self, code: str) -> Category | None:
        return next((entry for entry in self.categories if entry.code == code), None)

    def source(self, code: str) -> Source | None:
        return next((entry for entry in self.sources if entry.code == code), None)

    def status(self, code: str) -> Status | None:
        return next((entry for entry in self.statuses if entry.code == code), None)

    def reason(self, code: str) -> Reason | None:
        return next((entry for entry in self.reasons if entry.code == code), None)

    def transition(self, from_status: str, to_status: str) -> Transition | None:
        return next(
            (step for step in self.transitions if (step.from_, step.to) == (from_status, to_status)), None
        )

    def as_json(self) -> str:
        """The document that ``GET /catalogue`` sends."""
        return self.model_dump_json(by_alias=True)

    def etag(self) -> str:
        """A strong entity tag over the whole document."""
        return f'"{hashlib.sha256(self.as_json().encode()).hexdigest()[:32]}"'


@cache
def load_catalogue() -> Catalogue:
    """Read the TOML files beside this module.

    Raises:
        pydantic.ValidationError: a file breaks the model; the message names the entry.
    """
    folder = files(__package__)
    merged = {}
    for name in ("categories.toml", "workflow.toml"):
        merged.update(tomllib.loads((folder / name).read_text(encoding="utf-8")))
    return Catalogue.model_validate(merged)
