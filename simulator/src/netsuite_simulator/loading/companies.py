"""The companies that ship in the box, and where their files are."""

from __future__ import annotations

from pathlib import Path

from netsuite_simulator.loading.reports import LoadError

COMPANIES = Path(__file__).parent.parent / "companies"


def company_names() -> list[str]:
    """List the companies that can be seeded by name."""
    return sorted(folder.name for folder in COMPANIES.iterdir() if folder.is_dir() and any(folder.glob("*.csv")))


def company_folder(name: str) -> Path:
    """Find the files of a shipped company, or of a folder of the caller's own; it raises `LoadError`."""
    if name in company_names():
        return COMPANIES / name
    folder = Path(name)
    if folder.is_dir():
        return folder
    raise LoadError(
        f"There is no company and no folder named {name}. Shipped companies: {', '.join(company_names())}."
        " Give one of these, or a folder of CSV files."
    )
