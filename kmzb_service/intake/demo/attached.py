"""The demo's attachments: made-up pictures and notes of its newest reports."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from osgeo import gdal
from sqlalchemy import Engine, select

from kmzb_service.database.engine import reading
from kmzb_service.database.tables import threat
from kmzb_service.intake.attachments import AttachmentStore, Upload
from kmzb_service.intake.demo.texts import load_texts
from kmzb_service.intake.outcome import Progress, Summary
from kmzb_service.security.gate import Caller
from kmzb_service.security.scope import EVERYTHING
from kmzb_service.settings import Settings

_REPORTS = 30  # the newest
_PHOTO_SHARE, _SECOND_SHARE, _NOTE_SHARE = 0.6, 0.3, 0.25
_WIDTH, _HEIGHT = 320, 240
_DEMO = Caller("demo", "admin", EVERYTHING)

Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class _File:
    name: str
    content: bytes


def attach_files(engine: Engine, settings: Settings, seed: int, progress: Progress) -> Summary:
    """Give the demo's newest reports files as citizens send them; again, it adds none twice.

    Args:
        engine: a database with the demo's reports.
        settings: where the files go.
        seed: the same one gives the same report the same files.
        progress: told after every report.
    """
    newest = (
        select(threat.c.id)
        .where(threat.c.source == "citizen", threat.c.source_id.startswith(f"{_DEMO.name}:"))
        .order_by(threat.c.reported_at.desc(), threat.c.id)
        .limit(_REPORTS)
    )
    with reading(engine) as connection:
        reports = list(connection.execute(newest).scalars())
    store, summary = AttachmentStore(engine, settings), Summary()
    for number, report in enumerate(reports, start=1):
        files = _files(np.random.default_rng([seed, report]))
        uploads = [Upload(one.name, io.BytesIO(one.content)) for one in files]
        if uploads:
            _, new = store.add(report, uploads, _DEMO)
            summary.added += len(files) if new else 0
            summary.unchanged += 0 if new else len(files)
        progress(number, len(reports))
    return summary


def _files(rng: np.random.Generator) -> list[_File]:
    photo, second, note = rng.random(3) < (_PHOTO_SHARE, _SECOND_SHARE, _NOTE_SHARE)
    files = []
    if photo:
        taken = int(rng.integers(1000, 9999))
        files = [
            _File(f"IMG_{taken + number}.jpg", _jpeg(_scene(rng))) for number in range(2 if second else 1)
        ]
    if note:
        files.append(_File("opis.txt", f"{rng.choice(load_texts()['requests'])}\r\n".encode()))
    return files


def _scene(rng: np.random.Generator) -> Picture:
    """A street under the sky, with houses beside it and some cars: nobody's, nowhere."""
    rows, columns = np.mgrid[0:_HEIGHT, 0:_WIDTH]
    horizon = _HEIGHT * 0.45
    picture = np.empty((_HEIGHT, _WIDTH, 3))
    picture[:] = np.array([150, 180, 215]) + (rows / _HEIGHT * 60)[..., None]
    ground = rows > horizon
    picture[ground] = rng.uniform(60, 120, 3) * [0.8, 1.0, 0.7]
    for left in range(0, _WIDTH, 40):
        house = (columns >= left) & (columns < left + 37) & (rows < horizon + 10)
        picture[house & (rows > horizon - rng.uniform(20, 75))] = rng.uniform(90, 200, 3)
    widening = (rows - horizon) / (_HEIGHT - horizon)
    picture[ground & (abs(columns - _WIDTH / 2) < 20 + 130 * widening)] = 95
    line = ground & (abs(columns - _WIDTH / 2) < 1 + 3 * widening) & (rows // 12 % 2 == 0)
    picture[line] = 225
    # the far ones first, behind the near ones
    for depth in np.sort(rng.uniform(0.2, 0.9, rng.integers(1, 5))):
        size, middle = 15 + 45 * depth, _WIDTH / 2 + rng.uniform(-100, 100) * depth
        bottom = horizon + (_HEIGHT - horizon) * depth
        across = abs(columns - middle)
        picture[(across < size) & (rows < bottom) & (rows > bottom - size * 0.6)] = rng.uniform(30, 220, 3)
        picture[(across < size * 0.7) & (rows < bottom - size * 0.4) & (rows > bottom - size * 0.8)] = 60
    return np.clip(picture + rng.normal(0, 6, picture.shape), 0, 255).astype(np.uint8)


def _jpeg(picture: Picture) -> bytes:
    image = gdal.GetDriverByName("MEM").Create("", _WIDTH, _HEIGHT, 3, gdal.GDT_Byte)
    for band in range(3):
        image.GetRasterBand(band + 1).WriteArray(picture[:, :, band])
    place = "/vsimem/kmzb-demo.jpg"
    gdal.GetDriverByName("JPEG").CreateCopy(place, image, options=["QUALITY=80"]).FlushCache()
    try:
        file = gdal.VSIFOpenL(place, "rb")
        content = bytes(gdal.VSIFReadL(1, gdal.VSIStatL(place).size, file))
        gdal.VSIFCloseL(file)
    finally:
        gdal.Unlink(place)
    return content
