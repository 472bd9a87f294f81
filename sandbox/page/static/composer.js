// Where one writes: a message, or a command with what the app offers as one types.

import * as api from "./api.js";
import { freshId, h, icon } from "./dom.js";
import { avatar } from "./faces.js";
import { followFoot } from "./messages.js";
import { openPopup } from "./popup.js";
import { app, conversation, conversationName, fullName, me, state } from "./state.js";
import { refreshMine } from "./sync.js";

const MOST = 8;
const drafts = new Map();
const listId = freshId("offers");
const errorId = freshId("composer-error");
let here = "";
let offers = [];
let active = 0;
let close = null;
let waiting = false;

const box = h("textarea", {
  rows: "1",
  "aria-autocomplete": "list",
  "aria-controls": listId,
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
const form = h("form", { onsubmit: (event) => (event.preventDefault(), say()) }, box, send);
const list = h("div.choices.offers", {
  id: listId,
  role: "listbox",
  "aria-label": "Suggestions",
  onmousedown: (event) => event.preventDefault(),
});

export function setUp() {
  document.getElementById("composer").append(error, form, usage);
}

function fit() {
  box.style.height = "auto";
  box.style.height = `${Math.min(200, box.scrollHeight)}px`;
  send.disabled = waiting || !box.value.trim();
}

const commands = () => app()?.commands ?? [];

/** What could be meant by what stands before the cursor: [{ label, about, hint, person, text, from }]. */
function guesses() {
  const before = box.value.slice(0, box.selectionStart);
  if (/^\/\S*$/.test(before)) {
    return commands()
      .filter((one) => one.command.startsWith(before))
      .map((one) => ({
        label: one.command,
        hint: one.usage_hint,
        about: one.description,
        text: `${one.command} `,
        from: 0,
      }));
  }
  const handle = /(?:^|\s)@([\p{L}\p{N}._-]*)$/u.exec(before);
  if (!handle) return [];
  const wanted = handle[1].toLowerCase();
  const fits = (one) =>
    `${one.handle} ${one.name} ${one.display_name}`
      .toLowerCase()
      .split(/[\s.]+/)
      .some((word) => word.startsWith(wanted));
  const found = (state.workspace?.members ?? []).filter(
    (one) => !one.deactivated && (one.handle.startsWith(wanted) || fits(one)),
  );
  return found.map((one) => ({
    label: fullName(one),
    about: `@${one.handle}`,
    person: one,
    text: `@${one.handle} `,
    from: before.length - wanted.length - 1,
  }));
}

function typed() {
  error.textContent = "";
  drafts.set(here, box.value);
  fit();
  const command = commands().find((one) => box.value.startsWith(`${one.command} `));
  usage.hidden = !command?.usage_hint;
  usage.textContent = command?.usage_hint ? `${command.command} ${command.usage_hint}` : "";
  offers = guesses().slice(0, MOST);
  if (!offers.length) return close?.();
  active = 0;
  draw();
  close ??= openPopup(list, form, () => {
    close = null;
    box.removeAttribute("aria-activedescendant");
  });
}

function draw() {
  list.replaceChildren(
    ...offers.map((one, index) => {
      const name = h("span.choice-label", {}, one.label, one.hint ? h("span.hint", {}, ` ${one.hint}`) : null);
      const words = h("span.choice-words", {}, name, one.about ? h("span.choice-about", {}, one.about) : null);
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
        words,
      );
    }),
  );
  box.setAttribute("aria-activedescendant", `${listId}-${active}`);
}

function accept(one) {
  const rest = box.value.slice(box.selectionStart);
  box.value = box.value.slice(0, one.from) + one.text + rest.replace(/^ /, "");
  const at = one.from + one.text.length;
  box.setSelectionRange(at, at);
  close?.();
  typed();
  box.focus();
}

function pressed(event) {
  if (event.isComposing) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (close && step) {
    event.preventDefault();
    active = (active + step + offers.length) % offers.length;
    draw();
  } else if (close && event.key === "Escape") {
    event.stopPropagation();
    close();
  } else if (
    close &&
    (event.key === "Tab" || event.key === "Enter") &&
    !event.shiftKey &&
    box.value.trim() !== offers[active].text.trim()
  ) {
    event.preventDefault();
    accept(offers[active]);
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    say();
  }
}

async function say() {
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

function busy(yes) {
  waiting = yes;
  form.setAttribute("aria-busy", String(yes));
  box.readOnly = yes;
  fit();
}

/** Types a line for the person, who sends it or does not. */
export function type(line) {
  if (waiting || box.disabled) return;
  box.value = line;
  typed();
  box.focus();
}

/** Where one types. */
export const place = () => form;

export function focus() {
  if (matchMedia("(hover: hover)").matches) box.focus({ preventScroll: true });
}

export function render() {
  const root = document.getElementById("composer");
  root.hidden = !me() || !conversation();
  if (root.hidden) return;
  const gone = me().deactivated;
  const name = conversationName(conversation());
  box.placeholder = gone ? "This account is deactivated: it can be read, not used." : `Message ${name}`;
  box.setAttribute("aria-label", `Message ${name}`);
  box.disabled = gone;
  if (here === `${state.person}/${state.channel}`) return;
  here = `${state.person}/${state.channel}`;
  box.value = drafts.get(here) ?? "";
  error.textContent = "";
  usage.hidden = true;
  fit();
  if (!document.querySelector("dialog[open], #tour:focus-within")) focus();
}
