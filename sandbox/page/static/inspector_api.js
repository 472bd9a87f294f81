// The Inspector's requests to the local workspace.

import { fetchJson, postJson } from "./api.js";

const inspector = (path) => `inspector/${path}`;
const of = (user) => inspector(`people/${encodeURIComponent(user)}`);

/** { rows, has_more, newest, names, max_rows } for a `filter`: { name, person, text, before, after, limit }. */
export const traffic = (filter) => fetchJson(inspector(`traffic?${new URLSearchParams(filter)}`));
export const exchange = (number) => fetchJson(inspector(`traffic/${number}`));
export const message = (user, channel, ts) => fetchJson(`${of(user)}/messages/${channel}/${ts}`);
export const view = (user) => fetchJson(`${of(user)}/view`);
export const scopes = () => fetchJson(inspector("scopes"));
export const faults = () => fetchJson(inspector("faults"));

export const addFault = (fault) => postJson(inspector("faults"), fault);
export const removeFault = (number) => postJson(inspector(`faults/${number}/remove`));
export const redeliver = (all) => postJson(inspector("redeliver"), { all });
export const deactivate = (user, deactivated) => postJson(of(user), { deactivated });
export const change = (act) => postJson(inspector("app"), { act });

/** Calls `onTraffic()` once connected and after each exchange, until the returned function is called. */
export function listen(onTraffic) {
  let socket = null;
  let stopped = false;
  const connect = () => {
    socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/sandbox/inspector/live`);
    socket.onopen = socket.onmessage = () => onTraffic();
    socket.onclose = () => stopped || setTimeout(() => stopped || connect(), 1000);
  };
  connect();
  return () => {
    stopped = true;
    socket.close();
  };
}
