// What was put out of order on purpose, in words: for the banners and the switches.

import * as api from "./inspector_api.js";
import { state } from "./state.js";
import { refreshWorkspace } from "./sync.js";

const NOW = {
  limited: "Slack says “too many requests” now",
  slow: "Slack is slow now",
  broken: "Slack is out of order now",
  dropped: "Slack’s answers get lost now",
  late: "Forms open too late now",
  refused: "Slack refuses calls now",
};

export const trouble = () => state.workspace?.trouble ?? { faults: [], revoked: "", installed: true };

export const methodName = (method) => (method === "respond" ? "response URLs" : method);

/** "chat.postMessage, for the next 3 calls"; empty for every call without an end. */
export function reach({ method, kind, calls, seconds_left: left }) {
  const what = method === "*" || kind === "late" ? "" : methodName(method);
  const minutes = Math.ceil((left ?? 0) / 60);
  const time = minutes ? `for ${minutes === 1 ? "a minute" : `${minutes} minutes`} at most` : "";
  const long = calls ? `for the next ${calls === 1 ? "call" : `${calls} calls`}` : time;
  return [what, long].filter(Boolean).join(", ");
}

let timer = null;

/** Asks again when the next one is over by itself: nobody tells of that. */
function watchTheClock(faults) {
  clearTimeout(timer);
  const left = faults.map((one) => one.seconds_left).filter((seconds) => seconds !== null);
  if (!left.length) return;
  const since = performance.now() - state.toldAt;
  timer = setTimeout(refreshWorkspace, Math.max(100, Math.min(...left) * 1000 - since + 100));
}

/** [{ key, words, undo: { name, run } }], one for each thing out of order. */
export function troubles() {
  const { faults, revoked, installed } = trouble();
  watchTheClock(faults);
  const found = faults.map((one) => {
    const more = reach(one);
    const undo = { name: "Turn off", run: () => api.lift(one.number) };
    return { key: `fault ${one.number}`, words: `${NOW[one.kind]}${more ? ` (${more})` : ""}`, undo };
  });
  if (!installed)
    found.push({
      key: "removed",
      words: "The app is removed from the workspace",
      undo: { name: "Install it again", run: () => api.change("reinstall") },
    });
  else if (revoked)
    found.push({
      key: "revoked",
      words: "The app’s token is revoked",
      undo: { name: "Give it back", run: () => api.change("restore") },
    });
  return found;
}
