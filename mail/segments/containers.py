"""The HTML containers that mail programs put around quotes, headers and signatures."""

from enum import Enum, auto

from mail.segments.lines import Zone
from mail.segments.styles import Style


class Role(Enum):
    """What a container says of what stands in it, or of all that follows it."""

    QUOTE = auto()  # the original message is inside
    QUOTE_DEPTH = auto()  # a blockquote: one level deeper
    HEADER = auto()  # attribution line inside
    SIGNATURE = auto()
    TAIL = auto()  # a mark: the original message follows
    HEADER_TAIL = auto()  # the header block of the original, which follows it


ZONES = {
    Role.QUOTE: Zone.QUOTE, Role.HEADER: Zone.HEADER, Role.HEADER_TAIL: Zone.HEADER, Role.SIGNATURE: Zone.SIGNATURE,
}  # fmt: skip
_CLASSES = {
    "gmail_attr": Role.HEADER, "moz-cite-prefix": Role.HEADER, "gmail_signature": Role.SIGNATURE,  # Gmail, Thunderbird
    "moz-signature": Role.SIGNATURE, "moz-forward-container": Role.HEADER_TAIL,
    "outlookmessageheader": Role.HEADER_TAIL,  # Outlook 2003
    "yahoo_quoted": Role.QUOTE, "yahoo-signature": Role.SIGNATURE,
    "protonmail_quote": Role.QUOTE, "protonmail_signature_block": Role.SIGNATURE,
    "zmail_extra": Role.QUOTE, "zmail_extra_hr": Role.TAIL,  # Zoho
    "tutanota_quote": Role.QUOTE_DEPTH, "iosymail": Role.QUOTE_DEPTH,
    "mailbox-signature": Role.SIGNATURE, "ms-outlook-mobile-signature": Role.SIGNATURE,
    "ms-outlook-mobile-reference-message": Role.QUOTE,
}  # fmt: skip
_IDS = {
    "divrplyfwdmsg": Role.HEADER_TAIL, "appendonsend": Role.TAIL, "stopspelling": Role.TAIL,  # Outlook on the web, Hotmail
    "olk_src_body_section": Role.QUOTE,  # Outlook for Mac
    "mail-editor-reference-message-container": Role.QUOTE, "ms-outlook-mobile-signature": Role.SIGNATURE,
    "signature": Role.SIGNATURE, "applemailsignature": Role.SIGNATURE, "ymail_android_signature": Role.SIGNATURE,
    "isreplycontent": Role.QUOTE, "reply-intro": Role.HEADER, "replyheader": Role.HEADER_TAIL,
    "zmail_extra_hr": Role.TAIL, "qt": Role.QUOTE_DEPTH, "yahoo_quoted": Role.QUOTE,
}  # fmt: skip


def role_of(tag: str, attributes: dict[str, str | None], style: Style) -> Role | None:
    """What this element's name, class and id tell; None for an ordinary one."""
    if attributes:
        for name in (attributes.get("class") or "").lower().split():
            if (role := _CLASSES.get(name.removeprefix("x_"))) is not None:
                return role
        identity = (attributes.get("id") or "").lower().removeprefix("x_")
        if identity and (role := _IDS.get(identity)) is not None:
            return role
        if attributes.get("data-smartmail") == "gmail_signature":
            return Role.SIGNATURE
    if tag == "blockquote":
        cited = attributes.get("type") == "cite" or "quote" in (attributes.get("class") or "")
        return Role.QUOTE_DEPTH if cited or not style.border_none else None  # Gmail indents with a borderless one
    return None
