/** The few helpers with which the views build their elements; text is always set as text, and what it hides is shown. */
import { showHidden } from "../core/answer/hiddenCharacters";

interface Attributes {
  readonly class?: string;
  readonly role?: string;
  readonly type?: string;
  readonly title?: string;
  readonly id?: string;
  readonly tabindex?: number;
  readonly hidden?: boolean;
  readonly [aria: `aria-${string}`]: string | undefined;
}

type Child = Node | string | undefined;

export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes,
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? "" : showHidden(String(value)));
  }
  for (const child of children) {
    if (child !== undefined) made.append(typeof child === "string" ? showHidden(child) : child);
  }
  return made;
}

/** A sentence in which `backticks` set code apart. */
export function sentence(text: string): readonly (Node | string)[] {
  return text.split("`").map((part, index) => (index % 2 === 0 ? part : element("code", {}, part)));
}

/** An icon of VS Code's own font; it never carries meaning alone, so it is hidden from assistive technology. */
export function icon(name: string): HTMLElement {
  return element("span", { class: `codicon codicon-${name}`, "aria-hidden": "true" });
}

interface ButtonProps {
  readonly class?: string;
  readonly icon?: string;
  /** Visible text; without it the button shows its icon alone and `label` is its name. */
  readonly text?: string;
  readonly label?: string;
  readonly title?: string;
  readonly onClick: () => void;
}

export function button({ class: className, icon: iconName, text, label, title, onClick }: ButtonProps) {
  const made = element(
    "button",
    {
      type: "button",
      class: className ?? (text === undefined ? "icon-button" : "text-button"),
      ...(label !== undefined && { "aria-label": label }),
      ...((title ?? label) !== undefined && { title: title ?? label ?? "" }),
    },
    iconName === undefined ? undefined : icon(iconName),
    text === undefined ? undefined : element("span", {}, text),
  );
  made.addEventListener("click", onClick);
  return made;
}
