// The app's scopes and their use, and its rate limits.

import { h } from "./dom.js";
import { bars } from "./usage_bars.js";
import * as api from "./inspector_api.js";
import { member, shownName } from "./state.js";

const RELOAD_MS = 1000;

export const node = h("div");
let timer = null;

const times = (count) => (count === 1 ? "once" : `${count} times`);

function scopeRow({ scope, token, by }) {
  const total = by.reduce((sum, one) => sum + one.count, 0);
  const who = by.map(({ name, count }) => (by.length > 1 ? `${name} ${count}` : name)).join(", ");
  const text = total ? `Used ${times(total)}, by ${who}` : "Not used yet";
  const mark = token === "app" ? " (app-level token)" : "";
  return h("li", {}, h("code", {}, scope), mark, h("span.about", {}, text));
}

const unused = (scopes) => {
  const names = scopes.filter(({ by }) => !by.length).map(({ scope }) => scope);
  return names.length
    ? `Not used yet: ${names.join(", ")}.`
    : "All scopes have been used.";
};

function tier(perMinute) {
  return { 20: "Tier 2", 50: "Tier 3", 100: "Tier 4" }[perMinute] ?? "Special";
}

function budget({ method, people, used, size, per_minute: perMinute, blocked_seconds: blocked }) {
  const target = people ? ` to ${people.map((id) => shownName(member(id)) || id).join(", ") || "a channel"}` : "";
  const limit = people ? `${perMinute} a minute, ${size} at once` : `${tier(perMinute)}: ${perMinute} a minute`;
  const refused = blocked ? `Refused for ${blocked} s more` : "";
  return { name: method + target, used, most: size, note: [limit, refused].filter(Boolean).join(". ") };
}

function ratesText({ on, budgets }) {
  if (!on) return "There are no limits now: they are turned off, or the calendar is moving.";
  return budgets.length
    ? "Calls used of those allowed at once. The allowance refills over time; above it Slack answers 429."
    : "No calls in the last minute.";
}

async function load() {
  const { scopes, rates } = await api.scopes().catch(() => ({}));
  if (!scopes) return;
  node.replaceChildren(
    h("h3", {}, "Scopes"),
    h("p.about", {}, unused(scopes)),
    h("ul.scopes", { "aria-label": "Scopes" }, scopes.map(scopeRow)),
    h("h3", {}, "Rate limits"),
    h("p.about", {}, ratesText(rates)),
    bars(rates.budgets.map(budget), "Rate limits, most used first"),
  );
  clearTimeout(timer);
  if (rates.budgets.length) timer = setTimeout(load, RELOAD_MS); // The allowance refills.
}

export const enter = load;
export const leave = () => clearTimeout(timer);

export function onTraffic() {
  clearTimeout(timer);
  timer = setTimeout(load, RELOAD_MS / 2);
}
