"""Collect the plugin's strings into i18n/kmzb_pl.ts, or check that it is complete.

``--check`` fails when a string of the sources is missing from the file, is not
translated, or lacks one of the three Polish plural forms.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "i18n" / "kmzb_pl.ts"
POLISH_FORMS = 3


def collect(target: Path) -> None:
    """Run Qt's own collector over the package's sources."""
    sources = sorted(str(path) for path in (ROOT / "kmzb_qgis_plugin").rglob("*.py"))
    if not target.exists():
        target.write_text(
            '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
            '<TS version="2.1" language="pl_PL" sourcelanguage="en"></TS>\n',
            encoding="utf-8",
        )
    subprocess.run(
        ["pylupdate5", "-noobsolete", *sources, "-ts", str(target)], check=True, capture_output=True
    )


def messages(path: Path) -> dict[tuple[str, str], ElementTree.Element]:
    """The file's messages by source text and comment."""
    root = ElementTree.parse(path).getroot()
    return {
        (message.findtext("source") or "", message.findtext("comment") or ""): message
        for message in root.iter("message")
    }


def incomplete(message: ElementTree.Element) -> bool:
    """Whether the translation, or one of its plural forms, is missing."""
    translation = message.find("translation")
    if translation is None or translation.get("type") == "unfinished":
        return True
    if message.get("numerus") == "yes":
        forms = [form.text for form in translation.findall("numerusform")]
        return len(forms) != POLISH_FORMS or not all(forms)
    return not (translation.text or "").strip()


def check() -> list[str]:
    """What is wrong with the committed translation, one line each."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / TARGET.name
        collect(fresh)
        wanted = messages(fresh)
    have = messages(TARGET)
    problems = [f"not collected: {source!r}" for source, _ in sorted(wanted.keys() - have.keys())]
    problems += [f"no longer used: {source!r}" for source, _ in sorted(have.keys() - wanted.keys())]
    problems += [f"not translated: {key[0]!r}" for key, message in have.items() if incomplete(message)]
    return problems


def main() -> int:
    if "--check" not in sys.argv:
        collect(TARGET)
        print(f"{sum(incomplete(message) for message in messages(TARGET).values())} strings to translate")
        return 0
    problems = check()
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        print(f"Translation complete: {len(messages(TARGET))} strings")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
