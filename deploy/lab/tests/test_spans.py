"""python3 -m unittest discover deploy/lab/tests"""

import json
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parents[1]))
from spans import Span, answer, discoveries, read_jaeger, read_spans, way_of_discovery  # noqa: E402

WAY = ["sta2", "sta1", "sta0"]


def whole(trace: str = "t") -> list[Span]:
    """The spans on the way of a discovery of station 0 by station 2."""
    steps = list(reversed(way_of_discovery(WAY)))
    said = {"mesh.path.destination": "02-00-00-00-00-00", "mesh.cause.frame": "ARP reply"}
    return [Span(station, name, trace, str(i), str(i - 1) if i else "", said if not i else {}) for i, (station, name) in enumerate(steps)]


class DiscoveryTest(unittest.TestCase):
    def test_whole(self) -> None:
        found = answer(whole()[0], WAY, whole())
        self.assertTrue(found.is_whole)
        self.assertEqual(found.sentence, "sta2: its discovery of sta0 is one trace, begun by ARP reply")

    def test_roots_are_those_of_the_way_in_time(self) -> None:
        late, early, other = (
            Span(station, "mesh path discovery", trace, "0", "", {"mesh.path.destination": "02-00-00-00-00-00", "mesh.time.monotonic_ns": time})
            for station, trace, time in (("sta2", "l", "7"), ("sta2", "e", "5"), ("sta1", "o", "1"))
        )
        self.assertEqual([found.trace for found in discoveries(WAY, [late, early, other, *whole()[1:]])], ["e", "l"])

    def test_retry_is_of_the_same_discovery(self) -> None:
        said = {"mesh.path.destination": "02-00-00-00-00-00", "mesh.discovery.attempt": "1"}
        first = Span("sta2", "mesh path discovery", "f", "0", "", said)
        again = whole()
        again[0] = Span("sta2", "mesh path discovery", "t", "0", "", said | {"mesh.discovery.attempt": "2"}, (first.key,))
        found = discoveries(WAY, [first, *again])
        self.assertEqual([(one.is_whole, one.trace) for one in found], [(True, "t")])

    def test_station_missing(self) -> None:
        found = answer(whole()[0], WAY, [span for span in whole() if span.station != "sta1"])
        self.assertFalse(found.is_whole)
        self.assertIn("1 answers in the trace", found.sentence)

    def test_wrong_parent(self) -> None:
        spans = whole()
        last = spans[-1]
        self.assertFalse(answer(spans[0], WAY, [*spans[:-1], Span(last.station, last.name, last.trace, last.id, "2", {})]).is_whole)

    def test_second_answer(self) -> None:
        spans = whole()
        self.assertIn("2 answers", answer(spans[0], WAY, [*spans, Span("sta2", spans[-1].name, "t", "x", "0", {})]).sentence)


class ReadTest(unittest.TestCase):
    def test_file_and_jaeger_give_the_same(self) -> None:
        line = {"traceId": "t", "spanId": "b", "parentSpanId": "a", "name": "n", "attributes": [{"key": "k", "value": {"intValue": "7"}}],
                "links": [{"traceId": "u", "spanId": "z"}]}
        file = json.dumps({"resourceSpans": [{"scopeSpans": [{"spans": [line]}]}]})
        answer = {
            "data": [{
                "processes": {"p1": {"tags": [{"key": "host.name", "value": "h"}, {"key": "service.instance.id", "value": "sta1"}]}},
                "spans": [{
                    "traceID": "t", "spanID": "b", "operationName": "n", "processID": "p1", "tags": [{"key": "k", "value": 7}],
                    "references": [{"refType": "FOLLOWS_FROM", "traceID": "u", "spanID": "z"}, {"refType": "CHILD_OF", "spanID": "a"}],
                }],
            }]
        }
        self.assertEqual(list(read_spans("sta1", file)), list(read_jaeger(answer)))


if __name__ == "__main__":
    unittest.main()
