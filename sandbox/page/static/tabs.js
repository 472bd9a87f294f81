// The app's tabs beside its messages: its Home, as it published it for the person, and what it says of itself.

import * as api from "./api.js";
import { block } from "./blocks.js";
import { h, reconcile } from "./dom.js";
import { drafts } from "./drafts.js";
import { avatar } from "./avatars.js";
import { viewPlace } from "./block_context.js";
import { app, conversation, isAppDm, me, mine, state, tab } from "./state.js";
import { plain } from "./text.js";

const panel = document.getElementById("tab-panel");
let told = ""; // the tab of which the app heard last
let filled = null; // { key, values }: what is being filled into the Home

/** The app hears each time that somebody comes to its home. */
function tell() {
  const here = isAppDm(conversation()) && !me()?.deactivated && tab() !== "about";
  const now = here ? `${state.person}/${tab()}` : "";
  if (now && now !== told) api.openTab(state.person, tab());
  told = now;
}

function homeBlocks() {
  const view = mine().home;
  if (!view) return [{ key: "nothing", value: { empty: true } }];
  const key = `${state.person}/${view.id}`;
  if (filled?.key !== key) filled = { key, values: drafts(state.person, view.id) };
  return view.blocks.map((spec, index) => ({ key: `${key}/${spec.block_id ?? index}`, value: { spec } }));
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
    h("p", {}, plain(description) || "This app says nothing of itself."),
    list,
  );
}

function build({ spec, empty, name, description, commands }) {
  if (spec) return block(spec, viewPlace(mine().home, filled.values));
  if (empty) return h("p.nothing", {}, `${app().name} has put nothing here yet.`);
  return aboutRow({ name, description, commands });
}

export function render() {
  tell();
  const now = tab();
  panel.hidden = now === "messages" || !conversation();
  if (panel.hidden) return panel.replaceChildren();
  panel.className = `tab-panel tab-${now}`;
  return reconcile(panel, now === "home" ? homeBlocks() : aboutApp(), build);
}
