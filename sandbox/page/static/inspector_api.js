// What the drawer of the Inspector asks the local workspace for.

import { ask, tell } from "./api.js";

const glass = (path) => `glass/${path}`;
const of = (user) => glass(`people/${encodeURIComponent(user)}`);

/** { rows, has_more, newest, names, kept } for what is `sought`: { name, person, text, before, after, limit }. */
export const wire = (sought) => ask(glass(`wire?${new URLSearchParams(sought)}`));
export const exchange = (number) => ask(glass(`wire/${number}`));
export const message = (user, channel, ts) => ask(`${of(user)}/messages/${channel}/${ts}`);
export const view = (user) => ask(`${of(user)}/view`);
export const scopes = () => ask(glass("scopes"));
export const faults = () => ask(glass("faults"));

export const order = (fault) => tell(glass("faults"), fault);
export const lift = (number) => tell(glass(`faults/${number}/lift`));
export const redeliver = (all) => tell(glass("redeliver"), { all });
export const deactivate = (user, deactivated) => tell(of(user), { deactivated });
export const change = (act) => tell(glass("app"), { act });

/** Calls `heard()` once connected and whenever something went over the wire, until the answered function is called. */
export function listen(heard) {
  let socket = null;
  let over = false;
  const connect = () => {
    socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/sandbox/glass/live`);
    socket.onopen = socket.onmessage = () => heard();
    socket.onclose = () => over || setTimeout(() => over || connect(), 1000);
  };
  connect();
  return () => {
    over = true;
    socket.close();
  };
}
