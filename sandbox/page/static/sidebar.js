// The people to choose from, and the conversations of the current person.

import { formatNow } from "./clock.js";
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
  const text = h(
    "span.row-text",
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
      text,
      dot(unread),
    ),
  );
}

function conversationRow({ one, name, sign, unread, chosen }) {
  const face = sign
    ? avatar(sign, "small")
    : h("span.avatar.plain.small", { "aria-hidden": "true" }, icon(one.kind === "channel" ? "hash" : "group"));
  const link = { href: address(state.person, one.id), "aria-current": current(chosen), "data-focus": one.id };
  const text = h("span.row-text", {}, h("span.row-name", { title: name }, name));
  return h("li", {}, h("a.row", link, face, text, dot(unread)));
}

// The groups of conversations, as in Slack.
const GROUPS = [
  { name: "Channels", includes: (one) => !["im", "mpim"].includes(one.kind) },
  { name: "Direct messages", includes: (one) => ["im", "mpim"].includes(one.kind) && !isAppDm(one) },
  { name: "Apps", includes: isAppDm },
].map((group) => ({ ...group, list: h("ul") }));

const currentPersonRow = (one) =>
  h(
    "div.current-person-row",
    {},
    avatar(one),
    h(
      "span.row-text",
      {},
      h("span.row-name", {}, h("span.aside", {}, "You are "), fullName(one)),
      one.title ? h("span.row-about", {}, one.title) : null,
    ),
  );

const peopleList = h("ul");
const currentPerson = h("div.current-person");
const noMatch = h("p.empty", { hidden: true }, "No one with that name");
const search = h("input", {
  type: "search",
  placeholder: "Find a person",
  "aria-label": "Find a person",
  oninput: () => render(),
});

export function setUp() {
  part("people").append(h("h2", {}, "People"), h("div.search", {}, icon("search"), search), peopleList, noMatch);
  const groups = GROUPS.map(({ name, list }) => h("section.conversation-group", {}, h("h2", {}, name), list));
  part("conversations").append(currentPerson, ...groups);
  part("sidebar-foot").append(themeSwitch());
  setInterval(showTime, MINUTE / 4);
  part("backdrop").addEventListener("click", () => showSidebar(false));
  addEventListener("keydown", (event) => event.key === "Escape" && showSidebar(false));
  addEventListener("hashchange", () => showSidebar(false));
}

/** The workspace's time, unless the calendar bar shows it. */
function showTime() {
  if (!state.workspace) return;
  part("now").textContent = state.calendar?.can_move ? "Everything here stays on this computer." : formatNow();
}

/** On a phone the sidebar is a drawer. */
export function showSidebar(open) {
  part("page").classList.toggle("drawer-open", open);
  part("backdrop").hidden = !open;
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
  noMatch.hidden = found.length > 0;
  const rows = found.map((one) => ({
    key: one.id,
    value: { one, unread: unreadOf(one.id), chosen: one.id === state.person },
  }));
  reconcile(peopleList, rows, personRow);
  part("conversations").hidden = !me();
  reconcile(currentPerson, me() ? [{ key: "me", value: me() }] : [], currentPersonRow);
  for (const group of GROUPS) showGroup(group);
}

function showGroup({ includes, list }) {
  const rows = mine()
    .conversations.filter(includes)
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
  list.parentElement.hidden = !rows.length;
  reconcile(list, rows, conversationRow);
}
