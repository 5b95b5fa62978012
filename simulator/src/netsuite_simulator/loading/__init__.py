"""CSV exports of NetSuite2 tables, loaded into an account; every row ends created, updated, skipped or refused."""

from netsuite_simulator.loading.companies import company_folder, company_names
from netsuite_simulator.loading.folders import load_folder
from netsuite_simulator.loading.reports import LoadError, LoadReport, Refusal, Skip, TableReport

__all__ = [
    "LoadError",
    "LoadReport",
    "Refusal",
    "Skip",
    "TableReport",
    "company_folder",
    "company_names",
    "load_folder",
]
