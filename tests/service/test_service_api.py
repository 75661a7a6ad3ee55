"""The document on the service over HTTP: its examples work as they stand there, and answer what it says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from service_process import ServiceProcess

from kmzb_service.problems import PROBLEMS
from kmzb_service.verification.rules import RULES

DOCUMENT = (Path(__file__).parents[2] / "docs" / "service-api.md").read_text(encoding="utf-8")
INTAKE = Path(__file__).parents[2] / "kmzb_service" / "intake"
# a script, and the answer where one follows
EXAMPLES = re.findall(r"^```sh\n(.*?)^```\n(?:```json\n(.*?)^```$)?", DOCUMENT, re.DOTALL | re.MULTILINE)
REST = "…"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServiceProcess]:
    service = ServiceProcess(tmp_path_factory.mktemp("example") / "data")
    service.command("demo", "--reports", "400", "--until", "2026-11-20")
    service.start()
    yield service
    service.stop()


def differences(told: Any, found: Any, place: str = "") -> Iterator[str]:
    """Where an answer is not what the document says; ``…`` stands for any text or rest, numbers for any."""
    if told == REST:
        return
    if isinstance(told, dict) and isinstance(found, dict):
        for name in told.keys() - found.keys() - {REST}:
            yield f"{place}.{name} is not there"
        if REST not in told:
            yield from (f"{place}.{name} is not told of" for name in found.keys() - told.keys())
        for name in told.keys() & found.keys():
            yield from differences(told[name], found[name], f"{place}.{name}")
    elif isinstance(told, list) and isinstance(found, list):
        if told[-1:] != [REST] and len(told) != len(found):
            yield f"{place} has {len(found)} parts"
        for number, (part, other) in enumerate(zip(told, found, strict=False)):
            yield from differences(part, other, f"{place}[{number}]")
    elif isinstance(told, str) and isinstance(found, str):
        if not re.fullmatch(".*".join(map(re.escape, told.split(REST))), found, re.DOTALL):
            yield f"{place} is {found!r}"
    elif type(told) is not type(found):
        yield f"{place} is {found!r}"


def test_the_examples_are_answered_as_they_say(service: ServiceProcess, tmp_path: Path) -> None:
    assert len(EXAMPLES) > 9
    # one shell for all, so that later ones know what earlier ones kept
    lines = ["set -euo pipefail", 'curl() { command curl --silent --show-error "$@"; }']
    for number, (script, _) in enumerate(EXAMPLES):
        here = script.replace("http://127.0.0.1:8087", service.url)
        lines.append(f"echo 'example {number} failed' >&2\n{{ {here}}} >'{tmp_path}/{number}'")
    done = subprocess.run(
        ["bash", "-c", "\n".join(lines)],
        cwd=tmp_path, capture_output=True, text=True, check=False,
        env=service.environment | {"PATH": f"{Path(sys.executable).parent}:{service.environment['PATH']}"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for number, (script, answer) in enumerate(EXAMPLES):
        said = (tmp_path / str(number)).read_text(encoding="utf-8")
        if answer:
            assert list(differences(json.loads(answer), json.loads(said))) == [], script
        else:
            assert "urn:kmzb:problem" not in said, script


def test_every_problem_and_every_broken_rule_is_explained() -> None:
    reception = "".join(path.read_text(encoding="utf-8") for path in INTAKE.glob("*.py"))
    sent = re.findall(r'RuleBroken\(\s*"(\w+)"', reception)
    assert len(set(sent)) > 5
    for name in (*PROBLEMS, *RULES, *sent):
        assert f"`{name}`" in DOCUMENT, name
