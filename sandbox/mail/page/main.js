/**
 * Starts the mailbox page: one letterbox, drawn once when something changed.
 * @module
 */
import { Letterbox } from "./live/letterbox.js";
import { shell } from "./panes/shell.js";
import { render } from "./shared/view/dom.js";
import { language, t } from "./words.js";

const root = /** @type {HTMLElement} */ (document.getElementById("page"));
let drawing = false;

function draw() {
  if (drawing) return;
  drawing = true;
  setTimeout(() => {
    drawing = false;
    render(root, shell(letterbox));
    const unread = (letterbox.mailboxes ?? []).flatMap((each) => (each.is_ours ? [] : each.folders)).reduce((sum, folder) => sum + folder.unread, 0);
    document.title = `${unread ? `(${unread}) ` : ""}${t("top.mailbox")}`;
  }, 0);
}

const letterbox = new Letterbox(draw);
document.documentElement.lang = language();
letterbox.feed.open();
draw();
