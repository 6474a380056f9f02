"""page.py CHROMIUM URL PROFILE [--screenshots DIR]: see deploy/tests/page. Drives the browser by WebDriver (W3C), which its package
chromium-driver speaks, and prints one line a check."""

import base64
import json
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

FOREIGN = "node-a"  # a name of this machine that is not localhost
SHIFT = 60  # seconds; a cold browser on a busy machine is slow


class Browser:
    def __init__(self, driver: str, chromium: str, profile: str) -> None:
        self.process = subprocess.Popen([driver, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self.process.stdout
        port = next(line.rstrip(".\n").split()[-1] for line in self.process.stdout if "successfully on port" in line)
        self.base = f"http://127.0.0.1:{port}/session"
        options = {
            "binary": chromium,
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                "--no-first-run", f"--user-data-dir={profile}", f"--host-resolver-rules=MAP {FOREIGN} 127.0.0.1",
            ],
        }
        wanted = {"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
        self.base += "/" + self.ask("", {"capabilities": {"alwaysMatch": wanted}})["sessionId"]

    def ask(self, path: str, body: dict | None = None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=2 * SHIFT) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as e:
            raise SystemExit(f"page: the browser refuses {path}: {e.read().decode()[:500]}") from e

    def cdp(self, command: str, **parameters) -> None:
        self.ask("/goog/cdp/execute", {"cmd": command, "params": parameters})

    def show(self, url: str, width: int, height: int, scale: int = 1, dark: bool = False) -> None:
        """A window of that size. Nothing of the former page stays."""
        self.cdp("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=width < 600)
        scheme = "dark" if dark else "light"
        self.cdp("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.cdp("Emulation.setTimezoneOverride", timezoneId="UTC")
        self.ask("/url", {"url": url})

    def run(self, script: str):
        return self.ask("/execute/sync", {"script": script, "args": []})

    def until(self, script: str) -> None:
        end = time.monotonic() + SHIFT
        while not self.run(script):
            if time.monotonic() > end:
                raise SystemExit(f"page: after {SHIFT} s still not: {script}\n{self.run('return document.body.innerText')[:2000]}")
            time.sleep(0.1)

    def complaints(self) -> list[str]:
        return [entry["message"] for entry in self.ask("/se/log", {"type": "browser"})]

    def screenshot(self, file: Path) -> None:
        file.write_bytes(base64.b64decode(self.ask("/screenshot")))

    def close(self) -> None:
        try:
            urllib.request.urlopen(urllib.request.Request(self.base, method="DELETE"), timeout=10).close()
        finally:
            self.process.terminate()
            self.process.wait()


failed = 0


def check(name: str, found, expected=True) -> None:
    global failed
    failed += found != expected
    print(f"{'ok  ' if found == expected else 'FAIL'}  {name}" + ("" if found == expected else f": {found!r} instead of {expected!r}"), flush=True)


def colons(address: str) -> str:
    return address.lower().replace("-", ":")


def told(url: str) -> tuple[dict, list[dict]]:
    """The node and its last events, as the exporter tells them to programs."""
    with urllib.request.urlopen(url + "/api/node") as answer:
        node = json.load(answer)
    events = []
    with urllib.request.urlopen(url + "/events", timeout=20) as stream:
        for line in stream:
            if line.startswith(b"data: "):
                events.append(json.loads(line[6:]))
            if line.startswith(b":") and events:  # the beat: no more is coming
                return node, events
    return node, events


ROWS = "return [...document.querySelectorAll('{} tbody tr')].map(row => [...row.cells].map(cell => cell.textContent))"
FITS = "return document.documentElement.scrollWidth <= window.innerWidth"
LOADED = "return performance.getEntriesByType('resource').map(entry => new URL(entry.name).origin).every(origin => origin === location.origin)"
FULL = "return document.querySelectorAll('.paths tbody tr').length > 0 && document.querySelectorAll('.log tbody tr').length >= {}"


def test(browser: Browser, url: str) -> None:
    node, events = told(url)
    paths = node["devices"][0]["paths"]
    check("the recording has paths and 200 events", len(paths) > 1 and len(events) == 200)
    browser.show(url + "/", 1280, 900)
    browser.until(FULL.format(len(events)))
    rows = browser.run(ROWS.format(".paths"))
    shown = [(row[0], row[1], row[2], row[3]) for row in rows]
    check(
        "each path is a row",
        [list(row) for row in shown],
        [[colons(p["mesh.path.destination"]), p["mesh.path.state"], colons(p["mesh.path.next_hop"]), str(p["mesh.path.metric"])] for p in paths],
    )
    rows = browser.run(ROWS.format(".log"))
    check(
        "each event is a row, the newest above",
        [[row[0], row[2], row[3]] for row in rows],
        [[e["time"][11:23], e["mesh.path.event"], colons(e.get("mesh.path.destination", ""))] for e in reversed(events)],
    )
    visible = "return [...document.querySelectorAll('.log tbody tr')].filter(row => row.offsetHeight > 0).length"
    refreshes = sum(event["mesh.path.event"] in ("reassign", "sn") for event in events)
    check("refreshes are there on demand", browser.run(visible), len(events) - refreshes)
    browser.run("document.getElementById('refreshes').click()")
    check("and then all are", browser.run(visible), len(events))
    check("it says that this is a recording", browser.run("return document.getElementById('state').textContent").startswith("recording, "))
    check("nothing comes from elsewhere", browser.run(LOADED))
    browser.run("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"document.title = 1\">')")
    time.sleep(1)
    check("no code within the page would run", browser.run("return document.title"), "meshpath")
    check("and the browser says so", any("Content Security Policy" in said for said in browser.complaints()))

    colours = []
    for dark in (False, True):
        for width in (1280, 768, 375, 320):
            browser.show(url + "/", width, 812, dark=dark)
            browser.until(FULL.format(len(events)))
            check(f"it fits {width} px, {'dark' if dark else 'light'}", browser.run(FITS))
        colours.append(browser.run("return getComputedStyle(document.body).backgroundColor"))
    check("light and dark differ", colours[0] != colours[1])
    check("nothing to complain of", browser.complaints(), [])

    browser.show(url.replace("localhost", FOREIGN) + "/", 375, 812)
    text = browser.run("return document.body.innerText")
    check("elsewhere there is a sentence instead", "Nothing live here" in text and "--web.events-to=all" in text and "Metrics" in text)
    check("and it fits a phone, too", browser.run(FITS))
    check("and runs no script", browser.run("return document.scripts.length"), 0)
    check("nothing to complain of there", browser.complaints(), [])


def screenshots(browser: Browser, url: str, to: Path) -> None:
    for name, width, height, scale, dark in (("page-light", 1180, 860, 1, False), ("page-dark", 390, 860, 1, True)):
        browser.show(url + "/", width, height, scale, dark)
        browser.until(FULL.format(200))
        time.sleep(5)  # what is new is no longer marked
        browser.screenshot(to / f"{name}.png")
        print(f"page: {to / name}.png")


def main() -> None:
    chromium, url, profile, *rest = sys.argv[1:]
    driver = shutil.which("chromedriver")
    if driver is None:
        print("page: chromium-driver is not installed")
        sys.exit(77)
    browser = Browser(driver, chromium, profile)
    try:
        if rest[:1] == ["--screenshots"]:
            screenshots(browser, url, Path(rest[1]))
        else:
            test(browser, url)
    finally:
        browser.close()
    sys.exit(failed != 0)


if __name__ == "__main__":
    main()
