// Leads through a step by hand: rings the control to use, and says beside it what to do with it.

import * as api from "./api.js";
import * as composer from "./composer.js";
import { h, icon } from "./dom.js";
import * as modal from "./modal.js";
import { openPopup } from "./popup.js";
import { address, conversation, fullName, isAppDm, me, member, state, update } from "./state.js";
import { refreshMine, refreshTour } from "./sync.js";

const sentence = h("p", { role: "status" });
const example = h("button", { type: "button", onclick: fillIn }, "Fill in an example");
const onward = h("button.primary", { type: "button", onclick: goOn });
const cross = h("button.quiet", { type: "button", "aria-label": "Stop showing", onclick: () => stop() }, icon("close"));
const bubble = h(
  "div.tour-bubble",
  { role: "group", "aria-label": "What to do next", onkeydown: (event) => event.key === "Escape" && stop() },
  sentence,
  cross,
  h("div.tour-bubble-buttons", {}, example, onward),
);
let ringed = null; // the control that is pointed at
let close = null; // takes the bubble away
let going = false; // to where the step begins or goes on, once that is known
let typed = ""; // for which hint something was typed
let done = () => {}; // told the key of a step that came to its end by hand

/** What comes next, as far as it is known. */
function hintNow() {
  const look = state.tour?.look;
  return state.leading && look?.key === state.leading ? look.hint : null;
}

/** Goes to where the step begins, or goes on; `finished(key)` is called once it has happened. */
export function lead(key, finished) {
  done = finished;
  going = true;
  typed = "";
  update({ leading: key });
  return refreshTour();
}

function go(hint) {
  going = false;
  if (state.person !== hint.person || !isAppDm(conversation())) location.hash = address(hint.person);
}

export function stop() {
  away();
  if (state.leading) update({ leading: "" });
}

function away() {
  ringed?.classList.remove("tour-ring");
  ringed = null;
  delete sentence.dataset.of;
  close?.();
}

/** What the strip says instead of the step's own text. */
export function words() {
  const hint = hintNow();
  if (!hint || state.calendar?.living) return "";
  if (state.person !== hint.person) return `Next it is ${fullName(member(hint.person))}’s turn. Show me goes there.`;
  const target = aim(hint);
  if (!target) return `${hint.words} Show me goes back there.`;
  return target.types ? `${target.types} is typed for you. ${hint.words}` : ""; // else the bubble says it
}

const dialogNow = () => [...document.querySelectorAll("dialog[open]")].at(-1);

/** Among those with the action id, or else the words, that `press` says: the newest, in a form the first. */
function buttonIn(root, press, isForm) {
  const named = [...root.querySelectorAll(`[data-focus="${CSS.escape(press)}"]`)];
  const found = named.length
    ? named
    : [...root.querySelectorAll("button")].filter((one) => one.textContent.trim() === press);
  return found.filter((one) => one.checkVisibility()).at(isForm ? 0 : -1);
}

/** Where to point, and with which words; nothing where the person has gone elsewhere. */
function aim(hint) {
  const dialog = dialogNow();
  if (dialog?.matches(".confirm")) return { node: [...dialog.querySelectorAll("button")].at(-1), says: "Say yes." };
  const exits = modal.exits();
  if (state.person !== hint.person)
    return exits && { node: exits.leave, says: `${fullName(me())} is done here.`, next: hint.person };
  if (exits) {
    const node = hint.has_example ? exits.submit : hint.press && buttonIn(dialog, hint.press, true);
    if (node) return { node, says: hint.words, example: hint.has_example };
    return { node: exits.leave, says: "Close this first." };
  }
  if (hint.types) return isAppDm(conversation()) ? { node: composer.place(), types: hint.types } : null;
  const node = hint.press && buttonIn(document, hint.press, false);
  return node ? { node, says: hint.words } : null;
}

async function fillIn() {
  example.setAttribute("aria-busy", "true");
  const answer = await modal.filledIn(() => api.fillInExample(state.leading));
  example.removeAttribute("aria-busy");
  sentence.textContent = answer.ok === false ? answer.error : "Look it over, then send it.";
  example.hidden = answer.ok !== false;
}

/** Leaves the form, and becomes whoever comes next. */
async function goOn() {
  const [from, to] = [state.person, hintNow()?.person];
  const view = state.people.get(from)?.views.at(-1);
  if (view) await api.close(from, view.id, true);
  await refreshMine();
  if (to) location.hash = address(to);
}

function point({ node, says, types, example: hasExample, next }) {
  if (ringed !== node) {
    away();
    ringed = node;
    node.classList.add("tour-ring");
    node.scrollIntoView({ block: "nearest" });
  }
  if (types) return close?.(); // the strip beside the message box says it
  if (sentence.dataset.of !== says) {
    sentence.dataset.of = says;
    sentence.textContent = says;
    example.hidden = !hasExample;
    onward.hidden = !next;
    onward.textContent = next ? `Go on as ${fullName(member(next))}` : "";
  }
  close ??= openPopup(bubble, node, () => (close = null), { note: true });
  return null;
}

export function render() {
  const { leading, tour } = state;
  if (!leading) return away();
  const step = tour?.steps.find((one) => one.key === leading);
  if (!step || step.done) {
    stop();
    if (step) done(leading);
    return null;
  }
  const hint = hintNow();
  if (hint && going) go(hint);
  const target = hint && aim(hint);
  if (!target || tour.running) return away();
  point(target);
  const line = `${hint.person} ${hint.types}`;
  if (target.types && typed !== line) composer.type(target.types);
  typed = target.types ? line : "";
  return null;
}
