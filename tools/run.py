"""Start the service on demo data and open QGIS with the plugin connected to it.

Everything lives in .run/ (``make clean`` removes it): the service's data, and a
QGIS profile of its own, so that the user's profile is never touched. With
``--picture FILE`` the window is photographed once the map is filled, and closed.
"""

from __future__ import annotations

import argparse
import configparser
import os
import re
import secrets
import shutil
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLUGIN = "kmzb_qgis_plugin"
SERVICE = Path(sys.executable).parent / "kmzb-service"
DEMO_UNIT = "KWP-GORZOW"
START_SECONDS = 60
PICTURE_SECONDS = 180


def service_command(*arguments: str, environment: dict[str, str]) -> str:
    """Run one service command; return what it printed.

    Raises:
        subprocess.CalledProcessError: the command failed; its own message is on stderr.
    """
    done = subprocess.run(
        [str(SERVICE), *arguments], env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.strip()


def prepare_service(folder: Path, environment: dict[str, str], reports: int) -> None:
    """Create the database and fill it with the demo, where that has not been done."""
    done = folder / "demo-complete"
    if done.exists():
        return
    service_command("init", environment=environment)
    print("== generating demo data for Lubuskie (under a minute)", flush=True)
    service_command("demo", "--reports", str(reports), environment=environment)
    done.touch()


def start_service(environment: dict[str, str], log: Path) -> tuple[subprocess.Popen[bytes], str]:
    """Start the service on a free port; return the process and its URL."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(SERVICE), "serve", "--host", "127.0.0.1", "--port", "0"],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if found := re.search(r"Listening on (http://\S+)", log.read_text()):
            return process, found[1]
        time.sleep(0.1)
    process.kill()
    raise RuntimeError(f"the service did not start; its log is {log}")


def prepare_profile(profiles: Path) -> Path:
    """Make the QGIS profile with the plugin enabled; return the profile's folder."""
    profile = profiles / "profiles" / "kmzb"
    settings = profile / "QGIS" / "QGIS3.ini"
    if not settings.exists():
        settings.parent.mkdir(parents=True)
        ini = configparser.RawConfigParser()
        ini.optionxform = str  # type: ignore[assignment,method-assign]
        ini["PythonPlugins"] = {PLUGIN: "true"}
        ini["qgis"] = {"checkVersion": "false", "showTips330": "false", "newsFeed": "false"}
        ini["core"] = {r"NewsFeed\httpsfeedqgisorg\disabled": "true"}
        with settings.open("w", encoding="utf-8") as file:
            ini.write(file, space_around_delimiters=False)
    plugin = profile / "python" / "plugins" / PLUGIN
    plugin.parent.mkdir(parents=True, exist_ok=True)
    if plugin.is_symlink() or plugin.exists():
        plugin.unlink() if plugin.is_symlink() else shutil.rmtree(plugin)
    plugin.symlink_to(ROOT / "build" / PLUGIN)
    return profile


def master_password(folder: Path) -> Path:
    """A file with a random master password for this profile's authentication store."""
    path = folder / "master-password"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(24), encoding="utf-8")
    return path


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--picture", type=Path, help="photograph the filled window into this PNG and close")
    parser.add_argument("--folder", type=Path, default=ROOT / ".run", help="where service and profile live")
    parser.add_argument("--reports", type=int, default=60_000, help="citizens' reports in the demo data")
    parser.add_argument("--lang", help="language of QGIS, for example pl")
    options = parser.parse_args()
    folder: Path = options.folder.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    if not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM")
    ):
        print("No screen found: start it in a desktop session, or as 'xvfb-run make run'.", file=sys.stderr)
        return 1

    environment = dict(os.environ, KMZB_DATA_DIR=str(folder / "service"))
    environment.pop("KMZB_DATABASE_URL", None)
    prepare_service(folder, environment, options.reports)
    # A token is shown only once, so every run makes its own, which ends with it.
    token_name = f"desk {datetime.now():%Y-%m-%d %H:%M:%S}"
    token = service_command(
        "token", "create", "--name", token_name, "--role", "coordinator", "--unit", DEMO_UNIT,
        "--reach", "country", "--days", "1",
        environment=environment,
    ).splitlines()[-1]  # fmt: skip
    service, url = start_service(environment, folder / "service.log")
    print(f"== service at {url}, log in {folder / 'service.log'}", flush=True)
    try:
        profiles = folder / "qgis"
        prepare_profile(profiles)
        desk = dict(
            os.environ,
            KMZB_DEMO_URL=url,
            KMZB_DEMO_TOKEN=token,
            KMZB_MASTER_PASSWORD_FILE=str(master_password(folder)),
        )
        if options.picture:
            options.picture.parent.mkdir(parents=True, exist_ok=True)
            desk["KMZB_PICTURE"] = str(options.picture.absolute())
        command = [
            "qgis",
            "--profiles-path",
            str(profiles),
            "--profile",
            "kmzb",
            "--nologo",
            "--noversioncheck",
        ]
        if options.lang:
            command += ["--lang", options.lang]
        command += ["--code", str(ROOT / "tools" / "desk_startup.py")]
        print("== opening QGIS", flush=True)
        patience = PICTURE_SECONDS if options.picture else None
        return subprocess.run(command, env=desk, check=False, timeout=patience).returncode
    finally:
        service_command("token", "revoke", "--name", token_name, environment=environment)
        service.terminate()
        service.wait(timeout=30)


if __name__ == "__main__":
    sys.exit(main())
