"""Every error of ours tells the person something and the log something else."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

from kmzb_qgis_plugin.client import errors as client_errors
from kmzb_qgis_plugin.domain import catalogue as catalogue_module
from kmzb_qgis_plugin.domain.errors import KmzbError
from kmzb_qgis_plugin.replica import errors as replica_errors

LOG = "GET http://127.0.0.1/me: ConnectionError: [Errno 111]"
SPECIAL = {
    "NotTheService": (LOG, "<html>"),
    "ServiceUnavailable": (LOG, 7.0),
    "ServiceFailed": (LOG, 500, "internal error"),
    "OutboxDamaged": (LOG, Path("/profile/outbox-damaged.sqlite"), 3),
}
NEVER_SAID = ("traceback", "error:", "exception", "errno", "sqlite", "none", "null", "html", "{", "}", "%n")


def all_errors() -> Iterator[type[KmzbError]]:
    for module in (client_errors, replica_errors, catalogue_module):
        for _, kind in inspect.getmembers(module, inspect.isclass):
            if issubclass(kind, KmzbError) and kind.__module__ == module.__name__:
                yield kind
    yield KmzbError


def tr(message: str, comment: str | None = None, n: int = -1) -> str:
    return message.replace("%n", str(n))


@pytest.mark.parametrize("kind", list(all_errors()), ids=lambda kind: kind.__name__)
def test_an_error_speaks_to_the_person_and_to_the_log(kind: type[KmzbError]) -> None:
    error = kind(*SPECIAL.get(kind.__name__, (LOG,)))
    said = error.user_message(tr)
    assert len(said) > 30
    assert said[0].isupper()
    assert said.rstrip()[-1] == "."
    without_path = said.replace("/profile/outbox-damaged.sqlite", "").lower()
    assert not [word for word in NEVER_SAID if word in without_path]
    assert LOG in error.log_message
    assert LOG not in said
    assert isinstance(error.try_again, bool)
    assert str(error) == error.log_message


def test_messages_are_all_different() -> None:
    said = [kind(*SPECIAL.get(kind.__name__, (LOG,))).user_message(tr) for kind in all_errors()]
    same = {message for message in said if said.count(message) > 1}
    own = {replica_errors.StorageDamaged, KmzbError}  # bases, which nothing raises as they are
    assert same <= {kind(LOG).user_message(tr) for kind in own}


def test_what_is_kept_is_all_that_waits() -> None:
    """The outbox holds meetings too."""
    said = [kind(*SPECIAL.get(kind.__name__, (LOG,))).user_message(tr) for kind in all_errors()]
    kept = [message for message in said if "decisions" in message]
    assert len(kept) > 8
    assert [message for message in kept if "decisions and meetings" not in message] == []


def test_every_message_is_found_by_the_tool_that_gathers_them() -> None:
    """pylupdate5 reads only literal strings in calls of ``tr``."""
    for kind in all_errors():
        source = inspect.getsource(kind.user_message)
        assert "tr(" in source
        assert 'tr(f"' not in source
        assert "tr(\n            f" not in source


def test_trying_again_makes_sense_where_time_heals() -> None:
    heals = {kind.__name__ for kind in all_errors() if kind.try_again}
    assert {"NetworkUnreachable", "TimedOut", "ServiceUnavailable", "CursorExpired", "DiskFull"} <= heals
    assert not heals & {"SignInRejected", "TokenExpired", "NotAllowed", "ContractMismatch", "NotTheService"}
    assert client_errors.ServiceFailed(LOG, 500, "x").try_again
    assert not client_errors.ServiceFailed(LOG, 404, "x").try_again
