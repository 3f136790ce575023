"""The other tools that a check is measured against, in an environment of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from importlib.metadata import version
from pathlib import Path

from processes import BrokenError

YAMLLINT = "yamllint==1.38.0"


def environment() -> Path:
    """The folder with the programs of a plain install: check-jsonschema without ruamel.yaml.clib, and yamllint.

    Made once, in the user's folder for caches; the check-jsonschema is the version that this environment has.
    """
    wanted = f"check-jsonschema=={version('check-jsonschema')}"
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "iopctl-benchmarks"
    folder = cache / f"{sys.version_info.major}.{sys.version_info.minor}-{wanted}-{YAMLLINT}".replace("==", "-")
    done = folder / "complete"
    if not done.exists():
        print(f"making {folder} with {wanted} and {YAMLLINT}", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=True)
        pip = (folder / "bin" / "python", "-m", "pip", "--disable-pip-version-check")
        for line in (("install", "--quiet", wanted, YAMLLINT), ("uninstall", "--quiet", "--yes", "ruamel.yaml.clib")):
            if subprocess.run((*pip, *line), check=False).returncode:
                raise BrokenError(f"pip {' '.join(line)} failed")
        done.touch()
    return folder / "bin"
