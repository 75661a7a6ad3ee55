"""Access tokens of an OpenID Connect issuer: whether they are good, and what they say of the caller."""

from __future__ import annotations

import json
import logging
import threading
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

import jwt
from jwt.exceptions import ExpiredSignatureError, InvalidTokenError, PyJWTError

from kmzb_service.catalogue.model import Role
from kmzb_service.security.scope import REACHES, Reach
from kmzb_service.security.tokens import usual_reach
from kmzb_service.settings import OidcSettings

# By type of key; never the shared-secret ones: whoever has a public key could sign with those.
_ALGORITHMS = {
    "RSA": ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    "EC": ("ES256", "ES384", "ES512"),
    "OKP": ("EdDSA",),
}
# Keys are asked for again after so long, and still believed for so long while the issuer is away.
_FRESH_SECONDS, _USABLE_SECONDS = 600, 24 * 3600
_TIMEOUT_SECONDS = 5
_LARGEST_DOCUMENT = 1024 * 1024
_DISCOVERY = "/.well-known/openid-configuration"
_ROLES: tuple[str, ...] = get_args(Role)  # from the least to the most that one may do
_log = logging.getLogger(__name__)


class TokenInvalid(Exception):
    """A token that is not to be believed; the message says why."""


class TokenExpired(TokenInvalid):
    """A token that was good once."""


class NothingGranted(Exception):
    """A good token of someone who has no business here; the message says what it lacks."""


class IssuerUnavailable(Exception):
    """Whether the token is good cannot be known: the issuer's keys cannot be had."""


@dataclass(frozen=True)
class Bearer:
    """Whom a token is of.

    Attributes:
        subject: the issuer's own name for the person, which no other has.
        name: for people and for the audit.
        role, unit, reach: as tokens of this service have them.
    """

    subject: str
    name: str
    role: str
    unit: str | None
    reach: Reach


class Oidc:
    """Reads an issuer's access tokens."""

    def __init__(self, settings: OidcSettings) -> None:
        self._settings = settings
        self._keys = IssuerKeys(settings)

    def bearer(self, token: str) -> Bearer:
        """Whom a token is of.

        Raises:
            TokenExpired, TokenInvalid: it is not good any more, or never was.
            NothingGranted: it names no role, or no part of the map.
            IssuerUnavailable: that cannot be told now.
        """
        try:
            header = jwt.get_unverified_header(token)
            key = self._keys.key(header.get("kid"))
            claims = jwt.decode(
                token,
                key.public,
                algorithms=key.algorithms,
                issuer=self._settings.issuer,
                audience=self._settings.audience,
                leeway=self._settings.leeway_seconds,
                options={"require": ["exp", "iss", "aud", "sub"]},
            )
        except ExpiredSignatureError as error:
            raise TokenExpired("the token has expired") from error
        except InvalidTokenError as error:
            raise TokenInvalid(f"the token is not valid: {error}") from error
        return self._granted(claims)

    def _granted(self, claims: Mapping[str, Any]) -> Bearer:
        named = self._settings
        unit, told = _claim(claims, named.unit_claim), _claim(claims, named.reach_claim)
        if unit is not None and not (isinstance(unit, str) and unit.strip()):
            raise NothingGranted(f"{named.unit_claim} is not the code of a unit")
        if told is None and unit is None:
            raise NothingGranted(f"the token says neither {named.unit_claim} nor {named.reach_claim}")
        wanted = usual_reach(unit) if told is None else told
        reach = next((one for one in REACHES if one == wanted), None)
        if reach is None or (unit is None and reach != "country"):
            raise NothingGranted(f"{named.reach_claim} is none, or needs a unit")
        name = _claim(claims, named.name_claim)
        subject = str(claims["sub"])
        return Bearer(
            subject=subject,
            name=name if isinstance(name, str) and name.strip() else subject,
            role=self._role(claims),
            unit=unit,
            reach=reach,
        )

    def _role(self, claims: Mapping[str, Any]) -> str:
        """The role of those that the token names that may do the most."""
        told = _claim(claims, self._settings.role_claim)
        names = [one for one in (told if isinstance(told, list) else [told]) if isinstance(one, str)]
        roles = {self._settings.roles.get(name, name) for name in names}
        known = [role for role in _ROLES if role in roles]
        if not known:
            raise NothingGranted(f"{self._settings.role_claim} names no role of this service")
        return known[-1]


def _claim(claims: Mapping[str, Any], name: str) -> Any:
    """A claim by its name, or by a path with dots into objects; none when it is not there."""
    if name in claims:
        return claims[name]
    found: Any = claims
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


@dataclass(frozen=True)
class Key:
    """A public key, and the algorithms that signatures with it may have."""

    public: Any
    algorithms: tuple[str, ...]


class IssuerKeys:
    """The issuer's public keys by their ids.

    They are asked for when they are old, and when a token names one that is
    not there: then the issuer may have changed them. One thread asks, and
    never more often than every ``refresh_seconds``.
    """

    def __init__(self, settings: OidcSettings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._keys: dict[str | None, Key] = {}
        self._fetched = self._tried = float("-inf")
        self._reached = False

    def key(self, key_id: str | None) -> Key:
        """The key of an id; for none, the only one that there is.

        Raises:
            TokenInvalid: the issuer has no such key.
            IssuerUnavailable: it cannot be asked.
        """
        found = self._usable(key_id, _FRESH_SECONDS)
        if found is None:
            self._refresh(wait=self._usable(key_id, _USABLE_SECONDS) is None)
            found = self._usable(key_id, _USABLE_SECONDS)
        if found is None and not self._reached:
            raise IssuerUnavailable("the issuer's keys cannot be had")
        if found is None:
            raise TokenInvalid("the issuer has no such key")
        return found

    def _usable(self, key_id: str | None, seconds: float) -> Key | None:
        if time.monotonic() - self._fetched > seconds:
            return None
        keys = self._keys
        if key_id is None:
            return next(iter(keys.values())) if len(keys) == 1 else None
        return keys.get(key_id)

    def _refresh(self, wait: bool) -> None:
        """Ask for the keys, unless that was done just now.

        Args:
            wait: for a thread that is asking already; otherwise it is left alone.
        """
        asked_at = time.monotonic()
        if not self._lock.acquire(blocking=wait):
            return
        try:
            # whoever waited has the answer of the thread before
            if self._tried >= asked_at or time.monotonic() - self._tried < self._settings.refresh_seconds:
                return
            self._tried = time.monotonic()
            self._keys = self._fetch()
            self._fetched, self._reached = time.monotonic(), True
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            self._reached = False
            _log.warning("the keys of %s cannot be had: %s", self._settings.issuer, error)
        finally:
            self._lock.release()

    def _fetch(self) -> dict[str | None, Key]:
        url = self._settings.keys_url
        if url is None:
            document = _json_at(self._settings.issuer.rstrip("/") + _DISCOVERY)
            if document["issuer"] != self._settings.issuer:
                raise ValueError(f"the issuer calls itself {document['issuer']!r}")
            url = str(document["jwks_uri"])
        return {entry.get("kid"): key for entry in _json_at(url)["keys"] if (key := _key(entry)) is not None}


def _key(entry: Mapping[str, Any]) -> Key | None:
    """A key that signatures can be checked with; none when it is of another kind."""
    algorithms = _ALGORITHMS.get(str(entry.get("kty")), ())
    if entry.get("alg") is not None:
        algorithms = tuple(name for name in algorithms if name == entry["alg"])
    if not algorithms or entry.get("use", "sig") != "sig":
        return None
    try:
        return Key(jwt.PyJWK(dict(entry), algorithms[0]).key, algorithms)
    except PyJWTError as error:
        _log.warning("a key of the issuer cannot be used: %s", error)
        return None


def _json_at(url: str) -> Any:
    # the address is of the settings, or of the issuer that they name
    with urllib.request.urlopen(url, timeout=_TIMEOUT_SECONDS) as answer:  # noqa: S310
        return json.loads(answer.read(_LARGEST_DOCUMENT))
