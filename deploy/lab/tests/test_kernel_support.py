"""python3 -m unittest discover deploy/lab/tests"""

import contextlib
import io
import json
import sys
import tempfile
import unittest
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

sys.dont_write_bytecode = True
loader = SourceFileLoader("kernel_support", str(Path(__file__).parents[3] / "docs/kernel-support"))
kernel_support = module_from_spec(spec_from_loader("kernel_support", loader))
loader.exec_module(kernel_support)

RUN = {
    "scenario": "ping",
    "kernel": "6.12.117+deb13-amd64",
    "preempt": "voluntary",
    "seconds": 60.1,
    "result": "pass",
    "differences": 0,
    "transitions": 12,
    "events": 12,
    "ratio": 1.0,
    "unknown": 0,
    "lost": 0,
    "missed": 0,
    "reconciled": 0,
}


class KernelSupportTest(unittest.TestCase):
    def table(self, *runs: dict, text: bool = True) -> list[str]:
        output = io.StringIO()
        with tempfile.TemporaryDirectory() as directory, contextlib.redirect_stdout(output):
            files = [Path(directory) / str(number) for number in range(len(runs))]
            for file, run in zip(files, runs, strict=True):
                file.write_text(json.dumps(RUN | run))
            self.assertEqual(kernel_support.main([*(["--text"] if text else []), *map(str, files)]), 0)
        return output.getvalue().splitlines()

    def test_a_column_for_each_kernel_in_order(self) -> None:
        runs = [{}, {"kernel": "6.1.0-56-amd64", "scenario": "chain"}, {"kernel": "6.12.117+deb13-arm64", "preempt": "unknown"}]
        self.assertEqual(
            self.table(*runs),
            [
                "scenario  6.1 voluntary  6.12 arm64  6.12 voluntary",
                "chain     12/12          -           -",
                "ping      -              12/12       12/12",
            ],
        )

    def test_says_what_is_not_as_it_should_be(self) -> None:
        bad = {"result": "fail", "differences": 3, "events": 11, "lost": 1, "missed": 2, "unknown": 4}
        self.assertEqual(self.table(bad)[1], "ping      FAIL 3, 11/12, 1 lost, 2 missed, 4 unknown")

    def test_a_run_without_events(self) -> None:
        self.assertEqual(self.table({"ratio": None, "transitions": 0, "events": 0})[1], "ping      ok")

    def test_the_frames_of_a_run_that_had_some(self) -> None:
        self.assertEqual(self.table({"frames": "31/32"}, {"scenario": "burst", "frames": "0/0"})[1:], ["burst     12/12", "ping      12/12, frames 31/32"])

    def test_parts_of_the_tour_are_named_where_they_did_not_run_alone(self) -> None:
        other = {"kernel": "7.2.13-amd64"}
        table = self.table({"scenario": "tour"}, {"scenario": "root", **other}, {"scenario": "expiry", "events": 11}, {"scenario": "two-paths"})
        self.assertEqual(
            table,
            [
                "scenario   6.12 voluntary  7.2 voluntary",
                "expiry     11/12           -",
                "root       in tour         12/12",
                "tour       12/12           -",
                "two-paths  12/12           -",
            ],
        )

    def test_a_tour_that_failed_speaks_for_none(self) -> None:
        failed = {"scenario": "tour", "result": "fail", "differences": 1}
        self.assertEqual(self.table(failed, {"scenario": "root", "kernel": "7.2.13-amd64"})[1], "root      -               12/12")

    def test_markdown(self) -> None:
        self.assertEqual(
            self.table({}, text=False)[-5:],
            ["| scenario | 6.12 voluntary |", "|---|---|", "| ping | 12/12 |", "", "Run on 6.12.117-amd64."],
        )

    def test_keeps_what_did_not_run_again(self) -> None:
        with tempfile.TemporaryDirectory() as directory:
            kept, run = Path(directory) / "kept.json", Path(directory) / "verify.json"
            for ran in {"scenario": "chain"}, {}, {"kernel": "6.12.118+deb13-amd64", "events": 11}:
                run.write_text(json.dumps(RUN | ran))
                with contextlib.redirect_stdout(io.StringIO()) as output:
                    self.assertEqual(kernel_support.main(["--text", "--keep", str(kept), str(run)]), 0)
            self.assertEqual(output.getvalue().splitlines()[1:], ["chain     12/12", "ping      11/12"])
            self.assertEqual(len(json.loads(kept.read_text())), 2)

    def test_without_any_run_it_says_so(self) -> None:
        with contextlib.redirect_stderr(io.StringIO()) as output:
            self.assertEqual(kernel_support.main(["no-such-file"]), 1)
        self.assertEqual(output.getvalue(), "kernel-support: there is no verify.json yet: run deploy/lab/matrix\n")


if __name__ == "__main__":
    unittest.main()
