"""The form of a Web API method: takes a call, returns what stands beside `ok: true`, raises CallRefused."""

from collections.abc import Callable

from sandbox.slack.shapes import Json
from sandbox.slack.web_api.call import Call

Method = Callable[[Call], Json]
