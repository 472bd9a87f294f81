// The page's state, and its listeners.

export const state = {
  workspace: null, // { team, app, members, connected, now, disruptions, receivedAt }
  calendar: null, // { can_move, now, next_due, moving, stopping, since, to, speed, next_stop, ran_out, started, error, receivedAt }
  journal: [], // the stops of its moves: { number, at, stuck, posts: [{ singular, plural, channel, ts, people }] }
  scenarios: null, // { scenarios: [{ key, title, about }], current, run, start_as: [{ person, text }], progress, error }
  restarting: false, // another scenario was chosen and has not started yet
  tour: null, // { steps: [{ key, title, text, after, person, done, prerequisite, error }], current, running, look }
  leading: "", // the key of the tour step that Show me leads through
  people: new Map(), // user id → { conversations, views, home }
  person: "", // the current person
  channel: "", // the open conversation
  messages: [], // of that conversation, oldest first
  hasMore: false,
  loaded: "", // "person/channel" of the messages above
  newFrom: "", // ts of the first message that was unread when it was opened
  edition: 0, // increases when members change, so that names are rendered again
  online: true,
};

const listeners = [];
let isScheduled = false;

/** Calls `listener()` once after each burst of changes. */
export function onChange(listener) {
  listeners.push(listener);
}

export function update(changes) {
  Object.assign(state, changes);
  if (isScheduled) return;
  isScheduled = true;
  queueMicrotask(() => {
    isScheduled = false;
    for (const listener of listeners) listener();
  });
}

export const member = (id) => state.workspace?.members.find((one) => one.id === id);
export const me = () => member(state.person);
export const app = () => state.workspace?.app;
export const mine = () => state.people.get(state.person) ?? { conversations: [], views: [], home: null };
export const conversation = () => mine().conversations.find((one) => one.id === state.channel);

/** The name that others see: the display name if there is one. */
export const shownName = (one) => one?.display_name || one?.name || one?.handle || "";

/** "Ada Lovelace": a person's name in full, or the app's. */
export const fullName = (one) => one?.name || shownName(one);

/** A conversation's name for its reader: the other people in it, or the app if there are none. */
export function conversationName(one) {
  if (!one) return "";
  const others = (one.members ?? []).filter((id) => id !== state.person);
  if (!["im", "mpim"].includes(one.kind) || !others.length) return one.name || "Notes to self";
  const people = others.filter((id) => !member(id)?.is_bot);
  return (people.length ? people : others).map((id) => shownName(member(id)) || id).join(", ");
}

export const isAppDm = (one) => one?.kind === "im" && (one.members ?? []).includes(app()?.bot_user_id);

/** The person and conversation in the address: #U0ADA/D0ADA, or #U0ADA/D0ADA/home for another tab. */
export function readAddress() {
  const [person = "", channel = ""] = decodeURIComponent(location.hash.slice(1)).split("/");
  return { person, channel };
}

/** The tabs of the open conversation; only the app's has several. */
export function tabs() {
  if (!isAppDm(conversation())) return ["messages"];
  const { has_home: home, has_messages: messages } = app();
  return [messages && "messages", home && "home", "about"].filter(Boolean);
}

/** The open tab. */
export function tab() {
  const wanted = location.hash.split("/")[2];
  return tabs().find((one) => one === wanted) ?? tabs()[0];
}

export function address(person, channel = "", tabName = "") {
  return `#${[person, channel, tabName].filter(Boolean).map(encodeURIComponent).join("/")}`;
}
