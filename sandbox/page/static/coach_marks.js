// Leads through a step by hand: highlights the control to use, with a hint beside it.

import * as api from "./api.js";
import * as composer from "./composer.js";
import { h, icon } from "./dom.js";
import * as modal from "./modal.js";
import { openPopup } from "./popup.js";
import { address, conversation, fullName, isAppDm, me, member, state, update } from "./state.js";
import { refreshMine, refreshTour } from "./sync.js";

const hintText = h("p", { role: "status" });
const example = h("button", { type: "button", onclick: fillInExample }, "Fill in an example");
const continueButton = h("button.primary", { type: "button", onclick: continueAsNext });
const closeButton = h("button.quiet", { type: "button", "aria-label": "Close the hint", onclick: () => stop() }, icon("close"));
const bubble = h(
  "div.tour-bubble",
  { role: "group", "aria-label": "Next step", onkeydown: (event) => event.key === "Escape" && stop() },
  hintText,
  closeButton,
  h("div.tour-bubble-buttons", {}, example, continueButton),
);
let highlighted = null; // the control of the hint
let close = null; // closes the bubble
let shouldGo = false; // open the hint's person once the hint is known
let typedFor = ""; // the hint whose line was typed
let onDone = () => {}; // called with the key of a step that was done by hand

/** The hint of the step that is being shown, once it is loaded. */
function currentHint() {
  const look = state.tour?.look;
  return state.leading && look?.key === state.leading ? look.hint : null;
}

/** Leads through a step, from wherever it is; calls `onFinish(key)` when it is done. */
export function lead(key, onFinish) {
  onDone = onFinish;
  shouldGo = true;
  typedFor = "";
  update({ leading: key });
  return refreshTour();
}

function go(hint) {
  shouldGo = false;
  if (state.person !== hint.person || !isAppDm(conversation())) location.hash = address(hint.person);
}

export function stop() {
  hide();
  if (state.leading) update({ leading: "" });
}

function hide() {
  highlighted?.classList.remove("tour-highlight");
  highlighted = null;
  delete hintText.dataset.of;
  close?.();
}

/** The text of the tour's strip instead of the step's own; "" while the bubble shows the hint. */
export function stripText() {
  const hint = currentHint();
  if (!hint || state.calendar?.moving) return "";
  if (state.person !== hint.person) return `${fullName(member(hint.person))} is next. Press Show me.`;
  const target = findTarget(hint);
  if (!target) return `${hint.text} Press Show me to go back there.`;
  return target.types ? `${target.types} is typed for you. ${hint.text}` : "";
}

const openDialog = () => [...document.querySelectorAll("dialog[open]")].at(-1);

/** The button with the action id or the text `press`: the newest, or in a form the first. */
function buttonIn(root, press, isForm) {
  const named = [...root.querySelectorAll(`[data-focus="${CSS.escape(press)}"]`)];
  const found = named.length
    ? named
    : [...root.querySelectorAll("button")].filter((one) => one.textContent.trim() === press);
  return found.filter((one) => one.checkVisibility()).at(isForm ? 0 : -1);
}

/** The control to highlight, and the hint's text; null if the person has gone elsewhere. */
function findTarget(hint) {
  const dialog = openDialog();
  if (dialog?.matches(".confirm")) return { node: dialog.querySelector(".dialog-buttons > button:last-child"), text: "Confirm." };
  const exits = modal.exits();
  if (state.person !== hint.person)
    return exits && { node: exits.leave, text: `${fullName(me())} is done.`, next: hint.person };
  if (exits) {
    const node = hint.has_example ? exits.submit : hint.press && buttonIn(dialog, hint.press, true);
    if (node) return { node, text: hint.text, example: hint.has_example };
    return { node: exits.leave, text: "Close this form first." };
  }
  if (hint.types) return isAppDm(conversation()) ? { node: composer.element(), types: hint.types } : null;
  const node = hint.press && buttonIn(document, hint.press, false);
  return node ? { node, text: hint.text } : null;
}

async function fillInExample() {
  example.setAttribute("aria-busy", "true");
  const answer = await modal.fillIn(() => api.fillInExample(state.leading));
  example.removeAttribute("aria-busy");
  hintText.textContent = answer.ok === false ? answer.error : "Check it, then send it.";
  example.hidden = answer.ok !== false;
}

/** Closes the form, and continues as the next person. */
async function continueAsNext() {
  const [from, to] = [state.person, currentHint()?.person];
  const view = state.people.get(from)?.views.at(-1);
  if (view) await api.close(from, view.id, true);
  await refreshMine();
  if (to) location.hash = address(to);
}

function point({ node, text, types, example: hasExample, next }) {
  if (highlighted !== node) {
    hide();
    highlighted = node;
    node.classList.add("tour-highlight");
    node.scrollIntoView({ block: "nearest" });
  }
  if (types) return close?.(); // the strip above the message box shows the hint
  if (hintText.dataset.of !== text) {
    hintText.dataset.of = text;
    hintText.textContent = text;
    example.hidden = !hasExample;
    continueButton.hidden = !next;
    continueButton.textContent = next ? `Continue as ${fullName(member(next))}` : "";
  }
  close ??= openPopup(bubble, node, () => (close = null), { note: true });
  return null;
}

export function render() {
  const { leading, tour } = state;
  if (!leading) return hide();
  const step = tour?.steps.find((one) => one.key === leading);
  if (!step || step.done) {
    stop();
    if (step) onDone(leading);
    return null;
  }
  const hint = currentHint();
  if (hint && shouldGo) go(hint);
  const target = hint && findTarget(hint);
  if (!target || tour.running) return hide();
  point(target);
  const line = `${hint.person} ${hint.types}`;
  if (target.types && typedFor !== line) composer.type(target.types);
  typedFor = target.types ? line : "";
  return null;
}
