"""apps.manifest.*: apps described by their manifest, and installed at once."""

from typing import Any

from sandbox.slack.books.apps import Credentials
from sandbox.slack.installing import install
from sandbox.slack.manifests import BadManifest, Manifest, checked_manifest
from sandbox.slack.shapes import CallRefused, Json
from sandbox.slack.web_api.call import Call
from sandbox.slack.web_api.method import Method


def validate(call: Call) -> Json:
    """Whether a manifest is sound."""
    _checked(call)
    return {"errors": []}


def create(call: Call) -> Json:
    """A new app from a manifest."""
    manifest = _checked(call)
    if any(app["name"] == manifest.name for app in call.workspace.apps.book.values()):
        raise CallRefused("failed_creating_app")
    app = install(call.workspace, manifest, Credentials())
    return {
        "app_id": app["id"],
        "credentials": {
            "client_id": app["id"],
            "client_secret": "",
            "verification_token": app["verification_token"],
            "signing_secret": app["signing_secret"],
        },
        "oauth_authorize_url": "",
    }


def update(call: Call) -> Json:
    """A known app gets another manifest."""
    manifest, app = _checked(call), _known(call)
    app["manifest"] = manifest.body
    call.workspace.apps.book.save(app["id"], app)
    return {"app_id": app["id"], "permissions_updated": False}


def export(call: Call) -> Json:
    """The manifest of an app."""
    return {"manifest": _known(call)["manifest"]}


def delete(call: Call) -> Json:
    """An app goes."""
    call.workspace.apps.book.forget(_known(call)["id"])
    return {}


def _known(call: Call) -> Json:
    app = call.workspace.apps.book.get(call.text("app_id"))
    if app is None:
        raise CallRefused("invalid_app_id")
    return app


def _checked(call: Call) -> Manifest:
    manifest: Any = call.json("manifest", "invalid_manifest")
    if not isinstance(manifest, dict):
        raise CallRefused("invalid_manifest")
    try:
        return checked_manifest(manifest)
    except BadManifest as error:
        errors = [
            {"message": fault.partition(": ")[2], "pointer": "/" + fault.partition(": ")[0]}
            for fault in str(error).splitlines()
        ]
        raise CallRefused("invalid_manifest", errors=errors) from error


METHODS: dict[str, Method] = {
    "apps.manifest.validate": validate,
    "apps.manifest.create": create,
    "apps.manifest.update": update,
    "apps.manifest.export": export,
    "apps.manifest.delete": delete,
}
