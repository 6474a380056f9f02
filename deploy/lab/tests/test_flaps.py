"""python3 -m unittest discover deploy/lab/tests"""

import json
import sys
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parents[1]))
from flaps import Event, Path as MeshPath, follow, read_events  # noqa: E402

TO = "02:00:00:00:02:00"


def path_after(*steps: tuple) -> MeshPath:
    """Of steps (time, event, next hop, next hop before)."""
    return follow(iter([Event(step[0], TO, *step[1:]) for step in steps]))[TO]


class PenaltyTest(unittest.TestCase):
    def test_change_halves_each_minute(self) -> None:
        path = path_after((0, "add"), (0, "assign", "a"), (10, "change", "b", "a"))
        self.assertEqual([path.at(10), path.at(70), path.at(130)], [1000, 500, 250])
        self.assertEqual(path.returns, 0)

    def test_return_is_more(self) -> None:
        path = path_after((0, "add"), (0, "assign", "a"), (10, "change", "b", "a"), (70, "change", "a", "b"))
        self.assertEqual((path.at(70), path.returns), (2000, 1))

    def test_return_is_late(self) -> None:
        path = path_after((10, "change", "b", "a"), (71, "change", "a", "b"))
        self.assertEqual(path.returns, 0)

    def test_burst_is_one_move(self) -> None:
        path = path_after((10, "change", "b", "a"), (10.5, "change", "a", "b"), (10.9, "change", "c", "a"))
        self.assertEqual((path.at(10), path.returns), (1000, 1))

    def test_ceiling(self) -> None:
        path = path_after(*((2 * n, "change", "ab"[n % 2], "ba"[n % 2]) for n in range(99)))
        self.assertEqual(path.at(2 * 98), 12_000)

    def test_expired_and_back(self) -> None:
        path = path_after((0, "add"), (0, "activate"), (5, "expire"), (65, "activate"))
        self.assertEqual(path.at(65), 1000)
        path = path_after((0, "add"), (0, "activate"), (5, "expire"), (66, "activate"))
        self.assertEqual(path.at(66), 0)

    def test_deleted_and_added_again_scores_once(self) -> None:
        path = path_after((0, "add"), (0, "activate"), (5, "delete"), (6, "add"), (8, "activate"))
        self.assertEqual(path.at(6), 1000)

    def test_repaired_scores_nothing(self) -> None:
        path = path_after((0, "add"), (0, "activate"), (5, "deactivate"), (6, "activate"), (7, "deactivate"), (8, "delete"), (9, "add"))
        self.assertEqual(path.at(9), 0)

    def test_long_gone_is_forgotten(self) -> None:
        path = path_after((0, "add"), (1, "change", "b", "a"), (2, "delete"), (303, "add"))
        self.assertEqual(path.at(303), 0)


class LogTest(unittest.TestCase):
    def test_reads_and_ends_in_time(self) -> None:
        def record(ns: int, **said: str) -> dict:
            attributes = [{"key": f"mesh.path.{key}", "value": {"stringValue": value}} for key, value in said.items()]
            return {"attributes": [*attributes, {"key": "mesh.time.monotonic_ns", "value": {"intValue": str(ns)}}]}

        records = [
            record(1_000_000_000, event="add", destination="02-00-00-00-02-00"),
            record(2_000_000_000, event="change", destination="02-00-00-00-02-00", next_hop="b", previous_next_hop="a"),
            record(9_000_000_000, event="change", destination="02-00-00-00-02-00", next_hop="c", previous_next_hop="b"),
        ]
        text = json.dumps({"resourceLogs": [{"scopeLogs": [{"logRecords": records}]}]})
        found = follow(read_events(text), 5)
        self.assertEqual(list(found), [TO])
        self.assertEqual((found[TO].whole, found[TO].at(2), found[TO].former), (True, 1000, "a"))


if __name__ == "__main__":
    unittest.main()
