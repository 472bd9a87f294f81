// The stories that can be begun here, and starting again.

import * as api from "./api.js";
import { confirmed } from "./confirm.js";
import { h, icon, reconcile } from "./dom.js";
import { disclosure } from "./popup.js";
import { state, update } from "./state.js";

const said = (text) => ({ type: "plain_text", text });

async function begin({ key, title, on }) {
  const agreed = await confirmed({
    title: said(on ? "Start again?" : `Begin “${title}”?`),
    text: said(
      "This deletes all messages and applications in the demo, and sets the calendar back.",
    ),
    confirm: said(on ? "Start again" : "Begin"),
    deny: said("Go back"),
    style: "danger",
  });
  if (!agreed) return;
  popup.shut();
  const answer = await api.beginStory(key);
  if (answer.ok) update({ beginning: true });
}

const card = (story) =>
  h(
    "li.story",
    {},
    h("div.story-words", {}, h("strong", {}, story.title), story.on ? h("span.tag", {}, "You are in it") : null, h("p", {}, story.about)),
    h(
      "button",
      {
        type: "button",
        onclick: () => begin(story),
        "aria-label": `${story.on ? "Start again" : "Begin"}: ${story.title}`,
        "data-focus": story.key,
      },
      story.on ? "Start again" : "Begin",
    ),
  );

/** A list of the stories, the one that is on first; call `render()` of it whenever the page is. */
export function storyList() {
  const list = h("ul.stories");
  function render() {
    const { stories = [], on } = state.stories ?? {};
    const known = stories.map((one) => ({ key: one.key, value: { ...one, on: one.key === on } }));
    known.sort((one, other) => Number(other.value.on) - Number(one.value.on));
    reconcile(list, known, card);
  }
  return { list, render };
}

export const hasStories = () => Boolean(state.stories?.stories.length);

const menu = storyList();
const panel = h("div.stories-panel", { role: "group", "aria-label": "Stories", tabindex: "-1" }, menu.list);
const button = h(
  "button.quiet.stories-button",
  { type: "button", "aria-label": "Stories and starting again", "aria-expanded": "false", onclick: () => toggle() },
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
  button.hidden = !hasStories();
  if (button.hidden) popup.shut();
  menu.render();
}
