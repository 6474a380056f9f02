"""The exporters' spans, as they left them in files or as Jaeger has them, and what must be true of a discovery."""

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """A span of one station."""

    station: str
    name: str
    trace: str
    id: str
    parent: str
    attributes: dict[str, str]
    links: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        return self.trace, self.id

    @property
    def monotonic(self) -> float:
        return int(self.attributes.get("mesh.time.monotonic_ns", "0")) / 1e9

    @property
    def asks(self) -> tuple[str, str]:
        """Of a discovery: who asks for whom."""
        return self.station, self.attributes.get("mesh.path.destination", "")

    @property
    def attempt(self) -> int:
        """Of a discovery, 1 is the first."""
        return int(self.attributes.get("mesh.discovery.attempt", "1"))


def read_spans(station: str, text: str) -> Iterator[Span]:
    """Of an otlp-traces.jsonl: a request of OTLP a line."""
    for line in text.splitlines():
        for resource in json.loads(line)["resourceSpans"]:
            for scope in resource["scopeSpans"]:
                for span in scope["spans"]:
                    attributes = {a["key"]: str(next(iter(a["value"].values()))) for a in span.get("attributes", [])}
                    links = tuple((link["traceId"], link["spanId"]) for link in span.get("links", []))
                    yield Span(station, span["name"], span["traceId"], span["spanId"], span.get("parentSpanId", ""), attributes, links)


def read_jaeger(answer: dict) -> Iterator[Span]:
    """Of an answer of Jaeger's /api/traces; the station is the service.instance.id."""
    for trace in answer["data"]:
        stations = {
            name: next((tag["value"] for tag in process["tags"] if tag["key"] == "service.instance.id"), "")
            for name, process in trace["processes"].items()
        }
        for span in trace["spans"]:
            parent = next((r["spanID"] for r in span["references"] if r["refType"] == "CHILD_OF"), "")
            links = tuple((r["traceID"], r["spanID"]) for r in span["references"] if r["refType"] == "FOLLOWS_FROM")
            attributes = {tag["key"]: str(tag["value"]) for tag in span["tags"]}
            yield Span(stations[span["processID"]], span["operationName"], span["traceID"], span["spanID"], parent, attributes, links)


@dataclass(frozen=True)
class Discovery:
    """What was found of a discovery."""

    is_whole: bool
    sentence: str
    trace: str


def attempts(spans: list[Span]) -> list[Span]:
    """The roots of discoveries, those of one trace together, in the order of time."""
    return sorted((s for s in spans if s.name == "mesh path discovery"), key=lambda s: (s.trace, s.monotonic))


def discoveries(way: list[str], spans: list[Span]) -> list[Discovery]:
    """Is each discovery of the last station by the first of them one trace, with the parents in the order of the frames?"""
    wanted = way[0], f"02-00-00-00-{int(way[-1].removeprefix('sta')):02X}-00"
    before = {retry.key: former for retry, former in retries(spans)}
    tried: dict[tuple[str, str], list[Discovery]] = {}
    for root in sorted((s for s in attempts(spans) if s.asks == wanted), key=lambda s: s.monotonic):
        first = root
        while (former := before.get(first.key)) is not None:
            first = former
        tried.setdefault(first.key, []).append(answer(root, way, spans))
    # where the answer took its time, the kernel has asked again
    return [next((found for found in of_one if found.is_whole), of_one[0]) for of_one in tried.values()]


def answer(root: Span, way: list[str], spans: list[Span]) -> Discovery:
    """Is the way back from the one answer to this attempt the way of the frames?"""
    by_key = {span.key: span for span in spans if span.trace == root.trace}
    ends = [s for s in spans if s.trace == root.trace and s.station == way[0] and s.name == "HWMP PREP receive"]
    found: list[tuple[str, str]] = []
    span = ends[0] if len(ends) == 1 else None
    while span:
        found.append((span.station, span.name))
        span = by_key.get((span.trace, span.parent))
    if found != way_of_discovery(way):
        steps = " < ".join(f"{station} {name}" for station, name in found)
        said = f"{way[0]}: {len(ends)} answers in the trace of its discovery of {way[-1]}, whose way was {steps or 'not found'}"
        return Discovery(False, said, root.trace)
    cause = root.attributes.get("mesh.cause.frame", "no frame")
    return Discovery(True, f"{way[0]}: its discovery of {way[-1]} is one trace, begun by {cause}", root.trace)


def shared(spans: list[Span]) -> list[tuple[Span, Span]]:
    """Discoveries in one trace that are not the same: who forgets a path and asks for it again within 50 ms has the same sequence
    number, and no PREP tells the two apart."""
    return [
        (first, second)
        for first, second in itertools.pairwise(attempts(spans))
        if first.trace == second.trace and (first.asks != second.asks or second.monotonic - first.monotonic > 0.06)
    ]


def retries(spans: list[Span]) -> list[tuple[Span, Span | None]]:
    """Each attempt after the first one, and the one before by its link; None if it has no such link."""
    by_key = {span.key: span for span in spans}
    found = []
    for retry in (s for s in attempts(spans) if s.attempt > 1):
        linked = [by_key[link] for link in retry.links if link in by_key]
        former = [s for s in linked if s.name == retry.name and s.asks == retry.asks and s.attempt == retry.attempt - 1]
        found.append((retry, former[0] if len(former) == 1 else None))
    return found


def answered_proactively(spans: list[Span]) -> int:
    """How many PREPs are in the trace of the proactive PREQ that they answer."""
    by_key = {span.key: span for span in spans}
    asked = (by_key.get((s.trace, s.parent)) for s in spans if s.name == "HWMP PREP send")
    return sum(s is not None and s.name == "HWMP PREQ receive" and s.attributes["hwmp.target.address"] == "FF-FF-FF-FF-FF-FF" for s in asked)


def way_of_discovery(stations: list[str]) -> list[tuple[str, str]]:
    """(station, span) from the answer's arrival back to the root, for a discovery by the first of them of the last."""
    there, back = [(stations[0], "HWMP PREQ send")], []
    for i, station in enumerate(stations[1:], 1):
        there.append((station, "HWMP PREQ receive"))
        if i + 1 < len(stations):
            there.append((station, "HWMP PREQ forward"))
    back.append((stations[-1], "HWMP PREP send"))
    for i, station in enumerate(reversed(stations[:-1])):
        back.append((station, "HWMP PREP receive"))
        if i + 2 < len(stations):
            back.append((station, "HWMP PREP forward"))
    return [*reversed(back), *reversed(there), (stations[0], "mesh path discovery")]
