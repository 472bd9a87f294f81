// The app's other tabs: the Home tab that it published for the person, and About.

import * as api from "./api.js";
import { block } from "./blocks.js";
import { h, reconcile } from "./dom.js";
import { drafts } from "./drafts.js";
import { avatar } from "./avatars.js";
import { viewContext } from "./block_context.js";
import { app, conversation, isAppDm, me, mine, state, tab } from "./state.js";
import { plain } from "./text.js";

const panel = document.getElementById("tab-panel");
let notified = ""; // "person/tab" that the app was last told of
let homeDrafts = null; // { key, values } of the Home tab's inputs

/** Tells the app when a person opens one of its tabs. */
function notifyApp() {
  const here = isAppDm(conversation()) && !me()?.deactivated && tab() !== "about";
  const now = here ? `${state.person}/${tab()}` : "";
  if (now && now !== notified) api.openTab(state.person, tab());
  notified = now;
}

function homeBlocks() {
  const view = mine().home;
  if (!view) return [{ key: "nothing", value: { empty: true } }];
  const key = `${state.person}/${view.id}`;
  if (homeDrafts?.key !== key) homeDrafts = { key, values: drafts(state.person, view.id) };
  const blocks = view.blocks.map((spec, index) => ({ key: `${key}/${spec.block_id ?? index}`, value: { spec } }));
  return [{ key: "title", value: { title: "Home" } }, ...blocks]; // the app's own headings stand below it
}

function aboutApp() {
  const { name, description, commands } = app();
  return [{ key: "about", value: { name, description, commands } }];
}

const command = (one) => [
  h("dt", {}, h("code", {}, one.command), one.usage_hint ? h("span.hint", {}, ` ${one.usage_hint}`) : null),
  h("dd", {}, one.description),
];

function aboutRow({ name, description, commands }) {
  const list = commands.length ? [h("h2", {}, "Commands"), h("dl", {}, commands.map(command))] : null;
  return h(
    "section.about-app",
    {},
    h("div.about-name", {}, avatar({ ...app(), is_bot: true }, "large"), h("h2", {}, name)),
    h("p", {}, plain(description) || "This app has no description."),
    list,
  );
}

function build({ spec, empty, title, name, description, commands }) {
  if (spec) return block(spec, viewContext(mine().home, homeDrafts.values));
  if (title) return h("h2.aside", {}, title);
  if (empty) return h("p.empty-state", {}, `${app().name} hasn’t published anything here yet.`);
  return aboutRow({ name, description, commands });
}

export function render() {
  notifyApp();
  const now = tab();
  panel.hidden = now === "messages" || !conversation();
  if (panel.hidden) return panel.replaceChildren();
  panel.className = `tab-panel tab-${now}`;
  return reconcile(panel, now === "home" ? homeBlocks() : aboutApp(), build);
}
