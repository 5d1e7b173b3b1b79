"""What the Slack door delivers: which kind of outbox row becomes which card, in which channel."""

from collections.abc import Callable, Mapping
from datetime import date

from bot.cards.daily_report import daily_report as report_card
from bot.cards.order import order_card
from bot.cards.order_note import order_note
from bot.cards.please_read import please_read
from bot.cards.reply_review import reply_card
from bot.cards.stock import low_stock_alert
from bot.cards.trouble import trouble_card
from bot.charts import report_picture
from bot.desk import Desk
from bot.posting import BlocksRefused, Poster
from handlers.announcing import order_surface
from handlers.answer_view import proposal_view
from handlers.order_picture import order_course
from handlers.undelivered import undelivered_view
from handlers.viewing import mail_view, order_view
from planning.picture import alt_text, picture_of
from store.outbox import NotYet, Outgoing, is_overtaking, posted_at
from store.queries.orders import story_entry
from store.queries.report import daily_report
from store.queries.stock import running_low

KINDS = (
    "order_card",
    "order_note",
    "reply_card",
    "please_read",
    "low_stock",
    "daily_report",
    "trouble",
    "plan_picture",
)


def slack_deliverers(desk: Desk, poster: Poster) -> Mapping[str, Callable[[Outgoing], None]]:
    """The deliverer of each kind. A card is made from the present state when it goes out, never from an old one."""
    delivering = _Deliverers(desk, poster)
    return {
        "order_card": delivering.order_card,
        "order_note": delivering.order_note,
        "reply_card": delivering.reply_card,
        "please_read": delivering.please_read,
        "low_stock": delivering.low_stock,
        "daily_report": delivering.daily_report,
        "trouble": delivering.trouble,
        "plan_picture": delivering.plan_picture,
    }


class _Deliverers:
    def __init__(self, desk: Desk, poster: Poster) -> None:
        self._desk, self._poster = desk, poster
        self._shop = desk.house.shop

    def order_card(self, outgoing: Outgoing) -> None:
        with self._desk.store.reading() as session:
            view = order_view(session, outgoing.payload["order"])
        made = order_card(view, self._desk.shop_words, self._desk.zone)
        self._poster.show(outgoing, self._shop.approvals_channel, made)

    def order_note(self, outgoing: Outgoing) -> None:
        with self._desk.store.reading() as session:
            if is_overtaking(session, outgoing):
                raise NotYet("an older note waits")
            number, entry = story_entry(session, outgoing.payload["entry"])
        self._poster.reply(outgoing, order_surface(number), order_note(entry, self._desk.shop_words))

    def plan_picture(self, outgoing: Outgoing) -> None:
        """The course of the most urgent product, below the card; nothing where the plan no longer knows any of them."""
        number, words = outgoing.payload["order"], self._desk.shop_words
        with self._desk.store.reading() as session:
            given = outgoing.payload.get("place")
            place = posted_at(session, order_surface(number)) if given is None else (given[0], given[1])
            found = order_course(session, number, today=self._desk.today)
        if place is None:
            raise NotYet(f"{number} has no card yet")
        if found is None:
            return
        course, name = found
        png = picture_of(course, words, title=f"{course.sku} · {course.location} · {name}")
        self._poster.picture(outgoing, place, f"plan-{number}.png", png, alt_text(course, words))

    def reply_card(self, outgoing: Outgoing) -> None:
        """An answer that waits stands in the channel; one that was booked by itself, in its order's thread."""
        with self._desk.store.reading() as session:
            view = proposal_view(
                session, outgoing.payload["proposal"], clock=self._desk.clock, timezone=self._shop.timezone
            )
        made = reply_card(view, self._desk.shop_words, self._desk.zone)
        if view.is_booked_alone:
            self._poster.reply(outgoing, order_surface(view.order.number), made)
        else:
            self._poster.show(outgoing, self._shop.approvals_channel, made)

    def please_read(self, outgoing: Outgoing) -> None:
        with self._desk.store.reading() as session:
            mail = mail_view(session, outgoing.payload["inbox"])
        made = please_read(mail, tuple(outgoing.payload.get("reasons", ())), self._desk.shop_words)
        self._poster.show(outgoing, self._shop.approvals_channel, made)

    def low_stock(self, outgoing: Outgoing) -> None:
        with self._desk.store.reading() as session:
            levels = running_low(session)
        if levels:
            self._poster.show(outgoing, self._shop.alerts_channel, low_stock_alert(levels, self._desk.shop_words))

    def trouble(self, outgoing: Outgoing) -> None:
        with self._desk.store.reading() as session:
            undelivered = undelivered_view(session, outgoing.payload["outbox"])
        made = trouble_card(undelivered, outgoing.payload["retried_by"], self._desk.shop_words)
        self._poster.show(outgoing, self._shop.ops_channel, made)

    def daily_report(self, outgoing: Outgoing) -> None:
        """Native charts where the workspace draws them, else the same as a picture in the report's thread."""
        day = date.fromisoformat(outgoing.payload["day"])
        words = self._desk.shop_words
        with self._desk.store.reading() as session:
            report = daily_report(session, day)
        channel = self._shop.reports_channel
        try:
            self._poster.show(outgoing, channel, report_card(report, words, with_charts=True))
        except BlocksRefused:
            place = self._poster.show(outgoing, channel, report_card(report, words, with_charts=False))
            name = f"report-{day.isoformat()}.png"
            self._poster.picture(outgoing, place, name, report_picture(report, words), words.say("report.picture"))
