/**
 * Starts the workspace's page: one desk, drawn once a frame when something changed.
 * @module
 */
import { keepLinksInside } from "./live/addresses.js";
import { Desk } from "./live/desk.js";
import { shell } from "./panes/shell.js";
import { goTo } from "./panes/tour.js";
import { render } from "./view/dom.js";
import { language } from "./words.js";

const root = /** @type {HTMLElement} */ (document.getElementById("page"));
let drawing = false;
let shownStep = "";

function draw() {
  if (drawing) return;
  drawing = true;
  setTimeout(() => {
    drawing = false;
    followTour();
    render(root, shell(desk));
    const waiting = [...(desk.state?.channels.values() ?? [])].reduce((sum, channel) => sum + (channel.kind === "channel" ? channel.mentions : channel.unread), 0);
    document.title = `${waiting ? `(${waiting}) ` : ""}${desk.state?.team?.name ?? "Workspace"}`;
  }, 0);
}

/** When a step of the tour begins, go where it can be seen. */
function followTour() {
  const step = desk.state?.tour?.steps?.find((/** @type {any} */ each) => each.status === "now");
  if (!step || step.id === shownStep) return;
  shownStep = step.id;
  if (step.show && desk.tourOpen) goTo(desk, step.show);
}

/** @param {any} place where a link leads */
async function openPlace(place) {
  const talk = place.user && (await desk.tell("open_dm", { people: [place.user] }));
  goTo(desk, talk ? { channel: talk.channel } : place);
}

const desk = new Desk(draw);
keepLinksInside((place) => openPlace(place));
document.documentElement.lang = language();
document.addEventListener("visibilitychange", () => desk.state && desk.markSeen());
desk.link.open(new URLSearchParams(location.search).get("as") ?? sessionStorage.getItem("person") ?? "");
draw();
