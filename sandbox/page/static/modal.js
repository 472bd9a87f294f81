// The person's stack of modal views; the top one shows.

import * as api from "./api.js";
import { block } from "./blocks.js";
import * as composer from "./composer.js";
import { h, icon, reconcile } from "./dom.js";
import { drafts } from "./drafts.js";
import { viewContext } from "./block_context.js";
import { mine, state } from "./state.js";
import { refreshMine } from "./sync.js";
import { plain } from "./text.js";

const FOCUSABLE = "a[href], button:not(:disabled), input:not(:disabled), textarea:not(:disabled), [tabindex='0']";

const title = h("h2", { id: "modal-title", tabindex: "-1" });
const back = h("button.quiet", { type: "button", "aria-label": "Back", onclick: () => close(false) }, icon("back"));
const closeButton = h("button.quiet", { type: "button", "aria-label": "Close", onclick: () => close(true) }, icon("close"));
const body = h("div.modal-body");
const errorText = h("p.modal-error", { role: "alert" });
const cancel = h("button", { type: "button", onclick: () => close(false) });
const submit = h("button.primary", { type: "submit" });
const form = h(
  "form",
  { novalidate: true, onsubmit: (event) => (event.preventDefault(), send()), onkeydown: pressed },
  h("header.modal-head", {}, back, title, closeButton),
  body,
  errorText,
  h("footer.dialog-buttons", {}, cancel, submit),
);
const dialog = h(
  "dialog.modal",
  { "aria-labelledby": "modal-title", oncancel: cancelled, onkeydown: keepFocusIn },
  form,
);
let shown = null; // { id, person, drafts }
let waiting = false;

export function setUp() {
  document.body.append(dialog);
}

const top = () => mine().views.at(-1);

/** The buttons that submit and close the top view; null without one. */
export const exits = () => (dialog.open ? { submit: submit.hidden ? null : submit, leave: closeButton } : null);

/** Calls `work()`, which fills in the top view, and shows the values. Returns its result. */
export async function fillIn(work) {
  await shown?.drafts.flush();
  const answer = await work();
  await refreshMine();
  shown = null; // rebuild it with its new values
  render();
  submit.focus();
  return answer;
}

function pressed(event) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !submit.hidden) {
    event.preventDefault();
    form.requestSubmit(submit);
  }
}

/** Tab stays inside the dialog. */
function keepFocusIn(event) {
  if (event.key !== "Tab") return;
  const stops = [...dialog.querySelectorAll(FOCUSABLE)].filter((one) => one.checkVisibility() && one.tabIndex >= 0);
  const [first, last] = [stops[0], stops.at(-1)];
  const leaves = event.shiftKey
    ? document.activeElement === first || document.activeElement === title
    : document.activeElement === last;
  if (!leaves) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}

function cancelled(event) {
  event.preventDefault(); // The workspace closes it, and may tell the app.
  close(false);
}

async function close(all) {
  const view = top();
  if (!view) return;
  await shown?.drafts.flush();
  const answer = await api.close(state.person, view.id, all);
  errorText.textContent = answer.ok === false ? answer.error : "";
  await refreshMine();
}

async function send() {
  const view = top();
  if (!view || waiting) return;
  busy(true);
  errorText.textContent = "";
  for (const node of body.children) node.setError?.("");
  await shown.drafts.flush();
  const answer = await api.submit(state.person, view.id);
  busy(false);
  if (top()?.id === view.id) showErrors(answer);
  await refreshMine();
}

function busy(yes) {
  waiting = yes;
  dialog.setAttribute("aria-busy", String(yes));
  submit.setAttribute("aria-busy", String(yes));
}

/** Shows each error below its field, the others at the foot, and focuses the first field with one. */
function showErrors({ error, errors = {} }) {
  const nodes = new Map([...body.children].map((node) => [node.dataset.block, node]));
  const others = [];
  let first = null;
  for (const [blockId, sentence] of Object.entries(errors)) {
    const node = nodes.get(blockId);
    if (!node?.setError) others.push(sentence);
    else {
      node.setError(sentence);
      if (!first || node.compareDocumentPosition(first) & Node.DOCUMENT_POSITION_FOLLOWING) first = node;
    }
  }
  errorText.textContent = [error, ...others].filter(Boolean).join(" ");
  first?.querySelector(FOCUSABLE)?.focus({ preventScroll: true });
  first?.scrollIntoView({ block: "center", behavior: "smooth" });
}

function focusFirst() {
  const wanted = body.querySelector("[autofocus]") ?? body.querySelector("input:not([disabled]), textarea") ?? title;
  wanted.focus();
}

function hide() {
  if (!shown) return;
  shown = null;
  waiting = false;
  dialog.close();
  body.replaceChildren();
  if (!document.activeElement || document.activeElement === document.body) composer.focus();
}

export function render() {
  const view = state.tour?.running ? null : top(); // hidden while the tour does a step
  if (!view) return hide();
  const arrived = shown?.id !== view.id || shown?.person !== state.person;
  if (arrived) {
    shown = { id: view.id, person: state.person, drafts: drafts(state.person, view.id) };
    body.replaceChildren();
    errorText.textContent = "";
    busy(false);
  }
  title.textContent = plain(view.title);
  back.hidden = mine().views.length < 2;
  submit.hidden = !view.submit;
  submit.textContent = plain(view.submit);
  submit.disabled = Boolean(view.submit_disabled);
  cancel.textContent = plain(view.close) || (view.submit ? "Cancel" : "Close");
  const context = viewContext(view, shown.drafts);
  reconcile(
    body,
    view.blocks.map((spec, index) => ({ key: spec.block_id ?? String(index), value: spec })),
    (spec) => block(spec, context),
  );
  if (!dialog.open) dialog.showModal();
  if (arrived) {
    body.scrollTop = 0;
    focusFirst();
  }
}
