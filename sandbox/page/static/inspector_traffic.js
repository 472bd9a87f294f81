// The wire: every call of the app and everything that was sent to it, newest first.

import { dayInWords, dayOf, timeOf } from "./clock.js";
import { h, icon, reconcile } from "./dom.js";
import * as api from "./inspector_api.js";
import { exchange } from "./inspector_exchange.js";
import { fullName, member, shownName, state } from "./state.js";

const PAGE = 100;
const PAUSE = 250;

const KINDS = {
  command: "Command",
  block_actions: "Click or choice",
  view_submission: "Form sent in",
  view_closed: "Form closed",
  event: "Event",
  respond: "Response URL",
};
export const kindName = (name) => KINDS[name] ?? name;

const seconds = (value) => (value < 0.0995 ? `${Math.max(1, Math.round(value * 1000))} ms` : `${value.toFixed(1)} s`);

function time(at) {
  const ts = Date.parse(at) / 1000;
  return dayOf(ts) === "Today" ? timeOf(ts) : `${dayInWords(at)}, ${timeOf(ts)}`;
}

const kind = h("select", { "aria-label": "What", onchange: () => load() });
const person = h("select", { "aria-label": "About whom", onchange: () => load() });
const text = h("input", { type: "search", placeholder: "Search", "aria-label": "Search the wire", oninput: typed });
const list = h("ol.wire", { "aria-label": "What went over the wire, newest first" });
const nothing = h("p.empty", { hidden: true });
const more = h("button.quiet", { type: "button", hidden: true, onclick: () => loadOlder() }, "Show earlier");
export const node = h("div.wire-part", {}, h("div.filters", {}, kind, person, text), list, nothing, more);

let rows = [];
let turn = 0;
let timer = null;
let asking = false;
let heardMore = false;

const sought = (further) => ({ name: kind.value, person: person.value, text: text.value.trim(), limit: PAGE, ...further });

function typed() {
  clearTimeout(timer);
  timer = setTimeout(load, PAUSE);
}

/** Asks anew, from the newest on. */
async function load() {
  turn += 1;
  const mine = turn;
  const found = await api.wire(sought()).catch(() => null);
  if (!found || mine !== turn) return;
  rows = found.rows;
  more.hidden = !found.has_more;
  show(found);
}

async function loadOlder() {
  const mine = turn;
  const found = await api.wire(sought({ before: Math.min(...rows.map((row) => row.number)) })).catch(() => null);
  if (!found || mine !== turn) return;
  rows = [...rows, ...found.rows];
  more.hidden = !found.has_more;
  show(found);
}

/** What came since. Where that is more than a page, what stood there is too old to keep. */
export async function heard() {
  if (asking) return void (heardMore = true);
  asking = true;
  const mine = turn;
  const found = await api.wire(sought({ after: Math.max(0, ...rows.map((row) => row.number)) })).catch(() => null);
  asking = false;
  if (found && mine === turn) {
    if (found.has_more) {
      rows = [];
      more.hidden = false;
    }
    const fresh = new Set(found.rows.map((row) => row.number));
    rows = [...found.rows, ...rows.filter((row) => !fresh.has(row.number))].slice(0, found.kept);
    show(found);
  }
  if (!heardMore) return;
  heardMore = false;
  await heard();
}

function choices(select, all, found) {
  const wanted = [["", all], ...found];
  if (JSON.stringify(wanted) === select.says) return;
  const { value } = select;
  select.says = JSON.stringify(wanted);
  select.replaceChildren(...wanted.map(([id, name]) => h("option", { value: id }, name)));
  select.value = wanted.some(([id]) => id === value) ? value : "";
}

function show({ names }) {
  const kinds = names.map((name) => [name, kindName(name)]).sort((one, other) => one[1].localeCompare(other[1]));
  choices(kind, "Everything", kinds);
  render();
  // They are numbered as they end; one reads them as they began.
  const sorted = [...rows].sort((one, other) => other.began - one.began);
  reconcile(
    list,
    sorted.map((row) => ({ key: String(row.number), value: row })),
    entry,
  );
  const filtered = kind.value || person.value || text.value.trim();
  nothing.textContent = filtered ? "Nothing like that among the latest." : "Nothing has gone over the wire yet.";
  nothing.hidden = rows.length > 0;
}

/** How it ended: [words, "good" | "bad" | "odd"]. */
export function outcome({ from_app: fromApp, ok, error, status, ordered }) {
  if (ordered === "dropped") return ["done, answer lost", "bad"];
  if (fromApp) return ok ? ["ok", "good"] : [status === 200 || !status ? error : `${status} ${error}`, "bad"];
  const words = {
    dropped: "nobody listened",
    operation_timeout: "no answer in 3 s",
    dispatch_failed: status ? `failed, ${status}` : "failed",
    refused: "answer refused",
  };
  return ok ? ["answered", "good"] : [words[error] ?? error, "bad"];
}

function entry(row) {
  const [words, tone] = outcome(row);
  const people = row.people.map((id) => shownName(member(id)) || id).join(", ");
  const again = row.retry ? h("span.wire-tag", {}, "sent again") : null;
  const ordered = row.ordered ? h("span.wire-tag", {}, "fault") : null;
  const details = h("div.wire-details", { hidden: true });
  const about = [row.about, people].filter(Boolean).join(" · ");
  const head = h(
    "button.wire-row",
    { type: "button", "aria-expanded": "false", "data-focus": "row", onclick: () => fold(row, head, details) },
    h("span.wire-way", { title: row.from_app ? "From the app to Slack" : "From Slack to the app" }, icon(row.from_app ? "outgoing" : "incoming")),
    h("span.aside", {}, row.from_app ? "The app calls" : "Slack sends"),
    h("span.wire-name", {}, kindName(row.name)),
    h(`span.wire-end.${tone}`, {}, words),
    h("span.wire-about", {}, again, ordered, about),
    h("span.wire-when", {}, `${seconds(row.seconds)} · ${time(row.at)}`),
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
  choices(person, "Everybody", people);
}
