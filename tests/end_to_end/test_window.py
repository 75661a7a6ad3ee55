"""``make run`` in miniature: a real QGIS window on a virtual screen, with the plugin and a filled map."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from qgis.PyQt.QtGui import QColor, QImage

ROOT = Path(__file__).parents[2]


def test_the_window_opens_with_a_filled_map_and_both_docks(tmp_path: Path) -> None:
    picture = tmp_path / "window.png"
    # QGIS asks before it closes a project with layers below its folder for temporary files.
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("QT_", "QGIS_"))}
    done = subprocess.run(
        [
            "xvfb-run", "--auto-servernum", "--server-args=-screen 0 1680x1050x24",
            sys.executable, str(ROOT / "tools" / "run.py"),
            "--folder", str(tmp_path / "run"), "--reports", "1500", "--picture", str(picture),
        ],
        env=environment | {"TMPDIR": str(temporary)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )  # fmt: skip
    assert picture.exists(), done.stdout + done.stderr
    image = QImage(str(picture))
    colors = {QColor(image.pixel(x, y)).name() for x in range(500, 1200, 2) for y in range(250, 900, 2)}
    # what the middle of the map must show: the ground, and threats or their counts in strong colours
    strong = {name for name in colors if QColor(name).saturation() > 150}
    assert "#fdfdf9" in colors or len(colors) > 100
    assert len(strong) > 10, sorted(colors)
    assert "Traceback" not in done.stderr
