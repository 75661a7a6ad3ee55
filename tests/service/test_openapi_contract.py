"""Every operation of the API's definition, with values of every form: no failure, no answer outside it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as attempts
from on_databases import ON_SPATIALITE
from sample_map import add_area, add_decisions, add_reports, add_unit
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import APIOperation, BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy import Engine
from starlette.testclient import TestClient

from kmzb_service.security.tokens import create_token
from kmzb_service.settings import Settings
from kmzb_service.sync.snapshots import build_snapshot

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


ATTEMPTS = attempts(
    max_examples=10,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Without a limit on failed sign-ins, of which there are many here."""
    return replace(settings, failures_per_minute=0)


@pytest.fixture
def definition(anonymous: TestClient, engine: Engine, settings: Settings) -> BaseSchema:
    add_reports(engine, 20)
    add_area(engine, "0802")
    add_unit(engine, "KPP-KROSNO")
    add_decisions(engine, 1, "verification", "confirmed")
    build_snapshot(engine, settings)
    return schemathesis.openapi.from_asgi("/api", anonymous.app)


def ask(operation: APIOperation, headers: dict[str, str]) -> Counter[int]:
    """Ask one operation in several ways, each checked against the definition; how often which status came."""
    statuses: Counter[int] = Counter()

    @ATTEMPTS
    @given(case=operation.as_strategy())
    def attempt(case: Case) -> None:
        statuses[case.call_and_validate(checks=CHECKS, headers=headers).status_code] += 1

    attempt()
    return statuses


def operations(definition: BaseSchema) -> dict[str, APIOperation]:
    found = [result.ok() for result in definition.get_all_operations()]
    return {f"{operation.method.upper()} {operation.path}": operation for operation in found}


@ON_SPATIALITE
def test_answers_to_a_caller_with_a_token(definition: BaseSchema, engine: Engine) -> None:
    token = create_token(engine, "schemathesis", "coordinator")
    answered = 0
    for path, operation in operations(definition).items():
        statuses = ask(operation, {"Authorization": f"Bearer {token}"})
        assert set(statuses) <= {200, 201, 400, 404, 410, 422}, path
        answered += statuses[200] > 0
    assert answered > 15


@ON_SPATIALITE
def test_answers_to_a_caller_without_one(definition: BaseSchema) -> None:
    for operation in operations(definition).values():
        statuses = ask(operation, {})
        if operation.definition.raw.get("security") != []:
            assert set(statuses) <= {401, 422}, operation.path
