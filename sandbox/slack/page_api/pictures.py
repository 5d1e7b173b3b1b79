"""Pictures of people: their initials on their colour."""

from html import escape

from sandbox.slack.shapes import Json

_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 72" role="img" aria-label="{name}">'
    '<rect width="72" height="72" rx="14" fill="#{color}"/>'
    '<text x="36" y="37" dy=".35em" text-anchor="middle" font-family="Lato, Helvetica, Arial, sans-serif" '
    'font-size="{size}" font-weight="700" fill="#ffffff">{initials}</text></svg>'
)


def avatar(person: Json) -> str:
    """An SVG picture."""
    words = [word for word in person["real_name"].replace("-", " ").split() if word[0].isalnum()]
    initials = "".join(word[0].upper() for word in words[:2]) or "?"
    return _SVG.format(name=escape(person["real_name"]), color=person["color"], initials=escape(initials), size=28)
