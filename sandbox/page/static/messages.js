// One conversation: its head, and its messages with the days between them.

import { block } from "./blocks.js";
import { dayOf, momentOf, timeOf, today } from "./clock.js";
import { h, icon, reconcile } from "./dom.js";
import { avatar, tagOf } from "./avatars.js";
import { mrkdwn } from "./mrkdwn.js";
import { messagePlace } from "./block_context.js";
import { letGo, lookIn, showSought } from "./scroll_to_message.js";
import { app, conversation, conversationName, fullName, me, member, state, tab } from "./state.js";
import { loadEarlier } from "./sync.js";

const TOGETHER = 300; // seconds within which messages of one author share a head
const NEAR = 120; // pixels from the foot that count as being there

const part = (id) => document.getElementById(id);
const list = h("ol.messages");
const earlier = h("button.quiet.earlier", { type: "button", onclick: () => loadEarlier() }, "Show earlier messages");
const jump = h(
  "button.jump",
  { type: "button", hidden: true, onclick: () => toFoot("smooth") },
  icon("down"),
  "New messages",
);
let shown = "";
let first = "";
let last = "";

export function setUp() {
  part("log").append(earlier, list);
  part("log").after(jump);
  part("log").addEventListener("scroll", () => atFoot() && (jump.hidden = true), { passive: true });
  const sizes = new ResizeObserver(() => showSought() || (wasAtFoot && toFoot()));
  for (const node of [list, part("log")]) sizes.observe(node);
  lookIn(list, part("log"));
  part("log").addEventListener("scroll", () => (wasAtFoot = atFoot()), { passive: true });
}

let wasAtFoot = true;
const atFoot = () => part("log").scrollHeight - part("log").scrollTop - part("log").clientHeight < NEAR;
const toFoot = (behavior = "instant") => part("log").scrollTo({ top: part("log").scrollHeight, behavior });

/** Goes to the newest message, and stays with what comes. */
export function followFoot() {
  letGo();
  wasAtFoot = true;
  toFoot();
}

/** Whoever wrote it: a member, or the app. */
const author = (message) =>
  member(message.user) ??
  (message.bot_id ? { ...app(), is_bot: true } : { id: message.user, name: message.user ?? "Somebody" });

function body(message, channel) {
  const byApp = Boolean(message.bot_id);
  if (!message.blocks?.length || !byApp) return h("div.words", {}, mrkdwn(message.text));
  return message.blocks.map((spec) => block(spec, messagePlace(message, channel)));
}

function messageRow({ message, channel, together }) {
  const by = author(message);
  const time = h("time", { title: momentOf(message.ts) }, timeOf(message.ts));
  const head = together
    ? h(
        "span.gutter-time",
        { "aria-hidden": "true", title: momentOf(message.ts) },
        timeOf(message.ts).replace(/ [AP]M$/, ""),
      )
    : h("div.message-head", {}, h("strong", {}, fullName(by)), tagOf(by), time);
  const only = message.is_ephemeral ? h("p.only-you", {}, icon("eye"), "Only visible to you") : null;
  const edited = message.edited ? h("span.edited", {}, "(edited)") : null;
  const thread =
    message.thread_ts && message.thread_ts !== message.ts ? h("p.in-thread", {}, "Replied in a thread") : null;
  const classes = `${message.is_ephemeral ? "ephemeral" : ""} ${together ? "together" : ""}`;
  const article = h(
    "article",
    { "aria-label": `${fullName(by)}, ${timeOf(message.ts)}` },
    only,
    together ? null : avatar(by),
    head,
    thread,
    h("div.message-body", {}, body(message, channel), edited),
  );
  return h("li.message", { class: classes, "data-ts": message.ts }, article);
}

const day = (text) => h("li.rule.day", {}, h("h2", {}, text));
const fresh = () => h("li.rule.fresh", {}, h("span", { role: "separator", "aria-label": "New" }, "New"));

const dated = new WeakMap();
/** Whether it may say "tomorrow", which is something else the day after. */
function isDated(message) {
  if (!dated.has(message)) dated.set(message, /<!date\^|"type":"date"/.test(JSON.stringify(message)));
  return dated.get(message);
}

function rows() {
  const found = [];
  let before = null;
  for (const original of state.messages) {
    const { state: _, ...message } = original;
    const day = dayOf(message.ts);
    if (day !== (before && dayOf(before.ts))) {
      found.push({ key: `day ${day}`, value: { day } });
      before = null;
    }
    if (message.ts === state.newFrom) {
      found.push({ key: "new", value: { fresh: true } });
      before = null;
    }
    const together =
      Boolean(before) &&
      before.user === message.user &&
      message.ts - before.ts < TOGETHER &&
      !before.is_ephemeral &&
      !message.is_ephemeral;
    found.push({
      key: `${message.ts}${message.is_ephemeral ? "e" : ""}`,
      value: { message, channel: state.channel, together, seen: [state.edition, isDated(original) && today()] },
    });
    before = message;
  }
  return found;
}

function build(value) {
  if (value.day) return day(value.day);
  return value.fresh ? fresh() : messageRow(value);
}

/** What to say where there are no messages. */
function empty() {
  if (!state.workspace) return ["", state.online ? "Opening the workspace …" : ""];
  if (!state.person) return null; // the welcome stands there
  if (!me()) return ["Nobody here by that name", "Choose somebody in the list."];
  if (!state.channel) return ["Nothing here yet", "Conversations show up as they begin."];
  if (!state.loaded) return null;
  if (me().deactivated) return ["Nothing here", ""];
  const command = app()?.commands?.[0]?.command;
  return [
    "No messages yet",
    command ? `Say something, or type ${command} to see what ${app().name} can do.` : "Say something to begin.",
  ];
}

export function render() {
  const here = `${state.person}/${state.channel}`;
  const arrived = here !== shown;
  if (arrived) list.replaceChildren();
  const follow = arrived || wasAtFoot;
  const log = part("log");
  const fromFoot = log.scrollHeight - log.scrollTop;
  const oldest = state.messages[0]?.ts ?? "";
  log.hidden = tab() !== "messages";
  log.setAttribute("aria-label", conversation() ? `Messages with ${conversationName(conversation())}` : "Messages");
  reconcile(list, rows(), build);
  earlier.hidden = !state.hasMore;
  const nothing = state.messages.length ? null : empty();
  log.querySelector(".nothing")?.remove();
  if (nothing) log.append(h("div.nothing", {}, h("h2", {}, nothing[0]), h("p", {}, nothing[1])));
  const newest = state.messages.at(-1)?.ts ?? "";
  if (!arrived && last && newest > last && state.loaded === here) letGo();
  if (showSought()) jump.hidden = true;
  else if (follow) toFoot();
  else if (oldest < first) log.scrollTop = log.scrollHeight - fromFoot;
  else if (newest > last) jump.hidden = false;
  if (arrived || log.hidden) jump.hidden = true;
  if (state.loaded === here || !state.channel) shown = here;
  first = oldest;
  last = newest;
}
