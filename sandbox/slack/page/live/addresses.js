/**
 * Links into the workspace: permalinks of messages and deep links to apps and channels open here, not in another tab.
 * Sources: docs.slack.dev, chat.getPermalink and "Deep linking into Slack".
 * @module
 */

/**
 * @param {string} address
 * @returns {{channel?: string, ts?: string, thread?: string, app?: string, tab?: string, user?: string} | undefined} nothing for an address elsewhere
 */
export function placeIn(address) {
  const permalink = /^https:\/\/[\w-]+\.slack\.com\/archives\/([A-Z0-9]+)(?:\/p(\d+)(\d{6}))?(?:\?|$)/.exec(address);
  if (permalink) {
    const [, channel, seconds, rest] = permalink;
    return { channel, ts: seconds && `${seconds}.${rest}`, thread: new URL(address).searchParams.get("thread_ts") ?? undefined };
  }
  const deep = /^slack:\/\/(app|channel|user)\?/.exec(address);
  if (!deep) return undefined;
  const about = new URL(address).searchParams;
  const id = about.get("id") ?? undefined;
  if (deep[1] === "app") return { app: id, tab: about.get("tab") ?? "messages" };
  return deep[1] === "channel" ? { channel: id } : { user: id };
}

/** Open an address as a press on a link would. @param {string} address */
export function follow(address) {
  const link = document.createElement("a");
  link.href = address;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  document.body.append(link);
  link.click();
  link.remove();
}

/**
 * Let links into the workspace open inside the page.
 * @param {(place: NonNullable<ReturnType<typeof placeIn>>) => void} open
 */
export function keepLinksInside(open) {
  document.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest?.("a[href]");
    const place = link && placeIn(link.getAttribute("href") ?? "");
    if (!place) return;
    event.preventDefault();
    open(place);
  });
}
