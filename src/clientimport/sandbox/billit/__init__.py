"""The dialect of Billit."""

from __future__ import annotations

from clientimport.sandbox.billit.routes import BillitRoutes
from clientimport.sandbox.billit.rules import BILLIT
from clientimport.sandbox.dialect import Dialect

DIALECTS = (Dialect(BILLIT, BillitRoutes),)
