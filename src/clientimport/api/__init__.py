"""The Python API: what programs and the commands call. Files and frames in, frames out; nothing printed or asked."""
