// The messages of one conversation, divided by days.

import * as api from "./api.js";
import { block } from "./blocks.js";
import { dayOf, momentOf, timeOf, today } from "./clock.js";
import { h, icon, reconcile } from "./dom.js";
import { emoji } from "./emoji.js";
import { avatar, tagOf } from "./avatars.js";
import { mrkdwn } from "./mrkdwn.js";
import { messageContext } from "./block_context.js";
import * as scroll from "./scroll_to_message.js";
import { app, conversation, conversationName, fullName, me, member, state, tab } from "./state.js";
import { loadEarlier } from "./sync.js";

const GROUPED_SECONDS = 300; // messages of one author within this time share a head
const NEAR_FOOT = 120; // pixels from the foot that count as the foot

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
  const sizes = new ResizeObserver(() => scroll.apply() || (wasAtFoot && toFoot()));
  for (const node of [list, part("log")]) sizes.observe(node);
  scroll.setUp(list, part("log"));
  part("log").addEventListener("scroll", () => (wasAtFoot = atFoot()), { passive: true });
}

let wasAtFoot = true;
const atFoot = () => part("log").scrollHeight - part("log").scrollTop - part("log").clientHeight < NEAR_FOOT;
const toFoot = (behavior = "instant") => part("log").scrollTo({ top: part("log").scrollHeight, behavior });

/** Scrolls to the newest message, and follows new ones. */
export function followFoot() {
  scroll.release();
  wasAtFoot = true;
  toFoot();
}

/** The author: a member, or the app. */
const author = (message) =>
  member(message.user) ??
  (message.bot_id ? { ...app(), is_bot: true } : { id: message.user, name: message.user ?? "Unknown" });

function body(message, channel) {
  const byApp = Boolean(message.bot_id);
  const files = (message.files ?? []).map((file) =>
    file.mode === "tombstone"
      ? h("p.shared-file", {}, "This file was deleted.")
      : h(
          "p.shared-file",
          {},
          h("a", { href: api.fileUrl(state.person, file), download: file.name, title: `Download ${file.name}` }, file.title),
          h("span", {}, ` ${file.pretty_type}`),
        ),
  );
  if (files.length) return [message.text ? h("div.text", {}, mrkdwn(message.text)) : null, ...files];
  if (!message.blocks?.length || !byApp) return h("div.text", {}, mrkdwn(message.text));
  return message.blocks.map((spec) => block(spec, messageContext(message, channel)));
}

/** An emoji that people reacted with, and how many did. */
function reaction({ name, users, count }) {
  const [base] = name.split("::");
  const who = users.map((user) => fullName(member(user) ?? { id: user, name: user })).join(", ");
  return h("li", { title: `${who}: :${name}:` }, `${emoji(base) ?? `:${name}:`} ${count}`);
}

function messageRow({ message, channel, grouped }) {
  const by = author(message);
  const time = h("time", { title: momentOf(message.ts) }, timeOf(message.ts));
  const head = grouped
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
  const classes = `${message.is_ephemeral ? "ephemeral" : ""} ${grouped ? "grouped" : ""}`;
  const article = h(
    "article",
    { "aria-label": `${fullName(by)}, ${timeOf(message.ts)}` },
    only,
    grouped ? null : avatar(by),
    head,
    thread,
    h("div.message-body", {}, body(message, channel), edited),
    message.reactions?.length ? h("ul.reactions", {}, ...message.reactions.map(reaction)) : null,
  );
  return h("li.message", { class: classes, "data-ts": message.ts }, article);
}

const day = (text) => h("li.rule.day", {}, h("h2", {}, text));
const newRule = () => h("li.rule.new-messages", {}, h("span", { role: "separator", "aria-label": "New" }, "New"));

const dated = new WeakMap();
/** Whether it holds a date, which may read "tomorrow" today and "today" tomorrow. */
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
      found.push({ key: "new", value: { isNewRule: true } });
      before = null;
    }
    const grouped =
      Boolean(before) &&
      before.user === message.user &&
      message.ts - before.ts < GROUPED_SECONDS &&
      !before.is_ephemeral &&
      !message.is_ephemeral;
    found.push({
      key: `${message.ts}${message.is_ephemeral ? "e" : ""}`,
      value: { message, channel: state.channel, grouped, seen: [state.edition, isDated(original) && today()] },
    });
    before = message;
  }
  return found;
}

function build(value) {
  if (value.day) return day(value.day);
  return value.isNewRule ? newRule() : messageRow(value);
}

/** Heading and text to show without messages. */
function emptyState() {
  if (!state.workspace) return ["", state.online ? "Opening the workspace …" : ""];
  if (!state.person) return null; // the start screen is shown
  if (!me()) return ["No one with that name", "Choose a person in the list."];
  if (!state.channel) return ["No conversations yet", "They appear here when they start."];
  if (!state.loaded) return null;
  if (me().deactivated) return ["No messages", ""];
  const command = app()?.commands?.[0]?.command;
  return [
    "No messages yet",
    command ? `Write a message, or type ${command} to see what ${app().name} can do.` : "Write the first message.",
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
  const nothing = state.messages.length ? null : emptyState();
  log.querySelector(".empty-state")?.remove();
  if (nothing) log.append(h("div.empty-state", {}, h("h2", {}, nothing[0]), h("p", {}, nothing[1])));
  const newest = state.messages.at(-1)?.ts ?? "";
  if (!arrived && last && newest > last && state.loaded === here) scroll.release();
  if (scroll.apply()) jump.hidden = true;
  else if (follow) toFoot();
  else if (oldest < first) log.scrollTop = log.scrollHeight - fromFoot;
  else if (newest > last) jump.hidden = false;
  if (arrived || log.hidden) jump.hidden = true;
  if (state.loaded === here || !state.channel) shown = here;
  first = oldest;
  last = newest;
}
