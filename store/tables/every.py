"""Imports every table family, so that the metadata is whole for migrations and checks."""

from store.tables import (
    catalogue,
    decisions,
    documents,
    imports,
    inbox,
    jobs,
    journal,
    numbers,
    outbox,
    people,
    planning,
    promotions,
    purchase,
    receipts,
    sales,
    stock,
    suppliers,
)
from store.tables.base import Base

FAMILIES = (
    catalogue,
    decisions,
    documents,
    imports,
    inbox,
    jobs,
    journal,
    numbers,
    outbox,
    people,
    planning,
    promotions,
    purchase,
    receipts,
    sales,
    stock,
    suppliers,
)
METADATA = Base.metadata
