"""Entry point of ``python -m srverify`` and of the ``srverify`` script."""

import sys


def main() -> int:
    """Run the command line and return its exit status."""
    from srverify.running.interpreter import protect

    protect()
    from srverify.commands.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
