// The failures that were turned on, as text for the banners and the switches.

import * as api from "./inspector_api.js";
import { state } from "./state.js";
import { refreshWorkspace } from "./sync.js";

const NOW = {
  limited: "Slack says “too many requests” now",
  slow: "Slack is slow now",
  broken: "Slack is down now",
  dropped: "Slack’s responses get lost now",
  late: "Slack refuses to open forms now",
  refused: "Slack refuses calls now",
};

export const disruptions = () => state.workspace?.disruptions ?? { faults: [], revoked: "", installed: true };

export const methodName = (method) => (method === "respond" ? "response URLs" : method);

/** "chat.postMessage, for the next 3 calls"; empty for every call without a limit. */
export function scopeText({ method, kind, calls, seconds_left: left }) {
  const what = method === "*" || kind === "late" ? "" : methodName(method);
  const minutes = Math.ceil((left ?? 0) / 60);
  const time = minutes ? `for up to ${minutes === 1 ? "a minute" : `${minutes} minutes`}` : "";
  const long = calls ? `for the next ${calls === 1 ? "call" : `${calls} calls`}` : time;
  return [what, long].filter(Boolean).join(", ");
}

let timer = null;

/** Loads again when the next fault expires, since no change is reported then. */
function reloadOnExpiry(faults) {
  clearTimeout(timer);
  const left = faults.map((one) => one.seconds_left).filter((seconds) => seconds !== null);
  if (!left.length) return;
  const since = performance.now() - state.workspace.receivedAt;
  timer = setTimeout(refreshWorkspace, Math.max(100, Math.min(...left) * 1000 - since + 100));
}

/** [{ key, text, undo: { name, run } }] of all that are on. */
export function activeDisruptions() {
  const { faults, revoked, installed } = disruptions();
  reloadOnExpiry(faults);
  const found = faults.map((one) => {
    const more = scopeText(one);
    const undo = { name: "Turn off", run: () => api.removeFault(one.number) };
    return { key: `fault ${one.number}`, text: `${NOW[one.kind]}${more ? ` (${more})` : ""}`, undo };
  });
  if (!installed)
    found.push({
      key: "removed",
      text: "The app was removed from the workspace",
      undo: { name: "Install it again", run: () => api.change("reinstall") },
    });
  else if (revoked)
    found.push({
      key: "revoked",
      text: "The app’s token was revoked",
      undo: { name: "Restore it", run: () => api.change("restore") },
    });
  return found;
}
