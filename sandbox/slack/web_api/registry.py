"""Every Web API method that the local workspace carries out."""

from sandbox.slack.web_api.method import Method
from sandbox.slack.web_api.methods import (
    assistant,
    chat,
    conversations,
    files,
    general,
    marks,
    membership,
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
}
