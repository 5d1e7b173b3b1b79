"""How long deliveries take, learnt from receipts: each product's lead time, drawn to its supplier's, drawn to what was stated.

A delivery is told as its deviation from the stated lead time, so that a supplier who is three days late with everything
is recognised whatever each product's time is. Lines of one order share a lorry and count as one observation of the
supplier. A single absurd delivery is pulled in to three robust standard deviations (median and MAD, Huber 1981).
"""

from dataclasses import dataclass

import polars as pl

HALF_LIFE_DAYS = 365  # a delivery of a year ago weighs half
STATED_ORDERS = 2.0  # the stated lead time weighs as much as this many orders
SUPPLIER_LINES = 4.0  # the supplier's deviation weighs as much as this many deliveries of the product
MOST_SPREAD = 3.0  # robust standard deviations from the median that a single order is believed
MAD_TO_SD = 1.4826  # of a normal distribution
LEAST_SPREAD_DAYS = (
    1.0  # deliveries are counted in days: no supplier is believed to be steadier than this when clipping
)
LONGEST_DAYS = 730.0

DELIVERED = {
    "supplier": pl.String,
    "product": pl.String,
    "order": pl.String,
    "days": pl.Float64,  # from sending to the day on which half of it was in; so far, where it is still open
    "age": pl.Float64,  # days since then
    "is_open": pl.Boolean,
}
TERMS = {"supplier": pl.String, "product": pl.String, "stated": pl.Float64, "stated_sd": pl.Float64}


@dataclass(frozen=True, slots=True)
class SupplierPace:
    """What one supplier's deliveries say: days over the stated lead time and their spread, from how many orders."""

    supplier: str
    orders: float  # weighted by age
    late_days: float
    sd_days: float


def learn_lead_times(delivered: pl.DataFrame, terms: pl.DataFrame) -> pl.DataFrame:
    """The terms with `lead_time_days`, `lead_time_sd_days` and `deliveries`, the number that they rest on.

    Lead time = stated + supplier's deviation + product's deviation from it. Null where nothing is stated and nothing
    has ever been delivered. The spread is that of a single delivery around its lead time, never below what was stated
    unless deliveries say so.
    """
    lines = _deviations(delivered, terms)
    paces = _paces(lines)
    products = _products(lines, paces)
    joined = terms.join(paces, on="supplier", how="left", maintain_order="left").join(
        products, on=["supplier", "product"], how="left", maintain_order="left"
    )
    base = pl.col("stated").fill_null(pl.col("usual_days"))
    count = pl.col("lines").fill_null(0.0)
    before = pl.coalesce("stated_sd", "shop_sd").fill_null(0.0)
    orders = pl.col("orders").fill_null(0.0)
    spread = (orders * pl.col("variance").fill_null(0.0) + STATED_ORDERS * before.pow(2)) / (orders + STATED_ORDERS)
    own = (count * pl.col("own_variance").fill_null(0.0) + SUPPLIER_LINES * spread) / (count + SUPPLIER_LINES)
    learnt = base + pl.col("late_days").fill_null(0.0) + pl.col("own_late").fill_null(0.0)
    return joined.select(
        "supplier",
        "product",
        "stated",
        lead_time_days=learnt.clip(0, LONGEST_DAYS),
        lead_time_sd_days=own.sqrt(),
        deliveries=pl.col("seen").fill_null(0),
    )


def supplier_paces(delivered: pl.DataFrame, terms: pl.DataFrame) -> tuple[SupplierPace, ...]:
    """Each supplier that has delivered, by name."""
    paces = _paces(_deviations(delivered, terms)).sort("supplier")
    return tuple(
        SupplierPace(row["supplier"], row["orders"], row["late_days"], row["variance"] ** 0.5)
        for row in paces.iter_rows(named=True)
    )


def _deviations(delivered: pl.DataFrame, terms: pl.DataFrame) -> pl.DataFrame:
    """Each delivery with its deviation `off`; what is open counts once it is later than deliveries usually are."""
    known = delivered.join(
        terms.select("supplier", "product", "stated"), on=["supplier", "product"], how="left", maintain_order="left"
    )
    done = ~pl.col("is_open")
    usual = pl.col("days").filter(done).median().over("supplier")
    base = pl.col("stated").fill_null(usual)
    lines = known.with_columns(
        usual_days=usual, off=pl.col("days") - base, weight=0.5 ** (pl.col("age") / HALF_LIFE_DAYS)
    )
    late = pl.col("off").filter(done).median().over("supplier").fill_null(0.0)
    return lines.filter(pl.col("off").is_not_null() & (done | (pl.col("off") > late)))


def _paces(lines: pl.DataFrame) -> pl.DataFrame:
    """By supplier: weighted orders, deviation drawn to nothing, variance between orders, and the shop's usual spread."""
    orders = lines.group_by("supplier", "order", maintain_order=True).agg(
        pl.col("off").mean(), pl.col("weight").mean(), pl.col("usual_days").first()
    )
    middle = pl.col("off").median().over("supplier")
    distance = (pl.col("off") - middle).abs().median().over("supplier") * MAD_TO_SD
    reach = MOST_SPREAD * pl.max_horizontal(distance, pl.lit(LEAST_SPREAD_DAYS))
    believed = orders.with_columns(off=pl.col("off").clip(middle - reach, middle + reach))
    total = pl.col("weight").sum()
    mean = (pl.col("weight") * pl.col("off")).sum() / total
    found = believed.group_by("supplier", maintain_order=True).agg(
        orders=total,
        usual_days=pl.col("usual_days").first(),
        mean=mean,
        variance=(pl.col("weight") * (pl.col("off") - mean).pow(2)).sum() / total,
        count=pl.len(),
    )
    unbiased = pl.col("variance") * pl.col("count") / (pl.col("count") - 1).clip(lower_bound=1)
    shop = (unbiased * (pl.col("count") - 1)).sum() / (pl.col("count") - 1).sum()
    return found.with_columns(
        late_days=pl.col("mean") * pl.col("orders") / (pl.col("orders") + STATED_ORDERS),
        variance=unbiased,
        shop_sd=pl.when((pl.col("count") - 1).sum() > 0).then(shop.sqrt()),
    )


def _products(lines: pl.DataFrame, paces: pl.DataFrame) -> pl.DataFrame:
    """By product of a supplier: deviation from the supplier's, and variance around the sum of both."""
    own = lines.join(paces.select("supplier", "late_days", "mean", "variance"), on="supplier", how="left")
    reach = MOST_SPREAD * pl.max_horizontal(pl.col("variance").sqrt(), pl.lit(LEAST_SPREAD_DAYS))
    rest = (pl.col("off") - pl.col("mean")).clip(-reach, reach)
    total = pl.col("weight").sum()
    shift = (pl.col("weight") * pl.col("rest")).sum() / (total + SUPPLIER_LINES)
    return (
        own.with_columns(rest=rest)
        .group_by("supplier", "product", maintain_order=True)
        .agg(
            lines=total,
            seen=pl.len(),
            own_late=shift,
            own_variance=(pl.col("weight") * (pl.col("rest") - shift).pow(2)).sum() / total,
        )
    )
