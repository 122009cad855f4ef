"""Processes of a local run: started with a log and a pid file, found and stopped again."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from infra.local.places import HOME, LocalRunError

PATIENCE = 20.0


def start(name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
    """Start a process in a group of its own; `.local/<name>.log` has what it prints."""
    HOME.mkdir(exist_ok=True)
    with (HOME / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            command,
            env=dict(environment),
            cwd=HOME,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    _pid_file(name).write_text(str(process.pid))


def wait_until(name: str, ready: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Wait for a condition; say what the process printed when it never comes."""
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end or not running(name):
            log = HOME / f"{name}.log"
            last = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
            raise LocalRunError(f"The {name} did not start. The end of {log}:\n{last}")
        time.sleep(0.1)


def running(name: str) -> bool:
    """Whether the process that we started is alive."""
    pid = _pid(name)
    if pid is None:
        return False
    try:
        waited, _ = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        waited = 0
    return waited == 0 and _is_ours(pid)


def stop(name: str) -> bool:
    """Stop a process and all that it started; whether there was one."""
    pid = _pid(name)
    if pid is None or not running(name):
        _pid_file(name).unlink(missing_ok=True)
        return False
    _signal(pid, signal.SIGTERM)
    end = time.monotonic() + PATIENCE
    while running(name) and time.monotonic() < end:
        time.sleep(0.05)
    _signal(pid, signal.SIGKILL)
    _pid_file(name).unlink(missing_ok=True)
    return True


def _signal(pid: int, number: int) -> None:
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):
        return


def _is_ours(pid: int) -> bool:
    """A number alone proves nothing: ours lead a group of their own, and work in our folder."""
    try:
        if os.getpgid(pid) != pid:
            return False
        if Path("/proc/self").exists():
            return Path(f"/proc/{pid}/cwd").readlink() == HOME.resolve()
    except OSError:
        return False
    return True


def _pid(name: str) -> int | None:
    try:
        return int(_pid_file(name).read_text())
    except (FileNotFoundError, ValueError):
        return None


def _pid_file(name: str) -> Path:
    return HOME / f"{name}.pid"
