"""Text as it is searched: without case and without marks on letters."""

from __future__ import annotations

import unicodedata
from typing import Final

_LATIN: Final = (*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00))
_MARKS: Final = range(0x0300, 0x0370)


def folded(text: str) -> str:
    """ "Zieleń" is found by "zielen", "Łódź" by "lodz" and by "łódź".

    The service folds what snapshots hold by the same rule.
    """
    return text.casefold().translate(_PLAIN)


def alphabetic(text: str) -> str:
    """A key that sorts as the Polish alphabet does: Lubin, Łagów, Zwierzyn, Źródła, Żary.

    Letters of other alphabets stand beside the plain ones.
    """
    return text.casefold().translate(_ALPHABET)


def _plain() -> dict[int, str | None]:
    """What stands for a letter with a mark, and for a mark that stands alone."""
    letters = {sign: unicodedata.normalize("NFD", chr(sign))[0] for sign in _LATIN}
    # The stroke of ł is no mark of its own to Unicode.
    return {**letters, ord("ł"): "l", ord("Ł"): "l", **dict.fromkeys(_MARKS)}


_PLAIN: Final = _plain()
_AFTER: Final = "\uffff"
# ź comes before ż, and both after every other z
_ALPHABET: Final = {
    **{ord(letter): plain + _AFTER for letter, plain in zip("ąćęłńóśź", "acelnosz")},
    ord("ż"): "z" + _AFTER * 2,
}
