/**
 * Select menus with type-ahead: static, external, people, channels and conversations, one or many.
 * @module
 */
import { held } from "../blocks/context.js";
import { bareText, showText } from "../text/show.js";
import { h } from "../view/dom.js";
import { icon } from "../view/icons.js";
import { t } from "../words.js";
import { confirmed } from "./confirm.js";
import { closeLayer, popover, toggleLayer, walk } from "./popover.js";

/** @typedef {{label?: any, options: any[]}} Group */
const PAUSE_MS = 160;

/** @param {any} element */
const isMulti = (element) => element.type.startsWith("multi_");
/** @param {any} element */
const isExternal = (element) => element.type.endsWith("external_select");
/** @param {any} element @returns {string | undefined} people, channels or conversations */
const directoryOf = (element) => /(users|channels|conversations)_select$/.exec(element.type)?.[1];

/** @param {any} element @param {any} context @returns {Group[]} */
function ownGroups(element, context) {
  const directory = directoryOf(element);
  if (directory) return [{ options: filtered(context.directory(directory), element.filter) }];
  if (element.option_groups) return element.option_groups;
  return [{ options: element.options ?? [] }];
}

/** @param {any[]} options @param {any} filter of a conversations_select */
function filtered(options, filter) {
  if (!filter) return options;
  return options.filter((option) => (!filter.include || filter.include.includes(option.kind)) && !(filter.exclude_bot_users && option.bot));
}

/** @param {Group[]} groups @param {string} query @returns {Group[]} */
function matching(groups, query) {
  const wanted = query.trim().toLocaleLowerCase();
  if (!wanted) return groups;
  return groups.map((group) => ({ ...group, options: group.options.filter((option) => bareText(option.text).toLocaleLowerCase().includes(wanted)) })).filter((group) => group.options.length);
}

/** @param {any} self @param {any} props @param {string} query */
async function ask(self, props, query) {
  const { element, block, context } = props;
  if (query.length < (element.min_query_length ?? 3)) {
    self.set({ query, groups: undefined, asking: false });
    return;
  }
  const turn = (self.turn = (self.turn ?? 0) + 1);
  self.set({ query, asking: true, failed: false });
  await new Promise((resume) => setTimeout(resume, query ? PAUSE_MS : 0));
  if (turn !== self.turn) return;
  try {
    const groups = await context.options(block, element, query);
    if (turn === self.turn) self.set({ groups, asking: false });
  } catch {
    if (turn === self.turn) self.set({ groups: [], asking: false, failed: true });
  }
}

/** @param {any} props @param {any} self */
export function Select(props, self) {
  const { element, block, context, label } = props;
  const picked = held(context, block, element);
  const chosen = shownOptions(picked, element, context);
  const open = () => {
    toggleLayer(self);
    if (self.state.open && isExternal(element)) ask(self, props, "");
  };
  const name = label ?? bareText(element.placeholder) ?? t("select.label");
  return h("span", { class: `select${isMulti(element) ? " multi" : ""}` },
    h("button", {
      type: "button", class: "field select-button", role: "combobox", "aria-haspopup": "listbox", "aria-expanded": String(!!self.state.open),
      "aria-label": [name || t("select.label"), chosen.map((option) => bareText(option.text)).join(", ")].filter(Boolean).join(": "),
      "data-action": element.action_id, onClick: open, disabled: context.frozen,
    }, isMulti(element) ? chips(chosen, element, context) : single(chosen[0], element, context), icon("down")),
    self.state.open && popover({
      class: "listbox", anchor: () => self.node?.firstChild, onClose: () => closeLayer(self),
      children: choiceList(props, self, chosen),
    }));
}

/** @param {any} option @param {any} element @param {any} context */
function single(option, element, context) {
  if (option) return h("span", { class: "chosen" }, showText(option.text, context));
  return h("span", { class: "placeholder" }, element.placeholder ? showText(element.placeholder, context) : t("select.placeholder"));
}

/** @param {any[]} chosen @param {any} element @param {any} context */
function chips(chosen, element, context) {
  if (!chosen.length) return single(undefined, element, context);
  return h("span", { class: "chips" }, chosen.map((option) => h("span", { class: "chip", key: option.value }, showText(option.text, context))));
}

/** @param {import("../blocks/context.js").Picked} picked @param {any} element @param {any} context @returns {any[]} */
function shownOptions(picked, element, context) {
  const wanted = Array.isArray(picked.choice) ? picked.choice : picked.choice === null || picked.choice === undefined || picked.choice === "" ? [] : [picked.choice];
  const known = [...(picked.options ?? []), ...ownGroups(element, context).flatMap((group) => group.options)];
  return wanted.map((value) => known.find((option) => option.value === value) ?? { text: { type: "plain_text", text: String(value) }, value });
}

/** @param {any} props @param {any} self @param {any[]} chosen */
function choiceList(props, self, chosen) {
  const { element, context, label } = props;
  const query = self.state.query ?? "";
  const groups = isExternal(element) ? (self.state.groups ?? []) : matching(ownGroups(element, context), query);
  const empty = !groups.some((/** @type {Group} */ group) => group.options.length);
  const search = h("input", {
    type: "search", class: "list-search", "data-focus": true, placeholder: t("select.search"), "aria-label": `${t("select.search")} ${label ?? ""}`.trim(), value: query, autocomplete: "off",
    onInput: (/** @type {any} */ event) => (isExternal(element) ? ask(self, props, event.target.value) : self.set({ query: event.target.value })),
    onKeydown: (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      const first = groups[0]?.options[0];
      if (first) choose(props, self, first);
    },
  });
  return h("div", { class: "choices", onKeydown: (/** @type {KeyboardEvent} */ event) => walk(event, "input, [role=option]") },
    search,
    h("div", { role: "listbox", "aria-multiselectable": isMulti(element) ? "true" : undefined, "aria-label": label ?? t("select.label") },
      self.state.asking && h("p", { class: "hint" }, t("select.loading")),
      groups.map((/** @type {Group} */ group) => [
        group.label && h("div", { class: "group-label" }, showText(group.label, context)),
        group.options.map((option) => choiceRow(props, self, option, chosen.some((each) => each.value === option.value))),
      ]),
      empty && !self.state.asking && h("p", { class: "hint" }, emptyWords(self, element, query)),
      chosen.length > 0 && !isMulti(element) && h("button", { type: "button", class: "menu-item quiet", onClick: () => choose(props, self, null) }, t("select.clear"))));
}

/** @param {any} self @param {any} element @param {string} query */
function emptyWords(self, element, query) {
  if (self.state.failed) return t("select.failed");
  const least = element.min_query_length ?? 3;
  return isExternal(element) && query.length < least ? t("select.type-more", { n: least }) : t("select.none");
}

/** @param {any} props @param {any} self @param {any} option @param {boolean} selected */
function choiceRow(props, self, option, selected) {
  return h("button", { type: "button", role: "option", class: "menu-item", key: option.value, "aria-selected": String(selected), onClick: () => choose(props, self, option) },
    h("span", { class: "tick" }, selected && icon("check")),
    h("span", null, showText(option.text, props.context), option.description && h("small", null, showText(option.description, props.context))));
}

/** @param {any} props @param {any} self @param {any} option */
function choose(props, self, option) {
  const { element, block, context } = props;
  const picked = held(context, block, element);
  if (!isMulti(element)) {
    self.set({ open: false });
    self.node?.firstChild?.focus();
    return confirmed(element, context, () => change(props, self, option ? { choice: option.value, options: [option] } : { choice: null }));
  }
  const has = picked.choice.includes(option.value);
  const choice = has ? picked.choice.filter((/** @type {any} */ value) => value !== option.value) : [...picked.choice, option.value];
  if (!has && element.max_selected_items && choice.length > element.max_selected_items) return undefined;
  return change(props, self, { choice, options: [...(picked.options ?? []), option] });
}

/** @param {any} props @param {any} self @param {import("../blocks/context.js").Picked} picked */
function change({ element, block, context, onChange }, self, picked) {
  context.choices.set(block, element, picked);
  self.draw();
  return onChange ? onChange(picked.choice) : context.act(block, element, picked.choice);
}
