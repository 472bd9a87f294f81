// The scenarios that can be started, and starting again.

import * as api from "./api.js";
import { confirmed } from "./confirm.js";
import { h, icon, reconcile } from "./dom.js";
import { disclosure } from "./popup.js";
import { state, update } from "./state.js";

const plainText = (text) => ({ type: "plain_text", text });

async function start({ key, title, isCurrent }) {
  const agreed = await confirmed({
    title: plainText(isCurrent ? "Start again?" : `Start “${title}”?`),
    text: plainText("This deletes all messages and applications in the demo, and resets the calendar."),
    confirm: plainText(isCurrent ? "Start again" : "Start"),
    deny: plainText("Go back"),
    style: "danger",
  });
  if (!agreed) return;
  popup.shut();
  const answer = await api.startScenario(key);
  if (answer.ok) update({ restarting: true });
}

const card = (scenario) =>
  h(
    "li.scenario",
    {},
    h(
      "div.scenario-text",
      {},
      h("strong", {}, scenario.title),
      scenario.isCurrent ? h("span.tag", {}, "Current") : null,
      h("p", {}, scenario.about),
    ),
    h(
      "button",
      {
        type: "button",
        onclick: () => start(scenario),
        "aria-label": `${scenario.isCurrent ? "Start again" : "Start"}: ${scenario.title}`,
        "data-focus": scenario.key,
      },
      scenario.isCurrent ? "Start again" : "Start",
    ),
  );

/** A list of the scenarios, the current one first. Call its `render()` whenever the page renders. */
export function scenarioList() {
  const list = h("ul.scenarios");
  function render() {
    const { scenarios = [], current } = state.scenarios ?? {};
    const rows = scenarios.map((one) => ({ key: one.key, value: { ...one, isCurrent: one.key === current } }));
    rows.sort((one, other) => Number(other.value.isCurrent) - Number(one.value.isCurrent));
    reconcile(list, rows, card);
  }
  return { list, render };
}

export const hasScenarios = () => Boolean(state.scenarios?.scenarios.length);

const menu = scenarioList();
const panel = h("div.scenarios-panel", { role: "group", "aria-label": "Scenarios", tabindex: "-1" }, menu.list);
const button = h(
  "button.quiet.scenarios-button",
  { type: "button", "aria-label": "Scenarios and start again", "aria-expanded": "false", onclick: () => toggle() },
  icon("chevron"),
);
const popup = disclosure(panel);

export function setUp() {
  document.querySelector(".workspace-name").append(button);
}

function toggle() {
  if (popup.toggle(button)) panel.querySelector("button")?.focus();
}

export function render() {
  button.hidden = !hasScenarios();
  if (button.hidden) popup.shut();
  menu.render();
}
