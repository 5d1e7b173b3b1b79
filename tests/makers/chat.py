"""A shop to talk about: products with English and Polish names, suppliers, places and open orders; today is Monday."""

from datetime import date

from orders.context import KnownPerson, KnownPlace, KnownProduct, KnownSupplier, ReadingContext
from orders.purchase import OrderState
from tests.makers.purchase import make_line, make_order

MONDAY = date(2026, 11, 23)
PRODUCTS = (
    ("OAT-1L", "Mleko owsiane 1 l", "5901234123457"),
    ("SOY-1L", "Napój sojowy 1 l", None),
    ("ALM-1L", "Almond drink 1 l", None),
    ("RICE-5", "Ryż jaśminowy 5 kg", None),
    ("RICE-1", "Ryż jaśminowy 1 kg", None),
    ("KAW-250", "Kawa mielona 250 g", None),
    ("KAW-1K", "Kawa ziarnista 1 kg", None),
    ("HERB-20", "Herbata czarna 20 torebek", None),
    ("SR-M6", "Śruba M6 x 20", None),
    ("SR-M8", "Śruba M8 x 30", None),
    ("22423", "REGENCY CAKESTAND 3 TIER", None),
    ("85123A", "WHITE HANGING HEART T-LIGHT HOLDER", None),
    ("22720", "SET OF 3 CAKE TINS PANTRY DESIGN", None),
    ("22722", "SET OF 6 SPICE TINS PANTRY DESIGN", None),
    ("85099B", "JUMBO BAG RED RETROSPOT", None),
    ("20725", "LUNCH BAG RED RETROSPOT", None),
    ("47566", "PARTY BUNTING", None),
)


def make_chat_context() -> ReadingContext:
    oat = make_line(1, sku="OAT-1L", description="Mleko owsiane 1 l", supplier_code="BF-1001", pack_size=12)
    rice = make_line(2, sku="RICE-5", description="Ryż jaśminowy 5 kg", supplier_code="BF-2002", pack_size=4)
    tea = make_line(1, sku="HERB-20", description="Herbata czarna", supplier_code="T-77", pack_size=24)
    sent = {"state": OrderState.SENT}
    return ReadingContext(
        today=MONDAY,
        suppliers=(
            KnownSupplier("BALTIC", "Baltic Foods Sp. z o.o."),
            KnownSupplier("HURT", "Hurtownia Kowalski"),
            KnownSupplier("NORD", "Nordic Dairy Ltd"),
        ),
        products=tuple(KnownProduct(sku, name, gtin) for sku, name, gtin in PRODUCTS),
        orders=(
            make_order(oat, rice, number="PO-2026-0142", supplier="BALTIC", **sent),
            make_order(tea, number="PO-2026-0143", supplier="NORD", **sent),
            make_order(make_line(1, sku="47566", supplier_code="HK-1"), number="PO-2026-0098", supplier="HURT", **sent),
        ),
        locations=(KnownPlace("GDY", "Gdynia"), KnownPlace("WAW", "Warszawa"), KnownPlace("KRK", "Kraków")),
        people=(KnownPerson("U1", "Ola"),),
    )
