"""Charts as pictures, for workspaces that draw none themselves."""

from io import BytesIO

from matplotlib.figure import Figure

from bot.cards.daily_report import band_label
from orders.report import DailyReport
from orders.wording import Wording

_INK, _BAR, _LINE, _GRID = "#1d2733", "#2f6fde", "#0f9d76", "#e3e8ee"


def report_picture(report: DailyReport, words: Wording) -> bytes:
    """The report's two charts side by side, as PNG; drawn without pyplot, so that threads do not share a figure."""
    figure = Figure(figsize=(11, 4), dpi=120, layout="constrained", facecolor="white")
    cover, sold = figure.subplots(1, 2)
    labels = [band_label(band, words) for band in report.cover]
    bars = cover.bar(labels, [band.products for band in report.cover], color=_BAR, width=0.65)
    cover.bar_label(bars, color=_INK, fontsize=10, padding=2)
    cover.set_title(words.say("report.cover"), color=_INK, loc="left", fontsize=12, fontweight="bold")
    days = [f"{each.day.day}.{each.day.month}." for each in report.sold]
    sold.plot(days, [each.units for each in report.sold], color=_LINE, linewidth=2.2, marker="o", markersize=4)
    sold.set_ylim(bottom=0)
    sold.set_title(words.say("report.sold"), color=_INK, loc="left", fontsize=12, fontweight="bold")
    for axes in (cover, sold):
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.grid(axis="y", color=_GRID)
        axes.set_axisbelow(True)
        axes.tick_params(colors=_INK, length=0, labelsize=9)
    sold.tick_params(axis="x", rotation=45)
    picture = BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()
