"""Packs the demo company's tables out of the Online Retail data set. Run once; the packed files are kept in `data/`.

    python -m sandbox.demo.packing PATH/online_retail_daily.parquet PATH/online_retail_items.csv

Products, prices and daily sales are the data set's own (Chen, D. (2015), Online Retail, UCI Machine Learning Repository,
doi:10.24432/C5BW33, CC BY 4.0). It knows no suppliers and no stock: suppliers and terms are made up here by simple rules
of the article number, and stock is a number of days of recent sales, so that some products are about to run out.
"""

import sys
from pathlib import Path

import polars as pl

DATA = Path(__file__).parent / "data"
LOCATION = "PORT"
# Supplier by words of the product's name: code → words. The first supplier with a fitting word takes the product.
RANGES = {
    "BAGWORKS": ("BAG",),
    "LUMEN": ("T-LIGHT", "CANDLE", "GLASS", "LIGHTS"),
    "REGENCY": ("TEACUP", "CAKE", "TEA SET", "JAM", "BAKING", "RECIPE", "SPICE"),
    "HEARTH": ("DOORMAT", "HOT WATER", "WICKER", "FRAME", "CLOCK", "CABINET"),
}
PACKS = (12, 24, 6, 48)
LEAD_TIMES = {"BAGWORKS": 7, "LUMEN": 9, "REGENCY": 6, "HEARTH": 12}
COVER_DAYS = (4, 11, 19, 33, 26, 52, 15, 40)
EACH = 12  # products a supplier


def main(sales_file: str, items_file: str) -> None:
    """Write products.csv, terms.csv, stock.csv and sales.csv."""
    sales = pl.read_parquet(sales_file).filter(pl.col("location") == "UK")
    items = pl.read_csv(items_file, schema_overrides={"sku": pl.String})
    chosen = choose(sales, items)
    chosen.select(
        "sku",
        pl.col("name").str.replace_all(r"\s+", " ").str.strip_chars().str.to_titlecase(),
        unit=pl.lit("pcs"),
        category="supplier",
        selling_price="list_price",
    ).with_columns(pl.col("category").replace(_CATEGORIES)).write_csv(DATA / "products.csv")
    terms(chosen).write_csv(DATA / "terms.csv")
    kept = sales.join(chosen.select("sku"), on="sku").sort("sku", "day")
    kept.select(
        "sku",
        location=pl.lit(LOCATION),
        date="day",
        quantity="units",
        price=pl.col("price").cast(pl.Float64).round(2),
    ).write_csv(DATA / "sales.csv")
    stock(kept, chosen).write_csv(DATA / "stock.csv")


_CATEGORIES = {"BAGWORKS": "Bags", "LUMEN": "Lights", "REGENCY": "Kitchen", "HEARTH": "Home"}


def choose(sales: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    """The best sellers by value of each supplier's range that sold on most days and until the end."""
    value = sales.group_by("sku").agg(
        value=(pl.col("units") * pl.col("price")).sum(), days=pl.len(), last=pl.col("day").max()
    )
    known = value.join(items, on="sku").filter(pl.col("days") > 170).sort("value", "sku", descending=[True, False])
    supplier = pl.coalesce(
        pl.when(pl.col("name").str.contains_any(list(words))).then(pl.lit(code)) for code, words in RANGES.items()
    )
    ranged = known.with_columns(supplier=supplier).drop_nulls("supplier")
    return ranged.group_by("supplier", maintain_order=True).head(EACH).with_row_index("rank")


def terms(chosen: pl.DataFrame) -> pl.DataFrame:
    """Codes, prices (half of the list price), packs and lead times."""
    rank = pl.col("rank")
    return chosen.select(
        "supplier",
        "sku",
        supplier_article_code=pl.col("supplier").str.slice(0, 2) + "-" + (1000 + rank).cast(pl.String),
        unit_price=(pl.col("list_price") * 0.52).round(2),
        currency=pl.lit("GBP"),
        pack_size=pl.lit(pl.Series(PACKS)).gather(rank % len(PACKS)),
        moq=pl.lit(pl.Series(PACKS)).gather(rank % len(PACKS)) * 2,
        lead_time_days=pl.col("supplier").replace_strict(LEAD_TIMES, return_dtype=pl.Int64),
    )


def stock(kept: pl.DataFrame, chosen: pl.DataFrame) -> pl.DataFrame:
    """Stock as days of the last eight weeks' mean sales."""
    last = kept["day"].max()
    recent = (
        kept.filter(pl.col("day") > pl.lit(last) - pl.duration(days=56))
        .group_by("sku")
        .agg(per_day=pl.col("units").sum() / 56)
    )
    cover = pl.lit(pl.Series(COVER_DAYS)).gather(pl.col("rank") % len(COVER_DAYS))
    return (
        chosen.join(recent, on="sku", how="left")
        .sort("rank")
        .select(
            "sku", location=pl.lit(LOCATION), quantity=(pl.col("per_day").fill_null(1) * cover).round().cast(pl.Int64)
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
