"""Installing an app: its bot becomes one of the people, a member of public channels, and people get user tokens."""

from sandbox.slack.books.apps import Credentials
from sandbox.slack.books.people import page_person
from sandbox.slack.happenings.membership import join
from sandbox.slack.manifests import Manifest
from sandbox.slack.shapes import Json
from sandbox.slack.showing import tell_app
from sandbox.slack.workspace import Workspace


def install(workspace: Workspace, manifest: Manifest, credentials: Credentials) -> Json:
    """The app, new or known by its name."""
    app = workspace.apps.register(manifest, credentials)
    bot = workspace.people.add(
        manifest.bot_name.lower().replace(" ", "-"),
        manifest.bot_name,
        id=app["bot_user"],
        is_bot=True,
        app_id=app["id"],
        bot_id=app["bot_id"],
        note=manifest.description,
        color=manifest.color.removeprefix("#"),
    )
    workspace.feed.tell_all({"type": "person", "person": page_person(bot, workspace.clock.now())})
    for channel in workspace.channels.seen_by(app["bot_user"]):
        join(workspace, channel, app["bot_user"], quiet=True)
    for person in workspace.people.humans():
        workspace.apps.add_user_token(app, person["id"])
    tell_app(workspace, app)
    return app
