"""The stations of one record, in travelling order: select, match, map, plan, settle. Pure functions over one record."""
