"""Name the programmes, editions and lists of papers of programmes.json."""

FILE = "programmes.json"
LEAFLET_2015 = "leaflet-2015"
CURRENT = "current"
IDS = (
    "business-plan-405",
    "business-plan-405-guideline",
    "early-plan",
    "profitability",
    "revitalization",
    "re-challenge",
    "guarantee-support",
    "yorozu",
    "expert-dispatch",
)
DOCUMENT_LISTS = ("first-visit",)
