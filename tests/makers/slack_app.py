"""The manifest that the app is installed with, as JSON."""

import json
from importlib.resources import files
from typing import Any

MANIFEST: dict[str, Any] = json.loads((files("quartermaster") / "data" / "slack-manifest.json").read_text())
