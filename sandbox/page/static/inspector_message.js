// A message, or the open form: its JSON, and how much of Slack's limits it uses.

import { timeOf } from "./clock.js";
import { h } from "./dom.js";
import { bars } from "./usage_bars.js";
import * as api from "./inspector_api.js";
import { copyButton, jsonTree, pretty } from "./json_view.js";
import { app, fullName, member, mine, state } from "./state.js";

const title = h("h3", { tabindex: "-1" });
const older = h("button.small", { type: "button", onclick: () => step(-1) }, "Older");
const newer = h("button.small", { type: "button", onclick: () => step(1) }, "Newer");
const body = h("div.inspector-body");
export const node = h("div", {}, h("div.part-head", {}, title, older, newer), body);

let selected = null; // { channel, ts }
let shown = "";

/** Selects a message: { channel, ts }. */
export function select(one) {
  selected = one;
}

const openView = () => mine().views.at(-1);
const at = () => state.messages.findIndex((one) => one.ts === selected?.ts);

function step(by) {
  const next = state.messages[at() + by];
  if (next) select({ channel: state.channel, ts: next.ts });
  return render();
}

const TOP_LIMITS = 5;
const intro = "You can paste the copied blocks into Slack’s Block Kit Builder.";

function fill({ json, blocks, limits }) {
  const uses = limits.map((one) => ({ ...one, note: one.pointer }));
  const buttons = [copyButton("Copy JSON", () => pretty(json)), copyButton("Copy blocks", () => pretty(blocks))];
  body.replaceChildren(
    h("h4", {}, "Limits used"),
    bars(uses.slice(0, TOP_LIMITS), "Limits used, highest first"),
    uses.length > TOP_LIMITS
      ? h(
          "details.more",
          {},
          h("summary", {}, `${uses.length - TOP_LIMITS} more limits`),
          bars(uses.slice(TOP_LIMITS), "More limits"),
        )
      : "",
    h("div.part-head", {}, h("h4", {}, "JSON"), ...buttons),
    h("p.about", {}, intro),
    jsonTree(json, "JSON"),
  );
}

async function load(key, ask) {
  const found = await ask().catch((problem) => problem);
  if (shown !== key) return;
  if (found instanceof Error) body.replaceChildren(h("p.about", {}, found.message));
  else if (found.json) fill(found);
}

export function enter() {
  shown = "";
  render();
}

export function leave() {
  mark(null);
}

/** Marks the shown message in the conversation. */
function mark(ts) {
  for (const row of document.querySelectorAll("li.message"))
    row.classList.toggle("inspected", row.dataset.ts === ts);
}

export function render() {
  const view = openView();
  older.hidden = newer.hidden = Boolean(view);
  if (view) return showView(view);
  if (selected?.channel !== state.channel || at() < 0) selected = null;
  const newest = state.messages.findLast((one) => one.bot_id) ?? state.messages.at(-1);
  if (!selected && newest) selected = { channel: state.channel, ts: newest.ts };
  mark(selected?.ts ?? null);
  return selected ? showMessage(state.messages[at()]) : showNothing();
}

function showView(view) {
  mark(null);
  title.textContent = `The open form “${view.title?.text ?? ""}”`;
  turnTo(`${view.id} ${view.hash} ${JSON.stringify(view.state)}`, () => api.view(state.person));
}

function showMessage(message) {
  const by = member(message.user) ?? app();
  title.textContent = `${fullName(by)}, ${timeOf(message.ts)}`;
  older.disabled = at() < 1;
  newer.disabled = at() >= state.messages.length - 1;
  turnTo(JSON.stringify(message), () => api.message(state.person, state.channel, message.ts));
}

function showNothing() {
  title.textContent = "No message yet";
  shown = "";
  body.replaceChildren(h("p.about", {}, "Choose a person, then click a message to see its JSON."));
}

function turnTo(key, ask) {
  if (shown === key) return;
  shown = key;
  load(key, ask);
}
