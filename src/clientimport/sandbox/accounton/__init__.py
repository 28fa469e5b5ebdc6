"""The dialect of Accounton."""

from __future__ import annotations

from clientimport.sandbox.accounton.routes import AccountonRoutes
from clientimport.sandbox.accounton.rules import ACCOUNTON
from clientimport.sandbox.dialect import Dialect

DIALECTS = (Dialect(ACCOUNTON, AccountonRoutes),)
