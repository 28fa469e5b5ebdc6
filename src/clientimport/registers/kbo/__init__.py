"""The open data of Belgium's register of enterprises (KBO, BCE, ZDU), in an index on this machine."""
