"""The field catalog: what records of either system are made of, as data."""

from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema, Related, Sensitivity

__all__ = ["FieldSchema", "Kind", "RecordSchema", "Related", "Sensitivity"]
