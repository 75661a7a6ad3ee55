"""Letting callers in: by a token of this service, or by an access token of the issuer that it trusts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from sqlalchemy import Connection, Engine

from kmzb_service.database.engine import asking
from kmzb_service.problems import Problem
from kmzb_service.security.issuer_callers import record_issuer_use
from kmzb_service.security.last_use import LastUse
from kmzb_service.security.oidc import (
    IssuerUnavailable,
    NothingGranted,
    Oidc,
    TokenExpired,
    TokenInvalid,
)
from kmzb_service.security.rates import Rates
from kmzb_service.security.scope import Reach, Scope
from kmzb_service.security.tokens import PREFIX, find_token, record_use
from kmzb_service.security.units import Units
from kmzb_service.settings import Settings

_RETRY_AFTER = {"Retry-After": "10"}


@dataclass(frozen=True)
class Caller:
    """A person or program that was let in."""

    name: str
    role: str
    scope: Scope

    @property
    def unit(self) -> str | None:
        """Code of the unit in whose name the caller acts; none for the headquarters of the country."""
        return self.scope.unit


class Gate:
    """Knows from a secret who is calling, and counts.

    Args:
        engine: the service's database.
        settings: how often one may ask, and whose access tokens are believed.
    """

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self._engine = engine
        self._units = Units()
        self._last_use = LastUse()
        self._oidc = None if settings.oidc is None else Oidc(settings.oidc)
        self._rates = Rates(settings.requests_per_minute, settings.failures_per_minute)

    def admit(self, secret: str, address: str) -> Caller:
        """The caller who sends a secret from an address.

        Raises:
            Problem: unauthenticated, token-expired, forbidden, too-many-requests or issuer-unavailable.
        """
        self._rates.may_sign_in(address, secret)
        try:
            caller, key = self._known(secret)
        except Problem as problem:
            if problem.slug == "unauthenticated":
                self._rates.failed(address)
            raise
        self._rates.succeeded(secret, key)
        return caller

    def close(self) -> None:
        """Finish what has been noted."""
        self._last_use.close()

    def _known(self, secret: str) -> tuple[Caller, str]:
        """The caller, and a key that no other has."""
        if self._oidc is None or secret.startswith(PREFIX):
            return self._of_token(secret)
        return self._of_issuer(self._oidc, secret)

    def _of_token(self, secret: str) -> tuple[Caller, str]:
        with asking(self._engine) as connection:
            token = find_token(connection, secret)
            if token is None:
                raise Problem("unauthenticated", "the token is unknown or was revoked", field="Authorization")
            scope = self._scope(connection, token.unit, token.reach)
        now = datetime.now(UTC)
        if token.expired(now):
            raise Problem("token-expired", field="Authorization")
        key = f"token {token.id}"
        self._last_use.note(key, token.last_used_at, now, partial(record_use, self._engine, token.id, now))
        return Caller(token.name, token.role, scope), key

    def _of_issuer(self, oidc: Oidc, secret: str) -> tuple[Caller, str]:
        try:
            bearer = oidc.bearer(secret)
        except TokenExpired as error:
            raise Problem("token-expired", field="Authorization") from error
        except TokenInvalid as error:
            raise Problem("unauthenticated", str(error), field="Authorization") from error
        except NothingGranted as error:
            raise Problem("forbidden", str(error)) from error
        except IssuerUnavailable as error:
            raise Problem("issuer-unavailable", headers=_RETRY_AFTER) from error
        with asking(self._engine) as connection:
            scope = self._scope(connection, bearer.unit, bearer.reach)
        key, now = f"subject {bearer.subject}", datetime.now(UTC)
        self._last_use.note(key, None, now, partial(record_issuer_use, self._engine, bearer, now))
        return Caller(bearer.name, bearer.role, scope), key

    def _scope(self, connection: Connection, unit: str | None, reach: Reach) -> Scope:
        return Scope(reach) if unit is None else Scope.of(self._units.tree(connection), unit, reach)
