"""Who wrote it: sender to supplier, and whether the sender may be believed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from mail.authentication import contradicts, parse_results
from mail.lookalikes import looks_like, plain_domain
from mail.message import Message
from mail.mime.parts import Address, Defect
from orders.context import KnownSupplier, ReadingContext

_ADDRESS = re.compile(r"[\w.+'-]+@([\w-]+(?:\.[\w-]+)+)")
_SHORTEST_NAME = 5  # letters of a supplier's name that can be recognised in a display name
_COMPANY = re.compile(
    r"\b(?:sp\.? ?z ?o\.? ?o\.?|s\.?r\.?o\.?|gmbh|ag|ltd|limited|llc|inc|s\.?a\.?|s\.?l\.?|b\.?v\.?|spa|srl|kg|co)\b\.?|[^\w\s]"
)


class TrustReason(StrEnum):
    """Why a sender is not trusted, or what a person should know of it. Any of them keeps a reading from being applied."""

    NO_SENDER = "no-sender"  # no usable From
    SEVERAL_SENDERS = "several-senders"  # more than one From
    UNKNOWN_SENDER = "unknown-sender"  # neither address nor domain is a supplier's
    AMBIGUOUS_SENDER = "ambiguous-sender"  # several suppliers share it
    OWN_ADDRESS = "own-address"  # one of our own people forwards it
    AUTHENTICATION_FAILED = "authentication-failed"  # SPF or DMARC, as our own server saw it
    DISPLAY_NAME_SPOOFED = "display-name-spoofed"  # the name shows another address or a supplier's name
    LOOKALIKE_DOMAIN = "lookalike-domain"  # one letter, or a letter of another script, away from a supplier's domain
    REPLY_TO_ELSEWHERE = "reply-to-elsewhere"  # answers would go to somebody else
    FREE_MAIL = "free-mail"  # a public mail service, only the exact address would count


@dataclass(frozen=True, slots=True)
class Sender:
    """The supplier whom the sender belongs to, whether it may be believed, and why not.

    `trusted` is the contract's word: address or domain are the supplier's own and nothing our server found contradicts
    it. A trusted sender may still carry a reason (answers go elsewhere), and then a person must look.
    """

    supplier: str | None
    trusted: bool
    reasons: tuple[TrustReason, ...] = ()


def judge_sender(message: Message, context: ReadingContext) -> Sender:
    """Tell the sender's supplier and whether to trust it."""
    sender = message.sender
    if sender is None or not sender.domain:
        return Sender(None, trusted=False, reasons=(TrustReason.NO_SENDER,))
    if _is_own(sender, context):
        return Sender(None, trusted=False, reasons=(TrustReason.OWN_ADDRESS,))
    supplier, doubts = _supplier_of(sender, context.suppliers)
    if supplier is None:
        return Sender(None, trusted=False, reasons=(*doubts, *_disguises(sender, context.suppliers)))
    against = list(doubts)
    if Defect.SEVERAL_SENDERS in message.defects:
        against.append(TrustReason.SEVERAL_SENDERS)
    if authentication_failed(message, sender, context.authserv_id):
        against.append(TrustReason.AUTHENTICATION_FAILED)
    notes = []
    if _answers_go_elsewhere(message, sender, supplier):
        notes.append(TrustReason.REPLY_TO_ELSEWHERE)
    if _shows_another_address(sender, supplier):
        notes.append(TrustReason.DISPLAY_NAME_SPOOFED)
    return Sender(supplier.code, trusted=not against, reasons=(*against, *notes))


def authentication_failed(message: Message, sender: Address, authserv_id: str | None) -> bool:
    """Whether our own server's verdict speaks against the sender.

    Only the topmost header counts, for the sender may have written those below. Where the server's name is known, a
    topmost header of another server is not ours; one without a name (Microsoft 365) is taken for ours.
    """
    header = message.header("authentication-results")
    if header is None:
        return False
    results = parse_results(header)
    if authserv_id and results.server not in {"", authserv_id.lower()}:
        return False
    return contradicts(results, plain_domain(sender.domain))


def _is_own(sender: Address, context: ReadingContext) -> bool:
    mailbox = context.mailbox.lower()
    domain = mailbox.rpartition("@")[2]
    if not domain:
        return False
    return sender.address == mailbox or (sender.domain == domain and domain not in free_mail_domains())


def _supplier_of(
    sender: Address, suppliers: Iterable[KnownSupplier]
) -> tuple[KnownSupplier | None, tuple[TrustReason, ...]]:
    """The supplier by exact address, else by the longest domain that is the sender's or stands above it."""
    exact = [each for each in suppliers if sender.address in each.emails]
    if exact:
        return (exact[0], ()) if len(exact) == 1 else (None, (TrustReason.AMBIGUOUS_SENDER,))
    domain = plain_domain(sender.domain)
    if domain in free_mail_domains():
        return None, (TrustReason.UNKNOWN_SENDER, TrustReason.FREE_MAIL)
    fits = [
        (len(known), each)
        for each in suppliers
        for known in map(plain_domain, each.domains)
        if known and known not in free_mail_domains() and (domain == known or domain.endswith(f".{known}"))
    ]
    if fits:
        longest = max(length for length, _ in fits)
        best = {each.code: each for length, each in fits if length == longest}
        return (next(iter(best.values())), ()) if len(best) == 1 else (None, (TrustReason.AMBIGUOUS_SENDER,))
    return _neighbour_of(domain, suppliers)


def _neighbour_of(
    domain: str, suppliers: Iterable[KnownSupplier]
) -> tuple[KnownSupplier | None, tuple[TrustReason, ...]]:
    """Somebody whose address is not listed, at the company of an address that is: known by name, not to be believed."""
    near = [
        each
        for each in suppliers
        if not each.domains and domain in {plain_domain(mail.rpartition("@")[2]) for mail in each.emails}
    ]
    return (near[0] if len(near) == 1 else None), (TrustReason.UNKNOWN_SENDER,)


def _disguises(sender: Address, suppliers: Iterable[KnownSupplier]) -> list[TrustReason]:
    """How an unknown sender passes for a supplier."""
    found = []
    name = _bare(sender.name)
    for supplier in suppliers:
        real = _bare(supplier.name)
        if (len(real) >= _SHORTEST_NAME and real in name) or _named_domains(sender.name) & _domains(supplier):
            found.append(TrustReason.DISPLAY_NAME_SPOOFED)
        if any(looks_like(sender.domain, known) for known in _domains(supplier) - free_mail_domains()):
            found.append(TrustReason.LOOKALIKE_DOMAIN)
    return list(dict.fromkeys(found))


def _answers_go_elsewhere(message: Message, sender: Address, supplier: KnownSupplier) -> bool:
    return any(
        each.address and each.address not in supplier.emails and not _is_same_house(each.domain, sender, supplier)
        for each in message.reply_to
    )


def _is_same_house(domain: str, sender: Address, supplier: KnownSupplier) -> bool:
    known = _domains(supplier) | {plain_domain(sender.domain)}
    shown = plain_domain(domain)
    if shown in free_mail_domains():
        return False
    return any(shown == each or shown.endswith(f".{each}") or each.endswith(f".{shown}") for each in known)


def _shows_another_address(sender: Address, supplier: KnownSupplier) -> bool:
    return any(not _is_same_house(domain, sender, supplier) for domain in _named_domains(sender.name) - {sender.domain})


def _named_domains(name: str) -> set[str]:
    return {plain_domain(domain) for domain in _ADDRESS.findall(name.lower())}


def _domains(supplier: KnownSupplier) -> set[str]:
    return {
        plain_domain(each)
        for each in (*supplier.domains, *(mail.rpartition("@")[2] for mail in supplier.emails))
        if each
    }


def _bare(name: str) -> str:
    return " ".join(_COMPANY.sub(" ", name.lower()).split())


@cache
def free_mail_domains() -> frozenset[str]:
    """The public mail services that are known by name."""
    lines = (Path(__file__).parent / "free_mail.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
