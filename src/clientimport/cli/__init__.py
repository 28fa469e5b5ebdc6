"""The command line: parse, call one use case, print, exit. The only room that prints."""
