"""Programs of others that a test starts, talks to and ends."""

import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

PATIENCE_S = 120


class Wrong(Exception):
    """A check failed; the message is what is wrong."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(what: str, condition: Callable[[], bool], patience_s: float = PATIENCE_S) -> None:
    end = time.monotonic() + patience_s
    while not condition():
        if time.monotonic() > end:
            raise Wrong(f"{what}: not after {patience_s:g} s")
        time.sleep(0.3)


def fetch(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as response:
        return response.read().decode()


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def answers(url: str) -> bool:
    try:
        return bool(fetch(url))
    except OSError:
        return False


class Programs:
    """What runs; all of it ends with the block."""

    def __init__(self, logs: Path) -> None:
        self.logs = logs
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, command: list[str], environment: dict[str, str], *ports: int) -> None:
        """Returns when the program listens on all ports."""
        with open(self.logs / f"{name}.log", "wb") as log:
            process = subprocess.Popen(command, env=os.environ | environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        self.running[name] = process

        def is_up() -> bool:
            self.demand(name)
            return all(listens(port) for port in ports)

        until(f"{name} listens", is_up)

    def start_prometheus(self, name: str, config: Path, storage: Path, port: int, *flags: str) -> None:
        """Returns when it answers, which is later than it listens."""
        command = ["prometheus", f"--config.file={config}", f"--storage.tsdb.path={storage}", f"--web.listen-address=127.0.0.1:{port}", *flags]
        self.start(name, command, {}, port)
        until(f"{name} is ready", lambda: answers(f"http://127.0.0.1:{port}/-/ready"))

    def demand(self, name: str) -> None:
        """That it has not ended by itself."""
        if self.running[name].poll() is not None:
            last = (self.logs / f"{name}.log").read_text(errors="replace").strip().splitlines()
            raise Wrong(f"{name} ended: {last[-1] if last else 'it said nothing'}")

    def __enter__(self) -> "Programs":
        return self

    def end(self, name: str) -> None:
        process = self.running.pop(name)
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def __exit__(self, *_: object) -> None:
        for name in reversed(list(self.running)):
            self.end(name)
