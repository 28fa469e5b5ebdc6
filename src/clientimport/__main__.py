"""`python -m clientimport` is the same as `clientimport`."""

from clientimport.cli.main import run

if __name__ == "__main__":
    run()
