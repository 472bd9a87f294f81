// The value of an input: from the element's initial_… fields, or from a view's state.

/** The plain text of rich text. */
function textOf(value) {
  if (!value) return null;
  if (Array.isArray(value)) return value.map(textOf).join("");
  return value.text ?? textOf(value.elements) ?? "";
}

const FROM_STATE = {
  static_select: (entry) => entry.selected_option?.value ?? null,
  radio_buttons: (entry) => entry.selected_option?.value ?? null,
  multi_static_select: (entry) => (entry.selected_options ?? []).map((one) => one.value),
  checkboxes: (entry) => (entry.selected_options ?? []).map((one) => one.value),
  users_select: (entry) => entry.selected_user ?? null,
  multi_users_select: (entry) => entry.selected_users ?? [],
  conversations_select: (entry) => entry.selected_conversation ?? null,
  multi_conversations_select: (entry) => entry.selected_conversations ?? [],
  channels_select: (entry) => entry.selected_channel ?? null,
  multi_channels_select: (entry) => entry.selected_channels ?? [],
  datetimepicker: (entry) => entry.selected_date_time ?? null,
  rich_text_input: (entry) => textOf(entry.rich_text_value),
  datepicker: (entry) => entry.selected_date ?? null,
  timepicker: (entry) => entry.selected_time ?? null,
};

const INITIAL = {
  static_select: (spec) => spec.initial_option?.value ?? null,
  radio_buttons: (spec) => spec.initial_option?.value ?? null,
  multi_static_select: (spec) => (spec.initial_options ?? []).map((one) => one.value),
  checkboxes: (spec) => (spec.initial_options ?? []).map((one) => one.value),
  users_select: (spec) => spec.initial_user ?? null,
  multi_users_select: (spec) => spec.initial_users ?? [],
  conversations_select: (spec) => spec.initial_conversation ?? null,
  multi_conversations_select: (spec) => spec.initial_conversations ?? [],
  channels_select: (spec) => spec.initial_channel ?? null,
  multi_channels_select: (spec) => spec.initial_channels ?? [],
  datetimepicker: (spec) => spec.initial_date_time ?? null,
  rich_text_input: (spec) => textOf(spec.initial_value),
  datepicker: (spec) => spec.initial_date ?? null,
  timepicker: (spec) => spec.initial_time ?? null,
};

/** The value an element starts with: its entry in the view's state, else its initial value. */
export function valueOf(spec, entry) {
  if (entry) return FROM_STATE[spec.type] ? FROM_STATE[spec.type](entry) : (entry.value ?? null);
  return INITIAL[spec.type] ? INITIAL[spec.type](spec) : (spec.initial_value ?? null);
}
