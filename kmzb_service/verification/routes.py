"""``POST /decisions``: the desk's one way to write."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from kmzb_service.catalogue.model import load_catalogue
from kmzb_service.frame import MAX_BODY_BYTES
from kmzb_service.metrics import DECISIONS
from kmzb_service.security.caller import require
from kmzb_service.security.gate import Caller
from kmzb_service.verification.decide import decide_all
from kmzb_service.verification.submission import Submission
from kmzb_service.web import TheEngine, accepts, json_response

router = APIRouter(dependencies=[Depends(accepts())])

Decider = Annotated[Caller, Depends(require("verifier", "coordinator", "admin"))]


@router.post("/decisions", max_body_size=MAX_BODY_BYTES)
def decisions(submission: Submission, caller: Decider, engine: TheEngine) -> Response:
    """Take decisions; every one gets an outcome of its own."""
    outcomes = decide_all(engine, load_catalogue(), caller, submission.decisions)
    for outcome in outcomes:
        DECISIONS.labels(outcome["outcome"]).inc()
    return json_response({"outcomes": outcomes})
