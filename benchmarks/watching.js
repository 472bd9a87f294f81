// Run inside the page that is measured. Times are milliseconds of the page's own clock.

window.benchmark = {
  /** Settles when `there()` says something and the browser has painted it. */
  painted(there) {
    return new Promise((settle, fail) => {
      const late = setTimeout(() => fail(new Error(`It did not show: ${there()}`)), 20000);
      const look = () => {
        if (!there()) return;
        watcher.disconnect();
        requestAnimationFrame(() => setTimeout(settle));
        clearTimeout(late);
      };
      const watcher = new MutationObserver(look);
      watcher.observe(document, { childList: true, subtree: true, attributes: true });
      look();
    });
  },
  has: (ts) => () => document.querySelector(`[data-ts="${ts}"]`),

  /** From the start of the navigation until the message of that `ts` is painted. */
  async shown(ts) {
    await this.painted(this.has(ts));
    return performance.now();
  },

  /** From going to an address until the message of that `ts` is painted. */
  async open(address, ts) {
    await this.painted(() => location.hash.includes("/")); // where we were has been arrived at
    const began = performance.now();
    location.hash = address;
    await this.painted(this.has(ts));
    return performance.now() - began;
  },

  /** From posting until the message is painted. */
  async arrive(token, channel, blocks) {
    const began = performance.now();
    const answer = await fetch("/api/chat.postMessage", {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: JSON.stringify({ channel, text: "News", blocks }),
    });
    await this.painted(this.has((await answer.json()).ts));
    return performance.now() - began;
  },

  /** From a key until its letter is painted; resolved at the next key. */
  typed() {
    return new Promise((settle) => {
      const pressed = (event) => requestAnimationFrame(() => setTimeout(() => settle(performance.now() - event.timeStamp)));
      document.querySelector("textarea").addEventListener("keydown", pressed, { once: true });
    });
  },
};
