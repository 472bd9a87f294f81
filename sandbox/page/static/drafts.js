// Sends a view's inputs to the workspace: in order, and while typing only after a pause.

import * as api from "./api.js";

const TYPING_PAUSE_MS = 250;

/**
 * The inputs of one view. `change(input, how)` sends { block_id, action_id, value } at once, or after a pause if `how`
 * is "typing"; `flush()` resolves when all of it has arrived; `entered(block, action)` is the last value, sent or not.
 */
export function drafts(person, viewId) {
  const waiting = new Map();
  const typed = new Map();
  let queue = Promise.resolve({ ok: true });

  function deliver(input, how) {
    queue = queue.then(() => api.change(person, viewId, { ...input, how }));
    return queue;
  }

  function change(input, how) {
    const key = `${input.block_id} ${input.action_id}`;
    waiting.get(key)?.drop();
    typed.set(key, input.value);
    if (how !== "typing") return deliver(input, how);
    return new Promise((resolve) => {
      const drop = () => {
        clearTimeout(timer);
        waiting.delete(key);
        resolve({ ok: true });
      };
      const go = () => {
        clearTimeout(timer);
        waiting.delete(key);
        resolve(deliver(input, how));
      };
      const timer = setTimeout(go, TYPING_PAUSE_MS);
      waiting.set(key, { drop, go });
    });
  }

  async function flush() {
    for (const { go } of [...waiting.values()]) go();
    return queue;
  }

  /** The last value, or undefined if there is none. */
  const entered = (blockId, actionId) => typed.get(`${blockId} ${actionId}`);

  return { change, flush, entered };
}
