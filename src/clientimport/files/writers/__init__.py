"""Writers of the files that a person asks for: templates, upload files, rejected rows, results."""
