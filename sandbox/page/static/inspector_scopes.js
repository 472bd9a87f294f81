// What the app may do and what it did with that; and how much it may call yet.

import { h } from "./dom.js";
import { bars } from "./usage_bars.js";
import * as api from "./inspector_api.js";
import { member, shownName } from "./state.js";

const PAUSE = 1000;

export const node = h("div");
let timer = null;

const times = (count) => (count === 1 ? "once" : `${count} times`);

function scopeRow({ scope, token, by }) {
  const total = by.reduce((sum, one) => sum + one.count, 0);
  const who = by.map(({ name, count }) => (by.length > 1 ? `${name} ${count}` : name)).join(", ");
  const words = total ? `Used ${times(total)}, by ${who}` : "Not used so far";
  const mark = token === "app" ? " (app-level token)" : "";
  return h("li", {}, h("code", {}, scope), mark, h("span.about", {}, words));
}

const unused = (scopes) => {
  const names = scopes.filter(({ by }) => !by.length).map(({ scope }) => scope);
  return names.length
    ? `Granted and not used so far: ${names.join(", ")}.`
    : "Every scope that was granted has been used.";
};

function tier(perMinute) {
  return { 20: "Tier 2", 50: "Tier 3", 100: "Tier 4" }[perMinute] ?? "Special";
}

function budget({ method, people, used, size, per_minute: perMinute, blocked_seconds: blocked }) {
  const where = people ? ` to ${people.map((id) => shownName(member(id)) || id).join(", ") || "a channel"}` : "";
  const pace = people ? `${perMinute} a minute, ${size} at once` : `${tier(perMinute)}: ${perMinute} a minute`;
  const held = blocked ? `Held: refused for ${blocked} s more` : "";
  return { name: method + where, used, most: size, note: [pace, held].filter(Boolean).join(". ") };
}

function rateWords({ on, budgets }) {
  if (!on) return "Nothing is limited just now: this workspace has limits turned off, or its calendar is moving.";
  return budgets.length
    ? "Used of what Slack allows at once. It comes back steadily; above it Slack answers 429."
    : "Nothing was called in the last minute: all of every budget is there.";
}

async function load() {
  const { scopes, rates } = await api.scopes().catch(() => ({}));
  if (!scopes) return;
  node.replaceChildren(
    h("h3", {}, "Scopes"),
    h("p.about", {}, unused(scopes)),
    h("ul.scopes", { "aria-label": "Scopes" }, scopes.map(scopeRow)),
    h("h3", {}, "Rate budget"),
    h("p.about", {}, rateWords(rates)),
    bars(rates.budgets.map(budget), "Rate budget, the most used first"),
  );
  clearTimeout(timer);
  if (rates.budgets.length) timer = setTimeout(load, PAUSE); // It comes back by itself.
}

export const enter = load;
export const leave = () => clearTimeout(timer);

export function heard() {
  clearTimeout(timer);
  timer = setTimeout(load, PAUSE / 2);
}
