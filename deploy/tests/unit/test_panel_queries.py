"""python3 -m unittest discover -s deploy/tests/unit"""

import contextlib
import io
import json
import sys
import tempfile
import threading
import unittest
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

sys.dont_write_bytecode = True
loader = SourceFileLoader("panel_queries", str(Path(__file__).parents[1] / "panel-queries"))
panel_queries = module_from_spec(spec_from_loader("panel_queries", loader))
sys.modules["panel_queries"] = panel_queries  # dataclasses look their module up
loader.exec_module(panel_queries)

Query, Variable, Allowed = panel_queries.Query, panel_queries.Variable, panel_queries.Allowed

DASHBOARD = {
    "panels": [
        {"type": "row", "title": "Who"},
        {"type": "stat", "title": "Nodes", "targets": [{"refId": "A", "expr": 'sum(up{node=~"$node"})', "instant": True}]},
        {"type": "timeseries", "title": "Churn", "targets": [{"refId": "A", "expr": 'rate(changes{node=~"$node"}[$__rate_interval])'}]},
    ],
    "templating": {
        "list": [
            {"type": "datasource", "name": "datasource", "query": "prometheus"},
            {"type": "query", "name": "node", "multi": True, "query": {"query": "label_values(up, node)", "refId": "variable"}},
        ]
    },
}
RULES = """groups:
  - name: paths
    rules:
      - record: mesh:changes:rate5m
        expr: sum(rate(changes[5m]))
      - alert: MeshFlapping
        expr: |
          max_over_time(
            flapping[2m]
          ) == 1
        for: 5m
      - alert: 'Quoted'
        expr: 'up{job="it''s"} == 0'
"""


class FillTest(unittest.TestCase):
    TIMES = 900, 60

    def filled(self, text: str, **values: list[str]) -> str:
        return panel_queries.filled(text, values, *self.TIMES)

    def test_several_values_are_a_regular_expression(self) -> None:
        self.assertEqual(self.filled('up{node=~"$node"}', node=["a", "b.c"]), r'up{node=~"(a|b\\.c)"}')

    def test_one_value_in_an_equality_is_itself(self) -> None:
        self.assertEqual(self.filled('up{node="$node", mesh=~"${mesh}"}', node=["b.c"], mesh=["m"]), 'up{node="b.c", mesh=~"m"}')

    def test_windows_and_what_is_no_variable(self) -> None:
        text = 'label_replace(x[$__range] / y[$__rate_interval:$__interval], "a", "$1", "b", "(.+)")'
        self.assertEqual(self.filled(text), 'label_replace(x[900s] / y[60s:15s], "a", "$1", "b", "(.+)")')

    def test_variables_depend_on_those_before(self) -> None:
        asked = [Variable("mesh", "label_values(up, mesh)", True), Variable("to", 'label_values(path{mesh=~"$mesh"}, destination)', False)]
        answers = {("up", "mesh"): ["m", "n"], ('path{mesh=~"(m|n)"}', "destination"): ["x", "y"]}
        values = panel_queries.fill(asked, {}, lambda series, label: answers[series, label], self.TIMES)
        self.assertEqual(values, {"mesh": ["m", "n"], "to": ["x"]})

    def test_given_value_is_not_asked_for(self) -> None:
        values = panel_queries.fill([Variable("node", "label_values(up, node)", True)], {"node": "b"}, lambda *_: self.fail(), self.TIMES)
        self.assertEqual(values, {"node": ["b"]})

    def test_variable_without_value_is_named(self) -> None:
        with self.assertRaisesRegex(ValueError, "the variable node has no value: up has no label node"):
            panel_queries.fill([Variable("node", "label_values(up, node)", True)], {}, lambda *_: [], self.TIMES)

    def test_other_queries_of_variables_are_refused(self) -> None:
        with self.assertRaisesRegex(ValueError, "the variable v asks metrics"):
            Variable("v", "metrics(up)", False).asks()


class RulesTest(unittest.TestCase):
    def test_expressions(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "paths.yml"
            file.write_text(RULES)
            found = list(panel_queries.rule_expressions(file))
        self.assertEqual(
            [(query.name, query.expr, query.is_alert) for query in found],
            [
                ("paths.yml / mesh:changes:rate5m / expr", "sum(rate(changes[5m]))", False),
                ("paths.yml / MeshFlapping / expr", "max_over_time(\nflapping[2m]\n) == 1", True),
                ("paths.yml / 'Quoted' / expr", 'up{job="it\'s"} == 0', True),
            ],
        )

    def test_selectors(self) -> None:
        expr = 'sum by (a) (rate(x{a="b}c"}[5m])) / on (q) y > 1e-3 or label_replace(z, "to", "$1", "w", "(.+)") # and more\nunless foo:bar'
        self.assertEqual(panel_queries.selectors(expr), ['x{a="b}c"}', "y", "z", "foo:bar"])


class JudgeTest(unittest.TestCase):
    QUERY = Query("node", "Peers", "A", "up", False)
    SERIES = [({"__name__": "up", "node": "a"}, 1.0), ({"node": "b"}, 2.0)]

    def judge(self, series: list, *allowed: "Allowed") -> tuple[str, str]:
        shown = panel_queries.judge(self.QUERY, series, list(allowed))
        return shown.verdict, shown.said

    def test_data(self) -> None:
        self.assertEqual(self.judge(self.SERIES), ("ok", "2 series, node=b: 2"))

    def test_nothing(self) -> None:
        self.assertEqual(self.judge([]), ("FAIL", "shows nothing"))

    def test_no_number_is_nothing(self) -> None:
        self.assertEqual(self.judge([({}, float("nan"))]), ("FAIL", "shows no number"))

    def test_allowed_empty(self) -> None:
        self.assertEqual(self.judge([], Allowed("node / Peers / *", "nobody is there")), ("empty", "nobody is there"))

    def test_other_panel_is_not_allowed(self) -> None:
        self.assertEqual(self.judge([], Allowed("node / Paths / *", "nobody is there"))[0], "FAIL")

    def test_no_longer_empty(self) -> None:
        verdict, said = self.judge(self.SERIES, Allowed("*", "nobody is there"))
        self.assertEqual(verdict, "FAIL")
        self.assertIn("no longer empty", said)

    def test_may_be_empty(self) -> None:
        self.assertEqual(self.judge(self.SERIES, Allowed("*", "may: by chance"))[0], "ok")
        self.assertEqual(self.judge([], Allowed("*", "may: by chance")), ("empty", "by chance"))

    def test_list_needs_reasons(self) -> None:
        self.assertEqual(panel_queries.read_allowed("# why\n\na / b / * : c : d\n"), [Allowed("a / b / *", "c : d")])
        with self.assertRaisesRegex(ValueError, "line 2 of the list of empty queries has no reason: a / b / A"):
            panel_queries.read_allowed("\na / b / A\n")

    def test_last_number(self) -> None:
        self.assertEqual(panel_queries.last({"values": [[1, "4"], [2, "5"], [3, "NaN"]]}), 5)
        self.assertEqual(panel_queries.last({"value": [1, "+Inf"]}), float("inf"))


class FakePrometheus(BaseHTTPRequestHandler):
    """Answers what it has; "broken" is no PromQL."""

    moments: list[str] = []
    HAS = {"sum(up": 3, "count(up": 3, "rate(changes": 0.5, "sum(rate(changes": 0.5, "count(flapping": 1}

    def do_GET(self) -> None:
        url = urllib.parse.urlparse(self.path)
        parameters = urllib.parse.parse_qs(url.query)
        asked = parameters.get("query", [""])[0]
        self.moments += parameters.get("time", []) + parameters.get("end", [])
        if url.path == "/api/v1/label/node/values":
            return self.say(200, {"data": ["a", "b"]})
        if "broken" in asked:
            return self.say(400, {"error": "parse error"})
        value = next((value for name, value in self.HAS.items() if asked.startswith(name)), None)
        if url.path == "/api/v1/query_range":
            result = [] if value is None else [{"metric": {"node": "a"}, "values": [[1, str(value)]]}]
            return self.say(200, {"data": {"resultType": "matrix", "result": result}})
        result = [] if value is None else [{"metric": {}, "value": [1, str(value)]}]
        return self.say(200, {"data": {"resultType": "vector", "result": result}})

    def say(self, code: int, answer: dict) -> None:
        self.send_response(code)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_: object) -> None:
        pass


class RunTest(unittest.TestCase):
    def setUp(self) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), FakePrometheus)
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.write("network.json", json.dumps(DASHBOARD))
        self.write("empty", "")

    def write(self, name: str, text: str) -> Path:
        (self.folder / name).write_text(text)
        return self.folder / name

    def run_it(self, *more: str) -> tuple[int, list[str]]:
        out, err = io.StringIO(), io.StringIO()
        arguments = ["--dashboards", str(self.folder), "--empty", str(self.folder / "empty"), *more]
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = panel_queries.main(arguments)
        return code, (out.getvalue() + err.getvalue()).splitlines()

    def test_all_show_data(self) -> None:
        code, said = self.run_it(self.url)
        self.assertEqual(
            said,
            [
                "ok     network / Nodes / A: 3",
                "ok     network / Churn / A: node=a: 0.5",
                "2 queries: 2 showed data, 0 are empty for a reason, 0 failed",
            ],
        )
        self.assertEqual(code, 0)

    def test_looks_back_from_a_moment(self) -> None:
        FakePrometheus.moments.clear()
        self.assertEqual(self.run_it(self.url, "--at", "1000")[0], 0)
        self.assertEqual(FakePrometheus.moments, ["1000.0"] * 3)

    def test_rules(self) -> None:
        """A recording rule needs data; a quiet alert its series."""
        code, said = self.run_it(self.url, "--rules", str(self.write("paths.yml", RULES)))
        self.assertEqual(said[2], "ok     paths.yml / mesh:changes:rate5m / expr: 0.5")
        self.assertEqual(said[3], "ok     paths.yml / MeshFlapping / expr: quiet, and all its series are there")
        self.assertEqual(said[4], "ok     paths.yml / 'Quoted' / expr: quiet, and all its series are there")
        self.assertEqual(code, 0)

    def test_alert_that_can_never_fire(self) -> None:
        code, said = self.run_it(self.url, "--rules", str(self.write("paths.yml", RULES.replace("flapping[", "flaping["))))
        self.assertIn("FAIL   paths.yml / MeshFlapping / expr: can never fire here, there is no flaping", said)
        self.assertEqual(code, 1)

    def test_refused(self) -> None:
        self.write("network.json", json.dumps(DASHBOARD).replace("rate(changes", "broken("))
        code, said = self.run_it(self.url)
        self.assertIn("FAIL   network / Churn / A: refused: parse error", said)
        self.assertEqual(code, 1)

    def test_list_names_what_is_gone(self) -> None:
        self.write("empty", "network / Gone / A : a reason\nnode / Other / A : of a dashboard that was not asked\n")
        code, said = self.run_it(self.url)
        self.assertIn("FAIL   network / Gone / A: no such query, take it out of the list", said)
        self.assertEqual((code, said[-1]), (1, "2 queries: 2 showed data, 0 are empty for a reason, 1 failed"))

    def test_table(self) -> None:
        file = self.folder / "run.out"
        self.write("network.json", json.dumps(DASHBOARD).replace("rate(changes", "nothing(changes"))
        self.write("empty", "network / Churn / * : no | node moves\n")
        rules = self.write("paths.yml", RULES)  # are not of the dashboards
        self.assertEqual(self.run_it(self.url, "--json", str(file), "--rules", str(rules))[0], 0)
        code, said = self.run_it("--table", str(file))
        self.assertEqual(code, 0)
        self.assertIn("watched the test mesh for 15 min.", " ".join(said))
        self.assertIn("Template variables: node = a, b.", said)
        self.assertEqual(
            said[-5:],
            [
                "",
                "| panel | query | it showed |",
                "|---|---|---|",
                '| Nodes | `sum(up{node=~"$node"})` | 3 |',
                r'| Churn | `nothing(changes{node=~"$node"}[$__rate_interval])` | empty: no \| node moves |',
            ],
        )

    def test_no_prometheus(self) -> None:
        code, said = self.run_it("http://127.0.0.1:1")
        self.assertEqual(code, 2)
        self.assertRegex(said[0], "^panel-queries: no Prometheus answers at http://127.0.0.1:1: .*refused")

    def test_no_dashboards(self) -> None:
        code, said = self.run_it(self.url, "--dashboards", str(self.folder / "none"))
        self.assertEqual((code, len(said)), (2, 1))

    def test_no_question(self) -> None:
        with self.assertRaises(SystemExit) as ended, contextlib.redirect_stderr(io.StringIO()):
            panel_queries.main([])
        self.assertEqual(ended.exception.code, 2)


if __name__ == "__main__":
    unittest.main()
