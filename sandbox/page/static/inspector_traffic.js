// The traffic: every call of the app and every delivery to it, newest first.

import { dayOf, formatDay, timeOf } from "./clock.js";
import { h, icon, reconcile } from "./dom.js";
import * as api from "./inspector_api.js";
import { exchange } from "./inspector_exchange.js";
import { fullName, member, shownName, state } from "./state.js";

const PAGE = 100;
const TYPING_PAUSE_MS = 250;

const KINDS = {
  command: "Command",
  block_actions: "Click or choice",
  view_submission: "Form submitted",
  view_closed: "Form closed",
  event: "Event",
  respond: "Response URL",
};
export const kindName = (name) => KINDS[name] ?? name;

const seconds = (value) => (value < 0.0995 ? `${Math.max(1, Math.round(value * 1000))} ms` : `${value.toFixed(1)} s`);

function time(at) {
  const ts = Date.parse(at) / 1000;
  return dayOf(ts) === "Today" ? timeOf(ts) : `${formatDay(at)}, ${timeOf(ts)}`;
}

const kind = h("select", { "aria-label": "Kind", onchange: () => load() });
const person = h("select", { "aria-label": "Person", onchange: () => load() });
const text = h("input", { type: "search", placeholder: "Search", "aria-label": "Search requests", oninput: typed });
const list = h("ol.traffic", { "aria-label": "Requests, newest first" });
const nothing = h("p.empty", { hidden: true });
const more = h("button.quiet", { type: "button", hidden: true, onclick: () => loadOlder() }, "Show earlier");
export const node = h("div.traffic-part", {}, h("div.filters", {}, kind, person, text), list, nothing, more);

let rows = [];
let turn = 0;
let timer = null;
let isLoading = false;
let hasNews = false;

const filter = (further) => ({ name: kind.value, person: person.value, text: text.value.trim(), limit: PAGE, ...further });

function typed() {
  clearTimeout(timer);
  timer = setTimeout(load, TYPING_PAUSE_MS);
}

/** Loads the newest page. */
async function load() {
  turn += 1;
  const mine = turn;
  const found = await api.traffic(filter()).catch(() => null);
  if (!found || mine !== turn) return;
  rows = found.rows;
  more.hidden = !found.has_more;
  show(found);
}

async function loadOlder() {
  const mine = turn;
  const found = await api.traffic(filter({ before: Math.min(...rows.map((row) => row.number)) })).catch(() => null);
  if (!found || mine !== turn) return;
  rows = [...rows, ...found.rows];
  more.hidden = !found.has_more;
  show(found);
}

/** Loads what is new. If that is more than a page, older rows are dropped. */
export async function onTraffic() {
  if (isLoading) return void (hasNews = true);
  isLoading = true;
  const mine = turn;
  const found = await api.traffic(filter({ after: Math.max(0, ...rows.map((row) => row.number)) })).catch(() => null);
  isLoading = false;
  if (found && mine === turn) {
    if (found.has_more) {
      rows = [];
      more.hidden = false;
    }
    const fresh = new Set(found.rows.map((row) => row.number));
    rows = [...found.rows, ...rows.filter((row) => !fresh.has(row.number))].slice(0, found.max_rows);
    show(found);
  }
  if (!hasNews) return;
  hasNews = false;
  await onTraffic();
}

function choices(select, all, found) {
  const wanted = [["", all], ...found];
  if (JSON.stringify(wanted) === select.json) return;
  const { value } = select;
  select.json = JSON.stringify(wanted);
  select.replaceChildren(...wanted.map(([id, name]) => h("option", { value: id }, name)));
  select.value = wanted.some(([id]) => id === value) ? value : "";
}

function show({ names }) {
  const kinds = names.map((name) => [name, kindName(name)]).sort((one, other) => one[1].localeCompare(other[1]));
  choices(kind, "All kinds", kinds);
  render();
  // Rows are numbered by their end, and shown by their start.
  const sorted = [...rows].sort((one, other) => other.started - one.started);
  reconcile(
    list,
    sorted.map((row) => ({ key: String(row.number), value: row })),
    entry,
  );
  const filtered = kind.value || person.value || text.value.trim();
  nothing.textContent = filtered ? "No matches among the latest requests." : "No requests yet.";
  nothing.hidden = rows.length > 0;
}

/** How it ended: [text, "good" or "bad"]. */
export function outcome({ from_app: fromApp, ok, error, status, fault }) {
  if (fault === "dropped") return ["done, response lost", "bad"];
  if (fromApp) return ok ? ["ok", "good"] : [status === 200 || !status ? error : `${status} ${error}`, "bad"];
  const texts = {
    dropped: "not connected",
    operation_timeout: "no response in 3 s",
    dispatch_failed: status ? `failed, ${status}` : "failed",
    refused: "response refused",
  };
  return ok ? ["answered", "good"] : [texts[error] ?? error, "bad"];
}

function entry(row) {
  const [text, tone] = outcome(row);
  const people = row.people.map((id) => shownName(member(id)) || id).join(", ");
  const again = row.retry ? h("span.traffic-tag", {}, "resent") : null;
  const fault = row.fault ? h("span.traffic-tag", {}, "failure") : null;
  const details = h("div.traffic-details", { hidden: true });
  const about = [row.about, people].filter(Boolean).join(" · ");
  const head = h(
    "button.traffic-row",
    { type: "button", "aria-expanded": "false", "data-focus": "row", onclick: () => fold(row, head, details) },
    h("span.traffic-direction", { title: row.from_app ? "From the app to Slack" : "From Slack to the app" }, icon(row.from_app ? "outgoing" : "incoming")),
    h("span.aside", {}, row.from_app ? "The app calls" : "Slack sends"),
    h("span.traffic-name", {}, kindName(row.name)),
    h(`span.traffic-outcome.${tone}`, {}, text),
    h("span.traffic-about", {}, again, fault, about),
    h("span.traffic-time", {}, `${seconds(row.seconds)} · ${time(row.at)}`),
  );
  return h("li", {}, head, details);
}

async function fold(row, head, details) {
  details.hidden = !details.hidden;
  head.setAttribute("aria-expanded", String(!details.hidden));
  if (details.hidden || details.childElementCount) return;
  const found = await api.exchange(row.number).catch((problem) => problem);
  details.replaceChildren(found instanceof Error ? h("p.about", {}, found.message) : exchange(found));
}

export function enter() {
  render();
  return load();
}

export function render() {
  const people = (state.workspace?.members ?? []).filter((one) => !one.is_bot).map((one) => [one.id, fullName(one)]);
  choices(person, "All people", people);
}
