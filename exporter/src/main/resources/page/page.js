// Shows /api/node and /events. All that comes from there is text: nothing here makes markup of it.
"use strict";

const KEPT_EVENTS = 200;
const LOOK_MS = 2000;
const SOON_MS = 1000;
const RETRY_MS = 5000;
const NONE = "–";

const GOOD = new Set(["add", "assign", "activate", "active", "fixed", "estab", "discovery_ended", "proxy_add", "gate_add", "root_add"]);
const WARN = new Set(["change", "resolving", "fix", "proxy_change", "discovery_retried"]);
const BAD = new Set(["delete", "deactivate", "expire", "add_failed", "discovery_failed", "blocked", "holding", "gate_delete", "root_delete"]);
const REFRESHES = new Set(["reassign", "sn"]);

const byId = (id) => document.getElementById(id);
const known = (value) => value !== undefined && value !== null;

// --- words ---------------------------------------------------------------------------------------

const address = (text) => (known(text) ? text.toLowerCase().replaceAll("-", ":") : NONE);
const count = (value) => (known(value) ? value.toLocaleString("en", { useGrouping: false }) : NONE);
const rate = (bits) => (known(bits) ? (bits / 1e6).toFixed(1) + " Mbit/s" : NONE);
const kind = (word) => (GOOD.has(word) ? "good" : WARN.has(word) ? "warn" : BAD.has(word) ? "bad" : "quiet");

function duration(seconds) {
  if (!known(seconds)) return NONE;
  if (seconds < 10) return seconds.toFixed(1) + " s";
  if (seconds < 120) return Math.round(seconds) + " s";
  if (seconds < 7200) return Math.round(seconds / 60) + " min";
  if (seconds < 172800) return Math.round(seconds / 3600) + " h";
  return Math.round(seconds / 86400) + " d";
}

function timeOfDay(iso) {
  const digits = (number, width) => String(number).padStart(width, "0");
  const time = new Date(iso);
  return `${digits(time.getHours(), 2)}:${digits(time.getMinutes(), 2)}:${digits(time.getSeconds(), 2)}.${digits(time.getMilliseconds(), 3)}`;
}

// --- cells and rows ------------------------------------------------------------------------------

// A cell is [label, class, parts]; a part is a text, or [class, text].
function fill(cell, parts) {
  const said = JSON.stringify(parts);
  if (cell.dataset.said === said) return;
  cell.dataset.said = said;
  cell.replaceChildren(
    ...parts.map((part) => {
      const span = document.createElement("span");
      if (typeof part === "string") {
        span.textContent = part;
      } else {
        span.className = part[0];
        span.textContent = part[1];
      }
      return span;
    }),
  );
}

function fillRow(row, cells) {
  cells.forEach(([label, className, parts], i) => {
    const cell = row.cells[i] ?? row.insertCell();
    if (label) cell.dataset.label = label;
    cell.className = className;
    fill(cell, parts);
  });
}

const word = (text) => ["word " + kind(text), text];

// Rows stay where they are and change what changed: who reads does not lose the line.
function fillTable(table, items, keyOf, cellsOf, classOf) {
  const body = table.tBodies[0];
  const rows = new Map([...body.rows].map((row) => [row.dataset.key, row]));
  items.forEach((item, i) => {
    const key = keyOf(item);
    const row = rows.get(key) ?? document.createElement("tr");
    rows.delete(key);
    row.dataset.key = key;
    row.className = classOf(item);
    fillRow(row, cellsOf(item));
    if (body.rows[i] !== row) body.insertBefore(row, body.rows[i] ?? null);
  });
  rows.forEach((row) => row.remove());
  table.classList.toggle("filled", items.length > 0);
}

// --- the node ------------------------------------------------------------------------------------

function pathCells(path) {
  const changed = known(path["mesh.path.event"])
    ? [word(path["mesh.path.event"]), ["more", `${path["mesh.path.cause"]}, ${duration(path["mesh.path.event_age_s"])} ago`]]
    : [NONE];
  const roles = ["root", "gate"].filter((role) => path["mesh.path." + role]);
  const penalty = path["mesh.path.flap_penalty"];
  return [
    ["", "address wide", [address(path["mesh.path.destination"]), ...roles.map((role) => ["more", role])]],
    ["", "", [word(path["mesh.path.state"])]],
    ["by", "address", [address(path["mesh.path.next_hop"])]],
    ["metric", "number", [count(path["mesh.path.metric"])]],
    ["hops", "number", [count(path["mesh.path.hop_count"])]],
    ["age", "number", [duration(path["mesh.path.age_s"])]],
    ["changes", "number", [count(path["mesh.path.changes"])]],
    ["", "wide", changed],
    ["penalty", "number", [known(penalty) ? Math.round(penalty).toString() : NONE]],
  ];
}

function peerCells(peer) {
  const signal = peer["mesh.peer.signal_dbm"];
  return [
    ["", "address wide", [address(peer["mesh.peer.address"])]],
    ["", "", [word(peer["mesh.peer.state"] ?? "unknown")]],
    ["signal", "number", [known(signal) ? signal + " dBm" : NONE]],
    ["to", "number", [rate(peer["mesh.peer.transmit_bits_per_second"])]],
    ["from", "number", [rate(peer["mesh.peer.receive_bits_per_second"])]],
    ["metric", "number", [count(peer["mesh.peer.metric"])]],
    ["silent", "number", [duration(peer["mesh.peer.inactive_s"])]],
  ];
}

function facts(device) {
  const said = [address(device["mesh.node.address"])];
  if (known(device["mesh.id"])) said.push(`mesh ${device["mesh.id"]}`);
  if (known(device["mesh.channel"])) said.push(`channel ${device["mesh.channel"]}`);
  if (device["mesh.root_mode"] > 0) said.push("root");
  if (device["mesh.forwarding"] === false) said.push("forwards nothing");
  return said.join(", ");
}

function showDevice(section, device) {
  const { paths, peers } = device;
  section.querySelector("h2").textContent = device["network.interface.name"];
  section.querySelector(".facts").textContent = facts(device);
  const flapping = paths.filter((path) => path["mesh.path.flapping"]).length;
  const active = paths.filter((path) => ["active", "fixed"].includes(path["mesh.path.state"])).length;
  const tiles = {
    active: `${active} of ${paths.length}`,
    peers: peers ? peers.filter((peer) => peer["mesh.peer.state"] === "estab").length : NONE,
    changes: paths.reduce((sum, path) => sum + path["mesh.path.changes"], 0),
    flapping,
  };
  for (const [name, value] of Object.entries(tiles)) {
    section.querySelector(`[data-tile=${name}]`).textContent = value;
  }
  section.querySelector("[data-tile=flapping]").classList.toggle("bad", flapping > 0);
  const isFlapping = (path) => (path["mesh.path.flapping"] ? "flapping" : "");
  fillTable(section.querySelector(".paths"), paths, (path) => path["mesh.path.destination"], pathCells, isFlapping);
  const peerPart = section.querySelector(".peers");
  peerPart.hidden = !peers;
  fillTable(peerPart.querySelector("table"), peers ?? [], (peer) => peer["mesh.peer.address"], peerCells, () => "");
}

function showNode(node) {
  const list = byId("devices");
  const sections = new Map([...list.children].map((section) => [section.dataset.key, section]));
  for (const device of node.devices) {
    const key = device.netns + " " + device["network.interface.name"];
    let section = sections.get(key);
    if (!section) {
      section = byId("device").content.firstElementChild.cloneNode(true);
      section.dataset.key = key;
      list.append(section);
    }
    sections.delete(key);
    showDevice(section, device);
  }
  sections.forEach((section) => section.remove());
  document.body.classList.toggle("one", node.devices.length < 2);
  const obstacles = [...node.obstacles];
  if (node.devices.length === 0) {
    obstacles.push("No mesh device yet: what joins a mesh shows here by itself.");
  }
  say(obstacles.join(" "));
  const recording = node.source === "recording";
  source = recording ? `recording, ${node.time.slice(0, 10)} ${timeOfDay(node.time).slice(0, 8)}` : "live";
}

function say(sentence) {
  byId("obstacle").hidden = sentence === "";
  byId("obstacle").textContent = sentence;
}

// --- the events ----------------------------------------------------------------------------------

function eventCells(event) {
  const before = event["mesh.path.previous_next_hop"];
  const now = event["mesh.path.next_hop"];
  const was = known(before) && !(known(now) && before === now) ? [["was address", "was " + address(before)]] : [];
  const hop = [...(known(now) ? [address(now)] : []), ...was];
  const oldMetric = event["mesh.path.previous_metric"];
  const metric = event["mesh.path.metric"];
  const better = known(oldMetric) && known(metric) && oldMetric !== metric ? [["was", oldMetric + " → "]] : [];
  const peer = event["mesh.peer.state"];
  const more = [event["process.command"], event["mesh.cause.frame"]].filter(known);
  return [
    ["", "", [timeOfDay(event.time)]],
    ["", "of-many", [event["network.interface.name"]]],
    ["", "", [word(event["mesh.path.event"])]],
    ["", "address", [known(event["mesh.path.destination"]) ? address(event["mesh.path.destination"]) : ""]],
    ["", "address", peer ? [word(peer)] : hop],
    [known(now) ? "metric" : "", "number", known(now) ? [...better, count(metric)] : []],
    ["", "", [event["mesh.path.cause"], ...more.map((text) => ["more", text])]],
  ];
}

function eventRow(event, isNew) {
  const row = document.createElement("tr");
  row.className = (REFRESHES.has(event["mesh.path.event"]) ? "refresh" : "") + (isNew ? " new" : "");
  fillRow(row, eventCells(event));
  return row;
}

function gapRow(missed) {
  const row = document.createElement("tr");
  row.className = "gap";
  const cell = row.insertCell();
  cell.colSpan = 7;
  cell.className = "wide";
  cell.textContent = `${missed} events are missing here: they came faster than this page could take them`;
  return row;
}

let waiting = [];
let paused = false;
let drawing = false;
let source = "live";
let connectedAt = 0;

function add(row) {
  waiting.push(row);
  if (waiting.length > KEPT_EVENTS) waiting.shift();
  if (!paused && !drawing) {
    drawing = true;
    setTimeout(draw, 50);
  }
}

function draw() {
  drawing = false;
  if (paused) return;
  const table = document.querySelector(".log");
  const body = table.tBodies[0];
  body.prepend(...waiting.reverse());
  waiting = [];
  while (body.rows.length > KEPT_EVENTS) body.lastElementChild.remove();
  table.classList.toggle("filled", body.rows.length > 0);
}

// --- the connections -----------------------------------------------------------------------------

let looking = null;

function lookIn(ms) {
  clearTimeout(looking);
  looking = setTimeout(look, ms);
}

async function look() {
  if (!document.hidden) {
    try {
      const answer = await fetch("/api/node", { cache: "no-store" });
      if (answer.ok) {
        showNode(await answer.json());
      } else {
        say(await answer.text());
      }
    } catch {
      show("no answer", "broken");
    }
  }
  if (following?.readyState === EventSource.OPEN) show(source, "live");
  lookIn(LOOK_MS);
}

function show(text, className) {
  const state = byId("state");
  state.textContent = text;
  state.className = "state " + className;
}

let following = null;

function follow() {
  following = new EventSource("/events");
  following.onopen = () => {
    connectedAt = Date.now();
    show(source, "live");
  };
  following.onmessage = (message) => {
    add(eventRow(JSON.parse(message.data), Date.now() - connectedAt > 1000));
    if (!soon) {
      soon = true;
      setTimeout(() => {
        soon = false;
        look();
      }, SOON_MS);
    }
  };
  following.addEventListener("missed", (message) => add(gapRow(JSON.parse(message.data)["mesh.events.missed"])));
  following.onerror = () => {
    show("no connection", "broken");
    // who was refused is not called again by the browser
    if (following.readyState === EventSource.CLOSED) setTimeout(follow, RETRY_MS);
  };
}

let soon = false;

byId("refreshes").addEventListener("change", (change) => {
  document.querySelector(".log").classList.toggle("without-refreshes", !change.target.checked);
});
byId("pause").addEventListener("click", () => {
  paused = !paused;
  byId("pause").setAttribute("aria-pressed", String(paused));
  byId("pause").textContent = paused ? "Go on" : "Pause";
  draw();
});
document.addEventListener("visibilitychange", () => lookIn(0));
document.querySelector(".log").classList.add("without-refreshes");
look();
follow();
