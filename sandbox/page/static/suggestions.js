// Suggestions while a person types: the app's commands and subcommands, and people.

import { app, fullName, state } from "./state.js";

export const commands = () => app()?.commands ?? [];

/** The subcommands in a command's usage hint: "join | leave <why>" has "join" and "leave"; each with its arguments. */
function subcommands(one) {
  const parts = one.usage_hint.split("|").map((part) => part.trim());
  return parts.length > 1 ? parts.filter((part) => /^[a-z][a-z-]*(\s|$)/i.test(part)) : [];
}

/** The subcommands that match what is typed after a command. */
function continuations(before) {
  const one = commands().find(({ command }) => before.startsWith(`${command} `));
  const typed = one ? before.slice(one.command.length + 1) : "";
  if (!one || /\s/.test(typed)) return [];
  return subcommands(one)
    .filter((part) => part.toLowerCase().startsWith(typed.toLowerCase()))
    .map((part) => {
      const [word, ...rest] = part.split(/\s+/);
      const text = `${one.command} ${word}`;
      return { label: text, hint: rest.join(" "), text, from: 0, open: !typed };
    });
}

/**
 * The suggestions for the text before the cursor: [{ label, about, hint, person, text, from, open }]. `text` replaces
 * what was typed after `from`; `open` means that none of it was typed yet.
 */
export function suggest(before) {
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
