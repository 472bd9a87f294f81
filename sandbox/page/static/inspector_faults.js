// Switches for failures between the app and Slack, each with what the app should do.

import { freshId, h, reconcile } from "./dom.js";
import * as api from "./inspector_api.js";
import { disruptions, methodName, scopeText } from "./disruptions.js";
import { fullName, member, state } from "./state.js";

const FAULTS = [
  {
    kind: "limited",
    name: "Too many requests",
    seconds: "Seconds to wait",
    defaultSeconds: 5,
    does: "Slack answers 429, with the time to wait in Retry-After.",
    watch: "the app waits that long and tries again. No message is lost or sent twice.",
  },
  {
    kind: "slow",
    name: "Slow",
    seconds: "Seconds for each response",
    defaultSeconds: 2,
    does: "Slack answers late. From three seconds on, it refuses to open forms.",
    watch: "the app still acknowledges commands and clicks at once.",
  },
  {
    kind: "broken",
    name: "Slack is down",
    does: "Slack answers 503 and does nothing.",
    watch: "messages arrive later, once each.",
  },
  {
    kind: "dropped",
    name: "Lost responses",
    does: "Slack does what the app asks, but the connection drops before the response.",
    watch: "no message arrives twice, although the app can’t know that it was sent.",
  },
  {
    kind: "late",
    name: "Forms open too late",
    does: "Slack refuses to open forms (expired_trigger_id), as it does three seconds after a click.",
    watch: "the app tells the person what to do.",
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
const status = h("p.inspector-status", { role: "status" });
const person = h("select", { "aria-label": "Person", onchange: () => render() });
const deactivateButton = h("button.small", { type: "button", onclick: () => changePerson() });

const labelled = (text, control) => h("label.labelled", { for: control.id }, h("span", {}, text), control);
const descriptionOf = ({ does, watch }) => h("p.about", {}, does, watch ? ` Expected: ${watch}` : "");

async function report(promise, describe) {
  status.textContent = "One moment …";
  const answer = await promise;
  status.textContent = answer.ok === false ? answer.error : describe(answer);
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
  const seconds = h("input", { id: freshId("seconds"), type: "number", min: "1", max: "600", value: String(fault.defaultSeconds) });
  const { node, label } = switchFor(fault.name, flip);
  const now = h("p.switch-now", { hidden: true });
  async function flip() {
    const on = disruptions().faults.filter((one) => one.kind === fault.kind);
    if (on.length) return Promise.all(on.map((one) => api.removeFault(one.number)));
    const { calls, lasting } = SPANS[span.value];
    const long = { ...(calls && { calls }), ...(lasting && { lasting }) };
    const added = { kind: fault.kind, method: fault.kind === "late" ? "views.open" : method.value, ...long };
    return report(api.addFault({ ...added, seconds: Number(seconds.value) || fault.defaultSeconds }), () => "");
  }
  function show() {
    const on = disruptions().faults.find((one) => one.kind === fault.kind);
    node.setAttribute("aria-checked", String(Boolean(on)));
    now.hidden = !on;
    const what = on && on.method === "*" ? "every call" : "";
    now.textContent = on ? `On: ${[what, scopeText(on)].filter(Boolean).join(", ") || "until you turn it off"}` : "";
  }
  const more = fault.seconds ? labelled(fault.seconds, seconds) : null;
  return { show, node: h("li.fault", {}, h("div.fault-head", {}, label, node), descriptionOf(fault), more, now) };
});

const token = switchFor("Token revoked", () => api.change(disruptions().revoked ? "restore" : "revoke"));
const removed = switchFor("App removed", () => api.change(disruptions().installed ? "uninstall" : "reinstall"));
const resend = (all, name) =>
  h("button.small", { type: "button", onclick: () => report(api.redeliver(all), resendText) }, name);
const resendText = ({ sent }) => (sent ? `Resent ${sent === 1 ? "one event" : `${sent} events`}.` : "There is no event yet.");

const other = [
  h(
    "li.fault",
    {},
    h("h4", {}, "Resend events"),
    descriptionOf({ does: "Slack sends an event again with the same id.", watch: "the app does not act on it twice." }),
    h("div.fault-buttons", {}, resend(false, "The last event"), resend(true, "All stored events")),
  ),
  h(
    "li.fault",
    {},
    h("h4", {}, "Deactivate an account"),
    descriptionOf({
      does: "Deactivates a person’s account, or reactivates it.",
      watch: "the app stops writing to them and continues with the others.",
    }),
    h("div.fault-buttons", {}, person, deactivateButton),
  ),
  h(
    "li.fault",
    {},
    h("div.fault-head", {}, token.label, token.node),
    descriptionOf({ does: "Slack refuses every call (token_revoked). If you turn it off, the same token works again." }),
  ),
  h(
    "li.fault",
    {},
    h("div.fault-head", {}, removed.label, removed.node),
    descriptionOf({
      does: "An admin removes the app: its connection closes and every call is refused. If you turn it off, the app is installed again, with its old token. Slack would issue a new one.",
    }),
  ),
];

export const node = h(
  "div",
  {},
  h("p.about", {}, "Make Slack fail on purpose. While it does, a banner is shown above the conversation."),
  h("div.fault-scope", {}, labelled("Calls", method), labelled("Duration", span)),
  h("ul.faults", { "aria-label": "Failures" }, ...cards.map((card) => card.node), ...other),
  status,
);

const chosen = () => member(person.value);

function changePerson() {
  const one = chosen();
  if (!one) return;
  const deactivated = !one.deactivated;
  report(api.deactivate(one.id, deactivated), () => `${fullName(one)} is ${deactivated ? "deactivated" : "active"}.`);
}

export async function enter() {
  status.textContent = "";
  render();
  if (method.options.length > 1) return;
  const { methods } = await api.faults().catch(() => ({ methods: [] }));
  method.append(...methods.map((name) => h("option", { value: name }, methodName(name))));
}

export function render() {
  for (const { show } of cards) show();
  token.node.setAttribute("aria-checked", String(Boolean(disruptions().revoked) && disruptions().installed));
  token.node.disabled = !disruptions().installed;
  removed.node.setAttribute("aria-checked", String(!disruptions().installed));
  const people = (state.workspace?.members ?? []).filter((one) => !one.is_bot);
  const before = person.value;
  reconcile(
    person,
    people.map((one) => ({ key: one.id, value: { id: one.id, name: fullName(one), deactivated: one.deactivated } })),
    ({ id, name, deactivated }) => h("option", { value: id }, deactivated ? `${name} (deactivated)` : name),
  );
  if (before) person.value = before;
  deactivateButton.textContent = chosen()?.deactivated ? "Reactivate" : "Deactivate";
}
