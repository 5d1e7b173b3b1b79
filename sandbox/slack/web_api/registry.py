"""Every Web API method that the local workspace carries out."""

from sandbox.slack.web_api.method import Method
from sandbox.slack.web_api.methods import (
    assistant,
    calls,
    canvases,
    chat,
    conversations,
    files,
    general,
    lists,
    manifests,
    marks,
    membership,
    remote_files,
    scheduled,
    streams,
    users,
    views,
)

METHODS: dict[str, Method] = {
    **general.METHODS,
    **chat.METHODS,
    **scheduled.METHODS,
    **streams.METHODS,
    **conversations.METHODS,
    **membership.METHODS,
    **users.METHODS,
    **views.METHODS,
    **files.METHODS,
    **marks.METHODS,
    **assistant.METHODS,
    **calls.METHODS,
    **canvases.METHODS,
    **remote_files.METHODS,
    **manifests.METHODS,
    **lists.METHODS,
}
