// Keeps what the page knows in step with the workspace: asks again whenever something changed.

import * as api from "./api.js";
import { address, conversation, isAppDm, mine, readAddress, state, update } from "./state.js";

const PAUSE = 30; // milliseconds for which news is gathered, and while time passes quickly
const LONGER_PAUSE = 150;
const newest = new Map();

/** Asks, and keeps the answer. Where the same is asked again meanwhile, the newer answer is kept and waited for. */
function latest(key, ask, keep) {
  const asking = (async () => {
    let answer;
    try {
      answer = await ask();
    } catch {
      return false; // The live line tells whether the workspace is there; it asks again once it is back.
    }
    const last = newest.get(key);
    if (last !== asking) return last;
    keep(answer);
    return true;
  })();
  newest.set(key, asking);
  return asking;
}

export function refreshWorkspace() {
  return latest("workspace", api.workspace, (workspace) => {
    const changed = JSON.stringify(workspace.members) !== JSON.stringify(state.workspace?.members);
    update({ workspace, edition: state.edition + (changed ? 1 : 0) });
  });
}

/** The calendar, and what its journal has to say since we asked last. */
export function refreshCalendar() {
  const last = () => state.journal.at(-1)?.number ?? 0;
  return latest(
    "calendar",
    () => api.calendar(last()),
    ({ journal: told, ...calendar }) => {
      const news = told.filter((one) => one.number > last());
      const journal = news.length ? [...state.journal, ...news] : state.journal;
      update({ calendar: { ...calendar, toldAt: performance.now() }, journal });
    },
  );
}

/** Where another story has begun, nothing that the page knows holds any more: it is loaded anew, with nobody chosen. */
export function refreshStories() {
  return latest("stories", api.stories, (stories) => {
    if (state.stories && state.stories.beginning !== stories.beginning) {
      history.replaceState(null, "", location.pathname);
      location.reload();
    }
    update({ stories });
  });
}

/** How far the tour is, with what comes next in the step that is being shown. */
export function refreshTour() {
  return latest("tour", () => api.tour(state.leading), (tour) => update({ tour }));
}

export function refreshPerson(user = state.person) {
  if (!user) return Promise.resolve(false);
  return latest(
    `person ${user}`,
    () => api.person(user),
    (found) => {
      state.people.set(user, found);
      update({});
    },
  );
}

/** The conversations of the others, so that unread messages show beside their names; asked for at once. */
async function refreshPeople(ids) {
  const asked = [...ids].filter((id) => id !== state.person);
  if (!asked.length) return;
  const { people } = await api.people(asked).catch(() => ({ people: {} }));
  for (const [id, found] of Object.entries(people)) if (id !== state.person) state.people.set(id, found);
  update({});
}

const persons = () => (state.workspace?.members ?? []).filter((one) => !one.is_bot).map((one) => one.id);

export async function refreshMessages() {
  const { person, channel } = state;
  if (!person || !channel) return;
  const here = `${person}/${channel}`;
  await latest(
    "messages",
    () => api.messages(person, channel),
    (found) => {
      if (state.person !== person || state.channel !== channel) return;
      const oldest = found.messages[0]?.ts ?? "";
      const earlier = state.loaded === here && found.has_more ? state.messages.filter((one) => one.ts < oldest) : [];
      const newFrom = state.loaded === here ? state.newFrom : firstUnread(found.messages);
      const hasMore = earlier.length ? state.hasMore : found.has_more;
      update({ messages: [...earlier, ...found.messages], hasMore, loaded: here, newFrom });
      markRead();
    },
  );
}

function firstUnread(messages) {
  const unread = conversation()?.unread ?? 0;
  const others = messages.filter((one) => one.user !== state.person);
  return unread ? (others.at(-unread)?.ts ?? others[0]?.ts ?? "") : "";
}

export async function loadEarlier() {
  const { person, channel, messages } = state;
  await latest(
    "earlier",
    () => api.messages(person, channel, { before: messages[0]?.ts }),
    (found) => {
      if (state.person !== person || state.channel !== channel) return;
      update({ messages: [...found.messages, ...state.messages], hasMore: found.has_more });
    },
  );
}

/** What is seen is read. */
export async function markRead() {
  const one = conversation();
  if (!one?.unread || document.hidden || state.loaded !== `${state.person}/${state.channel}`) return;
  one.unread = 0;
  update({});
  await api.read(state.person, state.channel);
}

/** After a person did something: what it changed for them. */
export async function refreshMine() {
  await Promise.all([refreshPerson(), refreshMessages()]);
  await markRead(); // the messages may have been there before it was known that they are new
}

/** The workspace may be another one than before: it began anew. */
async function refreshAll() {
  await refreshStories();
  state.journal = [];
  await Promise.all([refreshWorkspace(), refreshCalendar(), refreshTour(), refreshPerson()]);
  settleOnConversation();
  await refreshMessages();
  await refreshPeople(persons().filter((id) => id !== state.person));
}

/** Goes where the address says: to a person, and to one of their conversations (the app's unless it says another). */
export async function follow() {
  const { person, channel } = readAddress();
  const elsewhere = person !== state.person || channel !== state.channel;
  if (elsewhere) update({ person, channel, messages: [], hasMore: false, loaded: "", newFrom: "" });
  if (!person) return;
  if (!conversation()) await refreshPerson(person); // it may have begun just now
  if (state.person !== person) return;
  settleOnConversation();
  await refreshMine();
}

/** Where the address names no conversation of this person, the app's is theirs. */
function settleOnConversation() {
  const { conversations } = mine();
  const first = conversations.find(isAppDm) ?? conversations[0];
  if (!first || conversation() || readAddress().person !== state.person) return; // somebody else was chosen just now
  history.replaceState(null, "", address(state.person, first.id));
  update({ channel: first.id, messages: [], hasMore: false, loaded: "", newFrom: "" });
}

const nothing = () => ({ any: false, workspace: false, story: false, tour: false, everyone: false, people: new Set() });
let pending = nothing();
let timer = null;
let catchingUp = false;

/** News comes in bursts: it is gathered for a moment, and while the last of it is still being asked about. */
function heard({ people, what }) {
  pending.any = true;
  if (what === "story") pending.story = true;
  if (what === "tour") pending.tour = true;
  if (["connection", "members"].includes(what)) pending.workspace = true;
  if (!["connection", "calendar", "story", "tour"].includes(what)) {
    if (people) for (const id of people) pending.people.add(id);
    else pending.everyone = true;
  }
  gather();
}

/** While much happens at once one looks on less often, so that looking on does not hold it up. */
function gather() {
  const busy = state.calendar?.living || state.stories?.arriving;
  if (!catchingUp) timer ??= setTimeout(catchUp, busy ? LONGER_PAUSE : PAUSE);
}

async function catchUp() {
  const news = pending;
  pending = nothing();
  timer = null;
  catchingUp = true;
  try {
    // Whatever happened, the calendar may have moved, and the tour gone on.
    await Promise.all([
      news.workspace && refreshWorkspace(),
      news.story && refreshStories(),
      refreshCalendar(),
      (news.tour || state.tour?.steps.length > 0) && refreshTour(),
    ]);
    const ids = news.everyone ? persons() : [...news.people];
    await Promise.all([ids.includes(state.person) && refreshMine(), refreshPeople(ids)]);
  } finally {
    catchingUp = false;
    if (pending.any) gather();
  }
}

/** Loads everything and stays in step from then on. */
export async function start() {
  await Promise.all([refreshWorkspace(), refreshCalendar(), refreshStories(), refreshTour()]);
  await follow();
  addEventListener("hashchange", follow);
  document.addEventListener("visibilitychange", markRead);
  api.live({
    changed: heard,
    online: (online) => {
      update({ online });
      if (online) refreshAll();
    },
  });
}
