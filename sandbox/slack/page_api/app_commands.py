"""What a person does with apps in the page, and the fault panel."""

from sandbox.slack.delivery.envelopes import Receipt
from sandbox.slack.delivery.socket_mode import cut, refresh
from sandbox.slack.interacting import actions, commands, homes, modals
from sandbox.slack.page_api.commands import Command, Deed
from sandbox.slack.shapes import CallRefused, Json


async def slash(deed: Deed) -> Json:
    """A slash command."""
    channel = deed.channel()
    return _done(await commands.slash(deed.workspace, deed.person, channel, deed.text("text"), deed.text("thread_ts")))


async def act(deed: Deed) -> Json:
    """A button, menu or other element."""
    return _done(await actions.act(deed.workspace, deed.person, deed.wish.get("container") or {}, deed.wish))


async def options(deed: Deed) -> Json:
    """Options of an external select."""
    return await actions.options(deed.workspace, deed.person, deed.wish.get("container") or {}, deed.wish)


async def submit(deed: Deed) -> Json:
    """A modal is sent."""
    errors = await modals.submit(deed.workspace, deed.person, deed.text("view_id"), deed.wish.get("values") or {})
    return {"errors": errors} if errors else {}


async def close(deed: Deed) -> Json:
    """A modal is closed."""
    await modals.close(deed.workspace, deed.person, deed.text("view_id"), close_all=bool(deed.wish.get("all")))
    return {}


async def home(deed: Deed) -> Json:
    """An app is opened."""
    app = deed.workspace.apps.get(deed.text("app"))
    return {"channel": homes.open_home(deed.workspace, deed.person, app, deed.text("tab"))}


async def shortcut(deed: Deed) -> Json:
    """A shortcut, on a message when one is named."""
    app = deed.workspace.apps.get(deed.text("app"))
    message = deed.message() if deed.text("ts") else None
    return _done(await commands.shortcut(deed.workspace, deed.person, app, deed.text("callback_id"), message))


async def fault(deed: Deed) -> Json:
    """Switches of the fault panel."""
    workspace = deed.workspace
    workspace.faults.change(deed.wish)
    shifted = workspace.clock.shift != workspace.faults.clock_shift_s
    workspace.clock.shift = workspace.faults.clock_shift_s
    workspace.feed.tell_all({"type": "faults", "faults": workspace.faults.as_json()})
    if shifted:
        workspace.feed.tell_all({"type": "clock", "now": workspace.clock.now()})
    return {"faults": workspace.faults.as_json()}


async def sockets(deed: Deed) -> Json:
    """Connections of an app are asked to leave, or cut."""
    app = deed.workspace.apps.get(deed.text("app"))
    match deed.text("how"):
        case "refresh":
            deed.workspace.in_background(refresh(deed.workspace, app["id"]))
        case "cut":
            cut(deed.workspace, app["id"])
        case _:
            raise CallRefused("unknown_fault")
    return {}


async def wire_clear(deed: Deed) -> Json:
    """The wire log begins anew."""
    deed.workspace.wire.clear()
    deed.workspace.feed.tell_all({"type": "wire_cleared"})
    return {}


async def tour(deed: Deed) -> Json:
    """What the spectator of a tour wishes."""
    deed.workspace.tour.wish(deed.text("how"))
    return {}


def _done(receipt: Receipt) -> Json:
    if not receipt.is_acked:
        raise CallRefused(commands.notice_code(receipt))
    return {}


APP_COMMANDS: dict[str, Command] = {
    "slash": slash,
    "act": act,
    "options": options,
    "submit": submit,
    "close": close,
    "home": home,
    "shortcut": shortcut,
    "fault": fault,
    "sockets": sockets,
    "wire_clear": wire_clear,
    "tour": tour,
}
