"""The daily report: charts drawn by Slack itself where it takes them, and what a manager must look at."""

from typing import Any

from slack_sdk.models.blocks import Block

from bot.cards.blocks import Card, card, context, fields, header, name, section
from bot.cards.stock import named, products, window
from orders.report import CoverBand, DailyReport, OrderBrief
from orders.wording import Wording

SHOWN = 5


def daily_report(report: DailyReport, words: Wording, *, with_charts: bool) -> Card:
    """The message; `with_charts` False leaves out the native chart blocks."""
    text = words.say("report.title", day=words.full_day(report.day))
    blocks: list[Block | dict[str, Any]] = [
        header(f"📊 {text}"),
        fields(
            f"*{words.say('report.waiting')}*\n{words.number(len(report.waiting))}",
            f"*{words.say('report.late')}*\n{words.number(len(report.late))}",
            f"*{words.say('report.low')}*\n{words.number(products(report.low))}",
            f"*{words.say('report.to-read')}*\n{words.number(report.to_read)}",
        ),
    ]
    if with_charts:
        blocks += [cover_chart(report, words)] if report.cover else []
        blocks += [sales_chart(report, words)] if report.sold else []
    blocks += _orders(words.say("report.waiting"), report.waiting, words)
    blocks += _orders(words.say("report.late"), report.late, words)
    if report.low:
        rows = [f"• {named(level, report.low)}: {window(level.outlook, words)}" for level in report.low[:SHOWN]]
        blocks.append(section(f"*{words.say('report.low')}*\n" + "\n".join(rows)))
    if report.proposals:
        blocks.append(context(words.count("report.proposals", report.proposals)))
    return card(text, blocks)


def band_label(band: CoverBand, words: Wording) -> str:
    """A band as a label of the axis: 0–7 d, 56+ d."""
    return (
        words.say("report.band-open", since=band.since)
        if band.until is None
        else words.say("report.band", since=band.since, until=band.until)
    )


def cover_chart(report: DailyReport, words: Wording) -> dict[str, Any]:
    """Products by days of cover, as a bar chart."""
    points = [{"label": band_label(band, words), "value": band.products} for band in report.cover]
    return _chart(words.say("report.cover"), "bar", words.say("report.products"), points)


def sales_chart(report: DailyReport, words: Wording) -> dict[str, Any]:
    """Units sold in the last 14 days, as a line."""
    points = [{"label": f"{sold.day.day}.{sold.day.month}.", "value": sold.units} for sold in report.sold]
    return _chart(words.say("report.sold"), "line", words.say("report.units"), points)


def _chart(title: str, kind: str, series: str, points: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": "data_visualization",
        "title": title[:50],
        "chart": {
            "type": kind,
            "series": [{"name": series[:20], "data": points}],
            "axis_config": {"categories": [point["label"] for point in points]},
        },
    }


def _orders(heading: str, briefs: tuple[OrderBrief, ...], words: Wording) -> list[Block | dict[str, Any]]:
    if not briefs:
        return []
    rows = []
    for brief in briefs[:SHOWN]:
        late = " · " + words.count("report.days-late", brief.days_late) if brief.days_late else ""
        rows.append(f"• *{brief.number}* {name(brief.supplier_name)} · {words.money(brief.total)}{late}")
    return [section(f"*{heading}*\n" + "\n".join(rows))]
