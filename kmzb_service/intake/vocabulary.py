"""The words that a sender's file may use, and the catalogue's codes for them."""

from __future__ import annotations

from collections.abc import Iterable

from kmzb_service.catalogue.model import Catalogue, Category, Choice, Reason, Status
from kmzb_service.intake.mapping import Mapping

_PARTS_OF_DAY = {
    "morning": "rano",
    "forenoon": "przedpołudnie",
    "afternoon": "popołudnie",
    "evening": "wieczór",
    "night": "noc",
}
_MEETING_KINDS = {"meeting": "spotkanie", "debate": "debata"}


class Vocabulary:
    """Accepted words, case-folded, to codes.

    The catalogue's codes, names and aliases are always accepted; the
    mapping's own tables go before them.

    Attributes:
        other_category: what an unknown word becomes; None when it is refused.
        described_categories: codes of those that need a description.
    """

    def __init__(self, mapping: Mapping, catalogue: Catalogue) -> None:
        own = [one for one in catalogue.categories if one.source == mapping.source.plane]
        self.categories: dict[str, Category] = {
            word: one for one in own for word in _words(one, *one.aliases)
        }
        by_code = {one.code: one for one in own}
        for word, code in mapping.category.values.items():
            self.categories[word.strip().casefold()] = by_code[code]
        self.other_category = by_code.get(mapping.category.fixed or mapping.category.unknown)
        self.described_categories = {one.code for one in own if one.description == "required"}
        self.initial_status = catalogue.initial
        self.statuses = _codes(catalogue.statuses) | {
            word.strip().casefold(): code for word, code in mapping.status.values.items()
        }
        self.reasons = _codes(catalogue.reasons)
        self.statuses_of_reason = {one.code: one.statuses for one in catalogue.reasons}
        self.methods = _codes(catalogue.methods)
        self.institutions = _codes(catalogue.institutions)
        self.parts_of_day = _either(_PARTS_OF_DAY)
        self.meeting_kinds = _either(_MEETING_KINDS)


def _either(words: dict[str, str]) -> dict[str, str]:
    """Codes by themselves and by their Polish word."""
    return {word: code for code, polish in words.items() for word in (code, polish)}


def _codes(entries: Iterable[Status | Reason | Choice]) -> dict[str, str]:
    return {word: entry.code for entry in entries for word in _words(entry)}


def _words(entry: Category | Status | Reason | Choice, *more: str) -> list[str]:
    return [word.casefold() for word in (entry.code, entry.name.pl, entry.name.en, *more)]
