// What the page knows, and who wants to hear when it changes.

export const state = {
  workspace: null, // { team, app, members, connected, now }
  calendar: null, // { moves, now, next_due, living, stopping, since, to, pace, heading, ran_out, begun, trouble, toldAt }
  journal: [], // what happened as it was moved: { number, at, stuck, posts: [{ one, many, channel, ts, people }] }
  stories: null, // { stories: [{ key, title, about }], on, beginning, first: [{ person, words }], arriving, trouble }
  beginning: false, // another story was asked for, and is not there yet
  tour: null, // { steps: [{ key, title, text, after, person, done, first, trouble }], current, running, look }
  leading: "", // the key of the step that is shown at the moment
  people: new Map(), // user id → { conversations, views, home }
  person: "", // who we are
  channel: "", // what we look at
  messages: [], // of that conversation, oldest first
  hasMore: false,
  loaded: "", // "person/channel" of the messages above
  newFrom: "", // ts of the first message that was unread when we came
  edition: 0, // goes up when the people change, so that what names them is shown anew
  online: true,
};

const listeners = [];
let told = false;

/** Calls `listener()` once after each burst of changes. */
export function onChange(listener) {
  listeners.push(listener);
}

export function update(changes) {
  Object.assign(state, changes);
  if (told) return;
  told = true;
  queueMicrotask(() => {
    told = false;
    for (const listener of listeners) listener();
  });
}

export const member = (id) => state.workspace?.members.find((one) => one.id === id);
export const me = () => member(state.person);
export const app = () => state.workspace?.app;
export const mine = () => state.people.get(state.person) ?? { conversations: [], views: [], home: null };
export const conversation = () => mine().conversations.find((one) => one.id === state.channel);

/** What others call somebody: the display name if they chose one. */
export const shownName = (one) => one?.display_name || one?.name || one?.handle || "";

/** "Ada Lovelace": a person's name in full, or the app's. */
export const fullName = (one) => one?.name || shownName(one);

/** A conversation as its reader knows it: by the other people in it, or by the app where there is nobody else. */
export function conversationName(one) {
  if (!one) return "";
  const others = (one.members ?? []).filter((id) => id !== state.person);
  if (!["im", "mpim"].includes(one.kind) || !others.length) return one.name || "Notes to self";
  const people = others.filter((id) => !member(id)?.is_bot);
  return (people.length ? people : others).map((id) => shownName(member(id)) || id).join(", ");
}

export const isAppDm = (one) => one?.kind === "im" && (one.members ?? []).includes(app()?.bot_user_id);

/** Who we are and what we look at, as the address says it: #U0ADA/D0ADA, or #U0ADA/D0ADA/home for another tab. */
export function readAddress() {
  const [person = "", channel = ""] = decodeURIComponent(location.hash.slice(1)).split("/");
  return { person, channel };
}

/** The tabs of what we look at: the app's conversation has several. The first is "messages" wherever there are any. */
export function tabs() {
  if (!isAppDm(conversation())) return ["messages"];
  const { has_home: home, has_messages: messages } = app();
  return [messages && "messages", home && "home", "about"].filter(Boolean);
}

/** The tab we look at. */
export function tab() {
  const wanted = location.hash.split("/")[2];
  return tabs().find((one) => one === wanted) ?? tabs()[0];
}

export function address(person, channel = "", tabName = "") {
  return `#${[person, channel, tabName].filter(Boolean).map(encodeURIComponent).join("/")}`;
}
