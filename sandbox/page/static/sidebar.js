// The people one can be, and the conversations of the one we are.

import { nowInWords } from "./clock.js";
import { h, icon, reconcile } from "./dom.js";
import { avatar, tagOf } from "./avatars.js";
import { matching } from "./options.js";
import { address, conversationName, fullName, isAppDm, me, member, mine, state } from "./state.js";
import { themeSwitch } from "./theme.js";

const MANY = 7;
const MINUTE = 60000;
const part = (id) => document.getElementById(id);

const dot = (unread) =>
  unread
    ? h(
        "span.unread",
        {},
        h("span", { "aria-hidden": "true" }, String(unread)),
        h("span.aside", {}, `${unread} unread`),
      )
    : null;

const current = (yes) => (yes ? "page" : null);

function personRow({ one, unread, chosen }) {
  const words = h(
    "span.row-words",
    {},
    h("span.row-name", {}, fullName(one)),
    one.title || tagOf(one) ? h("span.row-about", {}, tagOf(one), one.title) : null,
  );
  return h(
    "li",
    {},
    h(
      "a.row",
      { href: address(one.id), "aria-current": current(chosen), "data-focus": one.id },
      avatar(one),
      words,
      dot(unread),
    ),
  );
}

function conversationRow({ one, name, sign, unread, chosen }) {
  const face = sign
    ? avatar(sign, "small")
    : h("span.avatar.plain.small", { "aria-hidden": "true" }, icon(one.kind === "channel" ? "hash" : "group"));
  const link = { href: address(state.person, one.id), "aria-current": current(chosen), "data-focus": one.id };
  const words = h("span.row-words", {}, h("span.row-name", { title: name }, name));
  return h("li", {}, h("a.row", link, face, words, dot(unread)));
}

// The parts of the list of conversations, as Slack divides it.
const PARTS = [
  { name: "Channels", holds: (one) => !["im", "mpim"].includes(one.kind) },
  { name: "Direct messages", holds: (one) => ["im", "mpim"].includes(one.kind) && !isAppDm(one) },
  { name: "Apps", holds: isAppDm },
].map((group) => ({ ...group, list: h("ul") }));

const meRow = (one) =>
  h(
    "div.myself-row",
    {},
    avatar(one),
    h(
      "span.row-words",
      {},
      h("span.row-name", {}, h("span.aside", {}, "You are "), fullName(one)),
      one.title ? h("span.row-about", {}, one.title) : null,
    ),
  );

const peopleList = h("ul");
const myself = h("div.myself");
const nobody = h("p.empty", { hidden: true }, "No one with that name");
const search = h("input", {
  type: "search",
  placeholder: "Find a person",
  "aria-label": "Find a person",
  oninput: () => render(),
});

/** Puts the fixed parts in place once. */
export function setUp() {
  part("people").append(h("h2", {}, "People"), h("div.search", {}, icon("search"), search), peopleList, nobody);
  const talks = PARTS.map(({ name, list }) => h("section.talks", {}, h("h2", {}, name), list));
  part("conversations").append(myself, ...talks);
  part("side-foot").append(themeSwitch());
  setInterval(showTime, MINUTE / 4);
  part("veil").addEventListener("click", () => showSidebar(false));
  addEventListener("keydown", (event) => event.key === "Escape" && showSidebar(false));
  addEventListener("hashchange", () => showSidebar(false));
}

/** The workspace's own time, which a demo may move. */
function showTime() {
  if (!state.workspace) return;
  part("now").textContent = state.calendar?.moves ? "Everything here stays on this computer." : nowInWords();
}

/** On a phone the sidebar is a drawer. */
export function showSidebar(open) {
  part("page").classList.toggle("drawer-open", open);
  part("veil").hidden = !open;
}

const unreadOf = (id) => (state.people.get(id)?.conversations ?? []).reduce((sum, one) => sum + one.unread, 0);

function signOf(one) {
  if (one.kind !== "im") return null;
  const other = (one.members ?? []).find((id) => id !== state.person);
  return member(other) ?? null;
}

export function render() {
  if (!state.workspace) return;
  part("team").textContent = state.workspace.team.name;
  showTime();
  const persons = state.workspace.members.filter((one) => !one.is_bot);
  const choices = persons.map((one) => ({ label: fullName(one), about: one.title, person: one, group: "" }));
  const found = matching(choices, search.value).map((choice) => choice.person);
  search.parentElement.hidden = persons.length < MANY;
  nobody.hidden = found.length > 0;
  const rows = found.map((one) => ({
    key: one.id,
    value: { one, unread: unreadOf(one.id), chosen: one.id === state.person },
  }));
  reconcile(peopleList, rows, personRow);
  part("conversations").hidden = !me();
  reconcile(myself, me() ? [{ key: "me", value: me() }] : [], meRow);
  for (const group of PARTS) showTalks(group);
}

function showTalks({ holds, list }) {
  const talks = mine()
    .conversations.filter(holds)
    .map((one) => ({
      key: `${state.person}/${one.id}`,
      value: {
        one,
        name: conversationName(one),
        sign: signOf(one),
        unread: one.unread,
        chosen: one.id === state.channel,
      },
    }));
  list.parentElement.hidden = !talks.length;
  reconcile(list, talks, conversationRow);
}
