"""The user manual: the same in both languages, with pictures that are there and commands that run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[1] / "docs"
LANGUAGES = ("en", "pl")
MOST_BYTES = 150_000


def manual(language: str) -> str:
    return (DOCS / f"manual.{language}.md").read_text(encoding="utf-8")


def outline(text: str) -> dict[str, list[str] | int]:
    """What must not differ between the languages."""
    return {
        "headings": re.findall(r"^(#+) ", text, re.MULTILINE),
        "pictures": re.findall(r"\(pictures/(\w+)\.", text),
        "rows": len(re.findall(r"^\|", text, re.MULTILINE)),
        "items": len(re.findall(r"^(?:-|\d+\.) ", text, re.MULTILINE)),
    }


def test_both_languages_say_the_same_things() -> None:
    assert outline(manual("pl")) == outline(manual("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_lead_somewhere(language: str) -> None:
    text = manual(language)
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    anchors = {"#" + re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    for link in re.findall(r"\]\(([^)]+)\)", text):
        assert link in anchors or (DOCS / link).is_file(), link


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_are_in_the_language_and_small(language: str) -> None:
    pictures = re.findall(r"\((pictures/[^)]+)\)", manual(language))
    assert pictures
    for picture in pictures:
        assert picture.endswith(f".{language}.png")
        assert (DOCS / picture).stat().st_size < MOST_BYTES, picture


@pytest.mark.parametrize("language", LANGUAGES)
def test_commands_run(language: str, tmp_path: Path) -> None:
    script = "\n".join(re.findall(r"^```sh\n(.*?)^```", manual(language), re.MULTILINE | re.DOTALL))
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KMZB_")}
    clean |= {"PATH": f"{Path(sys.executable).parent}:{clean['PATH']}", "KMZB_DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        ["bash", "-euc", f"kmzb-service init\n{script}"],
        env=clean,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.split()[-1]) > 20, "the token is printed"
