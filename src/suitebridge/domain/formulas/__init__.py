"""Formulas: a total expression language for administrators. Every formula ends, within a budget, in a value or in an error with its place."""

from suitebridge.domain.formulas.compiling import CompiledFormula, compile_formula, fields_of, macros_of
from suitebridge.domain.formulas.functions import FUNCTIONS, Function
from suitebridge.domain.formulas.reading import FormulaError

__all__ = ["FUNCTIONS", "CompiledFormula", "FormulaError", "Function", "compile_formula", "fields_of", "macros_of"]
