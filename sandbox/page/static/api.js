// The local workspace's API: JSON over HTTP, and a WebSocket that reports changes.

const MAX_RETRY_MS = 5000;

/** GET, or any other request. Returns the JSON body; throws an Error with a sentence for the page. */
export async function fetchJson(path, options = {}) {
  const response = await fetch(`/sandbox/${path}`, { cache: "no-store", ...options }).catch(() => {
    throw new Error("The local workspace isn’t answering. Check that it is still running.");
  });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error || `The local workspace responded with error ${response.status}. The log has the details.`);
  return body;
}

/** POST. Returns { ok: true, … } or { ok: false, error: a sentence for the page }; never throws. */
export async function postJson(path, body = {}) {
  const options = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  return fetchJson(path, options).catch((error) => ({ ok: false, error: error.message }));
}

const of = (user) => `people/${encodeURIComponent(user)}`;
const view = (user, id) => `${of(user)}/views/${encodeURIComponent(id)}`;

export const workspace = () => fetchJson("workspace");
export const calendar = (after = 0) => fetchJson(`calendar?after=${after}`);
export const moveCalendar = (to) => postJson("calendar", to);
export const stopCalendar = () => postJson("calendar/stop");
export const scenarios = () => fetchJson("scenarios");
export const startScenario = (scenario) => postJson("scenarios", { scenario });
export const tour = (look = "") => fetchJson(`tour${look && `?look=${encodeURIComponent(look)}`}`);
export const doStep = (key) => postJson(`tour/${encodeURIComponent(key)}/do`);
export const fillInExample = (key) => postJson(`tour/${encodeURIComponent(key)}/example`);
export const people = (users) => fetchJson(`people?of=${users.map(encodeURIComponent).join(",")}`);
export const person = (user) => fetchJson(of(user));
export function messages(user, channel, { before = "", limit = 100 } = {}) {
  const query = new URLSearchParams({ limit, ...(before && { before }) });
  return fetchJson(`${of(user)}/conversations/${encodeURIComponent(channel)}?${query}`);
}

export const openTab = (user, tab) => postJson(`${of(user)}/home`, { tab });
export const read = (user, channel) => postJson(`${of(user)}/read`, { channel });
export const say = (user, channel, text) => postJson(`${of(user)}/messages`, { channel, text });
/** Shares a file; its content is in base64. */
export const share = (user, channel, name, content) =>
  postJson(`${of(user)}/messages`, { channel, text: "", file: { name, content } });
/** Where a file of a conversation is downloaded. */
export const fileUrl = (user, file) =>
  `/sandbox/${of(user)}/files/${encodeURIComponent(file.id)}/${encodeURIComponent(file.name)}`;
export const act = (user, action) => postJson(`${of(user)}/actions`, action);
export const change = (user, viewId, input) => postJson(`${view(user, viewId)}/values`, input);
export const submit = (user, viewId) => postJson(`${view(user, viewId)}/submit`);
export const close = (user, viewId, all = false) => postJson(`${view(user, viewId)}/close`, { all });

/**
 * Calls `onChange({ people, topic })` for every change and `onOnline(bool)` when the connection opens or closes. It
 * reconnects, sooner at first and then every few seconds.
 */
export function listen({ onChange, onOnline }) {
  let retryMs = 250;
  const connect = () => {
    const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/sandbox/live`);
    socket.onopen = () => {
      retryMs = 250;
      onOnline(true);
    };
    socket.onmessage = (event) => {
      const message = JSON.parse(event.data);
      if (message.type === "changed") onChange(message);
    };
    socket.onclose = () => {
      onOnline(false);
      setTimeout(connect, retryMs);
      retryMs = Math.min(retryMs * 2, MAX_RETRY_MS);
    };
  };
  connect();
}
