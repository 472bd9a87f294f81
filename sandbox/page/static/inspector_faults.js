// Switches for what can go wrong between the app and Slack, each with what to watch for.

import { freshId, h, reconcile } from "./dom.js";
import * as api from "./inspector_api.js";
import { methodName, reach, trouble } from "./disruptions.js";
import { app, fullName, member, state } from "./state.js";

const FAULTS = [
  {
    kind: "limited",
    name: "Too many requests",
    seconds: "Seconds to wait",
    usual: 5,
    does: "Slack answers 429 and says in Retry-After when to come back.",
    watch: "the app waits that long and asks again; nothing is lost, nothing comes twice.",
  },
  {
    kind: "slow",
    name: "Slow",
    seconds: "Seconds for each answer",
    usual: 2,
    does: "Slack takes its time over every answer; from three seconds on, forms come too late.",
    watch: "commands and clicks are taken all the same, at once.",
  },
  {
    kind: "broken",
    name: "Slack is down",
    does: "Slack answers 503 and does nothing.",
    watch: "what should have been sent arrives later, once.",
  },
  {
    kind: "dropped",
    name: "Done, but the answer is lost",
    does: "Slack does what it is asked, and the line drops before it says so.",
    watch: "the app cannot know; a message that is there must not come again.",
  },
  {
    kind: "late",
    name: "Forms come too late",
    does: "Slack refuses to open forms (expired_trigger_id), as it does three seconds after a click.",
    watch: "the person reads what to do instead of waiting for nothing.",
  },
];
const SPANS = [
  { name: "The next call", calls: 1 },
  { name: "The next 5 calls", calls: 5 },
  { name: "One minute", lasting: 60 },
  { name: "Until I turn it off", calls: null },
];

const method = h("select", { id: freshId("method") }, h("option", { value: "*" }, "Every call"));
const span = h(
  "select",
  { id: freshId("span") },
  SPANS.map(({ name }, at) => h("option", { value: String(at) }, name)),
);
const said = h("p.glass-said", { role: "status" });
const person = h("select", { "aria-label": "Person", onchange: () => render() });
const leaving = h("button.small", { type: "button", onclick: () => changePerson() });

const labelled = (words, control) => h("label.labelled", { for: control.id }, h("span", {}, words), control);
const watchFor = ({ does, watch }) => h("p.about", {}, does, watch ? ` Watch: ${watch}` : "");

async function say(promise, words) {
  said.textContent = "One moment …";
  const answer = await promise;
  said.textContent = answer.ok === false ? answer.error : words(answer);
}

function switchFor(name, flip) {
  const id = freshId("switch");
  const node = h(
    "button.switch",
    { type: "button", role: "switch", "aria-checked": "false", "aria-labelledby": id, onclick: flip },
    h("span.switch-knob"),
  );
  return { node, label: h("span.switch-name", { id }, name) };
}

const cards = FAULTS.map((fault) => {
  const seconds = h("input", { id: freshId("seconds"), type: "number", min: "1", max: "600", value: String(fault.usual) });
  const { node, label } = switchFor(fault.name, flip);
  const now = h("p.switch-now", { hidden: true });
  async function flip() {
    const on = trouble().faults.filter((one) => one.kind === fault.kind);
    if (on.length) return Promise.all(on.map((one) => api.lift(one.number)));
    const { calls, lasting } = SPANS[span.value];
    const long = { ...(calls && { calls }), ...(lasting && { lasting }) };
    const order = { kind: fault.kind, method: fault.kind === "late" ? "views.open" : method.value, ...long };
    return say(api.order({ ...order, seconds: Number(seconds.value) || fault.usual }), () => "");
  }
  function show() {
    const on = trouble().faults.find((one) => one.kind === fault.kind);
    node.setAttribute("aria-checked", String(Boolean(on)));
    now.hidden = !on;
    const what = on && on.method === "*" ? "every call" : "";
    now.textContent = on ? `On: ${[what, reach(on)].filter(Boolean).join(", ") || "until you turn it off"}` : "";
  }
  const more = fault.seconds ? labelled(fault.seconds, seconds) : null;
  return { show, node: h("li.fault", {}, h("div.fault-head", {}, label, node), watchFor(fault), more, now) };
});

const token = switchFor("Token revoked", () => api.change(trouble().revoked ? "restore" : "revoke"));
const removed = switchFor("App removed", () => api.change(trouble().installed ? "uninstall" : "reinstall"));
const again = (all, name) =>
  h("button.small", { type: "button", onclick: () => say(api.redeliver(all), sentAgain) }, name);
const sentAgain = ({ sent }) => (sent ? `Sent again: ${sent === 1 ? "one event" : `${sent} events`}.` : "There was no event yet.");

const other = [
  h(
    "li.fault",
    {},
    h("h4", {}, "Resend events"),
    watchFor({ does: "Slack sends an event again under the same id.", watch: "the app does not act on it twice." }),
    h("div.fault-buttons", {}, again(false, "The last event"), again(true, "All that are kept")),
  ),
  h(
    "li.fault",
    {},
    h("h4", {}, "Deactivate an account"),
    watchFor({
      does: "Their account is deactivated, or comes back.",
      watch: "the app stops writing to them and goes on with the others.",
    }),
    h("div.fault-buttons", {}, person, leaving),
  ),
  h(
    "li.fault",
    {},
    h("div.fault-head", {}, token.label, token.node),
    watchFor({ does: "Slack refuses every call (token_revoked). Turned off, the same token holds good again." }),
  ),
  h(
    "li.fault",
    {},
    h("div.fault-head", {}, removed.label, removed.node),
    watchFor({
      does: "Somebody removes the app: its connection closes and every call is refused. Turned off, it is installed again; Slack would hand out a new token then, here the old one holds, so that the app can go on.",
    }),
  ),
];

export const node = h(
  "div",
  {},
  h("p.about", {}, "Here Slack can be made to fail on purpose. A banner stands above the conversation while it does."),
  h("div.reach", {}, labelled("Which calls", method), labelled("For how long", span)),
  h("ul.faults", { "aria-label": "Failures" }, ...cards.map((card) => card.node), ...other),
  said,
);

const chosen = () => member(person.value);

function changePerson() {
  const one = chosen();
  if (!one) return;
  const gone = !one.deactivated;
  say(api.deactivate(one.id, gone), () => `${fullName(one)} is ${gone ? "deactivated" : "back"}.`);
}

export async function enter() {
  said.textContent = "";
  render();
  if (method.options.length > 1) return;
  const { methods } = await api.faults().catch(() => ({ methods: [] }));
  method.append(...methods.map((name) => h("option", { value: name }, methodName(name))));
}

export function render() {
  for (const { show } of cards) show();
  token.node.setAttribute("aria-checked", String(Boolean(trouble().revoked) && trouble().installed));
  token.node.disabled = !trouble().installed;
  removed.node.setAttribute("aria-checked", String(!trouble().installed));
  const people = (state.workspace?.members ?? []).filter((one) => !one.is_bot);
  const before = person.value;
  reconcile(
    person,
    people.map((one) => ({ key: one.id, value: { id: one.id, name: fullName(one), gone: one.deactivated } })),
    ({ id, name, gone }) => h("option", { value: id }, gone ? `${name} (deactivated)` : name),
  );
  if (before) person.value = before;
  leaving.textContent = chosen()?.deactivated ? "Reactivate" : "Deactivate";
}
