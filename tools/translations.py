"""Collect the plugin's strings into i18n/*.ts, or check that the translations are complete.

Polish has every string. English, the language of the sources, has only those
with a number in them, for their plural forms. ``--check`` fails when a string
is missing, is not translated, or lacks a plural form.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLURAL_FORMS = {"pl": 3, "en": 2}
PLURALS_ONLY = {"en"}
CONTEXT = "@default"


def path_of(language: str) -> Path:
    return ROOT / "i18n" / f"kmzb_{language}.ts"


def collect(target: Path, language: str) -> None:
    """Run Qt's own collector over the package's sources."""
    sources = sorted(str(path) for path in (ROOT / "kmzb_qgis_plugin").rglob("*.py"))
    if not target.exists():
        target.write_text(
            '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
            f'<TS version="2.1" language="{language}" sourcelanguage="en"></TS>\n',
            encoding="utf-8",
        )
    subprocess.run(
        ["pylupdate5", "-noobsolete", *sources, "-ts", str(target)], check=True, capture_output=True
    )
    if language not in PLURALS_ONLY:
        return
    tree = ElementTree.parse(target)
    for context in tree.iter("context"):
        for message in context.findall("message"):
            if message.get("numerus") != "yes":
                context.remove(message)
    tree.write(target, encoding="utf-8", xml_declaration=True)


def messages(path: Path) -> dict[tuple[str, str], ElementTree.Element]:
    """The file's messages by source text and comment."""
    root = ElementTree.parse(path).getroot()
    return {
        (message.findtext("source") or "", message.findtext("comment") or ""): message
        for message in root.iter("message")
    }


def incomplete(message: ElementTree.Element, language: str) -> bool:
    """Whether the translation, or one of its plural forms, is missing."""
    translation = message.find("translation")
    if translation is None or translation.get("type") == "unfinished":
        return True
    if message.get("numerus") == "yes":
        forms = [form.text for form in translation.findall("numerusform")]
        return len(forms) != PLURAL_FORMS[language] or not all(forms)
    return not (translation.text or "").strip()


def check(language: str) -> list[str]:
    """What is wrong with a committed translation, one line each."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / path_of(language).name
        collect(fresh, language)
        wanted = messages(fresh)
    have = messages(path_of(language))
    problems = [f"not collected: {source!r}" for source, _ in sorted(wanted.keys() - have.keys())]
    problems += [f"no longer used: {source!r}" for source, _ in sorted(have.keys() - wanted.keys())]
    problems += [f"not translated: {key[0]!r}" for key, entry in have.items() if incomplete(entry, language)]
    # A call such as wording.tr(…) is collected as a class's: nothing looks for its strings there.
    contexts = {one.findtext("name") for one in ElementTree.parse(path_of(language)).iter("context")}
    problems += [f"strings of {name} are not found when they are needed" for name in contexts - {CONTEXT}]
    return [f"{language}: {problem}" for problem in problems]


def main() -> int:
    problems: list[str] = []
    for language in PLURAL_FORMS:
        if "--check" in sys.argv:
            problems += check(language)
        else:
            collect(path_of(language), language)
            missing = sum(incomplete(entry, language) for entry in messages(path_of(language)).values())
            print(f"{language}: {missing} strings to translate")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
