"""Deciding about several reports at once: which steps there are, and for which of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kmzb_qgis_plugin.domain.catalogue import Catalogue, Transition


@dataclass(frozen=True)
class CommonStep:
    """Steps from one or more statuses to the same one.

    Attributes:
        to_status: the result.
        steps: the workflow's, by the status that each begins at.
    """

    to_status: str
    steps: tuple[Transition, ...]

    @property
    def requires(self) -> tuple[str, ...]:
        """What a decision has to carry so that it is good for each of them."""
        return tuple(dict.fromkeys(field for step in self.steps for field in step.requires))

    def name(self, catalogue: Catalogue, language: str) -> str:
        """The steps' name where they share one, otherwise the result's."""
        names = {step.name(language) for step in self.steps}
        status = catalogue.status(self.to_status)
        if len(names) == 1 or status is None:
            return names.pop()
        return status.name(language)

    def as_one(self) -> Transition:
        """A step that asks for all that any of them asks for."""
        return Transition(self.steps[0].name_pl, self.steps[0].name_en, "", self.to_status, (), self.requires)


def common_steps(catalogue: Catalogue, statuses: Iterable[str | None], role: str) -> tuple[CommonStep, ...]:
    """The steps that a role may take from at least one of the statuses, in the workflow's order."""
    there = set(statuses)
    by_result: dict[str, list[Transition]] = {}
    for step in catalogue.transitions:
        if step.from_status in there and role in step.roles:
            by_result.setdefault(step.to_status, []).append(step)
    return tuple(CommonStep(result, tuple(steps)) for result, steps in by_result.items())


def broken_rule(catalogue: Catalogue, status: str | None, to_status: str, role: str) -> str | None:
    """Why a role may not take a report from a status to another, as the service would say; None if it may."""
    if status is None:
        return "no_workflow"
    step = catalogue.transition(status, to_status)
    if step is None:
        return "transition_not_allowed"
    return None if role in step.roles else "role_not_allowed"
