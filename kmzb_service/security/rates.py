"""How often one may ask, and fail to sign in: counted in the memory of each worker, minute by minute."""

from __future__ import annotations

import hashlib
import ipaddress
import math
import time

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from kmzb_service.problems import Problem

# A secret that opened so long ago is let through to the check, whatever others of its address do.
_TRUSTED_SECONDS = 600
_TRUSTED_AT_MOST = 10_000
_IPV6_NETWORK_BITS = 64


class Rates:
    """Counts requests by caller, and failed sign-ins by address.

    Many desks may share an address: whoever has signed in from it lately is
    not kept out by others that fail.

    Args:
        requests_per_minute, failures_per_minute: at most; 0 for any number.
    """

    def __init__(self, requests_per_minute: int, failures_per_minute: int) -> None:
        self._limiter = FixedWindowRateLimiter(MemoryStorage())
        self._requests = _limit(requests_per_minute, "requests")
        self._failures = _limit(failures_per_minute, "failures")
        self._trusted: dict[bytes, float] = {}

    def may_sign_in(self, address: str, secret: str) -> None:
        """Check that an address has not failed too often.

        Raises:
            Problem: too-many-requests.
        """
        limit, place = self._failures, _network(address)
        if limit is None or self._limiter.test(limit, place) or self._is_trusted(secret):
            return
        raise self._too_many(limit, place, "too many sign-ins from this address have failed")

    def failed(self, address: str) -> None:
        """Count a sign-in that failed."""
        if self._failures is not None:
            self._limiter.hit(self._failures, _network(address))

    def succeeded(self, secret: str, caller: str) -> None:
        """Count a request of a caller who has signed in.

        Raises:
            Problem: too-many-requests.
        """
        if self._failures is not None:
            self._trust(secret)
        if self._requests is not None and not self._limiter.hit(self._requests, caller):
            raise self._too_many(self._requests, caller, "you ask too often")

    def _too_many(self, limit: RateLimitItem, who: str, detail: str) -> Problem:
        ends_at = self._limiter.get_window_stats(limit, who).reset_time
        wait = max(1, math.ceil(ends_at - time.time()))
        return Problem("too-many-requests", detail, headers={"Retry-After": str(wait)})

    def _trust(self, secret: str) -> None:
        if len(self._trusted) >= _TRUSTED_AT_MOST:
            self._trusted.clear()
        self._trusted[_digest(secret)] = time.monotonic()

    def _is_trusted(self, secret: str) -> bool:
        since = self._trusted.get(_digest(secret))
        return since is not None and time.monotonic() - since < _TRUSTED_SECONDS


def _limit(number: int, name: str) -> RateLimitItem | None:
    return RateLimitItemPerMinute(number, namespace=name) if number else None


def _network(address: str) -> str:
    """What counts as one address: of IPv6, the network that one household or office has."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if known.version == 4:
        return address
    return str(ipaddress.ip_network((known, _IPV6_NETWORK_BITS), strict=False))


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
