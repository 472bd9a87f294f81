// The message box, with suggestions for commands and people.

import * as api from "./api.js";
import { freshId, h, icon } from "./dom.js";
import { avatar } from "./avatars.js";
import { commands, suggest } from "./suggestions.js";
import { followFoot } from "./messages.js";
import { openPopup } from "./popup.js";
import { app, conversation, conversationName, isAppDm, me, state, tab } from "./state.js";
import { refreshMine } from "./sync.js";

const MAX_SUGGESTIONS = 8;
const drafts = new Map();
const listId = freshId("suggestions");
const errorId = freshId("composer-error");
let here = ""; // "person/channel" of the box's text
let suggestions = [];
let active = 0;
let close = null;
let waiting = false;

const box = h("textarea", {
  rows: "1",
  "aria-autocomplete": "list",
  "aria-describedby": errorId,
  autocomplete: "off",
  enterkeyhint: "send",
  oninput: typed,
  onkeydown: pressed,
  onblur: () => close?.(),
});
const send = h("button.primary.send", { type: "submit", "aria-label": "Send" }, icon("send"));
const usage = h("p.usage", { hidden: true });
const error = h("p.composer-error", { id: errorId, role: "alert" });
const tool = (sign, label) =>
  h("button.quiet", { type: "button", "aria-label": label, title: label, onclick: () => insert(sign) }, sign);
const [slash, at] = [tool("/", "Commands"), tool("@", "Mention a person")];
const picker = h("input", { type: "file", hidden: true, tabindex: "-1", onchange: () => shareFile(picker.files[0]) });
const attach = h(
  "button.quiet",
  { type: "button", "aria-label": "Attach a file", title: "Attach a file", onclick: () => picker.click() },
  "+",
);
const tools = h("div.composer-tools", {}, slash, at, attach, picker);
const form = h("form", { onsubmit: (event) => (event.preventDefault(), sendText()) }, box, tools, send);
const list = h("div.choices.suggestions", {
  id: listId,
  role: "listbox",
  "aria-label": "Suggestions",
  onmousedown: (event) => event.preventDefault(),
});

export function setUp() {
  document.getElementById("composer").append(error, form, usage);
  form.addEventListener("dragover", (event) => event.preventDefault());
  form.addEventListener("drop", (event) => (event.preventDefault(), shareFile(event.dataTransfer.files[0])));
}

function fit() {
  box.style.height = "auto";
  box.style.height = `${Math.min(200, box.scrollHeight)}px`;
  send.disabled = waiting || !box.value.trim();
  slash.disabled = Boolean(box.value.trim()); // a command must be at the start
}

/** Starts a command or a mention by button. */
function insert(sign) {
  if (sign === "/") box.value = "/";
  else box.value = `${box.value.replace(/\s*$/, "")} @`.trimStart();
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
  typed();
}

function typed() {
  error.textContent = "";
  drafts.set(here, box.value);
  fit();
  const command = commands().find((one) => box.value.startsWith(`${one.command} `));
  usage.hidden = !command?.usage_hint;
  usage.textContent = command?.usage_hint ? `${command.command} ${command.usage_hint}` : "";
  suggestions = suggest(box.value.slice(0, box.selectionStart)).slice(0, MAX_SUGGESTIONS);
  if (!suggestions.length) return close?.();
  active = suggestions[0].open ? -1 : 0;
  draw();
  close ??= openPopup(list, form, () => {
    close = null;
    box.removeAttribute("aria-activedescendant");
    box.removeAttribute("aria-controls");
  });
  box.setAttribute("aria-controls", listId);
}

function draw() {
  list.replaceChildren(
    ...suggestions.map((one, index) => {
      const name = h("span.choice-label", {}, one.label, one.hint ? h("span.hint", {}, ` ${one.hint}`) : null);
      const text = h("span.choice-text", {}, name, one.about ? h("span.choice-about", {}, one.about) : null);
      const row = {
        role: "option",
        id: `${listId}-${index}`,
        "aria-selected": String(index === active),
        onclick: () => accept(one),
      };
      return h(
        `div.choice${index === active ? ".active" : ""}`,
        row,
        one.person ? avatar(one.person, "small") : null,
        text,
      );
    }),
  );
  if (active < 0) box.removeAttribute("aria-activedescendant");
  else box.setAttribute("aria-activedescendant", `${listId}-${active}`);
}

function accept(one) {
  const rest = box.value.slice(box.selectionStart);
  box.value = box.value.slice(0, one.from) + one.text + rest.replace(/^ /, "");
  const end = one.from + one.text.length;
  box.setSelectionRange(end, end);
  close?.();
  typed();
  if (one.from === 0 && one.text === box.value && !one.text.endsWith(" ")) close?.();
  box.focus();
}

function pressed(event) {
  if (event.isComposing) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (close && step) {
    event.preventDefault();
    active = active < 0 && step < 0 ? suggestions.length - 1 : (active + step + suggestions.length) % suggestions.length;
    draw();
  } else if (close && event.key === "Escape") {
    event.stopPropagation();
    close();
  } else if (close && !event.shiftKey && suggestionFor(event.key)) {
    event.preventDefault();
    accept(suggestionFor(event.key));
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    sendText();
  }
}

/** The suggestion that a key accepts. Enter sends if none is selected, or if one is already typed in full. */
function suggestionFor(key) {
  const typedText = box.value.trim();
  if (key === "Tab") return suggestions[Math.max(0, active)];
  if (key !== "Enter" || suggestions.some((one) => one.text.trim() === typedText)) return null;
  return suggestions[active] ?? null;
}

async function sendText() {
  const text = box.value.trim();
  const { person, channel } = state;
  if (!text || waiting || !channel) return;
  close?.();
  error.textContent = "";
  busy(true);
  const answer = await api.say(person, channel, text);
  busy(false);
  if (answer.ok === false) {
    if (here === `${person}/${channel}`) error.textContent = answer.error;
  } else {
    drafts.delete(`${person}/${channel}`);
    if (here === `${person}/${channel}`) box.value = "";
  }
  usage.hidden = true;
  fit();
  followFoot();
  await refreshMine();
}

/** Shares a file in the conversation, chosen with the button or dropped on the message box. */
async function shareFile(file) {
  const { person, channel } = state;
  picker.value = "";
  if (!file || waiting || !channel || box.disabled) return;
  error.textContent = "";
  busy(true);
  const answer = await api.share(person, channel, file.name, await base64(file));
  busy(false);
  if (answer.ok === false && here === `${person}/${channel}`) error.textContent = answer.error;
  followFoot();
  await refreshMine();
}

const base64 = (file) =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });

function busy(yes) {
  waiting = yes;
  form.setAttribute("aria-busy", String(yes));
  box.readOnly = yes;
  fit();
}

/** Types a line for the person to send. */
export function type(line) {
  if (waiting || box.disabled) return;
  box.value = line;
  typed();
  close?.(); // the line is complete
  box.focus();
}

/** The message box's form. */
export const element = () => form;

export function focus() {
  if (matchMedia("(hover: hover)").matches) box.focus({ preventScroll: true });
}

/** Why the person can't write here, or "". */
function closedReason() {
  if (me().deactivated) return "This account is deactivated. You can read its messages, but not write.";
  if (isAppDm(conversation()) && !app().takes_messages) return "Sending messages to this app has been turned off.";
  return "";
}

export function render() {
  const root = document.getElementById("composer");
  root.hidden = !me() || !conversation() || tab() !== "messages";
  if (root.hidden) return;
  const name = `${conversation().kind === "channel" ? "#" : ""}${conversationName(conversation())}`;
  const closed = closedReason();
  box.placeholder = closed || `Message ${name}`;
  box.setAttribute("aria-label", `Message ${name}`);
  box.disabled = Boolean(closed);
  tools.hidden = send.hidden = Boolean(closed);
  if (here === `${state.person}/${state.channel}`) return;
  here = `${state.person}/${state.channel}`;
  box.value = drafts.get(here) ?? "";
  error.textContent = "";
  usage.hidden = true;
  fit();
  if (!document.querySelector("dialog[open], #tour:focus-within")) focus();
}
