"""python3 -m unittest discover deploy/lab/tests"""

import contextlib
import io
import json
import sys
import tempfile
import unittest
import unittest.mock
from collections import Counter
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parents[1]))
loader = SourceFileLoader("verify", str(Path(__file__).parents[1] / "verify"))
verify = module_from_spec(spec_from_loader("verify", loader))
sys.modules["verify"] = verify
loader.exec_module(verify)
sys.path.insert(0, str(Path(__file__).parent))
import test_frames  # noqa: E402

STATION, OTHER = "02:00:00:00:00:00", "02:00:00:00:01:00"
SDATA, PROXIES = 0xFF1000, 0x500
FUNCTIONS = {
    "add": "mesh_path_add",
    "mpp_add": "mpp_path_add",
    "assign": "mesh_path_assign_nexthop",
    "fix": "mesh_path_fix_nexthop",
    "free": "mesh_path_free_rcu",
    "perr": "mesh_path_error_tx",
    "estab": "mesh_plink_establish",
}


def array(mac: str) -> str:
    return "{" + ",".join(f"0x{int(octet, 16):x}" for octet in mac.split(":")) + "}"


def path(pointer: int, own: str = STATION, flags: int = 0) -> str:
    return f"mpath={pointer:#x} dst={array(OTHER)} sdata={SDATA:#x} own={array(own)} flags={flags:#x}"


class Trace:
    """A made-up kernel.trace, one call a line."""

    def __init__(self) -> None:
        self.lines: list[str] = ["# tracer: nop", "#"]
        self.time = 50.0
        self.counts: Counter[str] = Counter({function: 0 for function in FUNCTIONS.values()})

    def call(self, name: str, fields: str = "", caller: str = "", pid: int = 231, cpu: int = 0, flags: str = "b..1.") -> "Trace":
        self.time += 0.001
        where = f"{caller}+0x354/0x500 [mac80211] <- x" if caller else f"{name}+0x0/0x90 [mac80211]"
        self.lines.append(f"    kworker/u4:3-{pid}     [{cpu:03}] {flags}    {self.time:.6f}: {name}: ({where}) {fields}")
        if name in FUNCTIONS:
            self.counts[FUNCTIONS[name]] += 1
        return self

    def add(self, pointer: int = 0xFF01, caller: str = "hwmp_route_info_get", own: str = STATION, state: int = 0, **where) -> "Trace":
        self.call("add_in", f"sdata={SDATA:#x} own={array(own)} dst={array(OTHER)}", **where)
        fields = path(pointer, own, state) if pointer < 2**63 else f"mpath={pointer:#x} dst=(fault) sdata=(fault) own=(fault) flags=(fault)"
        return self.call("add", fields + " nh=0x0 sn=0x0", caller, **where)

    def assign(self, old: int, new: int, active: bool = False, pointer: int = 0xFF01, **where) -> "Trace":
        fields = f"{path(pointer, flags=int(active))} old={old:#x} new={new:#x} new_mac={array(OTHER)}"
        return self.call("assign", fields, **where)

    def fix(self, old: int, new: int, pointer: int = 0xFF01) -> "Trace":
        self.call("fix", f"{path(pointer)} old={old:#x} new={new:#x} new_mac={array(OTHER)}")
        return self.assign(old, new, pointer=pointer)

    def free(self, table: int = SDATA + 0x400, gate: int = 0, active: bool = True, past: bool = False, **where) -> "Trace":
        life = f"gate={gate} exp={100 - past} now=100"
        return self.call("free", f"tbl={table:#x} proxies={PROXIES:#x} {path(0xFF01, flags=int(active))} {life}", **where)

    def hwmp(self, element: int) -> "Trace":
        return self.call("hwmp_in", f"element={element}")

    def perr(self, caller: str, past: bool = False) -> "Trace":
        life = f"exp={100 - past} now=100"
        self.call("perr_in", f"sdata={SDATA:#x} own={array(STATION)} target=0xff01 dst={array(OTHER)} sn=3 reason=63 {life}")
        return self.call("perr", "ret=0", caller)

    def proxy(self, answer: int) -> "Trace":
        self.call("mpp_add_in", f"sdata={SDATA:#x} own={array(STATION)} dst={array(OTHER)} mpp={array(OTHER)}")
        return self.call("mpp_add", f"ret={answer}", "ieee80211_rx_mesh_data")

    def within(self, function: str) -> "Trace":
        return self.call(f"in_{function}")

    def after(self, function: str) -> "Trace":
        return self.call(f"out_{function}")


ENOSPC = 2**64 - 28
HEAD = "DEST ADDR         NEXT HOP          IFACE	SN	METRIC	QLEN	EXPTIME	DTIM	DRET	FLAGS	HOP_COUNT	PATH_CHANGE\n"


class RunTest(unittest.TestCase):
    """A run of one station whose exporter agrees with the kernel; the tests change one thing each."""

    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.run_dir = Path(directory.name)
        (self.run_dir / "sta0").mkdir()
        # created, found again, refused, assigned, changed, refreshed, deleted, created again, assigned; and a proxy entry freed
        self.events = Counter({
            ("add", "preq"): 1,
            ("add", "data_tx"): 1,
            ("add_failed", "data_tx"): 1,
            ("assign", "preq"): 2,
            ("change", "prep"): 1,
            ("reassign", "prep"): 1,
            ("activate", "preq"): 2,
            ("delete", "peer_loss"): 1,
        })
        trace = Trace().hwmp(0).add().add().add(ENOSPC, "mesh_nexthop_resolve").assign(0, 0xA)
        trace.hwmp(1).assign(0xA, 0xB, active=True).assign(0xB, 0xB, active=True)
        trace.within("mesh_rx_plink_frame").free().after("mesh_rx_plink_frame")
        trace.add(caller="mesh_nexthop_resolve").hwmp(0).assign(0, 0xA)
        self.trace(trace)
        self.write("lab.json", '{"kernel":"6.12.1","preempt":"lazy","seconds":60.0,"exit":0}')
        self.mpath()
        self.metrics()

    def write(self, name: str, text: str) -> None:
        (self.run_dir / name).write_text(text)

    def trace(self, trace: Trace) -> None:
        self.write("kernel.trace", "\n".join(trace.lines) + "\n")
        self.write("kernel.counts", "".join(f"{name} {count}\n" for name, count in trace.counts.items()))

    def mpath(self, flags: int = 0x15, changes: int = 1, rows: int = 1) -> None:
        row = f"{OTHER} {OTHER} mesh0	1	8193	0	4800	100	0	{flags:#x}	1	{changes}\n"
        self.write("sta0/mpath.txt", HEAD + row * rows)
        self.write("sta0/mpp.txt", "DEST ADDR         PROXY NODE        IFACE\n")

    def metrics(self, submitted: int = 10, next_hop: str = OTHER, more: str = "", path_of: str = 'device="mesh0"', active: int = 1) -> None:
        stages = {"seen": 10, "submitted": submitted, "received": submitted, "decoded": submitted}
        family = {"proxy": "dot11s_proxy_path_events_total", "gate": "dot11s_gate_events_total", "discovery": "dot11s_discovery_events_total"}
        counted = ""
        for (event, cause), count in self.events.items():
            kind, _, rest = event.partition("_")
            name, event = (family[kind], rest) if kind in family else ("dot11s_path_events_total", event)
            counted += f'{name}{{{path_of},event="{event}",cause="{cause}"}} {count}.0\n'
        self.write(
            "sta0/metrics.prom",
            "# HELP dot11s_path_events_total text\n# TYPE dot11s_path_events_total counter\n"
            + counted
            + "".join(f'meshpath_events_total{{stage="{s}"}} {n}\n' for s, n in stages.items())
            + f'dot11s_path_info{{{path_of},destination="{OTHER}",next_hop="{next_hop}",root="a \\"}} 9"}} 1\n'
            + f'dot11s_path_active{{{path_of},destination="{OTHER}"}} {active}\n'
            + f'dot11s_path_metric{{{path_of},destination="{OTHER}"}} 8193.0\n'
            + f'dot11s_path_hops{{{path_of},destination="{OTHER}"}} 1.0\n'
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

    def assert_passes(self, note: str = "", *arguments: str) -> None:
        code, output = self.verify(*arguments)
        self.assertEqual((code, output.splitlines()[-1]), (0, "PASS"), output)
        self.assertIn(note, output)


class CountsTest(RunTest):
    def test_passes_when_all_agrees(self) -> None:
        self.assert_passes("", "--expect", "add=2,assign=2,change=1,delete=1")

    def test_names_a_missing_event(self) -> None:
        self.events["add", "preq"] = 0
        self.metrics()
        self.assert_differs("sta0: add: the kernel did 2, the exporter says 1")
        self.assert_differs("add 1 - delete 1 is not the 1 rows of mpath.txt")

    def test_names_a_missing_refusal(self) -> None:
        self.events["add_failed", "data_tx"] = 0
        self.metrics()
        self.assert_differs("add_failed: the kernel did 1, the exporter says 0")

    def test_names_another_cause(self) -> None:
        self.events["add", "data_tx"], self.events["add", "preq"] = 0, 2
        self.metrics()
        self.assert_differs("sta0: add by data_tx: the kernel did 1, the exporter says 0")

    def test_names_an_unknown_cause(self) -> None:
        self.events["expire", "unknown"] = 2
        self.metrics()
        self.assert_differs("sta0: 2 expire of unknown cause")

    def test_names_a_missing_peer_link(self) -> None:
        trace = Trace().call("estab", f"own={array(STATION)} peer={array(OTHER)}")
        self.events = Counter()
        self.trace(trace)
        self.mpath(rows=0)
        self.metrics()
        self.assert_differs("sta0: peer_estab: the kernel did 1, the exporter says 0")
        self.write("scenario", "#verify user-peering\n")
        self.assertNotIn("peer_estab", self.verify()[1])

    def test_names_a_truncated_trace(self) -> None:
        self.trace(Trace().hwmp(0).add().add())
        self.write("kernel.counts", "mesh_path_add 4\n")
        self.assert_differs("kernel.trace has 2 calls of mesh_path_add, kernel.counts 4")

    def test_a_trace_without_arguments_leaves_the_calls(self) -> None:
        self.write("kernel.trace", "")
        self.write("kernel.counts", "mesh_path_add 4\nmesh_path_assign_nexthop 4\nmesh_path_fix_nexthop 0\nmesh_path_free_rcu 1\n")
        self.assert_passes("only the calls of all stations together are compared", "--expect", "add=2")
        self.write("kernel.counts", "mesh_path_add 2\nmesh_path_assign_nexthop 5\nmesh_path_free_rcu 1\n")
        self.assert_differs("total: assign + change + reassign: the kernel called mesh_path_assign_nexthop 5 times, the exporters say 4")
        self.assert_differs("total: 2 add and 1 add_failed in 2 calls of mesh_path_add")

    def test_names_an_unbalanced_ledger(self) -> None:
        self.metrics(submitted=7)
        self.assert_differs("seen 10 is not submitted 7 + ring_full 0")

    def test_names_lost_events(self) -> None:
        self.metrics(more='meshpath_events_lost_total{reason="otlp_failed"} 3\n')
        self.assert_differs("sta0: 3 events lost (otlp_failed)")

    def test_names_a_missing_file(self) -> None:
        (self.run_dir / "sta0/metrics.prom").unlink()
        self.assert_differs("metrics.prom: No such file")

    def test_names_a_failed_scenario_and_a_kernel_warning(self) -> None:
        self.write("lab.json", '{"kernel":"6.12.1","exit":3}')
        self.write("dmesg.txt", "[ 1.0] fine\n[ 2.0] WARNING: CPU: 0 at net/mac80211\n")
        self.assert_differs("the scenario failed (exit 3)")
        self.assert_differs("dmesg: [ 2.0] WARNING: CPU: 0 at net/mac80211")


class TraceTest(unittest.TestCase):
    """What each call of the kernel means."""

    def events(self, trace: Trace) -> list[tuple[str, str]]:
        truth = verify.read_trace("\n".join(trace.lines))
        self.assertEqual(truth.strange, [])
        return [(event.kind, event.cause) for event in truth.events]

    def test_a_user_fixes_a_path(self) -> None:
        trace = Trace().add(caller="ieee80211_add_mpath").fix(0, 0xA).hwmp(0).assign(0xA, 0xA, active=True)
        expected = [("add", "user"), ("fix", "user"), ("assign", "user"), ("activate", "user"), ("reassign", "preq")]
        self.assertEqual(self.events(trace), expected)

    def test_a_path_goes_out_of_use(self) -> None:
        trace = Trace().perr("mesh_plink_broken").perr("mesh_rx_path_sel_frame").perr("ieee80211_rx_mesh_data")
        self.assertEqual(self.events(trace), [("deactivate", "tx_failure"), ("deactivate", "perr")])

    def test_where_a_path_is_deleted_says_why(self) -> None:
        for function, cause in verify.DELETERS.items():
            self.assertEqual(self.events(Trace().within(function).free().after(function)), [("delete", cause)])
        self.assertEqual(self.events(Trace().within("mesh_path_expire").after("mesh_path_expire").free()), [("delete", "data_tx")])

    def test_softirq_has_a_context_of_its_own(self) -> None:
        trace = Trace().within("ieee80211_stop_mesh").free(flags="..s1.").free()
        self.assertEqual(self.events(trace), [("delete", "data_tx"), ("delete", "interface")])

    def test_an_entry_that_another_cpu_deletes_is_not_created_by_who_finds_it(self) -> None:
        trace = Trace().add(caller="mesh_nexthop_resolve").free().add(caller="mesh_nexthop_resolve", state=0x42).add(caller="mesh_nexthop_resolve")
        self.assertEqual([event for event, _ in self.events(trace)], ["add", "delete", "add"])

    def test_an_entry_that_another_cpu_deletes_before_its_creation_returns_was_created(self) -> None:
        trace = Trace().free().add(caller="mesh_nexthop_resolve", state=0x42).add(caller="mesh_nexthop_resolve")
        self.assertEqual([event for event, _ in self.events(trace)], ["delete", "add", "add"])

    def test_idle_tasks_are_told_apart_by_cpu(self) -> None:
        trace = Trace()
        trace.call("add_in", f"sdata={SDATA:#x} own={array(STATION)} dst={array(OTHER)}", pid=0, cpu=0)
        trace.add(ENOSPC, "mesh_nexthop_resolve", own=OTHER, pid=0, cpu=1)
        trace.call("add", f"mpath={ENOSPC:#x} dst=(fault)", "mesh_nexthop_resolve", pid=0, cpu=0)
        owners = [event.own for event in verify.read_trace("\n".join(trace.lines)).events]
        self.assertEqual(owners, [OTHER, STATION])

    def test_an_activation_ends_once(self) -> None:
        def expired(trace: Trace, rows: int) -> tuple[int, int]:
            rows = [verify.PathRow(OTHER, OTHER, flags=verify.ACTIVE)] * rows
            return verify.expired(verify.read_trace("\n".join(trace.lines)).events, rows)

        self.assertEqual(expired(Trace().assign(0, 0xA), 1), (0, 0))
        self.assertEqual(expired(Trace().assign(0, 0xA), 0), (1, 1))
        self.assertEqual(expired(Trace().assign(0, 0xA).free(), 0), (0, 0))
        self.assertEqual(expired(Trace().assign(0, 0xA).free(active=False), 0), (1, 1))
        self.assertEqual(expired(Trace().assign(0, 0xA).free(past=True), 0), (1, 1))
        self.assertEqual(expired(Trace().assign(0, 0xA).perr("mesh_plink_broken"), 0), (0, 0))
        # out of use, though it had expired before and nobody had looked: one end, or both
        self.assertEqual(expired(Trace().assign(0, 0xA).perr("mesh_plink_broken", past=True), 0), (0, 1))

    def test_proxies_and_gates(self) -> None:
        trace = Trace().proxy(0).proxy(-17).call("gate_in", path(0xFF01)).call("gate", "ret=0").free(gate=1).free(table=SDATA + PROXIES)
        expected = [("proxy_add", "data_rx"), ("gate_add", ""), ("delete", "data_tx"), ("gate_delete", ""), ("proxy_delete", "data_tx")]
        self.assertEqual(self.events(trace), expected)

    def test_a_new_caller_is_strange(self) -> None:
        self.assertEqual(verify.read_trace("\n".join(Trace().add(caller="x").lines)).strange, ["mesh_path_add was called by x"])

    def test_a_caller_behind_another_return_probe_is_hidden(self) -> None:
        truth = verify.read_trace("\n".join(Trace().add(caller=verify.HIDDEN).lines))
        self.assertEqual([(event.kind, event.cause) for event in truth.events], [("add", verify.HIDDEN)])
        self.assertEqual(truth.strange, [])


class TableTest(RunTest):
    def test_names_a_wrong_next_hop(self) -> None:
        self.metrics(next_hop="02:00:00:00:02:00")
        self.assert_differs(f"mpath.txt has {OTHER} by {OTHER}, dot11s_path_info by 02:00:00:00:02:00")

    def test_names_a_path_that_is_not_active(self) -> None:
        self.mpath(flags=0x14)
        self.assert_differs(f"sta0: {OTHER}: mpath.txt says 0, dot11s_path_active 1")
        self.assert_differs("sta0: expire: the kernel did 1, the exporter says 0")
        self.events["expire", "timer"] = 1
        self.metrics(active=0)
        self.assert_passes()

    def test_names_a_kernel_count_that_is_not_the_dumps(self) -> None:
        count = f'dot11s_kernel_path_changes{{device="mesh0",destination="{OTHER}"}}'
        self.write("scenario", "lab_exporters --collector.kernel_changes\n")
        self.assert_differs(f"sta0: {OTHER}: mpath.txt says 1, dot11s_kernel_path_changes nothing")
        self.metrics(more=f"{count} 1.0\n")
        self.assert_passes()
        self.metrics(more=f"{count} 2.0\n")
        self.assert_differs(f"sta0: {OTHER}: mpath.txt says 1, dot11s_kernel_path_changes 2")

    def test_names_changes_that_nl80211_counts_otherwise(self) -> None:
        self.mpath(changes=2)
        self.assert_differs(f"nl80211 counts 2 next-hop changes of {OTHER}, the trace has 1")

    def test_names_a_trace_that_the_dump_contradicts(self) -> None:
        self.mpath(rows=2)
        self.assert_differs("add 2 - delete 1 by the kernel is not the 2 rows of mpath.txt")

    def test_names_proxies_that_events_do_not_explain(self) -> None:
        self.write("sta0/mpp.txt", f"DEST ADDR         PROXY NODE        IFACE\n{OTHER} {STATION} mesh0\n")
        self.assert_differs("sta0: proxy_add 0 - proxy_delete 0 is not the 1 rows of mpp.txt")


class MissesTest(RunTest):
    def test_accepts_and_shows_what_was_reconciled(self) -> None:
        self.events["change", "prep"] = 0
        missed = 'meshpath_program_missed_total{hook="a"} 1\nmeshpath_state_mismatch_total{field="next_hop"} 1\n'
        self.metrics(more=missed + 'meshpath_events_reconciled_total{event="change"} 1\n')
        self.assert_passes("change: 1 that a missed program did not send were found later: accepted")

    def test_accepts_no_more_than_that(self) -> None:
        self.events["change", "prep"] = 0
        self.metrics(more='meshpath_program_missed_total{hook="a"} 1\nmeshpath_events_reconciled_total{event="change"} 2\n')
        self.assert_differs("sta0: change: the kernel did 1, the exporter says 0")

    def test_names_a_mismatch_that_nothing_explains(self) -> None:
        self.metrics(more='meshpath_state_mismatch_total{field="sn"} 2\n')
        self.assert_differs("the exporter's table was not the kernel's, though no program was missed: {'sn': 2}")


class LossesTest(RunTest):
    def losses(self, lost: int, resyncs: int = 1) -> None:
        self.write("scenario", "#verify losses\n")
        self.events["change", "prep"] = 0
        self.metrics(submitted=10 - lost, more=f'meshpath_events_lost_total{{reason="ring_full"}} {lost}\nmeshpath_resyncs_total{{reason="x"}} {resyncs}\n')

    def test_passes_when_losses_are_counted_and_healed(self) -> None:
        self.losses(2)
        self.assert_passes("1 events are missing, 2 records were counted as lost")

    def test_names_more_missing_than_lost(self) -> None:
        self.losses(1)
        self.events["reassign", "prep"] = 0
        self.metrics(submitted=9, more='meshpath_events_lost_total{reason="ring_full"} 1\nmeshpath_resyncs_total 1\n')
        self.assert_differs("2 events of the kernel are missing, but only 1 were counted as lost")

    def test_names_a_gap_that_was_not_healed(self) -> None:
        self.losses(2, resyncs=0)
        self.assert_differs("2 events were lost, but nothing was read again")

    def test_names_a_run_without_losses(self) -> None:
        self.write("scenario", "#verify losses\n")
        self.assert_differs("nothing was lost, so this run shows nothing")


class WatchTest(RunTest):
    """Exporters that do not watch all the time, or more than one station."""

    def test_a_late_exporter_finds_paths(self) -> None:
        self.write("sta0/exporter.times", "start 40.0\nready 41.0\nstart 50.0041\nready 50.0045\n")  # between the third and the last
        self.trace(Trace().hwmp(0).add().assign(0, 0xA).hwmp(1).assign(0xA, 0xB, active=True))
        self.mpath(changes=2)
        self.events = Counter({("change", "prep"): 1})
        self.metrics()
        self.assert_passes("", "--expect", "add=0 change=1")

    def test_what_happens_while_it_starts_is_not_clear(self) -> None:
        self.write("sta0/exporter.times", "start 40\nready 50.009\n")  # after the first assign
        self.assert_passes("4 events while its exporter started")
        self.events["assign", "preq"] = 0
        self.metrics()
        self.assert_differs("sta0: assign: the kernel did 1..2, the exporter says 0")

    def test_one_exporter_watches_all_namespaces(self) -> None:
        self.write("sta0/netns", "4026531\n")
        self.metrics(path_of='device="mesh0",netns="4026531"')
        self.assert_passes()
        self.write("sta0/netns", "4026532\n")
        self.assert_differs("sta0: no exporter's scrape is about this station")

    def test_a_station_without_exporter_must_be_allowed(self) -> None:
        (self.run_dir / "sta1").mkdir()
        self.assert_differs("sta1: no exporter's scrape is about this station")
        self.write("scenario", "#verify partial\n")
        self.assert_passes()

    def test_compares_no_exporter_where_none_is_left(self) -> None:
        self.write("scenario", "#verify none\n#expect add=2\n")
        (self.run_dir / "sta0/metrics.prom").unlink()
        self.assert_passes()


class ExpectationTest(RunTest):
    def test_names_an_unmet_expectation(self) -> None:
        self.assert_differs("expected change=0, the kernel did 1", "--expect", "change=0")

    def test_reads_those_of_the_scenario(self) -> None:
        self.write("scenario", "# text\n#expect add=2 add{cause=preq}=1 assign=1..3\n#expect change>=1 delete{station=sta0,cause=peer_loss}<=1\n")
        self.assert_passes()
        self.write("scenario", "#expect add{cause=preq}=2\n#expect change>=2\n#expect delete{station=sta1}=1\n")
        code, output = self.verify()
        self.assertEqual(
            (code, output.splitlines()[-3:]),
            (1, [
                "expected add{cause=preq}=2, the kernel did 1",
                "expected change>=2, the kernel did 1",
                "expected delete{station=sta1}=1, the kernel did 0",
            ]),
        )

    def test_asks_the_exporters_for_what_the_kernel_cannot_tell(self) -> None:
        self.events["sn", "preq"] = 2
        self.events["discovery_failed", "timer"] = 1
        self.metrics()
        self.assert_passes("", "--expect", "sn=2,discovery_failed{cause=timer}=1")
        self.assert_differs("expected sn=1, the exporters say 2", "--expect", "sn=1")

    def test_refuses_what_it_does_not_know(self) -> None:
        for line in ("add", "add=x", "ad=1", "add{who=me}=1", "add{}=1"):
            self.write("scenario", f"#expect {line}\n")
            self.assert_differs("verify: ")


class ResultTest(RunTest):
    def test_writes_one_line(self) -> None:
        file = self.run_dir / "verify.json"
        self.assert_passes("", "--json", str(file), "--scenario", "ping")
        result = json.loads(file.read_text())
        self.assertEqual(
            result,
            {
                "scenario": "ping",
                "kernel": "6.12.1",
                "preempt": "lazy",
                "seconds": 60.0,
                "result": "pass",
                "differences": 0,
                "transitions": 10,
                "events": 10,
                "ratio": 1.0,
                "unknown": 0,
                "lost": 0,
                "missed": 0,
                "reconciled": 0,
                "frames": "0/0",
            },
        )


class FlapsTest(RunTest):
    """A path whose next hop changed a minute before the last scrape."""

    def setUp(self) -> None:
        super().setUp()
        self.write("sta0/exporter.times", "start 1.0\nready 2.0\n")
        said = {"destination": OTHER.upper().replace(":", "-"), "cause": "user"}
        steps = ((500, {"event": "add"}), (1000, {"event": "change", "next_hop": "b", "previous_next_hop": "a"}))
        records = [
            {
                "attributes": [
                    {"key": "mesh.time.monotonic_ns", "value": {"intValue": str(time * 10**9)}},
                    *({"key": f"mesh.path.{key}", "value": {"stringValue": value}} for key, value in (said | step).items()),
                ]
            }
            for time, step in steps
        ]
        self.write("sta0/otlp-logs.jsonl", json.dumps({"resourceLogs": [{"scopeLogs": [{"logRecords": records}]}]}) + "\n")

    def flapping(self, penalty: float, returns: int = 0, more: str = "") -> None:
        self.write("sta0/scrape.times", "1060.0 1060.6\n")
        self.metrics(
            more=f'dot11s_path_flap_penalty{{device="mesh0",destination="{OTHER}"}} {penalty}\n'
            f'dot11s_path_returns_total{{device="mesh0",destination="{OTHER}"}} {returns}.0\n' + more
        )

    def test_passes_within_a_percent(self) -> None:
        self.flapping(505.9)
        self.assert_passes("note: 1 flap penalties are those of the formula, the highest is 506")

    def test_fails_on_another_penalty(self) -> None:
        self.flapping(507)
        self.assert_differs(f"sta0: {OTHER} has the penalty 507 and 0 returns, by the formula 497 to 500 and 0")

    def test_fails_on_a_return_that_was_none(self) -> None:
        self.flapping(500, returns=1)
        self.assert_differs(f"sta0: {OTHER} has the penalty 500 and 1 returns, by the formula 497 to 500 and 0")

    def test_knows_who_is_flapping(self) -> None:
        self.flapping(500, more=f'dot11s_path_flapping{{device="mesh0",destination="{OTHER}"}} 1.0\n')
        pair = f"0>{int(OTHER.split(':')[4], 16)}"
        for said, difference in (("", f"sta0: its path to {OTHER} is flapping"), (f" {pair} 0>9", "sta0: its path to 02:00:00:00:09:00 is not flapping")):
            self.write("scenario", f"#flapping{said}\n")
            self.assert_differs(difference)
        self.write("scenario", f"#flapping {pair}\n")
        self.assert_passes("note: 1 paths are flapping")

    def test_asks_nothing_where_programs_were_missed(self) -> None:
        self.flapping(9, more='meshpath_program_missed_total{hook="x"} 1.0\n')
        self.assertNotIn("by the formula", self.verify()[1])


class FramesTest(RunTest):
    """A PREQ that caused an event, on the air and in the capture."""

    def setUp(self) -> None:
        super().setUp()
        self.capture(test_frames.preq())
        self.write("sta0/exporter.times", "start 1.0\nready 2.0\n")
        self.log("change")

    def capture(self, frame: bytes) -> None:
        (self.run_dir / "hwsim0.pcap").write_bytes(test_frames.pcap(test_frames.radiotap(test_frames.preq())))
        (self.run_dir / "sta0/causes.pcapng").write_bytes(test_frames.pcapng(test_frames.packet(frame)))

    def log(self, *events: str) -> None:
        records = [
            {"attributes": [{"key": f"mesh.path.{k}", "value": {"stringValue": v}} for k, v in (("event", event), ("cause", "preq"))]}
            for event in events
        ]
        self.write("sta0/otlp-logs.jsonl", json.dumps({"resourceLogs": [{"scopeLogs": [{"logRecords": records}]}]}) + "\n")

    def test_counts_the_frames(self) -> None:
        file = self.run_dir / "verify.json"
        self.assert_passes("note: 1/1 frames of 1 events are byte for byte those of the air", "--json", str(file))
        self.assertEqual("1/1", json.loads(file.read_text())["frames"])

    def test_fails_on_a_frame_that_was_not_on_the_air(self) -> None:
        self.capture(test_frames.preq(last=1))
        self.assert_differs("sta0: no frame of hwsim0.pcap is d000")

    def test_fails_on_an_event_without_its_frame(self) -> None:
        self.log("change", "activate")
        self.assert_differs("sta0: activate by preq: 1 log records, but 0 have their frame in causes.pcapng")

    def test_compares_what_was_relayed_with_the_air(self) -> None:
        relayed = test_frames.preq()[:29] + b"\1" + test_frames.preq()[30:]
        air = test_frames.pcap(test_frames.radiotap(test_frames.preq()), test_frames.radiotap(relayed))
        (self.run_dir / "hwsim0.pcap").write_bytes(air)
        with (self.run_dir / "sta0/metrics.prom").open("a") as scrape:
            scrape.write('dot11s_forwarded_frames_total{cast="multicast",device="mesh0"} 1.0\n')
        self.assert_passes("note: 1 frames were relayed, by the kernel's count and on the air")
        with (self.run_dir / "sta0/metrics.prom").open("a") as scrape:
            scrape.write('dot11s_forwarded_frames_total{cast="unicast",device="mesh0"} 2.0\n')
        self.assert_differs("sta0: the kernel counts 2 relayed unicast frames, 0 were on the air")

    def test_misses_the_count_of_an_exporter_that_has_hooks(self) -> None:
        relayed = test_frames.preq()[:29] + b"\1" + test_frames.preq()[30:]
        air = test_frames.pcap(test_frames.radiotap(test_frames.preq()), test_frames.radiotap(relayed))
        (self.run_dir / "hwsim0.pcap").write_bytes(air)
        self.assert_passes()  # it polls
        with (self.run_dir / "sta0/metrics.prom").open("a") as scrape:
            scrape.write('meshpath_hook_attached{collector="mesh_path",hook="mesh_path_add_exit",mode="fentry"} 1.0\n')
        self.assert_differs("sta0: the kernel counts 0 relayed multicast frames, 1 were on the air")

    def test_knows_what_was_relayed_before_the_scrape(self) -> None:
        relayed = test_frames.preq()[:29] + b"\1" + test_frames.preq()[30:]
        air = test_frames.pcap(test_frames.radiotap(relayed), *[test_frames.radiotap(test_frames.preq())] * 7, test_frames.radiotap(relayed))
        (self.run_dir / "hwsim0.pcap").write_bytes(air)
        scrape = (self.run_dir / "sta0/metrics.prom").read_text() + "process_start_time_seconds 90.0\nprocess_uptime_seconds 13.5\n"
        for counted, check in ((1, self.assert_passes), (0, self.assert_differs), (2, self.assert_differs)):
            said = f'dot11s_forwarded_frames_total{{cast="multicast",device="mesh0"}} {counted}.0\n'
            (self.run_dir / "sta0/metrics.prom").write_text(scrape + said)
            check("1 frames were relayed" if counted == 1 else f"the kernel counts {counted} relayed multicast frames, 1 were")

    def test_asks_nothing_of_an_exporter_that_was_started_again(self) -> None:
        self.log("change", "activate")
        self.write("sta0/exporter.times", "start 1.0\nready 2.0\nstart 3.0\nready 4.0\n")
        self.assert_passes()


class ReplaysTest(RunTest):
    """A recording, and a program that "replays" by copying what lies beside it."""

    PROGRAM = """#!/bin/sh
for a; do case $a in --traces.file=*) traces=${a#*=} ;; --metrics.file=*) metrics=${a#*=} ;; *recording.mpr*) file=$a ;; esac; done
[ -s "$file" ] || { echo "$file is empty" >&2; exit 1; }
cp "$file" "$traces"
cp "${file%/*}/replayed.prom" "$metrics"
[ ! -e "${file%/*}/killed" ] || echo "$file has no end" >&2
"""

    def setUp(self) -> None:
        super().setUp()
        home = tempfile.TemporaryDirectory()
        self.addCleanup(home.cleanup)
        program = Path(home.name) / "bin/meshpath"
        program.parent.mkdir()
        program.write_text(self.PROGRAM)
        program.chmod(0o755)
        patch = unittest.mock.patch.object(verify, "PROGRAM", Path(home.name))
        patch.start()
        self.addCleanup(patch.stop)
        self.write("sta0/otlp-traces.jsonl", self.request("a", "b") + self.request("c"))
        self.recorded("sta0/recording.mpr", "c", "a", "b")
        self.write("sta0/replayed.prom", (self.run_dir / "sta0/metrics.prom").read_text())

    @staticmethod
    def request(*spans: str) -> str:
        made = [{"traceId": span, "spanId": span, "name": "mesh path change"} for span in spans]
        return json.dumps({"resourceSpans": [{"scopeSpans": [{"spans": made}]}]}) + "\n"

    def recorded(self, name: str, *spans: str) -> None:
        self.write(name, self.request(*spans))

    def test_passes_on_the_same_spans(self) -> None:
        self.assert_passes("note: 1 recordings gave 3 spans again, and 0 events after the last scrape")

    def test_takes_the_recordings_of_former_exporters(self) -> None:
        self.recorded("sta0/recording.mpr.1", "a")
        self.recorded("sta0/recording.mpr", "c", "b")
        self.assert_passes("gave 3 spans again")

    def test_names_a_missing_span(self) -> None:
        self.recorded("sta0/recording.mpr", "c", "a")
        self.assert_differs('sta0: 0 spans of the replay were not of the run, 1 are missing: {"name": "mesh path change", "spanId": "b"')

    def test_names_a_missing_event(self) -> None:
        replayed = (self.run_dir / "sta0/metrics.prom").read_text().replace('event="add",cause="preq"} 1.0', 'event="add",cause="preq"} 0.0')
        self.write("sta0/replayed.prom", replayed)
        self.assert_differs("sta0: the replay lacks events: {('add', 'preq'): 1}")

    def test_compares_no_spans_of_a_killed_recorder(self) -> None:
        self.recorded("sta0/recording.mpr", "c")
        self.write("sta0/killed", "")
        self.assert_passes("note: sta0: its recorder was killed: up to a second is missing")

    def test_says_why_a_replay_failed(self) -> None:
        self.write("sta0/recording.mpr", "")
        self.assert_differs("recording.mpr is empty")


class TracesTest(RunTest):
    """A discovery of station 1 by station 0, made by hand."""

    def setUp(self) -> None:
        super().setUp()
        (self.run_dir / "sta1").mkdir()
        for file in ("mpath.txt", "mpp.txt"):
            self.write("sta1/" + file, "")
        stages = "".join(f'meshpath_events_total{{stage="{s}"}} 0\n' for s in ("seen", "submitted", "received", "decoded"))
        self.write("sta1/metrics.prom", f'{stages}dot11s_paths{{device="mesh0"}} 0\n')
        self.write("scenario", "#trace 0,1\n")
        self.spans = {
            0: [("r", "", "mesh path discovery"), ("q", "r", "HWMP PREQ send"), ("p", "s", "HWMP PREP receive")],
            1: [("i", "q", "HWMP PREQ receive"), ("s", "i", "HWMP PREP send")],
        }

        self.links: dict[str, str] = {}  # span id: what it has a link to
        self.more = {"mesh.path.destination": "02-00-00-00-01-00", "hwmp.target.address": "02-00-00-00-01-00"}

    def made(self, span: str, parent: str, name: str, trace: str = "t", **more: str) -> dict[str, Any]:
        attributes = self.more | {key.replace("_", "."): value for key, value in more.items()}
        return {
            "traceId": trace,
            "spanId": span,
            "parentSpanId": parent,
            "name": name,
            "attributes": [{"key": "mesh.time.monotonic_ns", "value": {"intValue": "90000000000"}}]
            + [{"key": key, "value": {"stringValue": value}} for key, value in attributes.items()],
            "links": [{"traceId": "t", "spanId": self.links[span]}] if span in self.links else [],
        }

    def run_with_spans(self, *others: dict[str, Any]) -> None:
        """@others are spans of station 0 with more than their names."""
        for station, spans in self.spans.items():
            made = [self.made(*span) for span in spans] + list(others if station == 0 else ())
            self.write(f"sta{station}/otlp-traces.jsonl", json.dumps({"resourceSpans": [{"scopeSpans": [{"spans": made}]}]}) + "\n")

    def test_names_peering_by_nobody(self) -> None:
        self.write("scenario", "#verify user-peering\n")
        sent = self.made("p", "", "mesh peering send", trace="u", mesh_path_cause="timer")
        self.run_with_spans(sent)
        self.assert_differs("no peering frame is sent by user, though a program makes the peer links (causes: timer)")
        self.run_with_spans(sent, self.made("q", "", "mesh peering send", trace="v", mesh_path_cause="user"))
        self.assertNotIn("no peering frame", self.verify()[1])

    def test_follows_the_way(self) -> None:
        self.run_with_spans()
        self.assert_passes("note: sta0: its discovery of sta1 is one trace, begun by no frame")

    def test_names_a_missing_parent(self) -> None:
        self.spans[1].pop(0)
        self.run_with_spans()
        self.assert_differs("sta1: HWMP PREP send in trace t has no parent")

    def test_names_a_wrong_parent(self) -> None:
        self.spans[1][1] = ("s", "q", "HWMP PREP send")
        self.run_with_spans()
        self.assert_differs("whose way was sta0 HWMP PREP receive < sta1 HWMP PREP send < sta0 HWMP PREQ send < sta0 mesh path discovery")

    def test_names_two_answers(self) -> None:
        self.spans[0].append(("p2", "s", "HWMP PREP receive"))
        self.run_with_spans()
        self.assert_differs("sta0: 2 answers in the trace")

    def test_names_the_same_id_twice(self) -> None:
        self.spans[0].append(("q", "r", "HWMP PREQ send"))
        self.run_with_spans()
        self.assert_differs("1 spans have the id of another one")
        self.write("scenario", "#verify renumbered\n#trace 0,1\n")
        self.assert_passes("note: 1 spans have the id of another one, of the same frame before its device was made anew")

    def test_wants_so_many_discoveries(self) -> None:
        self.write("scenario", "#trace 0,1 x2\n")
        self.run_with_spans()
        self.assert_differs("sta0: 1 discoveries of sta1 are spans, not 2")

    def test_follows_each_discovery(self) -> None:
        self.write("scenario", "#trace 0,1 x2\n")
        self.run_with_spans(self.made("r2", "", "mesh path discovery", trace="u"))
        self.assert_differs("sta0: 0 answers in the trace of its discovery of sta1, whose way was not found")

    def test_names_two_discoveries_in_one_trace(self) -> None:
        self.run_with_spans(self.made("r2", "", "mesh path discovery", mesh_path_destination="02-00-00-00-02-00"))
        self.assert_differs("sta0 and sta0: two discoveries are one trace, t")

    def test_counts_them_where_sequence_numbers_begin_anew(self) -> None:
        self.write("scenario", "#verify renumbered\n")
        self.run_with_spans(self.made("r2", "", "mesh path discovery", mesh_path_destination="02-00-00-00-02-00"))
        self.assert_passes("1 discoveries are in the trace of one with the same sequence number, from before")

    def test_lets_a_path_be_asked_for_again_at_once(self) -> None:
        self.run_with_spans(self.made("r2", "", "mesh path discovery"))
        self.assert_passes("")

    def test_follows_the_link_of_a_retry(self) -> None:
        self.links["r2"] = "r"
        self.run_with_spans(self.made("r2", "", "mesh path discovery", trace="u", mesh_discovery_attempt="2"))
        self.assert_passes("note: 1 attempts of discoveries come after another one")

    def test_names_a_retry_without_its_attempt(self) -> None:
        for link, attempt in ({}, "2"), ({"r2": "q"}, "2"), ({"r2": "r"}, "3"):
            self.links = link
            self.run_with_spans(self.made("r2", "", "mesh path discovery", trace="u", mesh_discovery_attempt=attempt))
            self.assert_differs(f"sta0: attempt {attempt} of a discovery, trace u, has no link to the one before")

    def test_wants_an_answer_to_a_proactive_request(self) -> None:
        self.write("scenario", "#trace proactive\n")
        self.run_with_spans()
        self.assert_differs("no PREP is in the trace of a proactive PREQ")
        self.more["hwmp.target.address"] = "FF-FF-FF-FF-FF-FF"
        self.run_with_spans()
        self.assert_passes("note: 1 PREPs are in the trace of the proactive PREQ that they answer")

    def test_wants_spans(self) -> None:
        self.assert_differs("there are no spans")


if __name__ == "__main__":
    unittest.main()
