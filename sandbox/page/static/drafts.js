// What is being filled into a view, on its way to the workspace: in order, and not at every key.

import * as api from "./api.js";

const PAUSE = 250;

/**
 * The entries of one view: `change(input, how)` sends { block_id, action_id, value } at once, or after a pause while
 * the person is "typing"; `flush()` settles once all of it has arrived; `entered(block, action)` is the last value,
 * sent or not.
 */
export function drafts(person, viewId) {
  const waiting = new Map();
  const typed = new Map();
  let line = Promise.resolve({ ok: true });

  function deliver(input, how) {
    line = line.then(() => api.change(person, viewId, { ...input, how }));
    return line;
  }

  function change(input, how) {
    const key = `${input.block_id} ${input.action_id}`;
    waiting.get(key)?.drop();
    typed.set(key, input.value);
    if (how !== "typing") return deliver(input, how);
    return new Promise((settle) => {
      const drop = () => {
        clearTimeout(timer);
        waiting.delete(key);
        settle({ ok: true });
      };
      const go = () => {
        clearTimeout(timer);
        waiting.delete(key);
        settle(deliver(input, how));
      };
      const timer = setTimeout(go, PAUSE);
      waiting.set(key, { drop, go });
    });
  }

  async function flush() {
    for (const { go } of [...waiting.values()]) go();
    return line;
  }

  /** What the page last knew to be entered; undefined where nothing was. */
  const entered = (blockId, actionId) => typed.get(`${blockId} ${actionId}`);

  return { change, flush, entered };
}
