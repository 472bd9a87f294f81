// What a person may mean while they type: the app's commands and what follows them, and people.

import { app, fullName, state } from "./state.js";

export const commands = () => app()?.commands ?? [];

/** The first words that a command's hint divides by bars: "join | leave <why>" takes "join" and "leave". */
function subcommands(one) {
  const parts = one.usage_hint.split("|").map((part) => part.trim());
  return parts.length > 1 ? parts.filter((part) => /^[a-z][a-z-]*(\s|$)/i.test(part)) : [];
}

/** What may follow a command: none of it is meant before a letter of it was typed. */
function continuations(before) {
  const one = commands().find(({ command }) => before.startsWith(`${command} `));
  const begun = one ? before.slice(one.command.length + 1) : "";
  if (!one || /\s/.test(begun)) return [];
  return subcommands(one)
    .filter((part) => part.toLowerCase().startsWith(begun.toLowerCase()))
    .map((part) => {
      const [word, ...rest] = part.split(/\s+/);
      const text = `${one.command} ${word}`;
      return { label: text, hint: rest.join(" "), text, from: 0, open: !begun };
    });
}

/**
 * What could be meant by what stands before the cursor: [{ label, about, hint, person, text, from, open }]. `text`
 * takes the place of what was typed after `from`; `open` says that nothing of it was typed yet.
 */
export function guesses(before) {
  const following = continuations(before);
  if (following.length) return following;
  if (/^\/\S*$/.test(before)) {
    return commands()
      .filter((one) => one.command.startsWith(before))
      .map((one) => ({
        label: one.command,
        hint: one.usage_hint,
        about: one.description,
        text: `${one.command} `,
        from: 0,
      }));
  }
  const handle = /(?:^|\s)@([\p{L}\p{N}._-]*)$/u.exec(before);
  if (!handle) return [];
  const wanted = handle[1].toLowerCase();
  const fits = (one) =>
    `${one.handle} ${one.name} ${one.display_name}`
      .toLowerCase()
      .split(/[\s.]+/)
      .some((word) => word.startsWith(wanted));
  const found = (state.workspace?.members ?? []).filter(
    (one) => !one.deactivated && (one.handle.startsWith(wanted) || fits(one)),
  );
  return found.map((one) => ({
    label: fullName(one),
    about: `@${one.handle}`,
    person: one,
    text: `@${one.handle} `,
    from: before.length - wanted.length - 1,
  }));
}
