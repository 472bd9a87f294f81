// Shown until a person is chosen: what this is, whom to start as, and the scenarios.

import { h, reconcile } from "./dom.js";
import { avatar } from "./avatars.js";
import { hasScenarios, scenarioList } from "./scenarios.js";
import { address, app, fullName, member, state } from "./state.js";

const screen = document.getElementById("start-screen");
const title = h("h2");
const about = h("p.start-screen-about");
const progressText = h("p");
const progressBar = h("progress", { "aria-label": "Progress of the scenario" });
const progress = h("div.start-screen-progress", {}, progressText, progressBar);
const people = h("ul");
const peopleSection = h("section.start-screen-people", { "aria-label": "Start as" }, h("h3", {}, "Start as"), people);
const scenarios = scenarioList();
const scenariosSection = h(
  "section.start-screen-scenarios",
  { "aria-label": "Scenarios" },
  h("h3", {}, "Scenarios"),
  scenarios.list,
);
const error = h("p.start-screen-error", { role: "alert" });

export function setUp() {
  screen.append(h("div.start-screen-content", {}, title, about, progress, error, peopleSection, scenariosSection));
}

const personRow = ({ one, text }) =>
  h(
    "li",
    {},
    h(
      "a.row",
      { href: address(one.id), "data-focus": one.id },
      avatar(one),
      h("span.start-screen-why", {}, h("strong", {}, fullName(one)), " ", text),
    ),
  );

function showProgress(current) {
  progress.hidden = !current;
  if (!current) return;
  const { text, done, total } = current;
  progressText.textContent = total ? `${text}: ${done} of ${total}` : `${text} …`;
  if (total) progressBar.value = done / total;
  else progressBar.removeAttribute("value");
}

export function render() {
  screen.hidden = Boolean(state.person) || !state.workspace;
  if (screen.hidden) return;
  const { start_as: startAs, progress: current, error: failure } = state.scenarios ?? { start_as: [], error: "" };
  title.textContent = `Welcome to ${state.workspace.team.name}`;
  about.textContent =
    `A pretend Slack with made-up people and ${app().name}. Everything stays on this computer. ` +
    "Choose a person to see and do what they can.";
  showProgress(current);
  error.textContent = failure;
  const rows = startAs.map(({ person, text }) => ({ one: member(person), text })).filter(({ one }) => one);
  peopleSection.hidden = !rows.length;
  reconcile(
    people,
    rows.map((value) => ({ key: value.one.id, value })),
    personRow,
  );
  scenariosSection.hidden = !hasScenarios();
  scenarios.render();
}
