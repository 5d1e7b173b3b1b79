"""assistant.threads.*: what an app shows while it works, and what it proposes to ask."""

from sandbox.slack.happenings.posting import set_status
from sandbox.slack.shapes import CallRefused, Json
from sandbox.slack.web_api.call import Call
from sandbox.slack.web_api.finding import named_channel
from sandbox.slack.web_api.method import Method

MOST_PROMPTS = 4


def _thread(call: Call) -> tuple[Json, str]:
    channel = named_channel(call, "channel_id")
    thread_ts = call.text("thread_ts")
    if thread_ts and call.is_strict:
        try:
            call.workspace.messages.get(channel["id"], thread_ts)
        except CallRefused:
            raise CallRefused("invalid_thread_ts") from None
    return channel, thread_ts


def threads_set_status(call: Call) -> Json:
    """«is counting…» under the thread, until a message comes."""
    channel, thread_ts = _thread(call)
    loading = [str(each) for each in call.items("loading_messages")]
    set_status(call.workspace, call.app, channel["id"], thread_ts, call.text("status"), loading)
    return {}


def threads_set_title(call: Call) -> Json:
    """The thread's name in a list of threads, which the page does not have."""
    _thread(call)
    return {}


def threads_set_prompts(call: Call) -> Json:
    """Buttons with questions."""
    channel, thread_ts = _thread(call)
    prompts = call.json("prompts")
    is_sound = isinstance(prompts, list) and all(
        isinstance(each, dict) and each.get("title") and each.get("message") for each in prompts
    )
    if not is_sound or not 1 <= len(prompts) <= MOST_PROMPTS:
        raise CallRefused(
            "invalid_arguments",
            response_metadata={"messages": ["[ERROR] must provide 1 to 4 prompts [json-pointer:/prompts]"]},
        )
    shown: Json = {
        "channel": channel["id"],
        "thread_ts": thread_ts or None,
        "app": call.app["id"],
        "title": call.text("title"),
        "prompts": prompts,
    }
    call.workspace.prompts[channel["id"], thread_ts] = shown
    call.workspace.feed.tell(channel["members"], {"type": "prompts", "prompts": shown})
    return {}


METHODS: dict[str, Method] = {
    "assistant.threads.setStatus": threads_set_status,
    "assistant.threads.setTitle": threads_set_title,
    "assistant.threads.setSuggestedPrompts": threads_set_prompts,
}
