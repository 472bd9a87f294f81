// Keeps the page's state up to date: loads what has changed in the workspace.

import * as api from "./api.js";
import { address, conversation, isAppDm, mine, readAddress, state, update } from "./state.js";

const DELAY_MS = 30; // changes are collected for this long
const BUSY_DELAY_MS = 150; // while the calendar moves or a scenario is played
const latestRequests = new Map();

/** Loads and stores. If the same `key` is loaded again meanwhile, waits for the newer request and stores only that. */
function latest(key, load, store) {
  const request = (async () => {
    let answer;
    try {
      answer = await load();
    } catch {
      return false; // When the connection is back, everything is loaded again.
    }
    const last = latestRequests.get(key);
    if (last !== request) return last;
    store(answer);
    return true;
  })();
  latestRequests.set(key, request);
  return request;
}

export function refreshWorkspace() {
  return latest("workspace", api.workspace, (workspace) => {
    const changed = JSON.stringify(workspace.members) !== JSON.stringify(state.workspace?.members);
    update({
      workspace: { ...workspace, receivedAt: performance.now() },
      edition: state.edition + (changed ? 1 : 0),
    });
  });
}

/** The calendar, and the new entries of its journal. */
export function refreshCalendar() {
  const last = () => state.journal.at(-1)?.number ?? 0;
  return latest(
    "calendar",
    () => api.calendar(last()),
    ({ journal: entries, ...calendar }) => {
      const added = entries.filter((one) => one.number > last());
      const journal = added.length ? [...state.journal, ...added] : state.journal;
      update({ calendar: { ...calendar, receivedAt: performance.now() }, journal });
    },
  );
}

/** When another scenario has started, the page is reloaded, with no person chosen. */
export function refreshScenarios() {
  return latest("scenarios", api.scenarios, (scenarios) => {
    if (state.scenarios && state.scenarios.run !== scenarios.run) {
      history.replaceState(null, "", location.pathname);
      location.reload();
    }
    update({ scenarios });
  });
}

/** The tour, with the next hint of the step that is being shown. */
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

/** The conversations of other people, for the unread counts beside their names; in one request. */
async function refreshPeople(ids) {
  const others = [...ids].filter((id) => id !== state.person);
  if (!others.length) return;
  const { people } = await api.people(others).catch(() => ({ people: {} }));
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

/** Marks the open conversation as read. */
export async function markRead() {
  const one = conversation();
  if (!one?.unread || document.hidden || state.loaded !== `${state.person}/${state.channel}`) return;
  one.unread = 0;
  update({});
  await api.read(state.person, state.channel);
}

/** The current person and conversation, after an action. */
export async function refreshMine() {
  await Promise.all([refreshPerson(), refreshMessages()]);
  await markRead(); // the messages may have been loaded before the unread count
}

/** Everything; the workspace may have been restarted. */
async function refreshAll() {
  await refreshScenarios();
  state.journal = [];
  await Promise.all([refreshWorkspace(), refreshCalendar(), refreshTour(), refreshPerson()]);
  await followAddress(); // the address may have changed meanwhile
  await refreshPeople(persons().filter((id) => id !== state.person));
}

/** Opens the person and conversation in the address; without a conversation, the app's. */
export async function followAddress() {
  const { person, channel } = readAddress();
  const elsewhere = person !== state.person || channel !== state.channel;
  if (elsewhere) update({ person, channel, messages: [], hasMore: false, loaded: "", newFrom: "" });
  if (!person) return;
  const isKnown = conversation() || (await refreshPerson(person)); // it may be new
  if (!isKnown || state.person !== person) return;
  selectDefaultConversation();
  await refreshMine();
}

/** If the address names no conversation of this person, opens the app's. */
function selectDefaultConversation() {
  const { conversations } = mine();
  const first = conversations.find(isAppDm) ?? conversations[0];
  const { person, channel } = readAddress();
  const isNewAddress = person !== state.person || channel !== state.channel; // its own event follows
  if (!first || conversation() || isNewAddress) return;
  history.replaceState(null, "", address(state.person, first.id));
  update({ channel: first.id, messages: [], hasMore: false, loaded: "", newFrom: "" });
}

const nothing = () => ({ any: false, workspace: false, scenario: false, tour: false, everyone: false, people: new Set() });
let pending = nothing();
let timer = null;
let isLoading = false;

/** Changes come in bursts: they are collected for a moment, and while the last ones are still being loaded. */
function onChange({ people, topic }) {
  pending.any = true;
  if (topic === "scenario") pending.scenario = true;
  if (topic === "tour") pending.tour = true;
  if (["connection", "members"].includes(topic)) pending.workspace = true;
  if (!["connection", "calendar", "scenario", "tour"].includes(topic)) {
    if (people) for (const id of people) pending.people.add(id);
    else pending.everyone = true;
  }
  schedule();
}

/** Loads less often while much happens at once, so as not to slow it down. */
function schedule() {
  const busy = state.calendar?.moving || state.scenarios?.progress;
  if (!isLoading) timer ??= setTimeout(loadPending, busy ? BUSY_DELAY_MS : DELAY_MS);
}

async function loadPending() {
  const changes = pending;
  pending = nothing();
  timer = null;
  isLoading = true;
  try {
    // After any change the calendar may have moved, and the tour may be further.
    await Promise.all([
      changes.workspace && refreshWorkspace(),
      changes.scenario && refreshScenarios(),
      refreshCalendar(),
      (changes.tour || state.tour?.steps.length > 0) && refreshTour(),
    ]);
    const ids = changes.everyone ? persons() : [...changes.people];
    await Promise.all([ids.includes(state.person) && refreshMine(), refreshPeople(ids)]);
  } finally {
    isLoading = false;
    if (pending.any) schedule();
  }
}

/** Loads everything, and keeps it up to date from then on. */
export async function start() {
  await Promise.all([refreshWorkspace(), refreshCalendar(), refreshScenarios(), refreshTour()]);
  addEventListener("hashchange", followAddress);
  await followAddress();
  document.addEventListener("visibilitychange", markRead);
  api.listen({
    onChange,
    onOnline: (online) => {
      update({ online });
      if (online) refreshAll();
    },
  });
}
