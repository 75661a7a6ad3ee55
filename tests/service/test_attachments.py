"""Attachments: told by their content, kept beside the database, handed out so that nothing runs them."""

from __future__ import annotations

import hashlib
import os
import resource
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from on_databases import ON_POSTGIS, ON_SPATIALITE, ClientAs
from sample_map import add_reports
from scoped_map import UNITS, add_threats, add_units, as_reader
from sqlalchemy import Engine
from starlette.testclient import TestClient
from test_app import problem
from test_reception import ITEMS, count, report
from test_sync_changes import cursor_at

from kmzb_service.database.tables import attachment
from kmzb_service.intake.attachments import MAX_BYTES, AttachmentStore
from kmzb_service.settings import Settings

OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504)
JPEG = bytes.fromhex("FFD8FFE000104A46494600010100000100010000") + bytes(100) + bytes.fromhex("FFD9")
FILES: dict[str, tuple[bytes, str]] = {
    "photo.jpg": (JPEG, "image/jpeg"),
    "paper.pdf": (b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n", "application/pdf"),
    "film.3gp": (b"\0\0\0\x18ftyp3gp4\0\0\0\0isom3gp4" + bytes(50), "video/3gpp"),
    "film.mov": (b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + bytes(50), "video/quicktime"),
    "old.mov": (b"\0\0\0\x08wide\0\0\0\x20mdat" + bytes(50), "video/quicktime"),
    "letter.doc": (OLE + "WordDocument".encode("utf-16-le") + bytes(500), "application/msword"),
    "note.txt": ("Zażółć gęślą jaźń\r\n".encode(), "text/plain"),
    "windows.txt": ("Zażółć gęślą jaźń\r\n".encode("cp1250"), "text/plain"),
    "notepad.txt": ("Zażółć".encode("utf-16"), "text/plain"),
}
FOREIGN: dict[str, bytes] = {
    "program.jpg": b"MZ" + bytes(200),
    "program.txt": b"\x7fELF" + bytes(60),
    "sheet.doc": OLE + "Workbook".encode("utf-16-le") + bytes(500),
    "installer.doc": OLE + bytes(500),
    "picture.jpg": b"\x89PNG\r\n\x1a\n" + bytes(50),
    "archive.pdf": b"PK\x03\x04" + bytes(50),
    "late.pdf": b"\0\0%PDF-1.4",
    "film.mov": b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + bytes(50),
    "zeros.txt": bytes(30),
}


@pytest.fixture
def one(engine: Engine) -> int:
    """A report without attachments."""
    return add_reports(engine, 1)[0]


def send(client: TestClient | httpx.Client, threat_id: object, *files: tuple[str, bytes]) -> Any:
    """Add files under the names that a client gives them."""
    parts = [("file", (name, content, "application/x-whatever")) for name, content in files]
    return client.post(f"/threats/{threat_id}/attachments", files=parts)


def listed(client: TestClient, threat_id: int) -> list[dict[str, Any]]:
    return client.get(f"/threats/{threat_id}/attachments").json()["attachments"]


def stored(settings: Settings) -> list[Path]:
    """All that is in the folder of attachments."""
    return [path for path in (settings.data_dir / "attachments").rglob("*") if path.is_file()]


def test_a_file_is_kept_and_handed_out(
    client: TestClient, client_as: ClientAs, engine: Engine, settings: Settings, one: int
) -> None:
    cursor = cursor_at(engine, 1)
    answer = send(client, one, ("zdjęcie z miejsca.jpg", JPEG))
    assert answer.status_code == 201, answer.text
    digest = hashlib.sha256(JPEG).hexdigest()
    told = {
        "id": 1,
        "name": "zdjęcie z miejsca.jpg",
        "media_type": "image/jpeg",
        "size": len(JPEG),
        "sha256": digest,
    }
    assert answer.json() == {"attachments": [told]}
    viewer = client_as("viewer")
    assert listed(viewer, one) == [told]
    file = viewer.get(f"/threats/{one}/attachments/1")
    assert file.content == JPEG
    assert file.headers["content-type"] == "image/jpeg"
    name = "zdj%C4%99cie%20z%20miejsca.jpg"
    assert file.headers["content-disposition"] == f"attachment; filename*=UTF-8''{name}"
    assert file.headers["x-content-type-options"] == "nosniff"
    assert file.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert file.headers["etag"] == f'"{digest}"'
    again = viewer.get(f"/threats/{one}/attachments/1", headers={"If-None-Match": file.headers["etag"]})
    assert again.status_code == 304
    part = viewer.get(f"/threats/{one}/attachments/1", headers={"Range": "bytes=0-2"})
    assert (part.status_code, part.content) == (206, JPEG[:3])
    # beside the database, by its content and nothing else
    assert stored(settings) == [settings.data_dir / "attachments" / digest[:2] / digest]
    # desks hear of it, and a decision is none the staler for it
    (feature,) = viewer.get("/changes", params={"cursor": cursor}).json()["threats"]
    assert (feature["properties"]["attachments"], feature["properties"]["version"]) == (1, 1)


@ON_SPATIALITE
def test_types_are_told_by_their_content(client: TestClient, engine: Engine) -> None:
    for name, (content, media_type) in FILES.items():
        (one,) = add_reports(engine, 1)
        answer = send(client, one, (name, content))
        assert answer.status_code == 201, (name, answer.text)
        (told,) = answer.json()["attachments"]
        assert (told["name"], told["media_type"]) == (name, media_type)
        assert client.get(f"/threats/{one}/attachments/{told['id']}").content == content


@ON_SPATIALITE
def test_other_files_are_refused_whatever_they_are_called(
    client: TestClient, settings: Settings, engine: Engine, one: int
) -> None:
    for name, content in FOREIGN.items():
        answer = send(client, one, ("fine.txt", b"fine"), (name, content))
        told = problem(answer)
        assert (answer.status_code, told["rule"], told["field"]) == (422, "attachment_type", "file"), name
        assert name in str(told["detail"])
    assert problem(send(client, one, ("empty.txt", b"")))["rule"] == "attachment_empty"
    assert (listed(client, one), stored(settings), count(engine, attachment)) == ([], [], 0)


NAMES = (
    ("../../etc/passwd", "passwd.txt"),
    ("..\\..\\Windows\\win.txt", "win.txt"),
    ("/etc/cron.d/x", "x.txt"),
    ("C:\\a\\b.TXT", "b.TXT"),
    ("", "attachment.txt"),
    ("..", "attachment.txt"),
    (".txt", "txt.txt"),
    (". . .txt", "txt.txt"),
    ("con.txt", "attachment-con.txt"),
    ("run.exe", "run.exe.txt"),
    ("photo.jpg", "photo.jpg.txt"),
    ("evil\u202etxt.exe", "eviltxt.exe.txt"),
    ('a"; filename="b.html', "a; filename=b.html.txt"),
    ("a:b|c*?.txt", "abc.txt"),
    ("x" * 300 + ".txt", "x" * 100 + ".txt"),
    ("zażółć 猫.txt", "zażółć 猫.txt"),
)


@ON_SPATIALITE
def test_names_play_no_tricks(client: TestClient, settings: Settings, engine: Engine) -> None:
    for given, expected in NAMES:
        (one,) = add_reports(engine, 1)
        # written by hand: a client's library would clean the name, and what has no name is no file
        body = (
            f'--x\r\nContent-Disposition: form-data; name="file"; filename="{given.replace(chr(34), "%22")}"'
            "\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script>\r\n--x--\r\n"
        ).replace("%22", '\\"')
        kind = {"Content-Type": "multipart/form-data; boundary=x"}
        answer = client.post(f"/threats/{one}/attachments", content=body.encode(), headers=kind)
        assert answer.status_code == 201, (given, answer.text)
        (told,) = answer.json()["attachments"]
        assert (told["name"], told["media_type"]) == (expected, "text/plain"), given
        file = client.get(f"/threats/{one}/attachments/{told['id']}")
        assert file.headers["content-type"].startswith("text/plain")
        assert file.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
        assert '"' not in file.headers["content-disposition"]
    # the same content, one file; and none outside its folder
    (path,) = stored(settings)
    assert path.parent.parent == settings.data_dir / "attachments"


def test_at_most_three_and_five_megabytes(client: TestClient, settings: Settings, engine: Engine) -> None:
    first, second = add_reports(engine, 2)
    texts = [(f"{number}.txt", f"text {number}".encode()) for number in range(4)]
    assert problem(send(client, first, *texts))["rule"] == "too_many_attachments"
    assert send(client, first, *texts[:2]).status_code == 201
    assert problem(send(client, first, *texts[2:]))["rule"] == "too_many_attachments"
    # one that is there already counts once
    again = send(client, first, texts[0], texts[2], texts[2])
    assert (again.status_code, len(again.json()["attachments"])) == (201, 3)
    assert send(client, first, *texts[:3]).status_code == 200
    assert problem(send(client, first, texts[3]))["rule"] == "too_many_attachments"
    half = b"x" * (MAX_BYTES // 2)
    assert send(client, second, ("a.txt", half), ("b.txt", half[1:])).status_code == 201
    assert problem(send(client, second, ("c.txt", b"yz")))["rule"] == "attachments_too_large"
    assert send(client, second, ("c.txt", b"y")).status_code == 201
    whole = problem(send(client, first, ("a.txt", b"x" * (MAX_BYTES + 1))))
    assert whole["rule"] in ("attachments_too_large", "too_many_attachments")
    assert problem(send(client, first, ("a.txt", b"x" * 9_000_000)))["slug"] == "body-too-large"
    assert [client.get(f"{ITEMS}/{one}").json()["properties"]["attachments"] for one in (first, second)] == [
        3,
        3,
    ]
    assert not [path for path in stored(settings) if path.suffix]


def test_many_that_add_at_once_stay_within_the_rules(live: str, client: TestClient, one: int) -> None:
    def add(number: int) -> int:
        with httpx.Client(base_url=live, headers=client.headers, timeout=60) as sender:
            return send(sender, one, (f"{number}.txt", f"text {number}".encode())).status_code

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(add, range(8))) == [201] * 3 + [422] * 5
    assert len(listed(client, one)) == 3


def test_who_may_add_and_who_may_read(
    client_as: ClientAs, client: TestClient, anonymous: TestClient, one: int
) -> None:
    sender, viewer = client_as("sender"), client_as("viewer")
    own = sender.post(ITEMS, json=report()).json()["id"]
    assert send(sender, own, ("a.txt", b"a")).status_code == 201
    # a sender adds to what it has sent, and reads nothing at all
    assert send(sender, one, ("a.txt", b"a")).status_code == 404
    for path in (f"/threats/{own}/attachments", f"/threats/{own}/attachments/1"):
        assert problem(sender.get(path))["slug"] == "forbidden"
        assert problem(anonymous.get(path))["slug"] == "unauthenticated"
        assert viewer.get(path).status_code == 200
    assert problem(send(viewer, own, ("b.txt", b"b")))["slug"] == "forbidden"
    assert problem(send(anonymous, own, ("b.txt", b"b")))["slug"] == "unauthenticated"
    assert send(client, own, ("b.txt", b"b")).status_code == 201


def test_what_hangs_on_a_threat_keeps_to_its_scope(anonymous: TestClient, engine: Engine) -> None:
    """Whatever is tried on a threat is answered where it may be read, and else as if it were not there."""
    add_units(engine)
    ids = add_threats(engine)
    headquarters = as_reader(anonymous, engine, None)
    for one in (one for group in ids.values() for one in group):
        assert send(headquarters, one, ("secret.txt", b"secret")).status_code == 201
    for code, reach, seen in (
        ("KPP-KROSNO", "own", {"KPP-KROSNO", "KP-GUBIN"}),
        ("KPP-KOLO", "voivodeship", {"KPP-KOLO", "KWP-POZNAN"}),
        ("KP-GUBIN", "country", {*UNITS, None}),
    ):
        caller = as_reader(anonymous, engine, code, reach)
        for unit, group in ids.items():
            allowed = unit in seen
            threat, files = group[0], f"/threats/{group[0]}/attachments"
            (listed,) = headquarters.get(files).json()["attachments"]
            confirmed = {"uuid": str(uuid.uuid4())}
            answers = (
                caller.get(files),
                caller.get(f"{files}/{listed['id']}"),
                send(caller, threat, ("secret.txt", b"secret")),
                caller.post(f"/threats/{threat}/confirmations", json=confirmed),
            )
            for answer in answers:
                assert answer.is_success == allowed, (code, unit, answer.request.url)
                assert allowed or (answer.status_code == 404 and b"secret" not in answer.content)
            # a report that is there already is told of only to who may read it
            again = report(source_id=f"source-{threat}")
            found = caller.post(ITEMS, json=again)
            assert (found.status_code, b"secret" in found.content) == (200, allowed)


def test_what_is_not_there(client: TestClient, settings: Settings, engine: Engine) -> None:
    first, second = add_reports(engine, 2)
    send(client, first, ("a.txt", b"a"))
    for path in (
        f"/threats/{second}/attachments/1",
        f"/threats/{first}/attachments/2",
        f"/threats/{first}/attachments/x",
        f"/threats/{first}/attachments/../../../kmzb.sqlite",
        "/threats/99/attachments",
        "/threats/x/attachments",
        "/threats/99/attachments/1",
    ):
        answer = client.get(path)
        assert (answer.status_code, problem(answer)["slug"]) == (404, "not-found"), path
    assert send(client, 99, ("a.txt", b"a")).status_code == 404
    (path,) = stored(settings)
    path.unlink()
    answer = client.get(f"/threats/{first}/attachments/1")
    assert (answer.status_code, problem(answer)["detail"]) == (404, "the file of this attachment was lost")


@ON_SPATIALITE
def test_forms_that_are_none(client: TestClient, one: int) -> None:
    path = f"/threats/{one}/attachments"
    part = b"--x\r\nContent-Disposition: form-data"
    bad = (
        b"",
        b"nonsense",
        b"--x--\r\n",
        part + b'; filename="a.txt"\r\n\r\na\r\n--x--',
        part + b'; name="file"\r\n\r\na\r\n--x--',
        part + b'; name="other"; filename="a.txt"\r\n\r\na\r\n--x--',
        part + b'; name="file"; filename="a.txt"\r\n\r\ncut o',
    )
    form = "multipart/form-data; boundary=x"
    others = ((b"", "multipart/form-data"), (b"{}", "application/json"), (b"file=a", "text/plain"))
    for content, kind in (*((one, form) for one in bad), *others):
        answer = client.post(path, content=content, headers={"Content-Type": kind})
        assert (answer.status_code, problem(answer)["slug"]) == (422, "invalid-body"), content
    assert listed(client, one) == []


@contextmanager
def small_files_only(size: int) -> Iterator[None]:
    """A limit on the size of files stands in for the disk: writing beyond it fails as on a full one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@ON_POSTGIS  # whose database is written by another process
def test_a_full_disk_leaves_nothing_half_written(client: TestClient, settings: Settings, one: int) -> None:
    # the second is too large for the memory that a part is given on its way
    for large in (b"x" * 5_000, b"x" * 2_000_000):
        with small_files_only(4_000):
            answer = send(client, one, ("a.txt", b"a"), ("large.txt", large))
        assert (answer.status_code, problem(answer)["slug"]) == (507, "insufficient-storage")
        assert (stored(settings), listed(client, one)) == ([], [])
    assert send(client, one, ("a.txt", b"a"), ("large.txt", large)).status_code == 201


def test_files_that_belong_to_nothing_are_swept_away(
    client: TestClient, settings: Settings, engine: Engine, one: int
) -> None:
    send(client, one, ("a.txt", b"a"))
    (kept,) = stored(settings)
    store = AttachmentStore(engine, settings)
    orphan, young, part = store.path("0" * 64), store.path("1" * 64), store.folder / "x.part"
    for path in (orphan, young, part):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    for path in (kept, orphan, part):
        os.utime(path, (time.time() - 90_000,) * 2)
    assert store.sweep() == 1
    assert set(stored(settings)) == {kept, young}
    assert list(store.lost()) == []
    kept.write_bytes(b"b")
    (changed,) = store.lost()
    assert changed.endswith("was changed")
    kept.unlink()
    (missing,) = store.lost()
    assert missing.endswith("is missing")
