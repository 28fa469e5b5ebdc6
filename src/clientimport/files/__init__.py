"""Spreadsheets in and out: nothing else in this program opens or writes one."""
