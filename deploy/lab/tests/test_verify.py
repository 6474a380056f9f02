"""python3 -m unittest discover deploy/lab/tests"""

import contextlib
import io
import sys
import tempfile
import unittest
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

sys.dont_write_bytecode = True
loader = SourceFileLoader("verify", str(Path(__file__).parents[1] / "verify"))
verify = module_from_spec(spec_from_loader("verify", loader))
sys.modules["verify"] = verify
loader.exec_module(verify)

OWN = "own={0x2,0x0,0x0,0x0,0x0,0x0} flags=0x0"
PATH = "mpath=0xff01 dst={0x2,0x0,0x0,0x0,0x1,0x0} sdata=0xff1000 " + OWN
AT = "    kworker/u4:3-231     [000] b..1.    54.447580: "
ADD = AT + f"add: (hwmp_route_info_get+0x354/0x500 [mac80211] <- mesh_path_add) {PATH} nh=0x0 sn=0x0\n"
REFUSED = AT + (
    "add: (mesh_nexthop_resolve+0x6a/0x120 [mac80211] <- mesh_path_add) mpath=0xffffffffffffffe4 dst=(fault) sdata=(fault) "
    "own=(fault) flags=(fault) nh=(fault) sn=(fault)\n"
)


def assign(old: str, new: str) -> str:
    return AT + f"assign: (mesh_path_assign_nexthop+0x0/0xb0 [mac80211]) {PATH} old={old} new={new} new_mac={{0x2,0x0,0x0,0x0,0x1,0x0}}\n"


def free(table: str) -> str:
    return AT + f"free: (mesh_path_free_rcu+0x0/0x90 [mac80211]) tbl={table} proxies=0x500 {PATH}\n"


FREE, FREE_PROXY = free("0xff1400"), free("0xff1500")
MPATH = """DEST ADDR         NEXT HOP          IFACE	SN	METRIC	QLEN	EXPTIME		DTIM	DRET	FLAGS	HOP_COUNT	PATH_CHANGE
02:00:00:00:01:00 02:00:00:00:01:00 mesh0	1	8193	0	4800	100	0	0x15	1	1
"""


class VerifyTest(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.run_dir = Path(directory.name)
        (self.run_dir / "sta0").mkdir()
        # created, found again, refused, assigned, changed, refreshed, deleted, created again, assigned; and a proxy entry freed
        self.trace(ADD, ADD, REFUSED, assign("0x0", "0xa"), assign("0xa", "0xb"), assign("0xb", "0xb"), FREE, ADD, assign("0x0", "0xa"), FREE_PROXY)
        self.write("kernel.counts", "mesh_path_add 4\nmpp_path_add 0\nmesh_path_assign_nexthop 4\nmesh_path_fix_nexthop 0\nmesh_path_free_rcu 2\n")
        self.write("sta0/mpath.txt", MPATH)
        self.metrics()

    def write(self, name: str, text: str) -> None:
        (self.run_dir / name).write_text(text)

    def trace(self, *lines: str) -> None:
        self.write("kernel.trace", "# tracer: nop\n#\n" + "".join(lines))

    def metrics(self, add: int = 2, refused: int = 1, submitted: int = 8, next_hop: str = "02:00:00:00:01:00", more: str = "") -> None:
        events = {"add": add, "assign": 2, "change": 1, "reassign": 1, "delete": 1, "add_failed": refused}
        stages = {"seen": 8, "submitted": submitted, "received": submitted, "decoded": submitted}
        self.write(
            "sta0/metrics.prom",
            "# HELP dot11s_path_events_total text\n# TYPE dot11s_path_events_total counter\n"
            + "".join(f'dot11s_path_events_total{{device="mesh0",event="{e}",cause="preq"}} {n - 1}.0\n' for e, n in events.items())
            + "".join(f'dot11s_path_events_total{{device="mesh0",event="{e}",cause="a \\"}} 9"}} 1.0\n' for e in events)
            + "".join(f'meshpath_events_total{{stage="{s}"}} {n}\n' for s, n in stages.items())
            + f'dot11s_path_info{{destination="02:00:00:00:01:00",next_hop="{next_hop}",root="no"}} 1\n'
            + 'meshpath_events_lost_total{reason="ring_full"} 0.0\n'
            + more,
        )

    def verify(self, *arguments: str) -> tuple[int, str]:
        output = io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            code = verify.main([str(self.run_dir), *arguments])
        return code, output.getvalue()

    def assert_differs(self, sentence: str, *arguments: str) -> None:
        code, output = self.verify(*arguments)
        self.assertEqual(code, 1, output)
        self.assertIn(sentence, output)
        self.assertNotIn("PASS", output)

    def test_passes_when_all_agrees(self) -> None:
        code, output = self.verify("--expect", "add=2,assign=2,change=1,delete=1")
        self.assertEqual((code, output.splitlines()[-1]), (0, "PASS"), output)

    def test_names_a_missing_event(self) -> None:
        self.metrics(add=1)
        self.assert_differs("sta0: add: the kernel did 2, the exporter says 1")

    def test_names_a_missing_refusal(self) -> None:
        self.metrics(refused=0)
        self.assert_differs("add_failed: the kernel refused 1, the exporters say 0")

    def test_names_a_table_that_events_do_not_explain(self) -> None:
        self.metrics(add=1)
        self.assert_differs("add 1 - delete 1 is not the 1 rows of mpath.txt")

    def test_names_a_truncated_trace(self) -> None:
        self.trace(ADD, ADD, REFUSED, assign("0x0", "0xa"))
        self.assert_differs("kernel.trace has 1 calls of mesh_path_assign_nexthop, kernel.counts 4")

    def test_names_an_unbalanced_ledger(self) -> None:
        self.metrics(submitted=7)
        self.assert_differs("seen 8 is not submitted 7 + ring_full 0")

    def test_names_lost_events(self) -> None:
        self.metrics(more='meshpath_events_lost_total{reason="otlp_failed"} 3\n')
        self.assert_differs("sta0: 3 events lost (otlp_failed)")

    def test_names_a_wrong_next_hop(self) -> None:
        self.metrics(next_hop="02:00:00:00:02:00")
        self.assert_differs("mpath.txt has 02:00:00:00:01:00 by 02:00:00:00:01:00, dot11s_path_info has not")

    def test_names_an_unmet_expectation(self) -> None:
        self.assert_differs("total: change: expected 0, the kernel did 1", "--expect", "change=0")

    def test_names_a_missing_file(self) -> None:
        (self.run_dir / "sta0/metrics.prom").unlink()
        self.assert_differs("metrics.prom: No such file")


if __name__ == "__main__":
    unittest.main()
