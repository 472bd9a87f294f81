// The head of a conversation: its name, its members, and the tabs of the app's conversation.

import { h, icon, reconcile } from "./dom.js";
import { avatar } from "./avatars.js";
import { showSidebar } from "./sidebar.js";
import { address, conversation, conversationName, fullName, isAppDm, me, member, state, tab, tabs } from "./state.js";

const TABS = { home: "Home", messages: "Messages", about: "About" };
const ORDER = Object.keys(TABS);

const header = document.getElementById("conversation-head");
const menu = h(
  "button.quiet.menu-button",
  { type: "button", "aria-label": "People and conversations", onclick: () => showSidebar(true) },
  icon("menu"),
);
const title = h("div.head-text");
const actingAs = h("div.acting-as");
const links = h("nav.tabs", { "aria-label": "Tabs" });

export function setUp() {
  header.append(menu, title, actingAs, links);
}

const others = (one) => (one.members ?? []).filter((id) => id !== state.person);

/** Beside the name: a person's title, or the number of people. */
function about(one) {
  if (one.kind === "im") return member(others(one)[0])?.title || (member(others(one)[0])?.is_bot ? "App" : "");
  const people = (one.members ?? []).filter((id) => !member(id)?.is_bot).length;
  return people === 1 ? "1 person" : `${people} people`;
}

function sign(one) {
  if (one.kind === "im") return avatar(member(others(one)[0]) ?? me(), "small");
  return h("span.avatar.plain.small", { "aria-hidden": "true" }, icon(one.kind === "channel" ? "hash" : "group"));
}

function titleRow({ one, name, beside }) {
  if (!one) return h("div.title", {}, h("h1", {}, name));
  return h("div.title", {}, sign(one), h("h1", {}, name), beside ? h("span.about", {}, beside) : null);
}

const actingAsRow = ({ name }) => h("span", {}, "You are ", h("strong", {}, name));

const tabLink = ({ name, href, chosen }) =>
  h("a.tab", { href, "aria-current": chosen ? "page" : null, "data-focus": name }, name);

export function render() {
  const one = conversation();
  const name = one ? conversationName(one) : me() ? fullName(me()) : "Welcome";
  const value = { one: one && { ...one, unread: 0 }, name, beside: one ? about(one) : "" };
  reconcile(title, [{ key: "title", value }], titleRow);
  reconcile(actingAs, me() ? [{ key: "as", value: { name: fullName(me()) } }] : [], actingAsRow);
  links.hidden = !isAppDm(one);
  const shown = links.hidden ? [] : [...tabs()].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
  const found = shown.map((key) => ({
    key,
    value: { name: TABS[key], href: address(state.person, state.channel, key), chosen: key === tab() },
  }));
  reconcile(links, found, tabLink);
}
