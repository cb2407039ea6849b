"""Make the sheet an owner takes along, as text, page and PDF."""
