"""What a central location must hold: the pooled demand of all that it fills, against the stock of the whole chain.

Echelon stock (Clark and Scarf 1960): goods that already lie in a shop serve the demand that the centre plans for, so they
count beside its own, in each shop up to that shop's own level; what lies there beyond it helps no other shop. Demand of
different places is taken for independent, so that variances add up.
"""

from collections.abc import Mapping

import numpy as np
import polars as pl

from planning.arrays import Marks, Numbers, Whole
from planning.block import needs, stockouts, targets
from planning.coming import Coming
from planning.forecast import POOLED, Forecast
from planning.kept import PATH, kept_columns
from planning.network import Network
from planning.variance import Strays


def with_pooled_demand(full: pl.DataFrame, network: Network, coming: Coming) -> pl.DataFrame:
    """The plan with the rows of central locations made anew from the forecasts of all places that they fill.

    `at_shops` is what of the shops' stock counts, `kept_here` the level that the centre's own customers need.
    """
    central = network.central
    own_point = full["reorder_point"].to_numpy().copy()
    own_point[network.is_supplied] = 0
    kept_here = np.zeros(full.height)
    kept_here[central] = own_point[central]
    place = np.searchsorted(central, np.where(network.is_supplied, network.source, central[0]))
    at_shops = np.zeros(len(central))
    level = np.minimum(full["position"].to_numpy(), full["order_up_to"].to_numpy())
    np.add.at(at_shops, place[network.is_supplied], np.maximum(level, 0)[network.is_supplied])
    way = np.zeros(len(central), np.int64)  # the longest way from the centre to a shop
    np.maximum.at(way, place[network.is_supplied], full["lead_days"].to_numpy()[network.is_supplied])
    items = full[central].with_columns(at_shops=pl.Series(at_shops))
    forecast, is_whole = _pooled_forecast(full, network, place, central)
    lead = np.ceil(items["lead_time_days"].to_numpy()).astype(int)
    arrived = lead + way  # days until an order of today is in the shops
    protection = np.ceil((items["lead_time_days"] + items["review_period_days"]).to_numpy() - 1e-9).astype(int) + way
    protection = np.maximum(protection, arrived + 1)
    chain = coming.among(central)
    columns = dict(targets(items, forecast, is_whole, arrived, protection, keeps_spreads=True))
    columns |= kept_columns(forecast)
    columns |= stockouts(items, forecast, is_whole, arrived, chain)
    columns |= needs(items, columns, forecast, is_whole, protection, chain)
    columns |= {"at_shops": at_shops, "lead_days": lead}
    return _replaced(full.with_columns(kept_here=pl.Series(kept_here)), central, columns)


def _pooled_forecast(full: pl.DataFrame, network: Network, place: Whole, central: Whole) -> tuple[Forecast, Marks]:
    """The sum of the forecasts of each centre's own customers and of all that it fills; the class is the busiest's."""
    supplied = np.flatnonzero(network.is_supplied)
    rows = np.concatenate([central, supplied])
    groups = np.concatenate([np.arange(len(central)), place[supplied]])
    part = full[rows]

    def total(values: Numbers) -> Numbers:
        return np.bincount(groups, values, len(central)).astype(np.float64)

    level = total(part["level"].to_numpy())
    a_day, drift = part["stray_a_day"].to_numpy(), part["stray_drift"].to_numpy()
    strays = total(a_day), total(drift)
    share = total(a_day * part["stray_for_fill"].to_numpy()) / np.maximum(strays[0], 1e-12)
    busiest = np.lexsort((-part["level"].to_numpy(), groups))
    first = busiest[np.searchsorted(groups[busiest], np.arange(len(central)))]
    forecast = Forecast(
        kind=part["kind"].to_numpy()[first],
        method=np.where(level > 0, POOLED, part["method"].to_numpy()[first]),
        level=level,
        path=np.stack([total(part[name].to_numpy()) for name in PATH]),
        strays=Strays(*strays, np.where(strays[0] > 0, share, 1.0)),
        sold_days=part["sold_days"].to_numpy()[first],
        interval=part["interval"].to_numpy()[first],
        history_mean=total(part["history_mean"].to_numpy()),
    )
    fractions = total((~part["is_whole"].to_numpy()).astype(np.float64))
    return forecast, fractions == 0


def _replaced(full: pl.DataFrame, rows: Whole, columns: Mapping[str, Numbers | Whole | Marks]) -> pl.DataFrame:
    """The frame with these values in these rows."""
    made = []
    for name, values in columns.items():
        whole = full[name].to_numpy().copy()
        whole[rows] = values
        made.append(pl.Series(name, whole))
    return full.with_columns(made)
