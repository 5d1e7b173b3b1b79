"""Stock in chat: one product, several, what runs out; and the alert when something runs low."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import Block

from bot.cards.blocks import NAME_LIMIT, Card, card, clipped, context, escaped, fields, header, name, section
from orders.stock import Outlook, StockLevel
from orders.wording import Wording

SHOWN = 12


def stock_card(levels: Sequence[StockLevel], words: Wording) -> Card:
    """What is there, what is coming, how long it lasts: in full for one product and place, in a line each for more."""
    if not levels:
        return card(words.say("stock.none"), [section(words.say("stock.none"))])
    if len(levels) == 1:
        return _one(levels[0], words)
    text = words.count("stock.many", len(levels))
    rows = [_row(level, words) for level in levels[:SHOWN]]
    blocks: list[Block] = [section(f"*{text}*"), section("\n".join(rows))]
    return card(text, blocks + _more(len(levels) - SHOWN, words))


def low_stock_alert(levels: Sequence[StockLevel], words: Wording) -> Card:
    """What is at or below its order point, the most urgent first."""
    text = words.count("stock.low-title", products(levels))
    blocks: list[Block] = [header(f"⚠️ {text}"), section(_urgent_rows(levels, words))]
    return card(text, blocks + _more(len(levels) - SHOWN, words))


def stockout_card(levels: Sequence[StockLevel], words: Wording, *, total: int | None = None) -> Card:
    """What runs out, soonest first; `total` how many products do when these are only the first of them."""
    if not levels:
        return card(words.say("stock.nothing-runs-out"), [section("✅ " + words.say("stock.nothing-runs-out"))])
    total = products(levels) if total is None else total
    text = words.count("stock.runs-out-title", total)
    blocks: list[Block] = [section(f"*{text}*"), section(_urgent_rows(levels, words))]
    return card(text, blocks + _more(total - products(levels[:SHOWN]), words))


def _one(level: StockLevel, words: Wording) -> Card:
    product = f"{name(level.name)} ({escaped(level.sku)})"
    text = words.say(
        "stock.one",
        name=clipped(level.name, NAME_LIMIT),
        location=level.location_name,
        available=words.number(level.available),
        unit=level.unit,
    )
    mark = "🔴 " if level.is_low else "🟢 "
    blocks: list[Block] = [
        section(f"{mark}*{product}* · {name(level.location_name)}"),
        fields(
            f"*{words.say('stock.available')}*\n{words.number(level.available)} {escaped(level.unit)}",
            f"*{words.say('stock.coming')}*\n{_coming(level, words)}",
            f"*{words.say('stock.lasts')}*\n{window(level.outlook, words)}",
            f"*{words.say('stock.order-point')}*\n{words.number(level.outlook.reorder_point) if level.outlook else '–'}",
        ),
    ]
    remarks = []
    if level.reserved:
        remarks.append(
            words.say("stock.reserved", on_hand=words.number(level.on_hand), reserved=words.number(level.reserved))
        )
    if level.planned:
        remarks.append(words.say("stock.planned", planned=words.number(level.planned)))
    if level.outlook and level.outlook.reason:
        remarks.append(escaped(level.outlook.reason))
    if remarks:
        blocks.append(context(*remarks))
    return card(text, blocks)


def _coming(level: StockLevel, words: Wording) -> str:
    if not level.coming:
        return words.say("stock.nothing-coming")
    return "\n".join(
        f"{words.number(each.quantity)} · {_day(each.day, words)} ({escaped(each.order)})" for each in level.coming[:4]
    )


def _day(day: date | None, words: Wording) -> str:
    return words.day(day) if day else words.say("card.no-date")


def window(outlook: Outlook | None, words: Wording) -> str:
    """A stock-out is a window, never a bare date: "Tue 1 Dec – Sat 5 Dec"."""
    if outlook is None:
        return words.say("stock.not-planned")
    if outlook.stockout_p20 is None:
        return words.say("stock.lasts-long")
    if outlook.stockout_p80 is None:
        return words.say("stock.from", day=words.day(outlook.stockout_p20))
    if outlook.stockout_p20 == outlook.stockout_p80:
        return words.day(outlook.stockout_p20)
    return f"{words.day(outlook.stockout_p20)} – {words.day(outlook.stockout_p80)}"


def _row(level: StockLevel, words: Wording) -> str:
    mark = "🔴" if level.is_low else "🟢"
    coming = f" · +{words.number(level.on_order)}" if level.on_order else ""
    return f"{mark} *{words.number(level.available)}* {name(level.name)} ({escaped(level.sku)}) · {escaped(level.location)}{coming}"


def products(levels: Sequence[StockLevel]) -> int:
    """How many products these are: one that runs low at two places is one."""
    return len({level.sku for level in levels})


def named(level: StockLevel, levels: Sequence[StockLevel]) -> str:
    """The product's name, with its place where the levels are of several places."""
    several = len({each.location for each in levels}) > 1
    return f"{name(level.name)} · {name(level.location_name)}" if several else name(level.name)


def _more(number: int, words: Wording) -> list[Block]:
    return [context(words.count("stock.more", number))] if number > 0 else []


def _urgent_rows(levels: Sequence[StockLevel], words: Wording) -> str:
    return "\n".join(_urgent(level, named(level, levels), words) for level in levels[:SHOWN])


def _urgent(level: StockLevel, name: str, words: Wording) -> str:
    risk = f"{level.outlook.stockout_risk:.0%}" if level.outlook else "–"
    said = words.say(
        "stock.urgent",
        name=name,
        available=words.number(level.available),
        coming=words.number(level.on_order),
        window=window(level.outlook, words),
        risk=risk,
    )
    return f"• {said}"
