"""Assemble the installable plugin in build/ and zip it into dist/.

The repository keeps metadata.txt, resources/ and i18n/ beside the package; QGIS
wants them inside the plugin's folder, with the licence and compiled translations.
"""

from __future__ import annotations

import configparser
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME = "kmzb_qgis_plugin"
LRELEASE = shutil.which("lrelease") or "/usr/lib/qt5/bin/lrelease"


def assemble(target: Path) -> None:
    """Fill ``target`` with the plugin as QGIS installs it."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(ROOT / NAME, target, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    for name in ("metadata.txt", "LICENSE"):
        shutil.copy2(ROOT / name, target)
    shutil.copytree(ROOT / "resources", target / "resources")
    translations = target / "i18n"
    translations.mkdir()
    for source in sorted((ROOT / "i18n").glob("*.ts")):
        compiled = translations / source.with_suffix(".qm").name
        subprocess.run([LRELEASE, "-silent", str(source), "-qm", str(compiled)], check=True)


def archive(folder: Path, target: Path) -> None:
    """Zip ``folder``, sorted and with fixed times, so that equal sources give equal bytes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        for path in sorted(item for item in folder.rglob("*") if item.is_file()):
            info = zipfile.ZipInfo(str(Path(NAME) / path.relative_to(folder)), (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            bundle.writestr(info, path.read_bytes())


def main() -> int:
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(ROOT / "metadata.txt", encoding="utf-8")
    version = metadata["general"]["version"]
    assemble(ROOT / "build" / NAME)
    target = ROOT / "dist" / f"{NAME}-{version}.zip"
    archive(ROOT / "build" / NAME, target)
    print(f"== packaged {target.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
