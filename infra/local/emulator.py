"""The emulator of AWS: in an environment of its own, so that functions see none of our packages."""

import hashlib
import os
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

from infra.local import processes
from infra.local.places import HOME, HOST, INSTALLED, LocalRunError, Places, check_free

NAME = "emulator"
REQUIREMENTS = Path(__file__).with_name("emulator-requirements.txt")
ENVIRONMENT = INSTALLED / "emulator"


def install() -> None:
    """Make its environment, once for each state of its requirements."""
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    done = ENVIRONMENT / "installed"
    if done.exists() and done.read_text() == wanted:
        return
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    uv = [sys.executable, "-m", "uv"]
    _run([*uv, "venv", "--quiet", "--python", sys.executable, str(ENVIRONMENT)])
    python = str(ENVIRONMENT / "bin/python")
    install = ["pip", "install", "--quiet", "--no-deps", "--python", python]
    _run([*uv, *install, "-r", str(REQUIREMENTS)])
    done.write_text(wanted)


def start(found: Places) -> None:
    """Start it empty, bound to this machine alone, and wait until it answers."""
    check_free(found.emulator_port, "OUTBOUND_EMULATOR_PORT")
    state = HOME / "state"
    shutil.rmtree(state, ignore_errors=True)
    temporary = state / "tmp"
    temporary.mkdir(parents=True)
    environment = {
        "PATH": f"{ENVIRONMENT / 'bin'}:{os.environ['PATH']}",
        "HOME": str(state),
        "LANG": "C.UTF-8",
        "GATEWAY_PORT": str(found.emulator_port),
        "BIND_HOST": HOST,
        "IOT_MTLS_ENABLED": "0",
        "STATE_DIR": str(state / "state"),
        "S3_DATA_DIR": str(state / "s3"),
        "TMPDIR": str(temporary),
        "LAMBDA_WARM_TTL_SECONDS": "600",
    }
    processes.start(NAME, [str(ENVIRONMENT / "bin/ministack")], environment)
    processes.wait_until(NAME, lambda: _answers(found.emulator))


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_ministack/health", timeout=2):
            return True
    except OSError:
        return False


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise LocalRunError(f"The emulator can't be installed:\n{done.stderr.strip()[-2000:]}")
