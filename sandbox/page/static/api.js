// The local workspace's own interface: JSON over HTTP, and a WebSocket that says what changed.

const LONGEST_PAUSE = 5000;

/** Answers what is there; throws what keeps it from us as an Error with a sentence. */
export async function ask(path, options = {}) {
  const response = await fetch(`/sandbox/${path}`, { cache: "no-store", ...options }).catch(() => {
    throw new Error("The local workspace is not answering.");
  });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error || `The local workspace answered ${response.status}.`);
  return body;
}

/** Answers { ok: true, … } or { ok: false, error: "a sentence for the person" }; never throws. */
export async function tell(path, body = {}) {
  const options = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  return ask(path, options).catch((problem) => ({ ok: false, error: problem.message }));
}

const of = (user) => `people/${encodeURIComponent(user)}`;
const view = (user, id) => `${of(user)}/views/${encodeURIComponent(id)}`;

export const workspace = () => ask("workspace");
export const calendar = (after = 0) => ask(`calendar?after=${after}`);
export const moveCalendar = (to) => tell("calendar", to);
export const stopCalendar = () => tell("calendar/stop");
export const stories = () => ask("stories");
export const beginStory = (story) => tell("stories", { story });
export const tour = (look = "") => ask(`tour${look && `?look=${encodeURIComponent(look)}`}`);
export const doStep = (key) => tell(`tour/${encodeURIComponent(key)}/do`);
export const fillInExample = (key) => tell(`tour/${encodeURIComponent(key)}/example`);
export const people = (users) => ask(`people?of=${users.map(encodeURIComponent).join(",")}`);
export const person = (user) => ask(of(user));
export function messages(user, channel, { before = "", limit = 100 } = {}) {
  const query = new URLSearchParams({ limit, ...(before && { before }) });
  return ask(`${of(user)}/conversations/${encodeURIComponent(channel)}?${query}`);
}

export const openTab = (user, tab) => tell(`${of(user)}/home`, { tab });
export const read = (user, channel) => tell(`${of(user)}/read`, { channel });
export const say = (user, channel, text) => tell(`${of(user)}/messages`, { channel, text });
export const act = (user, action) => tell(`${of(user)}/actions`, action);
export const change = (user, viewId, input) => tell(`${view(user, viewId)}/values`, input);
export const submit = (user, viewId) => tell(`${view(user, viewId)}/submit`);
export const close = (user, viewId, all = false) => tell(`${view(user, viewId)}/close`, { all });

/**
 * Calls `changed({ people, what })` for everything that happens and `online(bool)` as the line comes and goes. It
 * connects again by itself, sooner at first and then every few seconds.
 */
export function live({ changed, online }) {
  let pause = 250;
  const connect = () => {
    const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/sandbox/live`);
    socket.onopen = () => {
      pause = 250;
      online(true);
    };
    socket.onmessage = (event) => {
      const news = JSON.parse(event.data);
      if (news.type === "changed") changed(news);
    };
    socket.onclose = () => {
      online(false);
      setTimeout(connect, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    };
  };
  connect();
}
