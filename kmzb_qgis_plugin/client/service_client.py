"""The service's four resources for the desk, one typed method per call."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import requests

from kmzb_qgis_plugin.client import errors
from kmzb_qgis_plugin.domain.decision import Decision
from kmzb_qgis_plugin.domain.errors import KmzbError
from kmzb_qgis_plugin.domain.meeting import Meeting

CONTRACT: Final = 1
CHANGES_LIMIT: Final = 5000
_CHUNK_BYTES: Final = 1 << 18
_EXCERPT_LENGTH: Final = 200
_GATEWAY_STATUSES: Final = (502, 503, 504)
# What a service answers for a resource that came with a later version.
_MISSING_STATUSES: Final = (404, 405)

ByteProgress = Callable[[int, int], None]
CancelCheck = Callable[[], bool]


@dataclass(frozen=True)
class Scope:
    """How far a person's reading reaches.

    Attributes:
        reach: ``own`` unit, ``voivodeship`` or ``country``.
        voivodeship: its TERYT code, None where the reach is wider.
        unit: its code, None where the reach is wider.
    """

    reach: str
    voivodeship: str | None = None
    unit: str | None = None

    @classmethod
    def from_json(cls, content: str | Mapping[str, Any]) -> Scope:
        """Read what ``/me`` says; an older service says ``all`` for the whole country.

        Raises:
            KeyError, TypeError: it is not such a document.
        """
        if isinstance(content, str):
            return cls("country" if content == "all" else content)
        return cls(str(content["reach"]), content.get("voivodeship"), content.get("unit"))


@dataclass(frozen=True)
class Identity:
    """Who the token belongs to, and what answers."""

    name: str
    role: str
    unit: str | None
    scope: Scope
    service_version: str
    contract: int

    def to_json(self) -> dict[str, Any]:
        """A JSON object of the members."""
        return asdict(self)

    @classmethod
    def from_json(cls, document: str) -> Identity:
        """Read what :meth:`to_json` made, as text.

        Raises:
            ValueError: it is not such a document.
        """
        try:
            content = json.loads(document)
            return cls(**{**content, "scope": Scope.from_json(content["scope"])})
        except (KeyError, TypeError) as error:
            raise ValueError(f"not an identity: {error!r}") from error


@dataclass(frozen=True)
class ServedFile:
    """A file that can be downloaded; ``size`` in bytes, ``sha256`` in hexadecimal digits."""

    url: str
    size: int
    sha256: str

    @property
    def is_text(self) -> bool:
        """Whether it comes as text; of any other file, text is a proxy's page."""
        return False


@dataclass(frozen=True)
class SnapshotInfo(ServedFile):
    """A ready-made replica file."""

    cursor: str
    built_at: str
    schema_version: int


@dataclass(frozen=True)
class Attachment(ServedFile):
    """A file that came with a report; ``name`` is what its sender called it."""

    id: int
    name: str
    media_type: str

    @property
    def is_text(self) -> bool:
        return self.media_type.startswith("text/")


@dataclass(frozen=True)
class Changes:
    """Newest states of what changed, and where to ask on.

    Attributes:
        threats, areas, units: GeoJSON features.
        decisions: the members of decisions.
        removed: ids by ``threats``, ``areas`` and ``units``.
        next_cursor: None where the states come from elsewhere than the feed of changes.
        up_to_date: nothing more waits behind the cursor.
    """

    threats: Sequence[Mapping[str, Any]] = ()
    areas: Sequence[Mapping[str, Any]] = ()
    units: Sequence[Mapping[str, Any]] = ()
    decisions: Sequence[Mapping[str, Any]] = ()
    removed: Mapping[str, Sequence[int]] = field(default_factory=dict)
    next_cursor: str | None = None
    up_to_date: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of one decision or meeting.

    Attributes:
        uuid: the decision's or meeting's.
        kind: ``accepted``, ``duplicate``, ``conflict`` or ``rejected``.
        threat: the threat as it is now, a GeoJSON feature.
        decision: the decision that counts: this one, or the one that won.
        rule, title, field: the rule broken, in words, and the member at fault.
        same_result: another decision had already brought the same result.
        threats: ids of the signals that a meeting has become.
    """

    uuid: str
    kind: str
    threat: Mapping[str, Any] | None = None
    decision: Mapping[str, Any] | None = None
    rule: str | None = None
    title: str | None = None
    field: str | None = None
    same_result: bool = False
    threats: Sequence[int] = ()


class ServiceClient:
    """Asks the service.

    Args:
        base_url: the service's address, with or without a slash at its end.
        session: how requests go out; it signs them.
        timeout: seconds to connect, and seconds that may pass without a byte.

    Every method raises the errors of :mod:`kmzb_qgis_plugin.client.errors`.
    """

    def __init__(
        self, base_url: str, session: requests.Session, timeout: tuple[float, float] = (10, 60)
    ) -> None:
        self.base_url = base_url.strip().rstrip("/")
        self._session = session
        self._timeout = timeout

    def me(self) -> Identity:
        """Who the token belongs to.

        Raises:
            ServiceTooOld, ServiceTooNew: the service speaks another version of the contract.
        """
        content = self._json("GET", "/me")
        with _expecting("/me"):
            identity = Identity(
                name=str(content["name"]),
                role=str(content["role"]),
                unit=content["unit"],
                scope=Scope.from_json(content["scope"]),
                service_version=str(content["service"]["version"]),
                contract=int(content["service"]["contract"]),
            )
        if identity.contract != CONTRACT:
            raise errors.other_version("the service's contract", identity.contract, CONTRACT)
        return identity

    def catalogue(self, etag: str | None = None) -> tuple[str | None, str | None]:
        """The catalogue's text and entity tag; no text where ``etag`` still holds."""
        response = self._send("GET", "/catalogue", headers={"If-None-Match": etag} if etag else {})
        if response.status_code == requests.codes.not_modified:
            return None, etag
        _json_of(response)
        return response.content.decode("utf-8"), response.headers.get("ETag")

    def newest_snapshot(self) -> SnapshotInfo:
        """The newest snapshot file.

        Raises:
            ServiceUnavailable: none is ready yet.
        """
        content = self._json("GET", "/snapshots")
        with _expecting("/snapshots"):
            newest = content["snapshots"][0]
            return SnapshotInfo(
                url=self._own(str(newest["url"])),
                size=int(newest["size"]),
                sha256=str(newest["sha256"]).lower(),
                cursor=str(newest["cursor"]),
                built_at=str(newest["built_at"]),
                schema_version=int(newest["schema_version"]),
            )

    def download(
        self, info: ServedFile, part_path: Path, progress: ByteProgress, cancelled: CancelCheck
    ) -> None:
        """Download a file, going on where an earlier attempt stopped.

        Args:
            info: what to download.
            part_path: where to write; what is there is taken for the file's beginning.
            progress: told the bytes that are there and the bytes of the whole.
            cancelled: asked after each piece.

        Raises:
            Cancelled: what has arrived is kept.
            IncompleteDownload: the service sent too much; the part is removed.
            OSError: the part cannot be written.
        """
        there = part_path.stat().st_size if part_path.exists() else 0
        if there > info.size:
            part_path.unlink()
            there = 0
        progress(there, info.size)
        while there < info.size:
            before = there
            there = self._download_from(there, info, part_path, progress, cancelled)
            if there == before:
                raise errors.NetworkUnreachable(f"{info.url} ended after {there} of {info.size} bytes")

    def attachments(self, threat_id: int) -> list[Attachment]:
        """The files that came with a report."""
        path = f"/threats/{int(threat_id)}/attachments"
        content = self._json("GET", path)
        with _expecting(path):
            return [
                Attachment(
                    url=f"{self.base_url}{path}/{int(one['id'])}",
                    size=int(one["size"]),
                    sha256=str(one["sha256"]).lower(),
                    id=int(one["id"]),
                    name=str(one["name"]),
                    media_type=str(one["media_type"]),
                )
                for one in content["attachments"]
            ]

    def changes(self, cursor: str, limit: int = CHANGES_LIMIT) -> Changes:
        """What changed after a cursor, at most ``limit`` rows.

        Raises:
            CursorExpired: a new snapshot is needed.
        """
        content = self._json("GET", "/changes", params={"cursor": cursor, "limit": str(limit)})
        with _expecting("/changes"):
            return Changes(
                threats=content["threats"],
                areas=content["areas"],
                units=content["units"],
                decisions=content["decisions"],
                removed=content["removed"],
                next_cursor=str(content["next_cursor"]),
                up_to_date=bool(content["up_to_date"]),
            )

    def send_decisions(self, decisions: Sequence[Decision]) -> list[Outcome]:
        """Send decisions; the outcomes stand in the same order.

        Raises:
            ContractMismatch: the outcomes are not those of these decisions.
        """
        body = {"decisions": [decision.to_json() for decision in decisions]}
        content = self._json("POST", "/decisions", json=body)
        with _expecting("/decisions"):
            outcomes = [_outcome(one) for one in content["outcomes"]]
        _check_answered(outcomes, [decision.uuid for decision in decisions], "/decisions")
        return outcomes

    def send_meetings(self, meetings: Sequence[Meeting]) -> list[Outcome]:
        """Send what meetings brought; the outcomes stand in the same order.

        Raises:
            MeetingsNotTaken: the service is of a version that takes none.
            ContractMismatch: the outcomes are not those of these meetings.
        """
        body = {"meetings": [meeting.to_json() for meeting in meetings]}
        try:
            content = self._json("POST", "/meetings", json=body)
        except errors.ServiceFailed as error:
            if error.status in _MISSING_STATUSES:
                raise errors.MeetingsNotTaken(error.log_message) from error
            raise
        with _expecting("/meetings"):
            outcomes = [_meeting_outcome(one) for one in content["outcomes"]]
        _check_answered(outcomes, [meeting.uuid for meeting in meetings], "/meetings")
        return outcomes

    def _download_from(
        self, there: int, info: ServedFile, part_path: Path, progress: ByteProgress, cancelled: CancelCheck
    ) -> int:
        """One request for the rest of the file; return the bytes that are there after it."""
        headers = {"Accept-Encoding": "identity"}
        if there:
            headers |= {"Range": f"bytes={there}-", "If-Range": f'"{info.sha256}"'}
        with self._send("GET", info.url, headers=headers, stream=True) as response:
            kind = response.headers.get("Content-Type", "").lower()
            if kind.startswith("text/") and not info.is_text:
                raise _not_the_service(response)
            if response.status_code != requests.codes.partial_content:
                there = 0  # the whole file, or another one than before
            elif _range_start(response) != there:
                raise errors.ContractMismatch(f"{info.url}: not the range that was asked for")
            with part_path.open("ab" if there else "wb") as part:
                for piece in _pieces(response):
                    if cancelled():
                        raise errors.Cancelled("the download was cancelled")
                    there += len(piece)
                    if there > info.size:
                        break
                    part.write(piece)
                    progress(there, info.size)
        if there > info.size:
            part_path.unlink()
            raise errors.IncompleteDownload(f"{info.url} is longer than the {info.size} bytes announced")
        return there

    def _own(self, url: str) -> str:
        """An address that the service gave, at the address that we know it by.

        A proxy may change scheme and port on the way, which the service does
        not know. Another host would be handed our token.
        """
        ours, theirs = urlsplit(self.base_url), urlsplit(url)
        if theirs.hostname not in (None, ours.hostname):
            raise errors.ContractMismatch(f"the service at {ours.hostname} refers to {theirs.hostname}")
        return theirs._replace(scheme=ours.scheme, netloc=ours.netloc).geturl()

    def _json(self, method: str, path: str, **request: Any) -> dict[str, Any]:
        return _json_of(self._send(method, path, **request))

    def _send(self, method: str, address: str, **request: Any) -> requests.Response:
        """Send one request; return an answer that is no error."""
        url = address if "://" in address else self.base_url + address
        headers = {"Accept": "application/json, application/problem+json, */*;q=0.1"}
        headers.update(request.pop("headers", {}))
        try:
            response = self._session.request(method, url, headers=headers, timeout=self._timeout, **request)
            if response.status_code >= requests.codes.bad_request:
                raise _answer_error(response)
        except requests.RequestException as error:
            raise _network_error(error, f"{method} {url}") from error
        age = response.headers.get("Age", "0")
        if age.isdigit() and int(age) > 0:
            raise errors.StaleAnswer(f"{method} {url} was answered by a cache, {age} seconds old")
        if response.request.method != method:
            raise errors.NotTheService(f"{method} {url} was redirected to {response.url}")
        return response


def _outcome(one: Mapping[str, Any]) -> Outcome:
    kind = str(one["outcome"])
    if kind not in ("accepted", "duplicate", "conflict", "rejected"):
        raise ValueError(f"unknown outcome {kind!r}")
    if kind != "rejected" and not one["threat"]:
        raise ValueError(f"outcome {kind!r} without its threat")
    return Outcome(
        uuid=str(one["uuid"]),
        kind=kind,
        threat=one.get("threat"),
        decision=one.get("decision"),
        rule=one.get("rule"),
        title=one.get("title"),
        field=one.get("field"),
        same_result=bool(one.get("same_result", False)),
    )


def _meeting_outcome(one: Mapping[str, Any]) -> Outcome:
    kind = str(one["outcome"])
    if kind not in ("accepted", "duplicate", "rejected"):
        raise ValueError(f"unknown outcome {kind!r}")
    return Outcome(
        uuid=str(one["uuid"]),
        kind=kind,
        rule=one.get("rule"),
        title=one.get("detail"),
        field=one.get("field"),
        threats=[int(fid) for fid in one.get("threats", ())],
    )


def _check_answered(outcomes: Sequence[Outcome], sent: Sequence[str], path: str) -> None:
    """Take no answer for a success that does not speak of each thing sent."""
    if [outcome.uuid for outcome in outcomes] != list(sent):
        raise errors.ContractMismatch(f"{path}: the outcomes are not those of what was sent")


@contextmanager
def _expecting(path: str) -> Iterator[None]:
    """Within it, what an answer lacks is a :class:`ContractMismatch`."""
    try:
        yield
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise errors.ContractMismatch(f"{path}: the answer lacks something: {error!r}") from error


def _pieces(response: requests.Response) -> Iterator[bytes]:
    try:
        yield from response.iter_content(_CHUNK_BYTES)
    except requests.RequestException as error:
        raise _network_error(error, f"GET {response.url}") from error


def _range_start(response: requests.Response) -> int | None:
    found = re.match(r"bytes (\d+)-", response.headers.get("Content-Range", ""))
    return int(found[1]) if found else None


def _is_json(response: requests.Response) -> bool:
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return kind == "application/json" or kind.endswith("+json")


def _json_of(response: requests.Response) -> dict[str, Any]:
    """The JSON object of an answer."""
    try:
        content = response.json() if _is_json(response) else None
    except ValueError as error:  # not JSON, whatever it says
        raise _not_the_service(response) from error
    if not isinstance(content, dict):
        raise _not_the_service(response)
    return content


def _not_the_service(response: requests.Response) -> errors.NotTheService:
    kind = response.headers.get("Content-Type", "no type")
    excerpt = " ".join(response.text[:_EXCERPT_LENGTH].split())
    return errors.NotTheService(f"{response.url} answered {response.status_code} with {kind}", excerpt)


def _network_error(error: requests.RequestException, what: str) -> KmzbError:
    """The error for a request that got no answer; special cases first, they are kinds of the general ones."""
    log = f"{what}: {type(error).__name__}: {error}"
    if isinstance(error, requests.exceptions.Timeout):
        return errors.TimedOut(log)
    if isinstance(error, requests.exceptions.SSLError):
        return errors.CertificateRejected(log)
    if isinstance(error, requests.exceptions.ProxyError):
        return errors.ProxyRefused(log)
    if isinstance(
        error,
        (
            requests.exceptions.InvalidURL,
            requests.exceptions.MissingSchema,
            requests.exceptions.InvalidSchema,
        ),
    ):
        return errors.AddressInvalid(log)
    if isinstance(error, requests.exceptions.TooManyRedirects):
        return errors.NotTheService(log)
    return errors.NetworkUnreachable(log)


def _answer_error(response: requests.Response) -> KmzbError:
    """The error that an answer of 400 and above stands for."""
    status = response.status_code
    problem = _problem(response)
    title = str(problem.get("title") or response.reason or "")
    log = f"{response.request.method} {response.url} answered {status} {title}"
    if problem.get("detail"):
        log += f": {problem['detail']}"
    slug = str(problem.get("type", "")).rpartition(":")[2]
    if status == requests.codes.unauthorized:
        return errors.TokenExpired(log) if slug == "token-expired" else errors.SignInRejected(log)
    if status == requests.codes.proxy_authentication:
        return errors.ProxyRefused(log)
    if status in _GATEWAY_STATUSES:
        return errors.ServiceUnavailable(log, _seconds(response.headers.get("Retry-After")))
    if not problem:
        return _not_the_service(response)
    if status == requests.codes.forbidden:
        return errors.NotAllowed(log)
    if status == requests.codes.gone and slug == "cursor-expired":
        return errors.CursorExpired(log)
    return errors.ServiceFailed(log, status, title)


def _problem(response: requests.Response) -> Mapping[str, Any]:
    """The problem's members (RFC 9457); none where the answer is something else."""
    try:
        content = response.json() if _is_json(response) else None
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _seconds(retry_after: str | None) -> float | None:
    return float(retry_after) if retry_after and retry_after.isdigit() else None
