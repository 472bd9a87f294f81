// What stands where nobody is chosen yet: what this is, and what to do first.

import { h, reconcile } from "./dom.js";
import { avatar } from "./avatars.js";
import { address, app, fullName, member, state } from "./state.js";
import { hasStories, storyList } from "./stories.js";

const screen = document.getElementById("welcome");
const title = h("h2");
const about = h("p.welcome-about");
const words = h("p");
const progress = h("progress", { "aria-label": "How far the story has come" });
const arriving = h("div.welcome-arriving", {}, words, progress);
const people = h("ul");
const first = h("section.welcome-first", { "aria-label": "Somebody to be first" }, h("h3", {}, "Start as"), people);
const stories = storyList();
const others = h("section.welcome-stories", { "aria-label": "Stories" }, h("h3", {}, "Stories"), stories.list);
const trouble = h("p.welcome-trouble", { role: "alert" });

export function setUp() {
  screen.append(h("div.welcome-words", {}, title, about, arriving, trouble, first, others));
}

const personRow = ({ one, words: why }) =>
  h(
    "li",
    {},
    h(
      "a.row",
      { href: address(one.id), "data-focus": one.id },
      avatar(one),
      h("span.welcome-why", {}, h("strong", {}, fullName(one)), " ", why),
    ),
  );

function showArriving(come) {
  arriving.hidden = !come;
  if (!come) return;
  words.textContent = come.of ? `${come.words}: ${come.done} of ${come.of}` : `${come.words} …`;
  if (come.of) progress.value = come.done / come.of;
  else progress.removeAttribute("value");
}

export function render() {
  screen.hidden = Boolean(state.person) || !state.workspace;
  if (screen.hidden) return;
  const told = state.stories ?? { first: [], arriving: null, trouble: "" };
  title.textContent = `Welcome to ${state.workspace.team.name}`;
  about.textContent =
    `A pretend Slack with made-up people and ${app().name}. Everything stays on this computer. ` +
    "Choose a person to see and do what they can.";
  showArriving(told.arriving);
  trouble.textContent = told.trouble;
  const rows = told.first.map((one) => ({ one: member(one.person), words: one.words })).filter(({ one }) => one);
  first.hidden = !rows.length;
  reconcile(
    people,
    rows.map((value) => ({ key: value.one.id, value })),
    personRow,
  );
  others.hidden = !hasStories();
  stories.render();
}
