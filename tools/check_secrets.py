"""Fail when detect-secrets finds anything: the tool itself exits 0 with findings."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path


def main() -> int:
    scanner = Path(sys.executable).parent / "detect-secrets"
    done = subprocess.run(
        [str(scanner), "scan", "--all-files", *sys.argv[1:]], check=True, capture_output=True, text=True
    )
    results = json.loads(done.stdout)["results"]
    for path, findings in results.items():
        for finding in findings:
            print(f"{path}:{finding['line_number']}: {finding['type']}", file=sys.stderr)
    return 1 if results else 0


if __name__ == "__main__":
    sys.exit(main())
