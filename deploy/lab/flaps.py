"""How much each path flaps, by the formula of docs/flapping.md and from the events that an exporter logged: nothing of its own code."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass

HALF_LIFE_S, WINDOW_S, BURST_S, RETENTION_S = 60.0, 60.0, 1.0, 300.0
CHANGE, RETURN, CEILING = 1000.0, 500.0, 12_000.0


@dataclass(frozen=True)
class Event:
    """A log record about a path."""

    time: float  # CLOCK_MONOTONIC, which no clock that is set wrong moves
    destination: str
    kind: str
    next_hop: str = ""
    previous: str = ""


@dataclass
class Path:
    """What is known of a path after its events so far."""

    whole: bool  # its first event made it
    penalty: float = 0.0
    since: float = -math.inf
    scored: float = -math.inf
    former: str = ""  # the next hop before
    moved: float = -math.inf
    next_hop: str = ""
    usable: bool = False
    lost: float = -math.inf  # when it was, while it was usable
    gone: float = math.inf
    returns: int = 0

    def at(self, time: float) -> float:
        return self.penalty * 0.5 ** ((time - self.since) / HALF_LIFE_S) if self.penalty else 0.0

    def score(self, points: float, time: float) -> None:
        if time - self.scored >= BURST_S:
            self.penalty, self.since, self.scored = min(self.at(time) + points, CEILING), time, time

    def is_back(self, time: float) -> None:
        if time - self.lost <= WINDOW_S:
            self.score(CHANGE, time)
        self.lost = -math.inf

    def change(self, event: Event) -> None:
        again = event.next_hop == self.former and event.time - self.moved <= WINDOW_S
        self.former, self.moved, self.next_hop = event.previous, event.time, event.next_hop
        self.returns += again
        self.score(CHANGE + (RETURN if again else 0), event.time)

    def assign(self, event: Event) -> None:
        if self.next_hop and self.next_hop != event.next_hop:
            self.former, self.moved = self.next_hop, event.time
        self.next_hop = event.next_hop

    def end(self, event: Event) -> None:
        lost = self.usable and event.kind in ("expire", "delete")
        self.usable = False
        if lost:
            self.lost = event.time
        elif event.kind == "deactivate":
            self.lost = -math.inf

    def follow(self, event: Event) -> None:
        match event.kind:
            case "add":
                self.is_back(event.time)
                self.gone = math.inf
            case "activate":
                self.is_back(event.time)
                self.usable = True
            case "assign":
                self.assign(event)
            case "change":
                self.change(event)
            case "expire" | "deactivate" | "delete":
                self.end(event)
        if event.kind == "delete":
            self.gone = event.time


def read_events(text: str) -> Iterator[Event]:
    """Of an otlp-logs.jsonl: a request of OTLP a line, in the order of the events."""
    for line in text.splitlines():
        for resource in json.loads(line)["resourceLogs"]:
            for scope in resource["scopeLogs"]:
                for record in scope["logRecords"]:
                    attributes = {a["key"]: str(next(iter(a["value"].values()))) for a in record.get("attributes", [])}
                    name = "mesh.path."
                    yield Event(
                        int(attributes.get("mesh.time.monotonic_ns", 0)) / 1e9,
                        attributes.get(f"{name}destination", "").replace("-", ":").lower(),
                        attributes.get(f"{name}event", ""),
                        attributes.get(f"{name}next_hop", ""),
                        attributes.get(f"{name}previous_next_hop", ""),
                    )


def follow(events: Iterator[Event], until: float = math.inf) -> dict[str, Path]:
    """The paths by destination, after all events until then."""
    paths: dict[str, Path] = {}
    for event in events:
        if event.time > until:
            continue
        path = paths.get(event.destination)
        if path is None or event.time - path.gone > RETENTION_S:
            path = paths[event.destination] = Path(event.kind == "add")
        path.follow(event)
    return paths
